"""What happens to the organisation and its people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from teamhub.core.changes import Changes
from teamhub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonEvent(Event):
    """Something that happened to a person or an account."""

    object_type: ClassVar[str] = "person"


@dataclass(frozen=True, kw_only=True)
class AccountCreated(PersonEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class AccountDisabled(PersonEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class AccountEnabled(PersonEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(PersonEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(PersonEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class SettingsChanged(PersonEvent):
    """Somebody's own settings. That they changed is told, not to what."""


@dataclass(frozen=True, kw_only=True)
class OfficeGiven(PersonEvent):
    kind: str
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class OfficeEnded(PersonEvent):
    kind: str
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class UnitMoved(Event):
    """A reorganisation gave a unit a new name or a new place, from a day on."""

    object_type: ClassVar[str] = "unit"
    name: str
    parent_id: int | None
    valid_from: str
    changes: Changes
