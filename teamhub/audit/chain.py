"""The chain of the security log: what a line's hash and the ends' seal are made of.

Both are keyed with the installation's SECRET_KEY, so that whoever can write in the database but does not
know the key can make neither.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import current_app

GENESIS = "0" * 64
"""What stands before the first line."""

COLUMNS = ("id", "at", "kind", "outcome", "actor_id", "subject_id", "address", "data")
"""What a line's hash covers, beside the hash before it."""

ENDS = ("last_id", "last_hash", "gone_id", "gone_hash")
"""What the seal covers."""

_PURPOSE = b"teamhub security log"


def keys() -> list[bytes]:
    """Return today's key first, then those that were used before and are still given as fallbacks."""
    config = current_app.config
    return [_derived(key) for key in (config["SECRET_KEY"], *(config["SECRET_KEY_FALLBACKS"] or ()))]


def line_hash(key: bytes, line: Mapping[str, Any], before: str) -> str:
    """Return the hash of a line that stands after one whose hash is ``before``."""
    return _mac(key, {name: line[name] for name in COLUMNS} | {"before": before})


def seal(key: bytes, ends: Mapping[str, Any]) -> str:
    """Return the seal of the chain's two ends."""
    return _mac(key, {name: ends[name] for name in ENDS})


def pseudonym(said: str) -> str:
    """Return a short mark for what somebody typed: the same for the same text, telling nothing of it."""
    return _mac(keys()[0], {"said": said})[:16]


def _derived(key: str | bytes) -> bytes:
    return hmac.digest(key if isinstance(key, bytes) else key.encode(), _PURPOSE, "sha256")


def _mac(key: bytes, values: dict[str, Any]) -> str:
    return hmac.digest(key, _ENCODER.encode(values).encode(), "sha256").hex()


def _said(value: object) -> str:
    """Return a moment in UTC. What should not be in a line at all may fit no hash, but stops no walk."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else repr(value)


# Made once: a walk through a year's log writes a million lines anew.
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=_said)
