"""What can be imported of each kind: the fields, what they may say, and how long."""

from __future__ import annotations

from dataclasses import dataclass

from teamhub.challenges.models import LONGEST_TITLE
from teamhub.exchange import cells
from teamhub.exchange.cells import Parse

REFERENCE = "external_ref"


@dataclass(frozen=True)
class Field:
    """One field of what is imported. ``unique`` ones may not stand twice in a file."""

    name: str
    parse: Parse
    required: bool = False
    unique: bool = False
    longest: int | None = None


KINDS: dict[str, tuple[Field, ...]] = {
    "units": (
        Field(REFERENCE, cells.line, required=True, unique=True, longest=100),
        Field("name", cells.line, required=True, longest=200),
        Field("parent", cells.line, longest=100),
        Field("level", cells.whole_number),
        Field("kind", cells.line, longest=60),
        Field("leader_title", cells.line, longest=100),
        Field("code", cells.code, longest=4),
        Field("valid_from", cells.day),
    ),
    "people": (
        Field(REFERENCE, cells.line, unique=True, longest=100),
        Field("email", cells.email, required=True, unique=True, longest=254),
        Field("name", cells.line, required=True, longest=200),
        Field("unit", cells.line, required=True, longest=200),
        Field("job_title", cells.line, longest=200),
        Field("manager", cells.line, longest=254),
        Field("locale", cells.language),
    ),
    "challenges": (
        Field(REFERENCE, cells.line, required=True, unique=True, longest=100),
        Field("title", cells.line, required=True, longest=LONGEST_TITLE),
        Field("situation", cells.text),
        Field("affected", cells.text),
        Field("evidence", cells.text),
        Field("suggestion", cells.text),
        Field("unit", cells.line, longest=200),
        Field("submitted_by", cells.line, longest=200),
        Field("submitted_at", cells.past_moment),
    ),
    "skills": (
        Field("code", cells.line, required=True, unique=True, longest=40),
        Field("nb", cells.line, required=True, longest=100),
        Field("nn", cells.line, longest=100),
        Field("en", cells.line, longest=100),
        Field("synonyms", cells.line, longest=2000),
        Field("area", cells.line, longest=40),
    ),
    "themes": (
        Field(REFERENCE, cells.line, required=True, unique=True, longest=100),
        Field("nb", cells.line, required=True, longest=200),
        Field("nn", cells.line, longest=200),
        Field("en", cells.line, longest=200),
        Field("broader", cells.line, longest=500),
        Field("synonyms", cells.line, longest=2000),
    ),
}
"""In the order a row is checked. Names are the model's own where the model has the field."""
