"""What can be done at once about what one is told: offered only to whom it is still open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, can


@dataclass(frozen=True)
class About:
    """What the rules need to know of the object of a notification, as it stands now.

    ``owes`` tells that the invitation it is about waits for the reader, ``invited`` that it is the
    reader who is invited.
    """

    id: int
    mission_id: int | None
    state: str | None
    proposer_id: int | None
    line_unit_id: int | None
    assignee_id: int | None
    done_at: datetime | None
    owes: bool
    invited: bool


def _answer_line(actor: Actor, about: About) -> bool:
    open_still = about.state not in {"line", "resolved", "withdrawn"}
    return open_still and can(actor, Action.CHALLENGE_ACCEPT_IN_LINE, about)


def _comment(actor: Actor, about: About) -> bool:
    if about.state is None:
        return can(actor, Action.TASK_EDIT, about)
    return can(actor, Action.CHALLENGE_COMMENT, about)


def _task_done(actor: Actor, about: About) -> bool:
    mine = about.assignee_id is not None and about.assignee_id == actor.id
    return mine and about.done_at is None and can(actor, Action.TASK_EDIT, about)


DOES: dict[str, Callable[[Actor, About], bool]] = {
    "answer_invitation": lambda _actor, about: about.owes and about.invited,
    "answer_release": lambda _actor, about: about.owes and not about.invited,
    "clarify": lambda actor, about: can(actor, Action.CHALLENGE_CLARIFY, about),
    "answer_line": _answer_line,
    "answer_fellow": lambda _actor, about: about.state in {"submitted", "clarification", "assessing"},
    "open_desk": lambda actor, _about: can(actor, Action.CHALLENGE_DESK),
    "comment": _comment,
    "open_reports": lambda actor, _about: can(actor, Action.COMMENT_MODERATE),
    "assess": lambda actor, about: about.state is not None and about.id in actor.assessing,
    "open_call": lambda _actor, _about: True,
    "open_assessments": lambda _actor, about: about.state is not None,
    "open_agreement": lambda actor, about: can(actor, Action.AGREEMENT_VIEW, about),
    "open_requests": lambda _actor, _about: True,
    "open_seats": lambda actor, _about: can(actor, Action.SEAT_APPLY),
    "open_team": lambda actor, about: can(actor, Action.MISSION_STAFF, about),
    "take_along": lambda _actor, _about: True,
    "task_done": _task_done,
}
"""By the name the table of consequences uses. templates/notifications/_does.html has the buttons."""


def offered(actor: Actor, does: str | None, about: About) -> str | None:
    """Return ``does`` if it can still be done by ``actor``."""
    return does if does is not None and DOES[does](actor, about) else None
