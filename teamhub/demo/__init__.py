"""The demo municipality: believable, deterministic, in three sizes."""
