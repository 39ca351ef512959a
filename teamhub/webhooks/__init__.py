"""Telling other systems what happens, signed and tried again."""
