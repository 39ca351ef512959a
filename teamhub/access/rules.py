"""Small, pure predicates about an actor and a subject. Combined in policy.py with | and &."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from teamhub.access.actor import Actor, Role
from teamhub.core import clock


class Rule:
    """A yes-or-no question with a name that can be read in docs/permissions.md."""

    def __init__(self, test: Callable[[Actor, Any], bool], label: str) -> None:
        self.test, self.label = test, label

    def __call__(self, actor: Actor, subject: Any = None) -> bool:
        return self.test(actor, subject)

    def __or__(self, other: Rule) -> Rule:
        return Rule(lambda a, s: self(a, s) or other(a, s), f"({self.label} or {other.label})")

    def __and__(self, other: Rule) -> Rule:
        return Rule(lambda a, s: self(a, s) and other(a, s), f"({self.label} and {other.label})")


def rule(fn: Callable[[Actor, Any], bool]) -> Rule:
    """Make a predicate a rule, named by its own name."""
    return Rule(fn, fn.__name__.replace("_", " "))


def has_role(role: Role) -> Rule:
    """Hold for actors with ``role``, in whatever unit."""
    return Rule(lambda actor, _: role in actor.roles, role.value.replace("_", " "))


def in_state(*states: str) -> Rule:
    """Hold for subjects whose ``state`` is one of ``states``."""
    return Rule(lambda _, subject: str(subject.state) in states, "in state " + "/".join(states))


# -- challenges ---------------------------------------------------------------------------------


@rule
def is_proposer(actor: Actor, challenge: Any) -> bool:
    return actor.id is not None and challenge.proposer_id == actor.id


@rule
def is_writer(actor: Actor, challenge: Any) -> bool:
    """Who wrote it: the proposer, or the colleague who wrote it on the proposer's behalf."""
    return actor.id is not None and (challenge.written_by_id or challenge.proposer_id) == actor.id


@rule
def is_unshielded(_: Actor, challenge: Any) -> bool:
    return not challenge.shielded


@rule
def is_no_draft(_: Actor, challenge: Any) -> bool:
    return bool(challenge.state != "draft")


@rule
def lives_on_its_own(_: Actor, challenge: Any) -> bool:
    """One that lives on in another is supported and discussed there."""
    return bool(challenge.state != "merged")


@rule
def is_the_one_asked(actor: Actor, consent: Any) -> bool:
    """Whose consent it is that is asked for."""
    return actor.id is not None and consent is not None and consent.person_id == actor.id


@rule
def leads_the_unit_asked(actor: Actor, challenge: Any) -> bool:
    """The manager of the unit that is asked to solve, or solves, a challenge in the line."""
    return challenge.line_unit_id is not None and challenge.line_unit_id in actor.managed_units


@rule
def is_asked_to_assess(actor: Actor, folder: Any) -> bool:
    """One of those asked to assess the challenge a folder of private notes is about."""
    return actor.id is not None and actor.id in folder.assessors


# -- comments -----------------------------------------------------------------------------------
# The subject is a comment, or a point for or against.


@rule
def has_said_it(actor: Actor, comment: Any) -> bool:
    return actor.id is not None and comment.author_id == actor.id


@rule
def still_stands(_: Actor, comment: Any) -> bool:
    return comment.deleted_at is None


@rule
def has_taken_it_away(actor: Actor, comment: Any) -> bool:
    """Whoever took it away may bring it back: its author, or who at the office did."""
    return comment.deleted_at is not None and comment.deleted_by_id == actor.id


# -- calls ---------------------------------------------------------------------------------------------


@rule
def has_begun(_: Actor, call: Any) -> bool:
    """What the office plans to ask is its own until the day it opens."""
    return bool(call.starts_on <= clock.today())


# -- assessments --------------------------------------------------------------------------------------
# The subject is a round of assessments, or for ``is_assessor`` one assessment.


@rule
def is_assessor(actor: Actor, assessment: Any) -> bool:
    return actor.id is not None and assessment.assessor_id == actor.id


@rule
def is_open_round(_: Actor, one: Any) -> bool:
    """Enough have submitted, from different areas."""
    return bool(one.is_open)


@rule
def owes_no_assessment(actor: Actor, one: Any) -> bool:
    """Who is still to judge is told nothing of what others think, in this round or an earlier one."""
    return actor.id not in one.awaited and one.challenge_id not in actor.assessing


@rule
def has_assessed(actor: Actor, one: Any) -> bool:
    return actor.id in one.assessed_by


@rule
def is_decided(_: Actor, one: Any) -> bool:
    return bool(one.is_decided)


# -- missions, seats, tasks -------------------------------------------------------------------------
# The subject is a mission (``id``) or something that belongs to one (``mission_id``).


def mission_id_of(subject: Any) -> int | None:
    """Return the id of the mission a subject is or belongs to."""
    found: int | None = subject.mission_id if hasattr(subject, "mission_id") else getattr(subject, "id", None)
    return found


@rule
def leads_mission(actor: Actor, subject: Any) -> bool:
    return mission_id_of(subject) in actor.missions_led


@rule
def owns_mission(actor: Actor, subject: Any) -> bool:
    return mission_id_of(subject) in actor.missions_owned


@rule
def is_on_the_team(actor: Actor, subject: Any) -> bool:
    return mission_id_of(subject) in actor.missions_joined


@rule
def is_partner(actor: Actor, subject: Any) -> bool:
    """Attached to the mission as a union or safety representative, for as long as they are one."""
    return mission_id_of(subject) in actor.missions_partnered


@rule
def is_invited(actor: Actor, invitation: Any) -> bool:
    return actor.id is not None and invitation.person_id == actor.id


@rule
def is_line_manager_asked(actor: Actor, invitation: Any) -> bool:
    """The invited person's line manager, or whoever leads a unit above the person."""
    return (
        actor.id is not None
        and actor.id != invitation.person_id
        and (invitation.manager_id == actor.id or invitation.unit_id in actor.managed_units)
    )


@rule
def is_who_proposed_it(actor: Actor, offer: Any) -> bool:
    """Whoever proposed other terms for a seat."""
    return actor.id is not None and offer.by_id == actor.id


@rule
def is_oneself(actor: Actor, person: Any) -> bool:
    return actor.id is not None and person.id == actor.id
