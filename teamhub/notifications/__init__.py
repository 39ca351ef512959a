"""What people are told: the inbox, mail, reminders, and each person's own choices."""
