"""What hangs on a challenge beside its conversation and its answers, read at one statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Integer, Text, cast, literal, null, select, union_all

from teamhub.attachments.models import Attachment
from teamhub.attachments.queries import File
from teamhub.challenges.models import ChallengeGoal, ChallengeTag, CoProposer, Support
from teamhub.challenges.queries import Experience
from teamhub.core.db import db
from teamhub.people.models import Person, Unit


@dataclass(frozen=True)
class Fellow:
    """Somebody asked to stand behind a challenge too. ``accepted`` is None until answered."""

    person_id: int
    name: str
    accepted: bool | None


@dataclass
class Around:
    """Labels, files, those who stand behind a challenge, and those it concerns too."""

    tags: list[str] = field(default_factory=list)
    goals: list[int] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    fellows: list[Fellow] = field(default_factory=list)
    felt: list[Experience] = field(default_factory=list)


NOTHING = cast(null(), Integer)
SILENCE = cast(null(), Text)
MOST = 500


def of(challenge_id: int) -> Around:
    """Return what hangs on a challenge; those with a story of their own first, then by unit."""
    found = Around()
    for kind, a, b, c, first, second, third in db.session.execute(union_all(*_parts(challenge_id))):
        if kind == "tag":
            found.tags.append(first)
        elif kind == "goal":
            found.goals.append(a)
        elif kind == "file":
            found.files.append(File(a, first, second, third, b, c))
        elif kind == "fellow":
            found.fellows.append(Fellow(a, first, None if b is None else bool(b)))
        else:
            found.felt.append(Experience(a, b, first, c, second))
    found.tags.sort()
    found.goals.sort()
    found.files.sort(key=lambda file: file.id)
    found.fellows.sort(key=lambda fellow: fellow.name)
    found.felt.sort(key=lambda one: (not one.text, one.unit, one.person_id))
    return found


def _parts(challenge_id: int) -> list[Any]:
    """One select for each kind of thing, all of the same columns: three numbers and three texts."""

    def part(kind: str, a: Any, b: Any, c: Any, first: Any, second: Any, third: Any, of: Any) -> Any:
        return select(literal(kind), a, b, c, first, second, third).where(of.challenge_id == challenge_id)

    tag, goal, file, fellow, felt = ChallengeTag, ChallengeGoal, Attachment, CoProposer, Support
    file_texts = cast(file.name, Text), cast(file.description, Text), cast(file.media_type, Text)
    accepted, name = cast(fellow.accepted, Integer), cast(Person.name, Text)
    where = felt.unit_id, Unit.division_id, cast(Unit.name, Text)
    said = part("felt", felt.person_id, *where, felt.experience, SILENCE, felt)
    asked = part("fellow", fellow.person_id, accepted, NOTHING, name, SILENCE, SILENCE, fellow)
    some = said.join(Unit, Unit.id == felt.unit_id).limit(MOST).subquery()
    return [
        part("tag", NOTHING, NOTHING, NOTHING, cast(tag.tag, Text), SILENCE, SILENCE, tag),
        part("goal", goal.goal, NOTHING, NOTHING, SILENCE, SILENCE, SILENCE, goal),
        part("file", file.id, file.size, file.uploaded_by_id, *file_texts, file),
        asked.join(Person, Person.id == fellow.person_id),
        select(*some.c),
    ]
