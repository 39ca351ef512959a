"""One function per thing: keyword arguments, no surprises, committed at once."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import func, select

from teamhub.access.actor import Role
from teamhub.assessments.models import Assessment, CriteriaSet, Score
from teamhub.assessments.states import Criterion
from teamhub.attachments import store
from teamhub.attachments.models import Attachment
from teamhub.calls.models import Call
from teamhub.challenges.models import Answer, Challenge
from teamhub.challenges.states import State
from teamhub.challenges.voices import Follower
from teamhub.competence.models import Place, Skill
from teamhub.consequences.kinds import Kind
from teamhub.core import clock
from teamhub.missions.models import Mission, MissionChallenge, Seat, StatusReport
from teamhub.notifications.models import Notification
from teamhub.people.models import Office, Person, Unit, UnitPlacement
from teamhub.people.passwords import hashed
from teamhub.people.sign_in import load_actor
from teamhub.tasks.models import BoardColumn, Task
from teamhub.webhooks.models import Webhook
from teamhub.webhooks.shapes import Shape

_numbers = count(1)
PASSWORD = "en god og lang setning"
_HASH: list[str] = []


def password_hash() -> str:
    """Hash the tests' one password once: hashing is slow on purpose."""
    if not _HASH:
        _HASH.append(hashed(PASSWORD))
    return _HASH[0]


class Make:
    """Makes things for tests, in the test's own session."""

    def __init__(self, session: Any) -> None:
        self.session = session

    def _add(self, thing: Any) -> Any:
        self.session.add(thing)
        self.session.commit()
        return thing

    def unit(self, name: str = "Enhet", *, parent: Unit | None = None, code: str = "", **kw: Any) -> Unit:
        n = next(_numbers)
        level = parent.level + 1 if parent else kw.pop("level", 1)
        unit = Unit(
            name=name,
            code=code or name[:2].upper(),
            level=level,
            parent_id=parent.id if parent else None,
            path="/",
            valid_from=date(2020, 1, 1),
            external_ref=kw.pop("external_ref", f"U{n}"),
            **kw,
        )
        self.session.add(unit)
        self.session.flush()
        unit.path = (parent.path if parent else "/") + f"{unit.id}/"
        unit.division_id = unit.id if level == 1 else (parent.division_id if parent else None)
        self.session.add(
            UnitPlacement(unit_id=unit.id, parent_id=unit.parent_id, name=name, valid_from=unit.valid_from)
        )
        return self._add(unit)

    def person(
        self,
        name: str | None = None,
        *roles: Role,
        unit: Unit | None = None,
        manager: Person | None = None,
        **kw: Any,
    ) -> Person:
        n = next(_numbers)
        place = unit or self._some_unit()
        person = self._add(
            Person(
                name=name or f"Person {n}",
                email=kw.pop("email", f"p{n}@test.example"),
                unit_id=place.id,
                manager_id=manager.id if manager else None,
                job_title=kw.pop("job_title", "Rådgiver"),
                password_hash=password_hash(),
                locale="nb",
                **kw,
            )
        )
        for role in roles:
            self.office(person, role, unit=place)
        return person

    def _some_unit(self) -> Unit:
        return self.session.scalar(select(Unit).order_by(Unit.id).limit(1)) or self.unit("Omsorg", code="OM")

    def office(self, person: Person, kind: Role, *, unit: Unit) -> Office:
        return self._add(Office(person_id=person.id, kind=kind, unit_id=unit.id, valid_from=date(2020, 1, 1)))

    def actor(self, person: Person) -> Any:
        actor = load_actor(person.id)
        self.session.commit()
        return actor

    def challenge(
        self,
        proposer: Person | None = None,
        *,
        state: State = State.SUBMITTED,
        title: str = "Lang kø",
        **kw: Any,
    ) -> Challenge:
        unit_id = kw.pop("unit_id", proposer.unit_id if proposer else None)
        division = self.session.scalar(select(Unit.division_id).where(Unit.id == unit_id))
        challenge = Challenge(
            title=title,
            situation=kw.pop("situation", "Folk står og venter."),
            state=state,
            unit_id=unit_id,
            division_id=division,
            proposer_id=proposer.id if proposer else None,
            affected="Innbyggere",
            evidence="Jeg har sett det selv",
            theme=kw.pop("theme", "helse-og-omsorg"),
            submitted_at=kw.pop("submitted_at", None if state == State.DRAFT else clock.now()),
            **kw,
        )
        challenge.refresh_stems()
        return self._add(challenge)

    def follower(self, challenge: Challenge, person: Person) -> Follower:
        """Somebody who wants to hear what becomes of a challenge."""
        return self._add(Follower(challenge_id=challenge.id, person_id=person.id))

    def attachment(self, challenge: Challenge, person: Person, text: str = "11 dager") -> Attachment:
        """A small text file on a challenge, lying in the store."""
        with store.workroom() as room:
            (file := room / "new").write_text(text)
            kept = store.keep(file)
        return self._add(
            Attachment(
                uid=kept.uid,
                challenge_id=challenge.id,
                name="ventetid.txt",
                media_type="text/plain",
                size=kept.size,
                sha256=kept.sha256,
                uploaded_by_id=person.id,
            )
        )

    def assessment(
        self, challenge: Challenge, assessor: Person, *, score: int | None = None, **kw: Any
    ) -> Assessment:
        """Somebody asked to assess; submitted, with the same ``score`` on all criteria, when it is given."""
        division = self.session.scalar(select(Unit.division_id).where(Unit.id == assessor.unit_id))
        first = self.session.scalar(select(CriteriaSet.id).where(CriteriaSet.number == 1))
        assessment = Assessment(
            challenge_id=challenge.id,
            assessor_id=assessor.id,
            division_id=division,
            criteria_set_id=first,
            due_on=kw.pop("due_on", clock.today() + timedelta(days=7)),
            submitted_at=None if score is None else clock.now(),
            **kw,
        )
        if score is not None:
            reason = "Slik ser det ut fra oss."
            assessment.scores = [Score(criterion=c, score=score, reason=reason) for c in Criterion]
        return self._add(assessment)

    def call(self, question: str = "Hva stjeler tid?", *, begins: int = 0, ends: int = 14, **kw: Any) -> Call:
        """A question to everybody, from and to so many days from today."""
        first, last = (clock.today() + timedelta(days=days) for days in (begins, ends))
        kw.setdefault("told_at", clock.now() if begins <= 0 else None)
        return self._add(Call(question=question, starts_on=first, ends_on=last, **kw))

    def reopened(self, challenge: Challenge) -> None:
        """A challenge that was closed, and is assessed once more."""
        steps = ((State.CANDIDATE, State.CLOSED), (State.CLOSED, State.ASSESSING))
        for old, new in steps:
            self.session.add(Answer(challenge_id=challenge.id, from_state=old, decision=new, reason="Nytt"))
        self.session.commit()

    def skill(self, code: str = "klarsprak") -> Skill:
        return self.session.scalar(select(Skill).where(Skill.code == code))

    def place(self, name: str = "Helsehuset", **kw: Any) -> Place:
        return self._add(Place(name=name, **kw))

    def mission(
        self, lead: Person, *, owner: Person | None = None, title: str = "Trygt hjem", **kw: Any
    ) -> Mission:
        challenge = kw.pop("challenge", None)
        today = clock.today()
        mission = self._add(
            Mission(
                title=title,
                goal="Alle kommer trygt hjem.",
                mandate="Finn ut hvorfor.",
                lead_id=lead.id,
                owner_id=(owner or lead).id,
                starts_on=today,
                ends_on=today + timedelta(days=180),
                **kw,
            )
        )
        for position, name in enumerate(("Skal gjøres", "Pågår", "Prøves ut", "Ferdig")):
            self.session.add(
                BoardColumn(mission_id=mission.id, name=name, position=position, is_done=name == "Ferdig")
            )
        if challenge:
            self.session.add(MissionChallenge(mission_id=mission.id, challenge_id=challenge.id))
        self.session.commit()
        return mission

    def seat(
        self, mission: Mission, person: Person | None = None, *, state: str | None = None, **kw: Any
    ) -> Seat:
        today = clock.today()
        return self._add(
            Seat(
                mission_id=mission.id,
                role=kw.pop("role", "Fagperson"),
                share=kw.pop("share", 20),
                starts_on=kw.pop("starts_on", today),
                ends_on=kw.pop("ends_on", today + timedelta(days=90)),
                state=state or ("active" if person else "open"),
                person_id=person.id if person else None,
                **kw,
            )
        )

    def report(self, mission: Mission, author: Person, **kw: Any) -> StatusReport:
        lights = dict.fromkeys(("progress", "economy", "quality", "risk", "staffing"), "green")
        lights |= {axis: kw.pop(axis) for axis in list(kw) if axis in lights}
        summary = kw.pop("summary", "Det går bra.")
        return self._add(
            StatusReport(mission_id=mission.id, author_id=author.id, summary=summary, **lights, **kw)
        )

    def columns(self, mission: Mission) -> list[BoardColumn]:
        of = select(BoardColumn).where(BoardColumn.mission_id == mission.id)
        return list(self.session.scalars(of.order_by(BoardColumn.position)))

    def task(
        self, mission: Mission, title: str = "Ringe apoteket", *, column: BoardColumn | None = None, **kw: Any
    ) -> Task:
        place = column or self.columns(mission)[0]
        n = self.session.scalar(select(func.count()).select_from(Task)) or 0
        assignee = kw.pop("assignee", None)
        return self._add(
            Task(
                mission_id=mission.id,
                column_id=place.id,
                title=title,
                rank=kw.pop("rank", f"a{n:06d}"),
                assignee_id=assignee.id if assignee else None,
                **kw,
            )
        )

    def webhook(self, mission: Mission | None = None, **kw: Any) -> Webhook:
        """A webhook of a mission, or of all. Nobody answers at its address, unless another is given."""
        return self._add(
            Webhook(
                uid=f"{next(_numbers):032d}",
                mission_id=mission.id if mission else None,
                name=kw.pop("name", "Kanalen vår"),
                url=kw.pop("url", "https://hooks.example.com/T0/B0"),
                shape=kw.pop("shape", Shape.JSON),
                **kw,
            )
        )

    def notification(self, person: Person, thing: Any, *, told: str = "receipt", **kw: Any) -> Notification:
        """Something ``person`` is told of a challenge, a mission or a task, just now."""
        now = clock.now()
        return self._add(
            Notification(
                person_id=person.id,
                kind=kw.pop("kind", Kind.MINE),
                told=told,
                object_type=thing.__tablename__,
                object_id=thing.id,
                data=kw.pop("data", {"due": "2030-01-01", "quote": "Slik er det."}),
                created_at=kw.pop("created_at", now),
                show_at=kw.pop("show_at", now),
                **kw,
            )
        )
