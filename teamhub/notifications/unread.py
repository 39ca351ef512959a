"""How much somebody has not read, told with who they are: no page asks for it by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, func, literal, or_, select

from teamhub.access.actor import Role
from teamhub.calls.models import Call
from teamhub.challenges.models import Challenge
from teamhub.challenges.queries import whose
from teamhub.challenges.states import State
from teamhub.competence.models import SkillSuggestion
from teamhub.missions.models import Mission
from teamhub.notifications.models import Notification
from teamhub.people.models import Office
from teamhub.people.sign_in import UNREAD
from teamhub.tasks import queries as tasks
from teamhub.tasks.models import Task

_person: BindParameter[int] = bindparam("person_id")
_n = Notification


def _holds(office: Role) -> Any:
    """SQL of whether the person holds an office today."""
    today: BindParameter[date] = bindparam("today")
    return (
        select(Office.id)
        .where(
            Office.person_id == _person,
            Office.kind == office,
            Office.valid_from <= today,
            or_(Office.valid_to.is_(None), Office.valid_to >= today),
        )
        .exists()
    )


_visible = or_(
    and_(
        _n.object_type == "challenge",
        select(Challenge.id)
        .where(
            Challenge.id == _n.object_id,
            or_(Challenge.state != State.DRAFT, whose == _person),
        )
        .exists(),
    ),
    and_(
        _n.object_type == "open_call",
        select(Call.id)
        .where(
            Call.id == _n.object_id,
            or_(Call.starts_on <= bindparam("today"), _holds(Role.PORTFOLIO_OFFICE)),
        )
        .exists(),
    ),
    and_(
        _n.object_type == "skill_suggestion",
        select(SkillSuggestion.id)
        .where(
            SkillSuggestion.id == _n.object_id,
            or_(SkillSuggestion.person_id == _person, _holds(Role.PORTFOLIO_OFFICE)),
        )
        .exists(),
    ),
    and_(_n.object_type == "mission", select(Mission.id).where(Mission.id == _n.object_id).exists()),
    and_(
        _n.object_type == "task",
        select(Task.id)
        .where(Task.id == _n.object_id, tasks.may_see(_person, Task.mission_id, bindparam("today")))
        .exists(),
    ),
)
"""things.visible, for a person known only by id. A test holds the two together."""

STATEMENT = select(literal(UNREAD), literal(""), func.count()).where(
    _n.person_id == _person, _n.read_at.is_(None), _n.show_at <= bindparam("now"), _visible
)
