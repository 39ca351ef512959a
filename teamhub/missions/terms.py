"""What a time contract is about: a share of working time, and a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Terms:
    """Percent of working time, from the first day to the last."""

    share: int
    starts_on: date
    ends_on: date

    def covers(self, other: Terms) -> bool:
        """Tell whether who has said yes to these has said yes to ``other`` too: no more, and not outside."""
        within = self.starts_on <= other.starts_on and other.ends_on <= self.ends_on
        return within and other.share <= self.share


def terms_of(thing: Any) -> Terms:
    """Return the terms a seat or an offer stands with."""
    return Terms(thing.share, thing.starts_on, thing.ends_on)
