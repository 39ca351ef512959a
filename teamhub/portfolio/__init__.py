"""Following: every mission at a glance, what needs attention first."""
