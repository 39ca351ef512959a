"""What a page costs the database (quality.md P6): at most eight statements, however much there is."""

from __future__ import annotations

from types import SimpleNamespace
from uuid import uuid4

import pytest

from teamhub.access.actor import Role
from teamhub.challenges.states import State
from teamhub.core import remember
from teamhub.missions.accord import MissionPartner
from tests.quality import matrix

MOST = 8
MANY = 30


@pytest.fixture
def remembering(app, monkeypatch):
    """As in use: what everybody shares is asked for once in a while, not for each page."""
    monkeypatch.setitem(app.config, "REMEMBER", True)
    monkeypatch.setitem(
        app.config, "DATABASE_URL", f"this test's own, {uuid4()}"
    )  # only the memory's key now
    # On a busy machine what is remembered would be forgotten between two requests, and one page cost more.
    monkeypatch.setattr(remember, "time", SimpleNamespace(monotonic=lambda: 0.0))


@pytest.fixture
def cost_of(app, cast, client_of, queries_counted, remembering):
    """Return a function that tells how many statements each page costs somebody, by address and sample."""

    def costs(role):
        client, found = client_of(role), {}
        for line in matrix.lines(app):
            if line.method == "GET":
                if line.send(client, cast).status_code != 200:
                    continue
                with queries_counted() as statements:
                    answer = line.send(client, cast)
                if answer.status_code == 200:
                    found[line.key[1:]] = len(_of_the_page(statements))
        return found

    return costs


def _of_the_page(statements):
    """What the request asked: from who is signed in and on, without what the test read to find its way."""
    sent = [said for said in statements if not said.startswith("BEGIN")]
    first = next((n for n, said in enumerate(sent) if "FROM sign_in_session" in said), 0)
    return sent[first:]


@pytest.mark.parametrize("role", ["lead", "office", "board", "unitmanager"])
def test_no_page_costs_more_than_eight_statements_nor_more_when_there_is_more(cast, make, cost_of, role):
    few = cost_of(role)
    add_many(cast, make)
    many = cost_of(role)

    assert {key: cost for key, cost in many.items() if cost > MOST} == {}
    assert {key: (cost, many[key]) for key, cost in few.items() if many[key] > cost} == {}


def add_many(cast, make):
    """More of everything a list, a board or a conversation shows."""
    people, mission = cast.people, cast.missions["mission"]
    for number in range(MANY):
        somebody = make.person(
            f"Ansatt {number}", unit=cast.units["home care"], manager=people["unitmanager"]
        )
        state = list(State)[number % len(State)]
        challenge = make.challenge(
            people[("proposer", "lead")[number % 2]], state=state, title=f"Kø {number}"
        )
        other = make.mission(
            people["lead"], owner=people["board"], title=f"Oppdrag {number}", challenge=challenge
        )
        make.report(other, people["lead"])
        make.seat(other, somebody)
        make.seat(mission, somebody)
        make.office(somebody, Role.SAFETY_REPRESENTATIVE, unit=cast.units["home care"])
        follows = {"mission_id": mission.id, "person_id": somebody.id, "kind": Role.SAFETY_REPRESENTATIVE}
        make.session.add(MissionPartner(**follows))
        make.webhook((None, mission)[number % 2], name=f"Kanal {number}")
        make.assessment(cast.challenges["judged"], somebody, score=2)
        make.call(f"Spørsmål {number}", begins=-number, ends=10 - number)
        task = make.task(mission, f"Sak {number}", assignee=people["lead"], column=cast.columns[number % 3])
        for role in ("lead", "office", "board", "unitmanager"):
            make.notification(people[role], (challenge, other, task)[number % 3])
