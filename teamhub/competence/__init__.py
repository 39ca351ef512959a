"""Skills: the controlled list that seats and people refer to."""
