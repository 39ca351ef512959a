"""The personas' inboxes: what they would have been told of what the demo's content says has happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Any

from sqlalchemy import or_, select, update

from teamhub.challenges import events as challenges
from teamhub.challenges.models import Answer, Challenge, ChallengeComment, Support
from teamhub.challenges.states import State
from teamhub.consequences.clocks import TASK
from teamhub.consequences.kinds import Pace
from teamhub.consequences.reminders import STAGES
from teamhub.consequences.stages import days_to_look_at, next_of
from teamhub.consequences.table import TABLE
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.events import Event
from teamhub.demo.organisation import Organisation
from teamhub.demo.written import store
from teamhub.missions import events as missions
from teamhub.missions.accord import MissionPartner, TeamAgreement
from teamhub.missions.models import Invitation, Mission, Seat, StatusReport
from teamhub.missions.states import AGREED
from teamhub.notifications.handlers import about, meant
from teamhub.notifications.models import Notification, Reminded
from teamhub.tasks import events as tasks
from teamhub.tasks.models import Task, TaskComment

MOST = 8
"""So many of each kind of event, the latest."""

STAYS_NEW = timedelta(days=2)
READ_AFTER = timedelta(hours=3)
GIVEN_AT = time(5, 30)

MENTIONED = ("employee", "lead", "unitmanager", "office", "proposer")
ASKS = "kjenner du igjen dette?"
STILL_TALKED_ABOUT = (State.SUBMITTED, State.ASSESSING, State.CANDIDATE)

Happened = tuple[datetime, Event, bool]
"""When, what, and whether what it asks is still to be answered."""


def make(organisation: Organisation) -> None:
    """Make and store what the personas have been told, the oldest first."""
    ids = sorted(person.id for person in organisation.personas.values())
    happened = [
        *_to_challenges(ids),
        *_to_teams(ids),
        *_together(),
        *_to_tasks(ids),
        *_dates(ids),
        *_mentions(organisation),
    ]
    happened.sort(key=lambda each: (each[0], repr(each[1])))
    store(Notification, _rows(happened, ids))


def _rows(happened: list[Happened], ids: list[int]) -> Iterator[dict[str, Any]]:
    numbers, session = count(1), db.session()
    for at, event, is_open in happened:
        for person_id, told in sorted(meant(session, event, TABLE[type(event)].tells).items()):
            if person_id not in ids:
                continue
            is_new = at > clock.now() - STAYS_NEW
            data = told.with_(session, event) if told.with_ else {}
            yield {
                "id": next(numbers),
                **about(event, told, data),
                "person_id": person_id,
                "created_at": at,
                "show_at": at,
                "read_at": None if is_new else at + READ_AFTER,
                "asks": told.asks and is_open,
                "mail_pace": Pace.NEVER,
                "mail_at": None,
                "mailed_at": None,
            }


def _to_challenges(ids: list[int]) -> Iterator[Happened]:
    own = select(Challenge.id).where(Challenge.proposer_id.in_(ids), Challenge.state != State.DRAFT)
    waiting = (
        select(Challenge.id)
        .where(Challenge.state.in_((State.SUBMITTED, State.CANDIDATE)))
        .order_by(Challenge.state_since.desc(), Challenge.id)
        .limit(MOST)
    )
    c, either = Challenge, or_(Challenge.id.in_(own), Challenge.id.in_(waiting))
    states = {}
    for id_, proposer_id, state, at in db.session.execute(
        select(c.id, c.proposer_id, c.state, c.submitted_at).where(either).order_by(c.id)
    ):
        states[id_] = state
        if at is not None:
            yield at, challenges.ChallengeSubmitted(actor_id=proposer_id, object_id=id_), False
    a, s, t = Answer, Support, ChallengeComment
    for row in db.session.scalars(select(a).where(a.challenge_id.in_(list(states))).order_by(a.id)):
        here: dict[str, Any] = {"actor_id": row.author_id, "object_id": row.challenge_id}
        old, decision = str(row.from_state), str(row.decision)
        is_open = states[row.challenge_id] in {State.CLARIFICATION, State.SUBMITTED}
        yield row.at, challenges.ChallengeAnswered(old=old, new=decision, decision=decision, **here), is_open
    for said in db.session.scalars(select(s).where(s.challenge_id.in_(own)).order_by(s.id)):
        here = {"actor_id": said.person_id, "object_id": said.challenge_id}
        yield said.created_at, challenges.ChallengeSupported(**here), False
    for comment in db.session.scalars(select(t).where(t.challenge_id.in_(own)).order_by(t.id)):
        here = {"actor_id": comment.author_id, "object_id": comment.challenge_id}
        yield comment.created_at, challenges.ChallengeCommented(comment_id=comment.id, **here), False


def _to_teams(ids: list[int]) -> Iterator[Happened]:
    m, i, r = Mission, Invitation, StatusReport
    seated = select(Seat.mission_id).where(Seat.person_id.in_(ids), Seat.state.in_(AGREED))
    ours = select(m.id).where(or_(m.lead_id.in_(ids), m.owner_id.in_(ids), m.id.in_(seated)))
    for each in db.session.scalars(
        select(i)
        .where(
            i.closed_at.is_(None), or_(i.mission_id.in_(ours), i.person_id.in_(ids), i.manager_id.in_(ids))
        )
        .order_by(i.id)
    ):
        here: dict[str, Any] = {
            "object_id": each.mission_id,
            "invitation_id": each.id,
            "person_id": each.person_id,
        }
        yield each.created_at, missions.PersonInvited(actor_id=each.invited_by_id, **here), True
        if each.person_says and each.person_at:
            answered = missions.InvitationAnswered(actor_id=each.person_id, accepted=True, **here)
            yield each.person_at, answered, False
    for report in db.session.scalars(
        select(r).where(r.mission_id.in_(ours)).order_by(r.at.desc(), r.id).limit(MOST)
    ):
        here = {"actor_id": report.author_id, "object_id": report.mission_id}
        yield report.at, missions.StatusReported(report_id=report.id, **here), False


def _together() -> Iterator[Happened]:
    """What teams ask their people to stand by, and whom they have taken along."""
    yesterday = datetime.combine(clock.today() - timedelta(days=1), GIVEN_AT, UTC)
    agreed = select(Mission.id, Mission.lead_id).join(TeamAgreement, TeamAgreement.mission_id == Mission.id)
    for mission_id, lead_id in db.session.execute(agreed.order_by(Mission.id)):
        yield yesterday, missions.AgreementWritten(actor_id=lead_id, object_id=mission_id, anew=False), True
    p = MissionPartner
    for each in db.session.scalars(select(p).order_by(p.mission_id, p.person_id)):
        taken_along = missions.PartnerAttached(
            actor_id=each.added_by_id,
            object_id=each.mission_id,
            person_id=each.person_id,
            kind=str(each.kind),
        )
        yield each.created_at, taken_along, False


def _to_tasks(ids: list[int]) -> Iterator[Happened]:
    t, c = Task, TaskComment
    given = select(t).where(t.assignee_id.in_(ids), t.done_at.is_(None))
    for task in db.session.scalars(given.order_by(t.created_at.desc(), t.id).limit(MOST)):
        here: dict[str, Any] = {
            "actor_id": task.created_by_id,
            "object_id": task.id,
            "mission_id": task.mission_id,
        }
        yield task.created_at, tasks.TaskAdded(assignee_id=task.assignee_id, **here), False
    statement = (
        select(c, t.mission_id)
        .join(t, t.id == c.task_id)
        .where(or_(t.assignee_id.in_(ids), t.created_by_id.in_(ids)))
    )
    for comment, mission_id in db.session.execute(statement.order_by(c.id.desc()).limit(MOST)):
        here = {"actor_id": comment.author_id, "object_id": comment.task_id, "mission_id": mission_id}
        yield comment.created_at, tasks.TaskCommented(comment_id=comment.id, **here), False


def _dates(ids: list[int]) -> Iterator[Happened]:
    """The reminders the personas have been given of their tasks, kept as given: no job gives them again."""
    today, t = clock.today(), Task
    own = list(db.session.scalars(select(t.id).where(t.assignee_id.in_(ids)).order_by(t.id)))
    given = []
    for owed in TASK.owed(replace(days_to_look_at(STAGES[TASK], today), ids=own)):
        stage = next_of(STAGES[TASK], owed.due_on, today, frozenset())
        if stage is not None:
            at = min(datetime.combine(stage.day(owed.due_on), GIVEN_AT, UTC), clock.now())
            given.append({"reminder": stage.name, "object_id": owed.id, "due_on": owed.due_on, "at": at})
            yield at, TASK.reminded(stage.name, owed), False
    store(Reminded, given)


def _mentions(organisation: Organisation) -> Iterator[Happened]:
    """Let somebody ask each of some personas by name, in a conversation under a new challenge."""
    c, t = Challenge, ChallengeComment
    personas = [organisation.persona(name) for name in MENTIONED]
    rows = db.session.execute(
        select(t.id, t.author_id, t.challenge_id, t.body, t.created_at, c.submitted_at)
        .join(c, c.id == t.challenge_id)
        .where(c.proposer_id.not_in([person.id for person in personas]), c.state.in_(STILL_TALKED_ABOUT))
    ).all()
    latest = sorted(rows, key=lambda row: (clock.local(row.submitted_at).date(), row.id), reverse=True)
    for person, row in zip(personas, latest, strict=False):
        body = f"@{person.name} {ASKS} {row.body}"
        db.session.execute(update(t).where(t.id == row.id).values(body=body))
        here: dict[str, Any] = {
            "actor_id": row.author_id,
            "object_id": row.challenge_id,
            "comment_id": row.id,
        }
        yield row.created_at, challenges.ChallengeCommented(mentioned=[person.id], **here), False
