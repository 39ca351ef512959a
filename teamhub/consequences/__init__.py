"""What follows from each kind of event: one entry each, in one table."""
