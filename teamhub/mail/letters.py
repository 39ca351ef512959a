"""What a letter says: some notifications of one person, as they may be read at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from teamhub.access.actor import Actor
from teamhub.consequences.kinds import Channel, Kind, Pace
from teamhub.consequences.table import TOLD
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.links import link
from teamhub.notifications.handlers import SILENCED
from teamhub.notifications.models import Notification
from teamhub.notifications.queries import is_muted, paces, title, visible, with_titles
from teamhub.notifications.things import place_of
from teamhub.notifications.wording import Words, due_of, near_day, words
from teamhub.people.models import Person

WAITING = frozenset({Kind.ASKED, Kind.DEADLINE})
"""What comes first in a digest: somebody waits, or a date is near."""

MOST_WAITING, MOST_THINGS = 10, 5
"""So much that waits, and so many objects with news, a digest has room for; the rest is in the inbox."""

ANSWERED_AT = {"answer_invitation": "missions.requests", "answer_release": "missions.requests"}


@dataclass(frozen=True)
class Line:
    """One notification in words, with the whole address of where to read on."""

    id: int
    kind: Kind
    thing: tuple[str, int]
    about: int | None
    title: str
    words: Words
    due_on: date | None
    address: str
    pace: Pace

    @property
    def date_to_name(self) -> date | None:
        """The date, unless the headline names it already."""
        named = self.due_on is not None and near_day(self.due_on) in self.words.says
        return None if named else self.due_on


@dataclass(frozen=True)
class News:
    """What is new about one object."""

    title: str
    address: str
    lines: list[Line]


@dataclass(frozen=True)
class Letter:
    """What a person is told in one mail: what waits, by date, then news by object, the latest first."""

    lines: list[Line]

    @property
    def waiting(self) -> list[Line]:
        """What somebody waits for, each thing once: a reminder takes the place of what it reminds of."""
        waits = {(line.thing, line.about): line for line in self.lines if line.kind in WAITING}
        return sorted(waits.values(), key=lambda line: (line.due_on or date.max, line.id))

    @property
    def kinds(self) -> list[Kind]:
        return sorted({line.kind for line in self.lines})

    @property
    def weekly(self) -> bool:
        """Whether all of it was gathered for a week."""
        return all(line.pace == Pace.WEEKLY for line in self.lines)

    @property
    def news(self) -> list[News]:
        return self._news()[:MOST_THINGS]

    @property
    def more(self) -> int:
        """How much there was no room for."""
        return max(len(self.waiting) - MOST_WAITING, 0) + max(len(self._news()) - MOST_THINGS, 0)

    def _news(self) -> list[News]:
        rest = sorted((line for line in self.lines if line.kind not in WAITING), key=lambda line: line.thing)
        found = [list(lines) for _thing, lines in groupby(rest, key=lambda line: line.thing)]
        found.sort(key=lambda lines: -max(line.id for line in lines))
        return [News(lines[-1].title, lines[-1].address, _each_once(lines)) for lines in found]


def _each_once(lines: list[Line]) -> list[Line]:
    """Return lines with other headlines, the latest of each, and of all, first."""
    return list({line.words.says: line for line in reversed(lines)}.values())


def compose(actor: Actor, ids: list[int], *, owed: bool) -> Letter:
    """Return what is left to say of notifications ``ids``, at two queries, in the language in force.

    Left out is what the actor may not see any more, has read, put off or muted, or no longer wants by
    mail. What has been read stays in when an answer is still due, if ``owed`` says so.
    """
    n, who = Notification, aliased(Person)
    rows = db.session.execute(
        with_titles(select(n, who.name, title(), is_muted(n)), n)
        .outerjoin(who, who.id == n.actor_id)
        .where(n.id.in_(ids), n.person_id == actor.id, visible(actor))
        .where(or_(n.read_at.is_(None), n.asks & owed))
        .order_by(n.id)
    ).all()
    wanted = paces(actor)
    lines = [
        _line(note, words(note.told, note.data, who=who, title=name), name)
        for note, who, name, muted in rows
        if _is_wanted(note, wanted, muted=muted)
    ]
    return Letter([line for line in lines if line is not None])


def _is_wanted(note: Notification, wanted: dict[tuple[Kind, Channel], Pace], *, muted: bool) -> bool:
    """Tell whether something may go by mail. What the inbox shows at once, but later, was put off."""
    later = note.show_at is not None and note.show_at > clock.now()
    put_off = later and wanted[note.kind, Channel.APP] == Pace.NOW
    silenced = muted and note.kind in SILENCED
    return wanted[note.kind, Channel.MAIL] != Pace.NEVER and not (silenced or put_off)


def _line(note: Notification, said: Words | None, name: str) -> Line | None:
    if said is None:
        return None
    answered_at = ANSWERED_AT.get(TOLD[note.told].does or "")
    place = place_of(note.object_type, note.object_id, note.data.get("place") or "")
    endpoint, arguments = (answered_at, {}) if answered_at else place
    return Line(
        id=note.id,
        kind=Kind(note.kind),
        thing=(note.object_type, note.object_id),
        about=note.about,
        title=name,
        words=said,
        due_on=due_of(note.data),
        address=link(endpoint, **arguments),
        pace=Pace(note.mail_pace),
    )
