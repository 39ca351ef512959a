"""Kinds of assignment somebody can be asked for, and levels of a skill: domain.md 9."""

from __future__ import annotations

from enum import StrEnum


class Assignment(StrEnum):
    """What a person can say they are open to."""

    SEAT = "seat"
    """A place in a mission team for a period."""
    HELP = "help"
    """A short contribution: a workshop, a test, an interview."""
    MENTOR = "mentor"
    """Helping somebody learn what one can."""


class WorkLanguage(StrEnum):
    """A language somebody can work in, and a seat can ask for. Codes as in ISO 639, but for sign language."""

    BOKMAL = "nb"
    NYNORSK = "nn"
    ENGLISH = "en"
    NORTHERN_SAMI = "se"
    POLISH = "pl"
    ARABIC = "ar"
    SOMALI = "so"
    TIGRINYA = "ti"
    UKRAINIAN = "uk"
    SIGN_LANGUAGE = "tegn"


class Outcome(StrEnum):
    """What the office did with a skill somebody suggested."""

    ACCEPTED = "accepted"
    MERGED = "merged"
    DECLINED = "declined"


LEVELS = (1, 2, 3, 4)
"""From «kjenner til» to «kan lære bort»: how well somebody says they master a skill."""
