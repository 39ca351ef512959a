"""Programs get the same proposals as the page, as JSON, and nothing their key's owner may not see."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from teamhub.api.schemas import SUGGESTIONS
from teamhub.api.states import Scope
from teamhub.competence.models import Openness, PersonSkill
from teamhub.competence.states import Assignment
from teamhub.core import clock
from tests.flows.api.test_missions import MOST_STATEMENTS, fits


@pytest.fixture
def here(mission):
    return f"/missions/{mission.id}/team-suggestions"


@pytest.fixture
def seat(make, mission):
    starts = clock.today() + timedelta(days=7)
    seat = make.seat(mission, role="Designer", starts_on=starts, ends_on=starts)
    seat.skill_id, seat.level = make.skill("klarsprak").id, 3
    make.session.commit()
    return seat


@pytest.fixture
def able(make, seat):
    """Return a function that makes somebody who shares that they can fill the seat, unless told otherwise."""

    def made(name, *, level=3, shared=True):
        person = make.person(name, unit=make.unit(f"Enheten til {name}"))
        said = {"skill_id": seat.skill_id, "level": level, "shared": shared}
        make.session.add(PersonSkill(person_id=person.id, **said))
        make.session.add(Openness(person_id=person.id, kind=Assignment.SEAT, hours=20))
        make.session.commit()
        return person

    return made


def names(answer):
    return [[one["person"]["name"] for one in team["people"]] for team in answer.json["teams"]]


def test_the_same_teams_as_on_the_page_in_a_shape_that_is_written_down(
    ask, key_of, lead, mission, here, able, sign_in
):
    for name in ("Anna", "Bo", "Cato"):
        able(name)

    answer = ask(key_of(lead), here, "POST", json={})

    assert answer.status_code == 200
    assert fits(answer.json, SUGGESTIONS)
    page = sign_in(lead).get(f"/missions/{mission.id}/team/suggest").text
    shown = BeautifulSoup(page, "html5lib").select("details.why")
    assert names(answer) == [[name.text for name in team.select(".who__name")] for team in shown]
    assert answer.json["teams"][0]["people"][0]["why"]


def test_what_the_lead_decides_is_kept_to(ask, key_of, lead, here, able, seat):
    anna, bo, _cato = (able(name) for name in ("Anna", "Bo", "Cato"))
    key = key_of(lead)

    locked = ask(key, here, "POST", json={"locked": [{"seat": seat.id, "person": bo.id}]})
    without = ask(key, here, "POST", json={"excluded": [anna.id, bo.id], "weights": {"match": 100}})

    assert names(locked) == [["Bo"]]
    assert names(without) == [["Cato"]]


def test_what_binds_is_told_and_what_is_not_shared_is_not_there(ask, key_of, lead, here, able, make, seat):
    able("Nesten", level=2)
    secret = able("Hemmelig", level=1, shared=False)
    key = key_of(lead)
    before = ask(key, here, "POST", json={"span": 1}).json
    make.session.get(PersonSkill, (secret.id, seat.skill_id)).level = 4
    make.session.commit()

    after = ask(key, here, "POST", json={"span": 1}).json

    assert after == before
    assert after["teams"] == []
    assert "krever Klarspråk" in after["conflicts"][0][0]
    assert any("Klarspråk" in change for change in after["changes"])


@pytest.mark.parametrize(
    "body",
    [
        {"span": 0},
        {"locked": [{"seat": 1}]},
        {"locked": ["1.2"]},
        {"weights": {"charm": 10}},
        {"weights": {"match": "mye"}},
        {"excluded": "alle"},
        {"noe": 1},
    ],
)
def test_what_makes_no_sense_is_told_by_its_field(ask, key_of, lead, here, seat, body):
    answer = ask(key_of(lead), here, "POST", json=body)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == list(body)


def test_only_a_key_for_it_of_somebody_who_staffs_the_team_is_answered(ask, key_of, lead, kari, here, seat):
    assert ask(key_of(lead, Scope.MISSIONS_READ), here, "POST", json={}).status_code == 403
    assert ask(key_of(kari), here, "POST", json={}).status_code == 403
    assert ask(None, here, "POST", json={}).status_code == 401


def test_it_costs_the_same_for_one_and_for_many(ask, key_of, lead, here, able, queries_counted):
    key = key_of(lead)
    able("Anna")
    ask(key, here, "POST", json={})
    with queries_counted() as one:
        ask(key, here, "POST", json={})
    for n in range(12):
        able(f"Person {n}")
    with queries_counted() as many:
        ask(key, here, "POST", json={})

    assert len(many) == len(one) <= MOST_STATEMENTS
