"""Judging a challenge: asked, blind until two areas are in, then side by side."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.assessments.models import Assessment, Score
from teamhub.core import clock
from tests.flows.assessments.conftest import REASON, ask, marks, page_of, submit, text_of, version_of


def test_the_office_is_offered_one_from_each_other_area(town, sign_in):
    page = BeautifulSoup(sign_in(town["office"]).get(page_of(town)).text, "html5lib")

    offered = [c.text.split("Rådgiver")[0].strip() for c in page.select("#assessors .choice")]
    assert set(offered) >= {"Sissel Skole", "Kai Kultur"}
    assert "Kari Omsorg" not in offered


def test_one_who_is_asked_finds_it_on_today_and_in_the_inbox(town, sign_in):
    assert ask(sign_in, town, "school", "culture").status_code == 303
    browser = sign_in(town["school"])

    assert "Gi karakter og grunn" in text_of(browser.get("/"))
    assert "Vil du vurdere «Lang kø»?" in text_of(browser.get("/inbox"))
    assert browser.get(f"{page_of(town)}/mine").status_code == 200


def test_nobody_assesses_an_own_challenge(town, sign_in):
    answer = ask(sign_in, town, "proposer")

    assert answer.status_code == 422
    assert "Nora Nes har meldt inn denne" in answer.text


def test_asking_one_area_only_warns_but_is_no_wall(town, sign_in):
    browser = sign_in(town["office"])
    due = (clock.today() + timedelta(days=7)).isoformat()

    answer = browser.post(f"{page_of(town)}/ask", data={"assessors": [town["school"].id], "due_on": due})

    assert answer.status_code == 303
    assert "Alle som er spurt, er fra samme område" in browser.get(page_of(town)).text


def test_a_draft_is_kept_half_done_and_shown_again(town, sign_in, db):
    ask(sign_in, town, "school")
    browser = sign_in(town["school"])
    half = {"do": "save", "version": version_of(browser, town), "mark_INNB": 4, "reason_DRIFT": "Halv"}

    assert browser.post(f"{page_of(town)}/mine", data=half).status_code == 303

    page = BeautifulSoup(browser.get(f"{page_of(town)}/mine").text, "html5lib")
    assert page.select_one("[name=mark_INNB][checked]")["value"] == "4"
    assert page.select_one("[name=reason_DRIFT]").text.strip() == "Halv"
    assert db.session.scalar(select(Assessment.submitted_at)) is None


def test_autosave_gives_the_form_its_new_version(town, sign_in):
    ask(sign_in, town, "school")
    browser = sign_in(town["school"])
    htmx = {"HX-Request": "true", "HX-Target": "keeping"}
    first = {"do": "save", "version": version_of(browser, town), "mark_INNB": 4}

    saved = browser.post(f"{page_of(town)}/mine", data=first, headers=htmx)
    again = browser.post(f"{page_of(town)}/mine", data=first, headers=htmx)

    assert saved.status_code == 200
    assert 'name="version"' in saved.text
    assert again.status_code == 409


def test_it_is_submitted_only_when_each_criterion_has_a_mark_and_a_reason(town, sign_in, db):
    ask(sign_in, town, "school")
    browser = sign_in(town["school"])
    form = marks() | {"version": version_of(browser, town), "reason_RISI": "for kort", "mark_FORA": ""}

    answer = browser.post(f"{page_of(town)}/mine", data=form)

    assert answer.status_code == 422
    assert "Skriv en grunn på minst 20 tegn." in answer.text
    assert "Velg et tall fra 1 til 5." in answer.text
    assert db.session.scalar(select(Assessment.submitted_at)) is None


@pytest.mark.parametrize("mark", ["0", "6", "3.5", "abc", "-1"])
def test_a_mark_outside_the_scale_is_refused(town, sign_in, db, mark):
    ask(sign_in, town, "school")
    browser = sign_in(town["school"])
    form = marks() | {"version": version_of(browser, town), "mark_INNB": mark}

    assert browser.post(f"{page_of(town)}/mine", data=form).status_code == 422
    assert db.session.scalars(select(Score)).all() == []


def test_two_areas_open_them_side_by_side_with_scores_and_no_mean(town, sign_in):
    ask(sign_in, town, "school", "culture")
    submit(sign_in, town, "school", 3)
    submit(sign_in, town, "culture", 4)

    text = text_of(sign_in(town["office"]).get(page_of(town)))

    assert "Sissel Skole" in text
    assert "60–80" in text  # the range, and nothing in between
    assert "70" not in text
    assert text.count(REASON) == 16


def test_two_from_the_same_area_do_not_open_them(town, make, sign_in):
    town["also school"] = make.person("Siri Skole", unit=town["school area"])
    ask(sign_in, town, "school", "also school")
    submit(sign_in, town, "school")
    submit(sign_in, town, "also school")

    assert "Vurderingene er ikke åpnet" in sign_in(town["office"]).get(page_of(town)).text


def test_far_apart_calls_for_a_talk_and_there_is_no_total_until_it_is_written_down(town, sign_in):
    ask(sign_in, town, "school", "culture")
    submit(sign_in, town, "school", 3, RISI=1)
    submit(sign_in, town, "culture", 3, RISI=5)
    office = sign_in(town["office"])

    before = text_of(office.get(page_of(town)))
    said = office.post(
        f"{page_of(town)}/talks/RISI", data={"outcome": "Kai kjente til tiltakene som alt er gjort."}
    )
    after = text_of(office.get(page_of(town)))

    assert "Ta en prat: 1 mot 5" in before
    assert "Samlet" not in before.replace("Samlet poengsum vises", "")
    assert said.status_code == 303
    assert "56–64" in after
    assert "1 til 5, snakket om" in after
    assert "Kai kjente til tiltakene" in after


def test_a_talk_is_written_once_and_only_about_a_disagreement(town, sign_in):
    ask(sign_in, town, "school", "culture")
    submit(sign_in, town, "school", 3, RISI=1)
    submit(sign_in, town, "culture", 3, RISI=5)
    school, words = sign_in(town["school"]), {"outcome": "Vi kom fram til noe viktig."}

    assert school.post(f"{page_of(town)}/talks/INNB", data=words).status_code == 422
    assert school.post(f"{page_of(town)}/talks/RISI", data=words).status_code == 303
    assert school.post(f"{page_of(town)}/talks/RISI", data=words).status_code == 422
    assert sign_in(town["anyone"]).post(f"{page_of(town)}/talks/RISI", data=words).status_code == 403


def test_one_can_change_ones_mind_until_the_second_is_in_and_not_after(town, sign_in):
    ask(sign_in, town, "school", "culture")
    submit(sign_in, town, "school")
    school = sign_in(town["school"])

    assert school.post(f"{page_of(town)}/mine/withdraw").status_code == 303
    assert submit(sign_in, town, "school", 5).status_code == 303
    submit(sign_in, town, "culture")
    refused = school.post(f"{page_of(town)}/mine/withdraw")

    assert refused.status_code == 422
    assert "Levert" in sign_in(town["office"]).get(page_of(town)).text


def test_the_office_takes_a_question_back_and_it_is_gone(town, sign_in, db):
    ask(sign_in, town, "school")
    (one,) = db.session.scalars(select(Assessment)).all()

    answer = sign_in(town["office"]).post(f"{page_of(town)}/{one.id}/take-back")

    assert answer.status_code == 303
    assert sign_in(town["school"]).get(f"{page_of(town)}/mine").status_code == 404
    assert "Du trenger ikke vurdere" in sign_in(town["school"]).get("/inbox").text
