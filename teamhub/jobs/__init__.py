"""Work done after the answer is given: an outbox, the workers that empty it, and a timetable."""
