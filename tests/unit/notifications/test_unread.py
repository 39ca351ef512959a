"""The number in the top bar: loaded with who one is, and the same as the inbox would count."""

import pytest

from teamhub.notifications import queries
from teamhub.people.sign_in import _with_roles, load_actor
from tests.cast import PERSONAS, assemble


@pytest.fixture
def everything(make):
    """Everybody is told of every challenge, the mission and every task, also of what they may not see."""
    cast = assemble(make)
    things = [*cast.challenges.values(), *cast.missions.values(), *cast.tasks.values()]
    for name in PERSONAS:
        for thing in things:
            make.notification(cast.people[name], thing)
    return cast


@pytest.mark.parametrize("name", PERSONAS)
def test_the_number_counts_what_the_inbox_would_show(everything, name):
    actor = load_actor(everything.people[name].id)

    _actor, unread = _with_roles(actor)

    assert unread == queries.unread_count(actor)
    assert unread > 0


def test_the_number_differs_by_what_one_may_see(everything):
    numbers = {name: queries.unread_count(load_actor(everything.people[name].id)) for name in PERSONAS}

    assert numbers["proposer"] == numbers["union"] + 2  # the draft of one's own, and a merge one is asked of
    assert numbers["lead"] == numbers["union"] + 2  # the tasks of one's mission
