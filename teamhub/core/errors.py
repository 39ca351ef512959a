"""What can go wrong by the rules of the domain, in words fit for the user."""

from __future__ import annotations

from typing import Any


class DomainError(Exception):
    """A rule of the domain said no.

    ``message`` is shown to the user as it is; ``field`` names the form field it belongs to, if any.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Forbidden(DomainError):
    """The policy said no to an action on something the actor may see."""


class Conflict(DomainError):
    """Somebody else saved first. ``current`` is the object as it now stands, ``by`` who saved it."""

    def __init__(self, message: str, current: Any, by: str | None = None) -> None:
        super().__init__(message)
        self.current = current
        self.by = by
