"""What a key may be good for. The codes stand in keys, documentation and the database for good."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """One kind of thing a program may do. It never opens more than its owner may do themselves."""

    MISSIONS_READ = "missions:read"
    TEAM_SUGGEST = "team:suggest"
