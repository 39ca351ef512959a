"""«Foreslå team»: whole teams, why these people, what binds, and what a lead decides before asking again."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from teamhub.challenges.voices import Offer
from teamhub.competence.models import Absence
from teamhub.core import clock
from teamhub.missions.models import MissionChallenge, Seat
from teamhub.missions.states import SeatState
from tests import contracts

LETTERS = ["A", "B", "C"]


@pytest.fixture
def areas(make):
    return [make.unit(name, code=name[:2].upper()) for name in ("Omsorg", "Skole", "Kultur", "Bydrift")]


@pytest.fixture
def lead(make, areas):
    return make.person("Liv Leder", unit=areas[0])


@pytest.fixture
def mission(make, lead):
    return make.mission(lead, title="Tryggere skolevei")


@pytest.fixture
def seat(make, mission, skill):
    """Return a function that makes an open seat, asking for the skill at a level if one is given."""

    def made(role, *, level=3, share=20, starts=7, **kw):
        starts_on = clock.today() + timedelta(days=starts)
        asked = {"skill_id": skill.id, "level": level} if level else {}
        ends_on = starts_on + timedelta(days=60)
        return make.seat(mission, role=role, share=share, starts_on=starts_on, ends_on=ends_on, **asked, **kw)

    return made


def page(browser, mission, **asked):
    answer = browser.get(f"/missions/{mission.id}/team/suggest", query_string=asked)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html5lib")


def teams(soup):
    """Return the names of each proposed team, as the reasons list them."""
    return [[n.text for n in why.select(".who__name")] for why in soup.select("details.why")]


def follow(browser, soup, text):
    """Follow the first link that says ``text``, as somebody without JavaScript does."""
    link = next(a for a in soup.select("a") if text in " ".join(a.text.split()))
    return BeautifulSoup(browser.get(link["href"].split("#")[0]).text, "html5lib")


@pytest.fixture
def six(person_with, areas):
    """Six who can, two from each area but the lead's."""
    return [
        person_with(f"{name} {areas[at].name}", level=3, unit=areas[at])
        for name, at in (("Anna", 1), ("Bo", 2), ("Cato", 3), ("Dina", 1), ("Eli", 2), ("Frode", 3))
    ]


def test_up_to_three_whole_teams_are_proposed_with_what_each_spans(sign_in, lead, mission, seat, six):
    seat("Tjenestedesigner")
    seat("Prosessveileder")

    found = page(sign_in(lead), mission)

    assert [p.text for p in found.select(".proposal__letter")] == LETTERS
    assert all(len(team) == 2 for team in teams(found))
    assert len({frozenset(team) for team in teams(found)}) == 3
    assert "3 av 4 områder" in found.select_one(".proposal").text
    assert "Ingen bedre finnes" in found.select_one("[role=status]").text


def test_each_person_is_explained_rather_than_the_next_best(
    sign_in, lead, mission, seat, person_with, areas, make
):
    seat("Tjenestedesigner")
    person_with("Ledig Lise", level=3, unit=areas[1])
    busy = person_with("Opptatt Ole", level=3, unit=areas[2])
    make.seat(make.mission(make.person()), busy, share=50)

    found = page(sign_in(lead), mission)

    first = found.select_one("details.why .person").text
    assert "Ledig Lise" in first
    assert "Klarspråk: kan selv" in first
    assert "Framfor Opptatt Ole: har mindre avtalt fra før" in first


def test_one_is_locked_and_another_left_out_and_the_next_proposals_keep_to_it(
    sign_in, lead, mission, seat, six
):
    seat("Tjenestedesigner")
    seat("Prosessveileder")
    browser = sign_in(lead)
    first = page(browser, mission)
    kept, gone = teams(first)[0]

    locked = follow(browser, first, f"Lås {kept}")
    both = follow(browser, locked, f"Utelat {gone}")

    assert all(kept in team and gone not in team for team in teams(both))
    assert teams(both)
    assert f"Uten {gone}" in both.select_one(".pills").text


def test_nobody_is_given_more_than_their_free_time_in_any_week(
    sign_in, lead, mission, seat, person_with, make, areas
):
    seat("Tjenestedesigner", share=30)
    full, away = (person_with(name, level=3, unit=areas[1]) for name in ("Full", "Borte"))
    make.seat(make.mission(make.person()), full, share=80)
    monday = clock.today() + timedelta(days=28 - clock.today().weekday())
    make.session.add(Absence(person_id=away.id, starts_on=monday, ends_on=monday + timedelta(days=4)))
    make.session.commit()

    assert teams(page(sign_in(lead), mission)) == []

    person_with("Ledig", level=3, unit=areas[1])
    assert teams(page(sign_in(lead), mission)) == [["Ledig"]]


def test_when_no_team_is_possible_what_binds_and_what_would_help_is_told_and_true(
    sign_in, lead, mission, seat, person_with
):
    seat("Tjenestedesigner", level=4)
    person_with("Nesten", level=3)
    browser = sign_in(lead)

    found = page(browser, mission, span=1)

    assert "«Tjenestedesigner» krever Klarspråk" in found.text
    assert "Be om «Kan selv» i Klarspråk for «Tjenestedesigner»." in found.text

    place = found.find("a", string="Endre «Tjenestedesigner»")["href"]
    form = BeautifulSoup(browser.get(place).text, "html5lib").select_one("form.form")
    values = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    values |= {s["name"]: s.select_one("[selected]")["value"] for s in form.select("select")}
    values.pop("stretch", None)
    assert browser.post(place, data=values | {"level": "3"}).status_code == 303
    assert teams(page(browser, mission, span=1)) == [["Nesten"]]


def test_a_team_from_too_few_areas_can_be_asked_for_by_one_press(sign_in, lead, mission, seat, person_with):
    seat("Tjenestedesigner")
    person_with("Kollega", level=3, unit=lead.unit)
    browser = sign_in(lead)

    found = page(browser, mission)
    assert "teamet skal spenne over flere områder" in found.text

    assert teams(follow(browser, found, "Prøv det")) == [["Kollega"]]


def test_weights_are_kept_within_what_the_board_allows(sign_in, lead, mission, seat, six):
    seat("Tjenestedesigner")

    found = page(sign_in(lead), mission, w_match="9999", w_load="0", w_circle="tull")

    values = {i["name"]: i["value"] for i in found.select("input[name^=w_]")}
    assert (values["w_match"], values["w_load"], values["w_circle"]) == ("100", "10", "5")


def test_who_has_offered_to_help_with_the_challenge_is_preferred(sign_in, lead, mission, seat, six, make, db):
    seat("Tjenestedesigner")
    challenge = make.challenge(lead)
    db.session.add(MissionChallenge(mission_id=mission.id, challenge_id=challenge.id))
    browser = sign_in(lead)

    for person in six:
        offer = Offer(challenge_id=challenge.id, person_id=person.id, text="Jeg kan hjelpe.")
        db.session.add(offer)
        db.session.commit()
        assert teams(page(browser, mission))[0] == [person.name]
        db.session.delete(offer)
        db.session.commit()


def test_a_learner_is_paired_with_somebody_who_can_teach(sign_in, lead, mission, seat, person_with):
    seat("Tjenestedesigner", level=3)
    seat("Læreplass", level=3, stretch=True)
    person_with("Mester", level=4)
    person_with("Lærling", wants=True, level=1)

    found = page(sign_in(lead), mission, span=1)

    assert teams(found) == [["Mester", "Lærling"]]
    assert "Lærling lærer klarspråk av Mester" in found.select_one(".proposal").text


def test_who_has_said_yes_stays_and_is_not_asked_again(make, sign_in, lead, mission, seat, six):
    held = seat("Tjenestedesigner")
    make.session.get(Seat, held.id).move_to(SeatState.REQUESTED, person_id=six[0].id)
    make.session.commit()
    seat("Prosessveileder")

    found = page(sign_in(lead), mission)

    assert all(len(team) == 1 and six[0].name not in team for team in teams(found))
    assert all(f"Med fra før: {six[0].name}." in why.text for why in found.select("details.why"))


def test_who_has_two_seats_or_has_left_does_not_stop_the_rest(make, sign_in, lead, mission, seat, six):
    twice, left = six[0], six[1]
    for role, person in (("Begge", twice), ("Deler", twice), ("Sluttet", left)):
        make.seat(mission, person, role=role)
    left.is_active = False
    make.session.commit()
    place = seat("Tjenestedesigner")
    browser = sign_in(lead)

    assert len(teams(page(browser, mission))) == 3
    again = teams(page(browser, mission, lock=f"{place.id}.{twice.id}"))
    assert twice.name not in again[0]


def test_who_has_declined_is_not_proposed_again_but_may_be_chosen_by_name(
    make, sign_in, lead, mission, seat, six
):
    place = seat("Tjenestedesigner")
    asked = contracts.invitation(make, place, six[0])
    asked.person_says, asked.person_reason, asked.closed_at = False, "Full kalender", clock.now()
    make.session.commit()
    browser = sign_in(lead)

    assert all(six[0].name not in team for team in teams(page(browser, mission)))

    by_hand = browser.get(f"/missions/{mission.id}/team/draft?put={place.id}.{six[0].id}").text
    assert f"Det er sagt nei til at {six[0].name} får en plass her." in by_hand
    assert teams(page(browser, mission, lock=f"{place.id}.{six[0].id}"))[0] == [six[0].name]


def test_only_lead_and_owner_ask_for_proposals(make, sign_in, mission, seat):
    seat("Tjenestedesigner")

    assert sign_in(make.person()).get(f"/missions/{mission.id}/team/suggest").status_code == 403
