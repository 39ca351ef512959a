"""Challenges (utfordringer): propose, support, discuss, answer."""
