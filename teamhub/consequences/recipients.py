"""Who is concerned by an event: ids of persons, found in the event's own transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import CompoundSelect, Select, func, select, union
from sqlalchemy.orm import Session

from teamhub.access.actor import Role
from teamhub.assessments.models import Assessment
from teamhub.calls.models import Call
from teamhub.calls.queries import put_to as is_put_to
from teamhub.challenges.models import Challenge, ChallengeComment, CoProposer, Support
from teamhub.challenges.office import Merge, MergeConsent
from teamhub.challenges.queries import family, felt_by
from teamhub.challenges.states import MergeState, State
from teamhub.challenges.voices import Follower, SavedSearch
from teamhub.missions.accord import AgreementYes, MissionPartner, SeatOffer
from teamhub.missions.models import Invitation, Mission, MissionChallenge, Seat, SeatApplication
from teamhub.missions.owed import has_countered
from teamhub.missions.states import AGREED, Side
from teamhub.people.models import Office, Person, Unit
from teamhub.people.queries import in_force
from teamhub.people.sign_in import LEADING
from teamhub.tasks.models import Task, TaskComment

Finder = Callable[[Session, Any], Iterable[int]]


def _ids(session: Session, statement: Select[Any] | CompoundSelect[Any]) -> list[int]:
    return [id_ for id_ in session.scalars(statement) if id_ is not None]


def all_of(*finders: Finder) -> Finder:
    """Return those any of ``finders`` finds."""
    return lambda session, event: [id_ for find in finders for id_ in find(session, event)]


def when(test: Callable[[Any], bool], find: Finder) -> Finder:
    """Return those ``find`` finds, if the event passes ``test``."""
    return lambda session, event: find(session, event) if test(event) else ()


def named(column: str) -> Finder:
    """Return the person, or the persons, the event itself names."""

    def find(_session: Session, event: Any) -> Iterable[int]:
        value = getattr(event, column)
        if value is None:
            return ()
        return value if isinstance(value, list) else (value,)

    return find


# -- offices -----------------------------------------------------------------------------------------


def holders(kind: Role) -> Finder:
    """Return those who hold an office today, wherever."""
    return lambda session, _event: _ids(
        session, select(Office.person_id).where(Office.kind == kind, in_force(Office))
    )


office = holders(Role.PORTFOLIO_OFFICE)
board = holders(Role.BOARD_MEMBER)


def _leaders_of(session: Session, unit_id: int | None) -> list[int]:
    """Return who leads a unit: its own leaders, or those of the nearest unit above that has any."""
    path = session.scalar(select(Unit.path).where(Unit.id == unit_id)) or ""
    above = [int(part) for part in path.split("/") if part]
    rows = session.execute(
        select(Unit.level, Office.person_id)
        .join(Unit, Unit.id == Office.unit_id)
        .where(Office.unit_id.in_(above), Office.kind.in_(LEADING), in_force(Office))
    ).all()
    nearest = max((level for level, _ in rows), default=0)
    return [person_id for level, person_id in rows if level == nearest]


# -- challenges --------------------------------------------------------------------------------------


def proposer(session: Session, event: Any) -> list[int]:
    return _ids(session, select(Challenge.proposer_id).where(Challenge.id == event.object_id))


def following(session: Session, event: Any) -> list[int]:
    """Everybody a challenge has news for beside its proposer.

    Who stands behind it too, feels it, discusses it or follows it. Those of challenges that live on in it
    are among them, and who proposed those.
    """
    whole, fellow = family(event.object_id), CoProposer
    behind = select(fellow.person_id).where(fellow.challenge_id.in_(whole), fellow.accepted.is_(True))
    return _ids(
        session,
        union(
            select(felt_by(event.object_id).subquery().c.person_id),
            select(ChallengeComment.author_id).where(ChallengeComment.challenge_id.in_(whole)),
            select(Follower.person_id).where(Follower.challenge_id.in_(whole)),
            behind,
        ),
    )


def keeps_search(session: Session, event: Any) -> list[int]:
    """Who keeps a search, while they want to hear from it."""
    kept = (SavedSearch.id == event.object_id, SavedSearch.alerts)
    return _ids(session, select(SavedSearch.person_id).where(*kept))


def assessors(session: Session, event: Any) -> list[int]:
    """Those asked to assess a challenge, whether they have done so or not."""
    return _ids(session, select(Assessment.assessor_id).where(Assessment.challenge_id == event.object_id))


def handler(session: Session, event: Any) -> list[int]:
    """Who at the office sees to a challenge, if anybody does."""
    return _ids(session, select(Challenge.handler_id).where(Challenge.id == event.object_id))


def has_not_agreed(session: Session, event: Any) -> list[int]:
    """Proposers asked whether a challenge may be merged who have not answered."""
    asked = Merge.from_id == event.object_id, Merge.state == MergeState.ASKED
    waits = select(MergeConsent.person_id).join(Merge, Merge.id == MergeConsent.merge_id)
    return _ids(session, waits.where(*asked, MergeConsent.agrees.is_(None)))


def handler_or_office(session: Session, event: Any) -> list[int]:
    """Who at the office sees to a challenge, while they still work there; the whole office until then."""
    at_office = list(office(session, event))
    return [id_ for id_ in handler(session, event) if id_ in at_office] or at_office


def line_leaders(session: Session, event: Any) -> list[int]:
    """Whoever leads the unit that is asked to solve a challenge."""
    unit_id = session.scalar(select(Challenge.line_unit_id).where(Challenge.id == event.object_id))
    return _leaders_of(session, unit_id)


# -- calls ---------------------------------------------------------------------------------------------


def put_to(session: Session, event: Any) -> list[int]:
    """Everybody a call is put to: all, or those in its units and below."""
    return _ids(
        session,
        select(Person.id)
        .join(Unit, Unit.id == Person.unit_id)
        .join(Call, Call.id == event.object_id)
        .where(Person.is_active, is_put_to(Call, Unit)),
    )


def took_part(session: Session, event: Any) -> list[int]:
    """Those who proposed, stand behind or support a challenge that answers a call."""
    sent = (Challenge.call_id == event.object_id, Challenge.state != State.DRAFT)
    behind = select(CoProposer.person_id).join(Challenge, Challenge.id == CoProposer.challenge_id)
    support = select(Support.person_id).join(Challenge, Challenge.id == Support.challenge_id)
    return [
        *_ids(session, select(Challenge.proposer_id).where(*sent)),
        *_ids(session, behind.where(*sent, CoProposer.accepted.is_(True))),
        *_ids(session, support.where(*sent)),
    ]


def has_not_answered(session: Session, event: Any) -> list[int]:
    """Those a call is put to who have not answered it yet."""
    already = set(took_part(session, event))
    return [id_ for id_ in put_to(session, event) if id_ not in already]


# -- assessments ----------------------------------------------------------------------------------------


def not_assessed(session: Session, event: Any) -> list[int]:
    """Who is asked to assess, until they have."""
    owed = Assessment.submitted_at.is_(None)
    return _ids(session, select(Assessment.assessor_id).where(Assessment.id == event.assessment_id, owed))


def has_assessed(session: Session, event: Any) -> list[int]:
    """Those who have submitted in the latest round of a challenge."""
    a = Assessment
    latest = select(func.max(a.round)).where(a.challenge_id == event.object_id).scalar_subquery()
    of = select(a.assessor_id).where(a.challenge_id == event.object_id, a.round == latest)
    return _ids(session, of.where(a.submitted_at.is_not(None)))


# -- missions ----------------------------------------------------------------------------------------


def _mission_id(event: Any) -> int:
    mission_id: int = getattr(event, "mission_id", None) or event.object_id
    return mission_id


def lead(session: Session, event: Any) -> list[int]:
    return _ids(session, select(Mission.lead_id).where(Mission.id == _mission_id(event)))


def owner(session: Session, event: Any) -> list[int]:
    return _ids(session, select(Mission.owner_id).where(Mission.id == _mission_id(event)))


def team(session: Session, event: Any) -> list[int]:
    """Those with an agreed seat."""
    seats = select(Seat.person_id).where(Seat.mission_id == _mission_id(event), Seat.state.in_(AGREED))
    return _ids(session, seats.distinct())


def partners(session: Session, event: Any) -> list[int]:
    """Those who follow a mission by an office, while they hold it."""
    p = MissionPartner
    held = (Office.person_id == p.person_id) & (Office.kind == p.kind)
    follow = select(p.person_id).join(Office, held)
    return _ids(session, follow.where(p.mission_id == _mission_id(event), in_force(Office)).distinct())


def not_agreed(session: Session, event: Any) -> list[int]:
    """Lead and team, but for those who stand by the team's agreement already."""
    yes = set(_ids(session, select(AgreementYes.person_id).where(AgreementYes.mission_id == event.object_id)))
    return [id_ for id_ in all_of(lead, team)(session, event) if id_ not in yes]


def not_chosen(session: Session, event: Any) -> list[int]:
    """Those who applied for the seat that is agreed now, and still wait, but for whoever has it."""
    a = SeatApplication
    waits = (a.seat_id == event.seat_id, a.withdrawn_at.is_(None), a.closed_at.is_(None))
    return _ids(session, select(a.person_id).where(*waits, a.person_id != event.person_id))


def waiting_for_mission(session: Session, event: Any) -> list[int]:
    """Those who proposed, feel or follow a challenge a mission answers: it is their matter too."""
    answered = select(MissionChallenge.challenge_id).where(MissionChallenge.mission_id == _mission_id(event))
    whole = Challenge.id.in_(answered) | Challenge.merged_into_id.in_(answered)
    ids = select(Challenge.id).where(whole)
    return [
        *_ids(session, select(Challenge.proposer_id).where(whole)),
        *_ids(session, select(Support.person_id).where(Support.challenge_id.in_(ids))),
        *_ids(session, select(Follower.person_id).where(Follower.challenge_id.in_(ids))),
    ]


def line_manager(session: Session, event: Any) -> list[int]:
    """Who is asked for the time of an invited person: one line manager, or whoever leads the unit."""
    row = session.execute(
        select(Invitation.manager_id, Invitation.unit_id).where(Invitation.id == event.invitation_id)
    ).one_or_none()
    if row is None:
        return []
    return [row.manager_id] if row.manager_id else _leaders_of(session, row.unit_id)


def manager_of_seat(session: Session, event: Any) -> list[int]:
    """Who speaks for the time of whom a change of a seat is about, as when it was proposed."""
    row = session.execute(
        select(SeatOffer.manager_id, SeatOffer.unit_id).where(SeatOffer.id == event.seat_offer_id)
    ).one()
    return [row.manager_id] if row.manager_id else _leaders_of(session, row.unit_id)


def not_answered(session: Session, event: Any) -> list[int]:
    """Who is invited, until they have answered or proposed something else."""
    open_ = Invitation.person_says.is_(None) & ~has_countered(Side.PERSON)
    return _ids(session, select(Invitation.person_id).where(Invitation.id == event.invitation_id, open_))


def manager_not_answered(session: Session, event: Any) -> list[int]:
    """Who is asked for the time of an invited person, until somebody has answered or proposed otherwise."""
    open_ = Invitation.manager_says.is_(None) & ~has_countered(Side.MANAGER)
    asked = select(Invitation.person_id).where(Invitation.id == event.invitation_id, open_)
    person_id = session.scalar(asked)
    return [id_ for id_ in line_manager(session, event) if id_ != person_id] if person_id else []


# -- tasks -------------------------------------------------------------------------------------------


def assignee(session: Session, event: Any) -> list[int]:
    return _ids(session, select(Task.assignee_id).where(Task.id == event.object_id))


def task_discussing(session: Session, event: Any) -> list[int]:
    """Those who have taken part in the conversation under a task, and who made it."""
    said = select(TaskComment.author_id).where(TaskComment.task_id == event.object_id)
    made = select(Task.created_by_id).where(Task.id == event.object_id)
    return _ids(session, said.union(made))
