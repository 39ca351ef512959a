"""Texts planted in everything people can write about challenges: for tests of what becomes of them there."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask
from sqlalchemy import String, inspect, select

from teamhub.assessments.models import Talk
from teamhub.attachments.models import Attachment
from teamhub.calls.models import Call
from teamhub.challenges.models import (
    Answer,
    Challenge,
    ChallengeComment,
    ChallengeTag,
    ChallengeVersion,
    Support,
)
from teamhub.challenges.office import AnswerTemplate, ChallengePair, MergeConsent, PrivateNote
from teamhub.challenges.states import State
from teamhub.challenges.voices import CommentReport, CommentVersion, Offer, SavedSearch
from teamhub.consequences.table import TOLD
from teamhub.core import clock
from teamhub.core.db import Base
from tests.cast import Cast
from tests.factories import Make
from tests.quality import matrix
from tests.quality.test_what_one_may_not_see import path_of

ROOMS = tuple(f"teamhub.{room}." for room in ("challenges", "calls", "assessments", "attachments"))
LONGEST_CODE = 40
NOT_WRITTEN = {
    *(("attachment", "media_type"), ("attachment", "sha256"), ("saved_search", "address")),
    *(("challenge", "stems"), ("challenge", "external_ref")),
}
"""What programs have made, and the address of a search, which is planted as one."""

NOBODYS = {"stem_count", "theme_word"}
"""Tables that hold nothing people have written here."""

READERS = ("employee", "office", "proposer", "lead", "board")
"""Who between them may read every page there is of a challenge."""

ELSEWHERE = (
    *("tasks.", "webhooks.", "jobs.", "people.", "mail.", "feeds.", "live.", "health.", "static"),
    *("missions.seat", "missions.edit", "missions.status", "missions.show_team", "missions.requests"),
    *("missions.show_agreement", "missions.manage_partners", "tokens.", "api."),
    *("home.help", "home.privacy"),
)
"""Pages that tell of no challenge; and what programs are told, which is no page."""

SAVED = {"challenges.take_along", "challenges.attachment"}

GIVEN = {"due", "starts", "ends", "phase", "who", "title"}
"""What the words of a notification need beside what somebody has written."""


def fields() -> list[tuple[type[Any], str]]:
    """Return every column that holds what people write about challenges."""
    found = [
        (mapper.class_, column.name)
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.startswith(ROOMS) and mapper.local_table.name not in NOBODYS
        for column in mapper.columns
        if isinstance(column.type, String) and (column.type.length or LONGEST_CODE + 1) > LONGEST_CODE
        if (mapper.local_table.name, column.name) not in NOT_WRITTEN
    ]
    return sorted(found, key=lambda field: (field[0].__tablename__, field[1]))


def plant(make: Make, cast: Cast, texts: list[str]) -> list[Challenge]:
    """Put one of ``texts`` in each field of each row, and all in those that are long, and few.

    There are so many challenges, comments and the like that each text has one; those challenges are
    returned. Much that goes with a challenge goes with the one that is «submitted».
    """
    with make.session.no_autoflush:
        challenges = _challenges(make, cast, texts)
        for grow in (_said, _around, _office, _beside):
            grow(make, cast, texts)
        _pairs(make, cast, challenges)
        make.session.flush()
        for number, (model, name) in enumerate(fields()):
            if not inspect(model).columns[name].primary_key:
                _fill(make, model, name, deque(texts, len(texts)), number)
        _whole(make, cast, texts)
        for challenge in make.session.scalars(select(Challenge)):
            challenge.refresh_stems()
        _told(make, cast, challenges, texts)
        make.session.commit()
    return challenges


def _fill(make: Make, model: type[Any], name: str, turn: deque[str], start: int) -> None:
    """Begin each field and each row with another text, so that no two say the same."""
    rows = make.session.scalars(select(model).order_by(*inspect(model).primary_key)).all()
    longest = inspect(model).columns[name].type.length
    together = longest is None and len(rows) < len(turn)
    turn.rotate(-start)
    for row in rows:
        setattr(row, name, "\n\n".join(turn) if together else turn[0][:longest])
        turn.rotate(-1)


def _whole(make: Make, cast: Cast, texts: list[str]) -> None:
    """Let what is looked at most hold all of it, and have held it in another order before."""
    challenge, comment = cast.challenges["submitted"], cast.comments["the employee's"]
    for name in ("situation", "affected", "evidence", "suggestion", "must_do_basis"):
        setattr(challenge, name, "\n\n".join(texts))
    challenge.must_do = True
    comment.body = "\n\n".join(texts)
    before = make.session.scalars(select(CommentVersion).where(CommentVersion.comment_id == comment.id)).one()
    before.body = "\n\n".join(reversed(texts))


def _challenges(make: Make, cast: Cast, texts: list[str]) -> list[Challenge]:
    soon = clock.today() + timedelta(days=1)
    made = [
        Challenge(
            title=text,
            state=State.SUBMITTED,
            submitted_at=clock.now(),
            submitted_by="?",
            due_on=soon,
            call_id=cast.calls["open"].id,
        )
        for text in texts
    ]
    make.session.add_all(made)
    make.session.flush()
    whose = cast.challenges["submitted"].id
    make.session.add_all(
        ChallengeTag(challenge_id=id_, tag=text[:60])
        for challenge, text in zip(made, texts, strict=True)
        for id_ in {challenge.id, whose}
    )
    return made


def _pairs(make: Make, cast: Cast, challenges: list[Challenge]) -> None:
    """Let each of them be as good as the same as the one that is looked at most."""
    first = cast.challenges["submitted"].id
    make.session.add_all(ChallengePair(first_id=first, second_id=one.id, share=0.9) for one in challenges)


def _said(make: Make, cast: Cast, texts: list[str]) -> None:
    """Comments and points that stand, edited and reported, and as many that the office took away."""
    people, now = cast.people, clock.now()
    place = {"challenge_id": cast.challenges["submitted"].id, "author_id": people["employee"].id}
    kinds = cycle(("comment", "for", "against"))
    stand = [
        ChallengeComment(**place, kind=kind, body=text, edited_at=now)
        for kind, text in zip(kinds, texts, strict=False)
    ]
    gone = {"deleted_at": now, "deleted_by_id": people["office"].id, "deleted_because": "?"}
    make.session.add_all([*stand, *(ChallengeComment(**place, body=text, **gone) for text in texts)])
    make.session.flush()
    for one in [cast.comments["the employee's"], *stand]:
        make.session.add(CommentVersion(comment_id=one.id, body="?"))
        make.session.add(CommentReport(comment_id=one.id, reporter_id=people["colleague"].id, reason="?"))


def _around(make: Make, cast: Cast, texts: list[str]) -> None:
    """What others feel and offer, what it was called before, and what was answered."""
    challenge, office = cast.challenges["submitted"], cast.people["office"]
    for number in (1, 2):
        make.session.add(ChallengeVersion(challenge_id=challenge.id, number=number, title="?"))
        answer = {"from_state": State.SUBMITTED, "decision": State.CLARIFICATION, "author_id": office.id}
        make.session.add(Answer(challenge_id=challenge.id, reason="?", **answer))
    for person in cast.people.values():
        place = {"challenge_id": challenge.id, "person_id": person.id}
        make.session.add_all([Support(**place, unit_id=person.unit_id), Offer(**place, text="?")])
    judged = cast.challenges["judged"]
    talk = Talk(challenge_id=judged.id, criterion="RISI", outcome="?", written_by_id=office.id)
    note = PrivateNote(challenge_id=cast.challenges["to judge"].id, author_id=office.id, body="?")
    make.session.add_all([talk, note])


def _office(make: Make, cast: Cast, texts: list[str]) -> None:
    """Templates, and questions to all: open ones, and some with what came of them."""
    make.session.add_all(AnswerTemplate(name=str(n), body="?") for n in range(1, len(texts)))
    today = clock.today()
    for number, text in enumerate(texts):
        ended = number % 2
        last = today + timedelta(days=-1 if ended else 9)
        reported = clock.now() if ended else None
        period = {"starts_on": today - timedelta(days=9), "ends_on": last, "reported_at": reported}
        make.session.add(Call(question=text, told_at=clock.now(), **period))
    for consent in make.session.scalars(select(MergeConsent)):
        consent.reason = "?"


def _beside(make: Make, cast: Cast, texts: list[str]) -> None:
    """Files, every other a picture, and the employee's own searches."""
    challenge, person = cast.challenges["submitted"], cast.people["employee"]
    for text, media_type in zip(texts, cycle(("image/png", "text/plain")), strict=False):
        whose = {"challenge_id": challenge.id, "uploaded_by_id": person.id}
        what = {"media_type": media_type, "size": 1, "sha256": "0" * 64, "name": "?"}
        make.session.add(Attachment(uid=uuid4().hex, **whose, **what))
        address = urlencode({"q": text})
        make.session.add(SavedSearch(person_id=person.id, name="?", address=address))


def _told(make: Make, cast: Cast, challenges: list[Challenge], texts: list[str]) -> None:
    """Tell the employee of each challenge what somebody wrote there, in every way there is."""
    ways = [told for told in TOLD.values() if needs(told) - GIVEN]
    about = {"due": "2030-01-01", "starts": "2030-01-01", "ends": "2030-01-01", "phase": "planning"}
    for number in range(max(len(ways), len(texts))):
        told, text = ways[number % len(ways)], texts[number % len(texts)]
        data = about | dict.fromkeys(needs(told) - GIVEN, text)
        thing = challenges[number % len(texts)]
        make.notification(cast.people["employee"], thing, told=told.name, kind=told.kind, data=data)


def needs(told: Any) -> set[str]:
    """Return the names of what the words of a notification are filled with."""
    return set(re.findall(r"%\((\w+)\)", f"{told.says} {told.means or ''}"))


# -- where it is read --------------------------------------------------------------------------------


def pages_for(app: Flask, cast: Cast, reader: str) -> Iterator[str]:
    """Every page that can show something of a challenge, for the first of the readers who may see it."""
    table = matrix.read()
    for line in matrix.lines(app):
        endpoint = line.rule.endpoint
        if line.method != "GET" or endpoint.startswith(ELSEWHERE) or endpoint in SAVED:
            continue
        if reader == next((who for who in READERS if table.get(line.key, {}).get(who) == "200"), None):
            args = line.sample.args(cast)
            query = {name: value for name, value in args.items() if name not in line.rule.arguments}
            yield path_of(line, cast) + (f"?{urlencode(query)}" if query else "")
