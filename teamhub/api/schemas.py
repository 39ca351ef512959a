"""What programs are given, as JSON Schema. Every name is always there; what is not known is null."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from teamhub.missions.states import AXES, Light, Phase, SeatState, Status

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
ID: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri"}


def thing(**properties: Schema) -> Schema:
    """An object with just these names."""
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def list_of(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def one_of(codes: Iterable[str]) -> Schema:
    return {"type": "string", "enum": [str(code) for code in codes]}


def or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


PERSON = thing(id=ID, name=TEXT, unit=TEXT)

MISSION = thing(
    id=ID,
    url=ADDRESS,
    title=TEXT,
    goal=TEXT,
    mandate=TEXT,
    phase=one_of(Phase),
    status=one_of(Status),
    starts_on=or_null(DAY),
    ends_on=or_null(DAY),
    owner=PERSON,
    lead=PERSON,
    areas=list_of(thing(code=TEXT, name=TEXT)),
    challenges=list_of(thing(id=ID, title=TEXT, url=ADDRESS)),
    latest_report=or_null(
        thing(
            at=MOMENT,
            author=or_null(TEXT),
            lights=thing(**{axis: one_of(Light) for axis in AXES}),
            summary=TEXT,
        )
    ),
)

SEAT = thing(
    id=ID,
    role=TEXT,
    skill=or_null(thing(code=TEXT, name=TEXT)),
    level=or_null(ID),
    share=ID,
    starts_on=DAY,
    ends_on=DAY,
    stretch=FLAG,
    state=one_of(SeatState),
    person=or_null(PERSON),
)

SEATS = thing(seats=list_of(SEAT))

PROPOSED = thing(
    letter=one_of("ABC"),
    score=ID,
    gap=ID,
    highest_load=ID,
    divisions=list_of(thing(id=ID, people=ID)),
    people=list_of(
        thing(
            seat=ID,
            role=TEXT,
            person=PERSON,
            held=FLAG,
            load=thing(before=ID, after=ID, week=TEXT),
            why=or_null(TEXT),
        )
    ),
    coverage=list_of(thing(skill=TEXT, level=ID, required=FLAG, people=list_of(ID))),
    learnings=list_of(thing(person=ID, skill=TEXT, teachers=list_of(ID))),
)
"""Scores and gaps are in hundredths of a point, loads in percent, weeks as 2027-W05."""

SUGGESTIONS = thing(
    teams=list_of(PROPOSED), proven=FLAG, conflicts=list_of(list_of(TEXT)), changes=list_of(TEXT)
)

PROBLEM: Schema = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": ID,
        "detail": TEXT,
        "request_id": TEXT,
        "errors": list_of(thing(field=TEXT, detail=TEXT)),
    },
    "required": ["detail", "request_id", "status", "title", "type"],
    "additionalProperties": False,
}
