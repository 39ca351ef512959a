"""The office's desk: a queue by deadline, answers in place, many at once, and a way back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from teamhub.access.actor import Role
from teamhub.challenges.models import Answer, Challenge
from teamhub.challenges.office import AnswerTemplate
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.notifications.models import Notification

PART = {"HX-Request": "true", "HX-Target": "beside"}


@pytest.fixture
def office(make):
    return make.person("Oda Kontor", Role.PORTFOLIO_OFFICE)


@pytest.fixture
def kari(make):
    return make.person("Kari")


def due(days):
    return clock.today() + timedelta(days=days)


def queue(response):
    return [link.text for link in BeautifulSoup(response.text, "html5lib").select(".queue__row a")]


def opened(response):
    page = BeautifulSoup(response.text, "html5lib")
    return page.select_one("#beside h2").text if page.select_one("#beside h2") else None


def answer(client, challenge, decision="assessing", **form):
    page = BeautifulSoup(client.get(f"/challenges/{challenge.id}/desk").text, "html5lib")
    seen = page.select_one("[name=seen]")["value"]
    return client.post(f"/challenges/{challenge.id}/desk", data={"decision": decision, "seen": seen} | form)


def test_the_shortest_deadline_stands_first(make, sign_in, office, kari):
    for title, days in (("Sist", 20), ("Først", -3), ("Midt", 4)):
        make.challenge(kari, title=title, due_on=due(days))
    make.challenge(kari, title="Ferdig", state=State.CLOSED)

    assert queue(sign_in(office).get("/challenges?desk=1")) == ["Først", "Midt", "Sist"]


def test_parts_of_the_queue_are_mine_nobodys_and_late(make, sign_in, office, kari):
    make.challenge(kari, title="Min", due_on=due(5), handler_id=office.id)
    make.challenge(kari, title="Ingens", due_on=due(6))
    make.challenge(kari, title="Sen", due_on=due(-1), handler_id=kari.id)
    client = sign_in(office)

    assert queue(client.get("/challenges?desk=1&who=mine")) == ["Min"]
    assert queue(client.get("/challenges?desk=1&who=free")) == ["Ingens"]
    assert queue(client.get("/challenges?desk=1&who=late")) == ["Sen"]


def test_the_share_answered_in_time_counts_the_silent_as_late(make, sign_in, office, kari):
    for in_time in (True, True, True, False):
        make.challenge(kari, state=State.ASSESSING, first_answer_at=clock.now(), answered_in_time=in_time)
    make.challenge(kari, due_on=due(-2))
    long_ago = clock.now() - timedelta(days=100)
    make.challenge(kari, state=State.CLOSED, first_answer_at=long_ago, answered_in_time=False)

    assert (
        "60 % fikk svar i tide de siste 90 dagene: 3 av 5." in sign_in(office).get("/challenges?desk=1").text
    )


def test_one_opens_beside_the_queue_or_as_a_page_of_its_own(make, sign_in, office, kari):
    challenge = make.challenge(kari, title="Lang kø")
    client = sign_in(office)

    part = client.get(f"/challenges/{challenge.id}/desk", headers=PART)
    assert "<html" not in part.text
    assert opened(part) == "Lang kø"
    whole = client.get(f"/challenges/{challenge.id}/desk")
    assert queue(whole) == [opened(whole)] == ["Lang kø"]
    assert client.get("/challenges/99999/desk").status_code == 404


def test_an_answer_is_given_in_place_and_the_next_one_opens(make, sign_in, office, kari):
    first, second = (make.challenge(kari, title=t, due_on=due(d)) for t, d in (("A", 1), ("B", 2)))
    client = sign_in(office)

    given = answer(client, first, "clarification", reason="Hvor mange gjelder det?")

    assert given.status_code == 303
    assert given.location == f"/challenges?desk=1&chosen={second.id}"
    page = client.get(given.location)
    assert opened(page) == "B"
    assert "«A»: spørsmål til innmelderen." in page.text
    assert (first.state, first.first_answer_at is not None) == (State.CLARIFICATION, True)


def test_an_answer_that_lacks_a_reason_stays_open_with_what_was_chosen(make, sign_in, office, kari):
    challenge = make.challenge(kari)

    refused = answer(sign_in(office), challenge, "clarification")

    assert refused.status_code == 422
    assert "Skriv en grunn." in refused.text
    assert BeautifulSoup(refused.text, "html5lib").select_one("[value=clarification][checked]")


def test_two_who_answer_at_once_are_told_and_the_second_loses_no_words(make, sign_in, office, kari):
    challenge = make.challenge(kari)
    other = sign_in(make.person("Per Kontor", Role.PORTFOLIO_OFFICE))
    client = sign_in(office)
    old = {"seen": f"submitted-{0}"}
    answer(other, challenge, "assessing", reason="Vi ser på den.")

    late = client.post(
        f"/challenges/{challenge.id}/desk", data=old | {"decision": "candidate", "reason": "Mitt svar"}
    )

    assert late.status_code == 409
    assert "Noe har skjedd mens du skrev" in late.text
    assert "Mitt svar" in late.text
    assert "Vi ser på den." in late.text
    assert challenge.state == State.ASSESSING
    seen = BeautifulSoup(late.text, "html5lib").select_one("[name=seen]")["value"]
    again = client.post(
        f"/challenges/{challenge.id}/desk",
        data={"seen": seen, "sure": "y"} | {"decision": "candidate", "reason": "Mitt svar"},
    )
    assert (again.status_code, challenge.state) == (303, State.CANDIDATE)


def test_many_are_taken_at_once_and_the_way_back_gives_them_back(make, sign_in, office, kari):
    per = make.person("Per Kontor", Role.PORTFOLIO_OFFICE)
    mine, pers = make.challenge(kari, title="A"), make.challenge(kari, title="B", handler_id=per.id)
    client = sign_in(office)

    client.post("/challenges/desk", data={"do": "take", "ids": [mine.id, pers.id]})
    assert (mine.handler_id, pers.handler_id) == (office.id, office.id)
    page = BeautifulSoup(client.get("/challenges?desk=1").text, "html5lib")
    back = {e["name"]: e["value"] for e in page.select("[data-undo] input") if e["name"] != "was"}
    was = [e["value"] for e in page.select("[data-undo] [name=was]")]
    client.post("/challenges/desk/undo", data=back | {"was": was})

    assert (mine.handler_id, pers.handler_id) == (None, per.id)
    assert "data-undo" not in client.get("/challenges?desk=1").text.replace("data-undo]", "")


def test_undo_leaves_alone_what_somebody_has_touched_since(make, sign_in, office, kari):
    challenge = make.challenge(kari, handler_id=office.id)

    sign_in(office).post(
        "/challenges/desk/undo", data={"do": "handler", "was": f"{challenge.id}:", "now": "99"}
    )

    assert challenge.handler_id == office.id


def test_a_colleague_given_one_is_told_and_nobody_outside_the_office_can_be(make, sign_in, office, kari, db):
    per = make.person("Per Kontor", Role.PORTFOLIO_OFFICE)
    challenge = make.challenge(kari)
    client = sign_in(office)

    client.post("/challenges/desk", data={"do": "give", "ids": challenge.id, "handler": kari.id})
    assert challenge.handler_id is None
    client.post("/challenges/desk", data={"do": "give", "ids": challenge.id, "handler": per.id})

    assert challenge.handler_id == per.id
    told = db.session.query(Notification).filter_by(told="handed_over").all()
    assert [one.person_id for one in told] == [per.id]


def test_several_go_to_assessment_and_can_be_taken_back_while_it_is_new(make, sign_in, office, kari, db):
    new, asked = make.challenge(kari, due_on=due(9)), make.challenge(kari, state=State.CLARIFICATION)
    client = sign_in(office)

    client.post("/challenges/desk", data={"do": "assess", "ids": [new.id, asked.id]})
    assert (new.state, asked.state) == (State.ASSESSING, State.CLARIFICATION)
    assert "Én er tatt til vurdering. Én var svart på fra før." in client.get("/challenges?desk=1").text
    client.post("/challenges/desk/undo", data={"do": "assess", "was": f"{new.id}:"})

    assert (new.state, new.first_answer_at, new.due_on) == (State.SUBMITTED, None, due(9))
    assert db.session.query(Answer).count() == 0
    told = db.session.query(Notification).filter_by(told="assessing_to_proposer").one()
    assert told.read_at is not None


def test_an_assessment_from_yesterday_is_not_taken_back(make, sign_in, office, kari, db):
    challenge = make.challenge(kari)
    client = sign_in(office)
    client.post("/challenges/desk", data={"do": "assess", "ids": challenge.id})
    db.session.query(Answer).one().at -= timedelta(days=1)
    db.session.commit()

    client.post("/challenges/desk/undo", data={"do": "assess", "was": f"{challenge.id}:"})

    assert challenge.state == State.ASSESSING


@pytest.mark.parametrize("do", ["closed", "hold", "clarification", "candidate", ""])
def test_nothing_that_says_no_can_be_done_to_many(make, sign_in, office, kari, do):
    challenge = make.challenge(kari, state=State.CANDIDATE)

    refused = sign_in(office).post("/challenges/desk", data={"do": do, "ids": challenge.id, "reason": "Nei"})

    assert refused.status_code == 303
    assert challenge.state == State.CANDIDATE


def test_a_theme_is_set_on_many_and_undone(make, sign_in, office, kari):
    challenge = make.challenge(kari, theme=None)
    client = sign_in(office)

    client.post("/challenges/desk", data={"do": "theme", "ids": challenge.id, "theme": "arbeid"})
    assert challenge.theme == "arbeid"
    client.post("/challenges/desk/undo", data={"do": "theme", "was": f"{challenge.id}:", "now": "arbeid"})

    assert challenge.theme is None


def test_a_template_fills_an_empty_answer_and_never_writes_over_words(make, sign_in, office, kari, db):
    template = AnswerTemplate(name="Takk", decision="assessing", body="Takk for at du sier fra.")
    db.session.add(template)
    db.session.commit()
    challenge = make.challenge(kari)
    client, address = sign_in(office), f"/challenges/{challenge.id}/desk"

    filled = client.post(address, data={"do": "template", "template": template.id})
    assert "Takk for at du sier fra.</textarea>" in filled.text
    kept = client.post(address, data={"do": "template", "template": template.id, "reason": "Mine ord"})

    assert "Mine ord</textarea>" in kept.text
    assert "Det du har skrevet, står." in kept.text
    assert challenge.state == State.SUBMITTED


def test_the_board_sees_the_late_ones_first_and_may_not_hand_out_work(make, sign_in, kari):
    challenge = make.challenge(kari, title="Glemt", due_on=due(-10))
    client = sign_in(make.person("Styret", Role.BOARD_MEMBER))

    page = client.get("/challenges?desk=1")

    assert "Utfordringer over frist" in page.text
    assert "Ingen på porteføljekontoret har tatt den." in page.text
    refused = client.post("/challenges/desk", data={"do": "take", "ids": challenge.id})
    assert refused.status_code == 403
    assert "Glemt" in client.get("/portfolio").text
    assert "Utfordringer over frist" not in sign_in(kari).get("/portfolio").text


@pytest.mark.parametrize("many", [1, 40])
def test_the_desk_costs_the_same_for_one_and_for_many(make, sign_in, office, kari, queries_counted, many):
    for number in range(many):
        challenge = make.challenge(kari, title=f"Nr {number}", due_on=due(number), handler_id=office.id)
    client = sign_in(office)
    with queries_counted() as page:
        client.get(f"/challenges?desk=1&chosen={challenge.id}")
    with queries_counted() as part:
        client.get(f"/challenges/{challenge.id}/desk", headers=PART)

    assert len([q for q in page if not q.startswith("BEGIN")]) <= 13  # without what is remembered: 4 less
    assert len([q for q in part if not q.startswith("BEGIN")]) <= 9


def test_nobody_else_reaches_the_desk(make, sign_in, kari):
    challenge = make.challenge(kari)
    client = sign_in(kari)

    assert client.get(f"/challenges/{challenge.id}/desk").status_code == 403
    assert client.post(f"/challenges/{challenge.id}/desk", data={"decision": "assessing"}).status_code == 403
    assert client.post("/challenges/desk", data={"do": "take", "ids": challenge.id}).status_code == 403
    assert Challenge.handler_id is not None
