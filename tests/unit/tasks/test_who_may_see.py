"""Who may see a mission's tasks, asked for many people at once: the same answer as the policy's."""

from teamhub.access.policy import Action, can
from teamhub.people.sign_in import load_actor
from teamhub.tasks.queries import who_may_see
from tests.cast import assemble


def test_the_answer_is_the_policys_for_everybody(make):
    cast = assemble(make)
    people = {person.id for person in cast.people.values()}
    some = {True: 0, False: 0}

    for mission in cast.missions.values():
        task = type("Task", (), {"id": 0, "mission_id": mission.id})
        expected = {
            id_ for id_ in people if (actor := load_actor(id_)) and can(actor, Action.TASK_VIEW, task)
        }
        some[True] += len(expected)
        some[False] += len(people - expected)

        assert who_may_see(mission.id, people) == expected
    assert all(some.values())


def test_nobody_asked_is_nobody(make, queries_counted):
    with queries_counted() as statements:
        assert who_may_see(1, ()) == set()
    assert statements == []
