"""Tasks: the board of a mission, one task, my work across missions."""
