"""The change log: every event becomes a line, in the same transaction."""
