"""What hangs on a challenge beside its conversation and its answers, read at one statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, Text, and_, case, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from teamhub.attachments.models import Attachment
from teamhub.attachments.queries import File
from teamhub.challenges.heard import Help, offers
from teamhub.challenges.models import Challenge, ChallengeGoal, ChallengeTag, ChallengeVersion, CoProposer
from teamhub.challenges.office import Merge, MergeConsent
from teamhub.challenges.queries import Experience, family, felt_by
from teamhub.challenges.states import MergeState
from teamhub.challenges.voices import Follower
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.people.models import Person, Unit


@dataclass(frozen=True)
class Fellow:
    """Somebody asked to stand behind a challenge too. ``accepted`` is None until answered."""

    person_id: int
    name: str
    accepted: bool | None


@dataclass(frozen=True)
class Joined:
    """A challenge that lives on in this one, with the text it had; or the one this lives on in."""

    id: int
    title: str
    situation: str


@dataclass
class MergeAsked:
    """A merge the proposers are asked about. ``says`` holds what each has answered, None until then."""

    id: int
    from_id: int
    into_id: int
    reason: str
    other: str
    due_on: date
    says: dict[int, bool | None] = field(default_factory=dict)

    @property
    def answered(self) -> int:
        """How many have answered."""
        return sum(1 for agrees in self.says.values() if agrees is not None)

    @property
    def is_overdue(self) -> bool:
        """Whether those asked have had their time."""
        return clock.today() > self.due_on


@dataclass
class Around:
    """Labels, files, who stands behind a challenge, whom it concerns too, and what it is merged with."""

    tags: list[str] = field(default_factory=list)
    goals: list[int] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    fellows: list[Fellow] = field(default_factory=list)
    felt: list[Experience] = field(default_factory=list)
    joined: list[Joined] = field(default_factory=list)
    lives_in: Joined | None = None
    merges: dict[int, MergeAsked] = field(default_factory=dict)
    offers: list[Help] = field(default_factory=list)
    followers: int = 0
    is_followed: bool = False
    changed_at: datetime | None = None


NOTHING = cast(null(), Integer)
SILENCE = cast(null(), Text)
MOST = 500


def of(challenge_id: int, reader_id: int | None) -> Around:
    """Return what hangs on a challenge; those with a story of their own first, then by unit.

    Of its followers the number alone, and whether the reader is one of them.
    """
    found = Around()
    for kind, *rest in db.session.execute(
        union_all(*_parts(challenge_id), *_voices(challenge_id, reader_id))
    ):
        _TAKE[kind](found, *rest)
    return _in_order(found)


def _take_merge(found: Around, id_: int, from_id: int, into_id: int, *texts: str) -> None:
    reason, other, due_on = texts
    found.merges[id_] = MergeAsked(id_, from_id, into_id, reason, other, date.fromisoformat(due_on))


def _take_consent(found: Around, merge_id: int, person_id: int, agrees: int | None, *_: None) -> None:
    found.merges[merge_id].says[person_id] = None if agrees is None else bool(agrees)


def _take_survivor(found: Around, id_: int, _a: None, _b: None, title: str, situation: str, _c: None) -> None:
    found.lives_in = Joined(id_, title, situation)


def _take_followers(found: Around, number: int, mine: int | None, *_: None) -> None:
    found.followers, found.is_followed = number, bool(mine)


def _take_changed(found: Around, _a: None, _b: None, _c: None, changed_at: str | None, *_: None) -> None:
    found.changed_at = datetime.fromisoformat(changed_at) if changed_at else None


# By kind of row: three numbers and three texts, and where they go.
_TAKE: dict[str, Callable[..., None]] = {
    "tag": lambda found, _a, _b, _c, tag, *_: found.tags.append(tag),
    "goal": lambda found, goal, *_: found.goals.append(goal),
    "file": lambda found, id_, size, by, name, about, kind: found.files.append(
        File(id_, name, about, kind, size, by)
    ),
    "fellow": lambda found, id_, accepted, _c, name, *_: found.fellows.append(
        Fellow(id_, name, None if accepted is None else bool(accepted))
    ),
    "felt": lambda found, who, unit_id, division_id, unit, said, _: found.felt.append(
        Experience(who, unit_id, unit, division_id, said)
    ),
    "joined": lambda found, id_, _a, _b, title, situation, _: found.joined.append(
        Joined(id_, title, situation)
    ),
    "lives_in": _take_survivor,
    "merge": _take_merge,
    "consent": _take_consent,
    "offer": lambda found, *row: found.offers.append(Help(*row)),
    "followers": _take_followers,
    "changed": _take_changed,
}


def _in_order(found: Around) -> Around:
    found.tags.sort()
    found.goals.sort()
    found.files.sort(key=lambda file: file.id)
    found.fellows.sort(key=lambda fellow: fellow.name)
    found.joined.sort(key=lambda one: one.id)
    found.offers.sort(key=lambda one: one.id)
    found.felt.sort(key=lambda one: (not one.text, one.unit, one.person_id or 0))
    heard: set[int] = set()  # who said it of two that were merged is one voice
    voices, found.felt = found.felt, []
    for one in voices:
        if one.person_id not in heard:
            found.felt.append(one)
        heard |= {one.person_id} if one.person_id else set()
    return found


def _parts(challenge_id: int) -> list[Any]:
    """One select for each kind of thing, all of the same columns: three numbers and three texts."""

    def part(kind: str, a: Any, b: Any, c: Any, first: Any, second: Any, third: Any, of: Any) -> Any:
        return select(literal(kind), a, b, c, first, second, third).where(of.challenge_id == challenge_id)

    tag, goal, file, fellow = ChallengeTag, ChallengeGoal, Attachment, CoProposer
    file_texts = cast(file.name, Text), cast(file.description, Text), cast(file.media_type, Text)
    accepted, name = cast(fellow.accepted, Integer), cast(Person.name, Text)
    asked = part("fellow", fellow.person_id, accepted, NOTHING, name, SILENCE, SILENCE, fellow)
    return [
        part("tag", NOTHING, NOTHING, NOTHING, cast(tag.tag, Text), SILENCE, SILENCE, tag),
        part("goal", goal.goal, NOTHING, NOTHING, SILENCE, SILENCE, SILENCE, goal),
        part("file", file.id, file.size, file.uploaded_by_id, *file_texts, file),
        asked.join(Person, Person.id == fellow.person_id),
        _felt(challenge_id),
        *_merged(challenge_id),
    ]


def _felt(challenge_id: int) -> Any:
    """A select of those who feel a challenge, in the columns of the others."""
    felt = felt_by(challenge_id).subquery()
    who, where, said = felt.c
    some = (
        select(literal("felt"), who, where, Unit.division_id, cast(Unit.name, Text), said, SILENCE)
        .join(Unit, Unit.id == where)
        .limit(MOST)
        .subquery()
    )
    return select(*some.c)


def _merged(challenge_id: int) -> list[Any]:
    """Selects of what lives on in a challenge, what it lives on in, and merges it is asked about."""
    other, own, merge, consent = Challenge, aliased(Challenge), Merge, MergeConsent
    texts = cast(other.title, Text), other.situation, SILENCE
    joined = select(literal("joined"), other.id, NOTHING, NOTHING, *texts)
    lives_in = select(literal("lives_in"), other.id, NOTHING, NOTHING, *texts)
    of_both = or_(merge.from_id == challenge_id, merge.into_id == challenge_id)
    open_ = and_(of_both, merge.state == MergeState.ASKED)
    ids, title = (merge.id, merge.from_id, merge.into_id), cast(other.title, Text)
    merges = select(literal("merge"), *ids, merge.reason, title, cast(merge.due_on, Text))
    answer = cast(consent.agrees, Integer), SILENCE, SILENCE, SILENCE
    the_other = case((merge.from_id == challenge_id, merge.into_id), else_=merge.from_id)
    consents = select(literal("consent"), consent.merge_id, consent.person_id, *answer)
    return [
        joined.where(other.merged_into_id == challenge_id),
        lives_in.join(own, own.merged_into_id == other.id).where(own.id == challenge_id),
        merges.join(other, other.id == the_other).where(open_),
        consents.join(merge, merge.id == consent.merge_id).where(open_),
    ]


def _voices(challenge_id: int, reader_id: int | None) -> list[Any]:
    """Selects of who offers help, how many follow, and when the text was last changed."""
    who, kept = Follower.person_id, ChallengeVersion
    offered = offers(challenge_id).limit(MOST).subquery()
    id_, by, hours, *texts = offered.c
    mine = cast(func.max(case((who == reader_id, 1), else_=0)), Integer)
    followers = select(
        literal("followers"), func.count(who.distinct()), mine, NOTHING, SILENCE, SILENCE, SILENCE
    )
    last = cast(func.max(kept.replaced_at), Text)
    return [
        select(literal("offer"), id_, by, hours, *(cast(text, Text) for text in texts)),
        followers.where(Follower.challenge_id.in_(family(challenge_id))),
        select(literal("changed"), NOTHING, NOTHING, NOTHING, last, SILENCE, SILENCE).where(
            kept.challenge_id == challenge_id
        ),
    ]
