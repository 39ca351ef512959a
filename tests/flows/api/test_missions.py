"""Missions as programs get them: what the pages show, in a shape that is written down."""

import pytest

from teamhub.api.schemas import MISSION, SEATS
from teamhub.missions.accord import TeamAgreement
from teamhub.missions.models import MissionChallenge
from teamhub.missions.states import AXES

MOST_STATEMENTS = 8


def fits(value, schema):
    """Tell whether a value is what a schema says, of the few words of JSON Schema used here."""
    if "anyOf" in schema:
        return any(fits(value, one) for one in schema["anyOf"])
    if "enum" in schema and value not in schema["enum"]:
        return False
    kind = schema["type"]
    if kind == "object":
        names = schema["properties"]
        return (
            isinstance(value, dict)
            and set(schema["required"]) <= value.keys() <= names.keys()
            and all(fits(value[name], names[name]) for name in value)
        )
    if kind == "array":
        return isinstance(value, list) and all(fits(one, schema["items"]) for one in value)
    kinds = {"string": str, "integer": int, "boolean": bool, "null": type(None)}
    return type(value) is kinds[kind]


@pytest.fixture
def full(make, mission, lead, kari):
    """A mission with all there can be: a challenge, a report, a seat that is filled and one that is free."""
    challenge = make.challenge(kari, title="Medisinlista mangler")
    make.session.add(MissionChallenge(mission_id=mission.id, challenge_id=challenge.id))
    make.session.commit()
    make.report(mission, lead, risk="yellow", summary="Vi er i gang.")
    nurse = make.person("Ingrid Moen", unit=make.unit("Omsorg", code="OM"))
    make.seat(mission, nurse, role="Sykepleier", skill_id=make.skill().id, level=3)
    make.seat(mission, role="Farmasøyt")
    return mission


@pytest.fixture
def key(key_of, kari):
    return key_of(kari)


def test_a_mission_says_what_its_page_says(ask, key, full, lead):
    one = ask(key, f"/missions/{full.id}").json

    assert fits(one, MISSION)
    assert one["title"] == "Trygt hjem"
    assert one["url"] == f"http://localhost/missions/{full.id}"
    assert one["lead"] == {"id": lead.id, "name": "Håkon Åsheim", "unit": "IKT"}
    assert [area["code"] for area in one["areas"]] == ["IK", "OM"]
    assert [challenge["title"] for challenge in one["challenges"]] == ["Medisinlista mangler"]
    assert one["latest_report"]["lights"] == dict.fromkeys(AXES, "green") | {"risk": "yellow"}
    assert one["latest_report"]["summary"] == "Vi er i gang."


def test_seats_say_what_each_asks_for_and_who_has_it(ask, key, full):
    answer = ask(key, f"/missions/{full.id}/seats").json

    assert fits(answer, SEATS)
    filled, free = answer["seats"]
    assert (filled["role"], filled["state"], filled["share"], filled["level"]) == (
        "Sykepleier",
        "active",
        20,
        3,
    )
    assert filled["skill"] == {"code": "klarsprak", "name": "Klarspråk"}
    assert filled["person"]["name"] == "Ingrid Moen"
    assert (free["state"], free["person"], free["skill"]) == ("open", None, None)


def test_a_mission_with_nothing_in_it_has_the_same_shape(ask, key, mission, db):
    mission.starts_on = mission.ends_on = None
    db.session.commit()

    assert fits(ask(key, f"/missions/{mission.id}").json, MISSION)
    assert ask(key, f"/missions/{mission.id}/seats").json == {"seats": []}


def test_words_are_in_the_language_of_the_keys_owner(ask, key, full, kari, db):
    kari.locale = "en"
    db.session.commit()

    assert ask(key, f"/missions/{full.id}/seats").json["seats"][0]["skill"]["name"] == "Plain language"


@pytest.mark.parametrize("part", ["", "/seats"])
def test_what_it_costs_is_bounded_however_much_there_is(ask, key, full, part, make, queries_counted):
    address = f"/missions/{full.id}{part}"

    def cost():
        ask(key, address)
        with queries_counted() as statements:
            ask(key, address)
        return len([said for said in statements if not said.startswith("BEGIN")])

    few = cost()
    for number in range(20):
        make.seat(full, make.person(f"Person {number}"))

    assert cost() == few <= MOST_STATEMENTS


def test_nothing_says_what_a_team_has_agreed_on(ask, key, full, db):
    db.session.add(TeamAgreement(mission_id=full.id, meets="Bare vårt"))
    db.session.commit()

    assert "Bare vårt" not in ask(key, f"/missions/{full.id}").text
