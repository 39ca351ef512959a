"""Changing a thing and telling what changed: before and after, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

Changes = dict[str, list[Any]]
"""What is new by field: ``[before, after]``."""


def changed(thing: object, values: Mapping[str, object]) -> Changes:
    """Give ``thing`` the ``values`` that are new to it, and return them with what stood there before."""
    new = {name: value for name, value in values.items() if getattr(thing, name) != value}
    changes = {name: [_plain(getattr(thing, name)), _plain(value)] for name, value in new.items()}
    for name, value in new.items():
        setattr(thing, name, value)
    return changes


def _plain(value: Any) -> Any:
    """Return ``value`` as an event may hold it: dates as ISO text, states as their codes."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
