"""Calendars and news feeds, each behind an address of its owner's own."""
