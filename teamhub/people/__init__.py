"""The organisation: units in a tree with history, persons, offices held, sign-in."""
