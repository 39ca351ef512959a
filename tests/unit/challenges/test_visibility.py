"""The policy and its SQL say the same about every challenge and every reader."""

from itertools import product

from sqlalchemy import select

from teamhub.access.policy import Action, can
from teamhub.challenges.models import Challenge
from teamhub.challenges.queries import visible_to
from teamhub.challenges.states import State


def test_the_sql_shows_exactly_what_the_policy_allows(make, db):
    people = [make.person(), make.person()]
    challenges = [make.challenge(p, state=s, title=f"{s}") for p, s in product([*people, None], State)]

    for person in people:
        actor = make.actor(person)
        shown = set(db.session.scalars(select(Challenge.id).where(visible_to(actor))))
        assert shown == {c.id for c in challenges if can(actor, Action.CHALLENGE_VIEW, c)}
