"""Why somebody is told something, by which way, and how often: what a person chooses among."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a notification is to the one who gets it."""

    ASKED = "asked"
    """Somebody waits for my answer."""
    DEADLINE = "deadline"
    """My date is near, or has passed."""
    MENTION = "mention"
    """Somebody wrote my name."""
    MINE = "mine"
    """Something happened to what I proposed, lead or am to do."""
    FOLLOWED = "followed"
    """News of what I follow."""


class Channel(StrEnum):
    APP = "app"
    MAIL = "mail"


class Pace(StrEnum):
    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


DEFAULTS: dict[Kind, dict[Channel, Pace]] = {
    Kind.ASKED: {Channel.APP: Pace.NOW, Channel.MAIL: Pace.NOW},
    Kind.DEADLINE: {Channel.APP: Pace.NOW, Channel.MAIL: Pace.DAILY},
    Kind.MENTION: {Channel.APP: Pace.NOW, Channel.MAIL: Pace.DAILY},
    Kind.MINE: {Channel.APP: Pace.NOW, Channel.MAIL: Pace.DAILY},
    Kind.FOLLOWED: {Channel.APP: Pace.NOW, Channel.MAIL: Pace.WEEKLY},
}
"""What applies until a person says otherwise."""

DIGEST_HOUR = 8
"""Digests go out at this hour in Norway: daily ones from Monday to Friday, weekly ones on Mondays."""
