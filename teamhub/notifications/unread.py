"""How much somebody has not read, told with who they are: no page asks for it by itself."""

from __future__ import annotations

from sqlalchemy import BindParameter, and_, bindparam, func, literal, or_, select

from teamhub.challenges.models import Challenge
from teamhub.challenges.states import State
from teamhub.missions.models import Mission
from teamhub.notifications.models import Notification
from teamhub.people.sign_in import UNREAD
from teamhub.tasks import queries as tasks
from teamhub.tasks.models import Task

_person: BindParameter[int] = bindparam("person_id")
_n = Notification

_visible = or_(
    and_(
        _n.object_type == "challenge",
        select(Challenge.id)
        .where(
            Challenge.id == _n.object_id,
            or_(Challenge.state != State.DRAFT, Challenge.proposer_id == _person),
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
