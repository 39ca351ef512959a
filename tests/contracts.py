"""Time contracts in the making, for tests: somebody asked, and other terms proposed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from teamhub.competence.models import PersonSkill, Skill
from teamhub.core import clock
from teamhub.missions.accord import SeatOffer
from teamhub.missions.composing.models import DraftPlace, TeamDraft
from teamhub.missions.models import Invitation, Seat, SeatAnnouncement, SkillEvidence
from teamhub.people.models import Person
from tests.factories import Make


def invitation(make: Make, seat: Seat, person: Person, **kw: Any) -> Invitation:
    """Somebody asked to fill a seat, with a week to answer."""
    asked = Invitation(
        seat_id=seat.id,
        mission_id=seat.mission_id,
        person_id=person.id,
        manager_id=person.manager_id,
        unit_id=person.unit_id,
        answer_by=kw.pop("answer_by", clock.today() + timedelta(days=7)),
        **kw,
    )
    make.session.add(asked)
    make.session.commit()
    return asked


def offer(make: Make, asked: Invitation, by: Person, *, share: int = 10, **kw: Any) -> SeatOffer:
    """Other terms proposed for an invitation, waiting for the lead."""
    today = clock.today()
    proposed = SeatOffer(
        seat_id=asked.seat_id,
        mission_id=asked.mission_id,
        invitation_id=asked.id,
        person_id=asked.person_id,
        manager_id=asked.manager_id,
        unit_id=asked.unit_id,
        side="person" if by.id == asked.person_id else "manager",
        by_id=by.id,
        share=share,
        starts_on=kw.pop("starts_on", today),
        ends_on=kw.pop("ends_on", today + timedelta(days=60)),
        reason=kw.pop("reason", "Mer tid har jeg ikke."),
        **kw,
    )
    make.session.add(proposed)
    make.session.commit()
    return proposed


def change(make: Make, seat: Seat, by: Person, *, share: int = 10) -> SeatOffer:
    """Other terms the lead proposes for a seat that is agreed, waiting for the person and the manager."""
    person = make.session.get_one(Person, seat.person_id)
    proposed = SeatOffer(
        seat_id=seat.id,
        mission_id=seat.mission_id,
        person_id=person.id,
        manager_id=person.manager_id,
        unit_id=person.unit_id,
        side="lead",
        by_id=by.id,
        lead_says=True,
        share=share,
        starts_on=seat.starts_on,
        ends_on=seat.ends_on,
        reason="Vi trenger mindre enn vi trodde.",
    )
    make.session.add(proposed)
    make.session.commit()
    return proposed


def evidence(make: Make, seat: Seat, skill: Skill) -> SkillEvidence:
    """What somebody did in a seat, put to a skill they say they have."""
    person_id = seat.person_id or 0
    kept = SkillEvidence(person_id=person_id, skill_id=skill.id, seat_id=seat.id, text="Laget sjekklista.")
    make.session.merge(PersonSkill(person_id=person_id, skill_id=skill.id, level=3))
    make.session.add(kept)
    make.session.commit()
    return kept


def announcement(make: Make, seat: Seat, curator: Person) -> SeatAnnouncement:
    """An open seat that is announced to everybody, for today."""
    said = SeatAnnouncement(
        seat_id=seat.id, text="Du lærer mye.", curator_id=curator.id, ends_on=clock.today()
    )
    make.session.add(said)
    make.session.commit()
    return said


def draft(make: Make, seat: Seat, person: Person, by: Person) -> TeamDraft:
    """A draft of a team with somebody in one seat. They are not asked."""
    kept = TeamDraft(mission_id=seat.mission_id, name="Smalt og raskt", made_by_id=by.id)
    kept.places = [DraftPlace(seat_id=seat.id, person_id=person.id)]
    make.session.add(kept)
    make.session.commit()
    return kept
