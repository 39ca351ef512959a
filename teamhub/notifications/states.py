"""The parts of an inbox, and how long something can be put off."""

from __future__ import annotations

from enum import StrEnum


class Tab(StrEnum):
    """A part of the inbox: all, what I owe an answer, where I am mentioned, news of what concerns me."""

    ALL = "all"
    ASKED = "asked"
    MENTIONED = "mentioned"
    FOLLOWED = "followed"


class Until(StrEnum):
    """When something put off comes back."""

    TOMORROW = "tomorrow"
    MONDAY = "monday"
    WEEK = "week"
