"""Pages that know when something has changed: one stream of news for each open page."""
