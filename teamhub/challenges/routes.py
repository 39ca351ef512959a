"""All addresses of challenges: importing the modules that declare them puts them on the blueprint."""

from __future__ import annotations

from teamhub.challenges import (
    desk_steps,
    fellow_steps,
    files,
    merge_steps,
    note_steps,
    search_steps,
    steps,
    version_steps,
    voice_steps,
)
from teamhub.challenges.views import bp

__all__ = [
    "bp",
    "desk_steps",
    "fellow_steps",
    "files",
    "merge_steps",
    "note_steps",
    "search_steps",
    "steps",
    "version_steps",
    "voice_steps",
]
