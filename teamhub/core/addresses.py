"""Ids in addresses: plain digits, no larger than the database can hold. Anything else is a page not found."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter, ValidationError

LARGEST_ID = 2**31 - 1


class Id(IntegerConverter):
    """``<int:…>``: one address for one thing, so no signs, no other alphabets' digits, nothing endless."""

    regex = "[0-9]{1,10}"

    def to_python(self, value: str) -> int:
        number = int(value)
        if number > LARGEST_ID:
            raise ValidationError
        return number


def register(app: Flask) -> None:
    """Let ``app`` read ids so. Comes before the blueprints, whose addresses are built from it."""
    app.url_map.converters["int"] = Id
