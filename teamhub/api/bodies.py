"""Reading the JSON a program sends: strictly, and never more of it than there is room for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request

from teamhub.core.i18n import _
from teamhub.core.problems import Problem, detail_of

LARGEST_NUMBER = 2**31 - 1


class Wrong(Exception):
    """A value is not what its field takes; the message tells what that is."""


@dataclass(frozen=True)
class Field:
    """One name in a body. ``read`` returns its value, or raises Wrong in words for whoever sent it.

    ``schema`` says the same in the documentation (JSON Schema).
    """

    read: Callable[[Any], Any]
    schema: Mapping[str, Any]
    required: bool = True


def optional(field: Field) -> Field:
    """Let a field be left out; the body then has None for it."""
    return replace(field, required=False)


def text(longest: int, *, least: int = 1) -> Field:
    """A text, its ends stripped."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or "\x00" in value or _is_broken(value):
            raise Wrong(_("Dette må være en tekst."))
        stripped = value.strip()
        if not least <= len(stripped) <= longest:
            raise Wrong(_("Teksten må ha fra %(least)s til %(most)s tegn.", least=least, most=longest))
        return stripped

    return Field(read, {"type": "string", "minLength": least, "maxLength": longest})


def number(least: int = 0, most: int = LARGEST_NUMBER) -> Field:
    """A whole number."""

    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Wrong(_("Dette må være et helt tall fra %(least)s til %(most)s.", least=least, most=most))
        return value

    return Field(read, {"type": "integer", "minimum": least, "maximum": most})


def flag() -> Field:
    """True or false."""

    def read(value: Any) -> bool:
        if not isinstance(value, bool):
            raise Wrong(_("Dette må være true eller false."))
        return value

    return Field(read, {"type": "boolean"})


def day() -> Field:
    """A date, as 2026-12-31."""

    def read(value: Any) -> date:
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise Wrong(_("Skriv en dato, for eksempel 2026-12-31.")) from None

    return Field(read, {"type": "string", "format": "date"})


def many(of: Field, *, most: int) -> Field:
    """A list of so many at most."""

    def read(value: Any) -> list[Any]:
        if not isinstance(value, list) or len(value) > most:
            raise Wrong(_("Dette må være en liste med høyst %(most)s.", most=most))
        return [of.read(one) for one in value]

    return Field(read, {"type": "array", "items": dict(of.schema), "maxItems": most})


def read(fields: Mapping[str, Field]) -> dict[str, Any]:
    """Return what this request's body says, by name. Raises Problem: 400, 413, 415, or 422 and why."""
    sent = _parsed()
    found: dict[str, Any] = {}
    errors = {name: _("Dette feltet kjenner vi ikke.") for name in sent if name not in fields}
    for name, field in fields.items():
        if name not in sent:
            found[name] = None
            if field.required:
                errors[name] = _("Dette feltet mangler.")
            continue
        try:
            found[name] = field.read(sent[name])
        except Wrong as error:
            errors[name] = str(error)
    if errors:
        told = [{"field": name[:100], "detail": detail} for name, detail in list(errors.items())[:50]]
        raise Problem(422, _("Noe i det som ble sendt, må rettes."), errors=told)
    return found


def _parsed() -> dict[str, Any]:
    if request.mimetype != "application/json":
        raise Problem(415, detail_of(415))
    try:
        sent = json.loads(
            request.get_data(cache=False).decode("utf-8"),
            object_pairs_hook=_each_once,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError):
        raise Problem(400, _("Dette er ikke JSON vi kan lese.")) from None
    if not isinstance(sent, dict):
        raise Problem(400, _("Send ett JSON-objekt."))
    return sent


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that stands twice: two readers would believe two things."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_number(_name: str) -> None:
    raise ValueError


def _is_broken(value: str) -> bool:
    """Tell whether a text holds half a character, which no database takes."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return True
    return False
