"""What is found shows why it was found, what I follow is in one place, and all of it can be taken along."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from teamhub.access.actor import Role
from teamhub.challenges.states import State
from teamhub.core import clock
from tests.flows.challenges.test_exploring import titles


def rows(answer):
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_words_that_were_searched_for_are_marked_where_they_stand(make, sign_in):
    make.challenge(
        make.person(), title="For få barnehageplasser", situation="Lite her. " * 50 + "Plassene mangler."
    )
    page = BeautifulSoup(sign_in(make.person()).get("/challenges?q=barnehageplass").text, "html5lib")
    late = BeautifulSoup(sign_in(make.person()).get("/challenges?q=plassene").text, "html5lib")

    assert [mark.text for mark in page.select(".challenge__title mark")] == ["barnehageplasser"]
    assert [mark.text for mark in late.select(".challenge__text p mark")] == ["Plassene"]


def test_without_a_search_nothing_is_marked_and_markup_stays_text(make, sign_in):
    make.challenge(make.person(), title="<script>alert(1)</script> kø", situation="x")
    browser = sign_in(make.person())

    assert "<mark" not in browser.get("/challenges").text
    assert "<script>alert" not in browser.get("/challenges?q=kø").text


def test_what_i_follow_or_feel_is_in_one_place(make, sign_in):
    nurse, proposer = make.person(), make.person()
    followed, felt, _other = (make.challenge(proposer, title=t) for t in ("Fulgt", "Kjent", "Annet"))
    make.follower(followed, nurse)
    browser = sign_in(nurse)
    browser.post(f"/challenges/{felt.id}/support", data={"experience": "Her også."})

    assert set(titles(browser.get("/challenges?scope=following"))) == {"Fulgt", "Kjent"}
    assert "Du følger ingen utfordringer ennå" in sign_in(proposer).get("/challenges?scope=following").text


def test_those_that_have_waited_too_long_can_be_picked_out(make, sign_in):
    yesterday = clock.today() - timedelta(days=1)
    make.challenge(make.person(), title="Sen", due_on=yesterday)
    make.challenge(make.person(), title="Besvart", due_on=yesterday, state=State.HOLD)
    make.challenge(make.person(), title="I rute", due_on=clock.today() + timedelta(days=5))

    assert titles(sign_in(make.person()).get("/challenges?late=1")) == ["Sen"]


def test_an_export_holds_all_that_is_shown_in_its_order_and_nothing_more(make, sign_in):
    care = make.unit("Omsorg", code="OM")
    for n in range(25):
        make.challenge(make.person(unit=care), title=f"Nummer {n:02}")
    make.challenge(make.person(unit=make.unit("Skole", code="SK")), title="Et annet sted")
    make.challenge(make.person(unit=care), title="Kladd", state=State.DRAFT)

    found = rows(sign_in(make.person()).get(f"/challenges/export?division={care.id}&sort=old&as=csv"))

    assert [row["Tittel"] for row in found] == [f"Nummer {n:02}" for n in range(25)]
    assert {(row["Status"], row["Enhet"]) for row in found} == {("Innmeldt", "Omsorg")}


@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "a;=1"])
def test_what_somebody_wrote_is_never_a_formula(make, sign_in, formula):
    make.challenge(make.person(), title=formula, situation=formula)
    browser = sign_in(make.person())

    text = browser.get("/challenges/export").data.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(browser.get("/challenges/export?as=xlsx").data)) as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()

    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in row]
    assert [cell for cell in cells if cell.startswith(tuple("=+-@"))] == []


def test_an_export_names_nobody(make, sign_in):
    make.challenge(make.person("Kanari Skjermet"), title="Min", shielded=True)

    assert "Kanari" not in sign_in(make.person("K", Role.PORTFOLIO_OFFICE)).get("/challenges/export").text


def test_a_shape_there_is_none_of_is_not_found_and_the_desk_is_the_offices(make, sign_in):
    browser = sign_in(make.person())

    assert browser.get("/challenges/export?as=ods").status_code == 404
    assert browser.get("/challenges/export?desk=1").status_code == 403


@pytest.mark.parametrize("number", [1, 40])
def test_an_export_costs_the_same_for_one_and_for_many(make, sign_in, queries_counted, number):
    for n in range(number):
        make.challenge(make.person(), title=f"Nummer {n}")
    browser = sign_in(make.person())

    with queries_counted() as statements:
        browser.get("/challenges/export?as=xlsx")

    assert len(statements) <= 8
