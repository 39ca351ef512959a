"""One challenge: support as evidence of spread, conversation, official answers, the line."""

import pytest

from teamhub.access.actor import Role
from teamhub.challenges.models import Answer
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.core.workdays import add_workdays


@pytest.fixture
def office(make, sign_in):
    return sign_in(make.person("Kristin Ødegård", Role.PORTFOLIO_OFFICE))


@pytest.fixture
def board(make, sign_in):
    return sign_in(make.person("Berit Lunde", Role.BOARD_MEMBER))


def test_a_colleague_says_it_is_so_with_them_too_and_can_take_it_back(make, sign_in, db):
    care, school = make.unit("Omsorg"), make.unit("Skole")
    challenge = make.challenge(make.person(unit=care))
    teacher = sign_in(make.person(unit=school))

    teacher.post(f"/challenges/{challenge.id}/support", data={"experience": "Vi ringer tre ganger."})
    db.session.refresh(challenge)
    page = teacher.get(f"/challenges/{challenge.id}").text

    assert (challenge.support_people, challenge.support_units) == (1, 1)
    assert "«Vi ringer tre ganger.»" in page
    teacher.post(f"/challenges/{challenge.id}/support/withdraw")
    db.session.refresh(challenge)
    assert (challenge.support_people, challenge.support_units) == (0, 0)


def test_one_cannot_support_ones_own(make, sign_in, db):
    nurse = make.person()
    challenge = make.challenge(nurse)

    answer = sign_in(nurse).post(f"/challenges/{challenge.id}/support", data={})

    db.session.refresh(challenge)
    assert answer.status_code == 422
    assert challenge.support_people == 0


def test_a_comment_is_shown_with_its_author_and_an_empty_one_is_not_sent(make, sign_in):
    challenge = make.challenge(make.person())
    browser = sign_in(make.person("Áile Hætta"))

    assert browser.post(f"/challenges/{challenge.id}/comments", data={"body": "  "}).status_code == 422
    browser.post(f"/challenges/{challenge.id}/comments", data={"body": "Vi har **tall** fra mars."})

    page = browser.get(f"/challenges/{challenge.id}").text
    assert "Áile Hætta" in page
    assert "<strong>tall</strong>" in page


def test_script_in_a_comment_is_shown_as_text(make, sign_in):
    challenge = make.challenge(make.person())
    browser = sign_in(make.person())

    browser.post(f"/challenges/{challenge.id}/comments", data={"body": "<script>alert(1)</script>"})

    assert "<script>alert" not in browser.get(f"/challenges/{challenge.id}").text


def test_the_office_asks_back_and_the_proposer_answers(make, sign_in, office, db):
    nurse = make.person()
    challenge = make.challenge(nurse)

    office.post(
        f"/challenges/{challenge.id}/answer", data={"decision": "clarification", "reason": "Hvor ofte?"}
    )
    db.session.refresh(challenge)
    assert challenge.state == State.CLARIFICATION
    assert challenge.due_on == add_workdays(clock.today(), 14)
    assert "Hvor ofte?" in sign_in(nurse).get(f"/challenges/{challenge.id}").text

    sign_in(nurse).post(f"/challenges/{challenge.id}/clarify", data={"body": "Hver fredag."})
    db.session.refresh(challenge)
    assert challenge.state == State.SUBMITTED
    assert "Hver fredag." in office.get(f"/challenges/{challenge.id}").text


@pytest.mark.parametrize("decision", ["clarification", "line"])
def test_the_office_must_give_a_reason_when_it_asks_or_hands_over(make, office, decision):
    challenge = make.challenge(make.person())

    answer = office.post(
        f"/challenges/{challenge.id}/answer",
        data={"decision": decision, "reason": "", "unit_id": challenge.unit_id},
    )

    assert answer.status_code == 422
    assert "Skriv en grunn." in answer.text


@pytest.mark.parametrize("decision", ["hold", "closed"])
def test_only_the_board_says_no_or_wait_and_never_without_a_reason(make, office, board, decision, db):
    challenge = make.challenge(make.person(), state=State.CANDIDATE)
    address = f"/challenges/{challenge.id}/answer"
    soon = {"review_on": add_workdays(clock.today(), 60).isoformat()}

    assert office.post(address, data={"decision": decision, "reason": "Nei"} | soon).status_code in {403, 422}
    assert board.post(address, data={"decision": decision, "reason": ""} | soon).status_code == 422
    assert board.post(address, data={"decision": decision, "reason": "Ikke nå."} | soon).status_code == 303
    db.session.refresh(challenge)
    assert challenge.state == decision
    assert db.session.query(Answer).one().reason == "Ikke nå."


def test_a_wait_needs_a_day_to_look_again(make, board):
    challenge = make.challenge(make.person(), state=State.CANDIDATE)

    answer = board.post(f"/challenges/{challenge.id}/answer", data={"decision": "hold", "reason": "Vent."})

    assert answer.status_code == 422
    assert "Velg en dag fram i tid" in answer.text


def test_an_employee_can_not_answer(make, sign_in):
    challenge = make.challenge(make.person())

    answer = sign_in(make.person()).post(f"/challenges/{challenge.id}/answer", data={"decision": "assessing"})

    assert answer.status_code == 403


def test_a_unit_is_asked_its_manager_accepts_and_reports_what_changed(make, sign_in, office, db):
    unit = make.unit("Hjemmetjenesten")
    manager = make.person("Siri Vik", Role.UNIT_MANAGER, unit=unit)
    challenge = make.challenge(make.person())
    at = f"/challenges/{challenge.id}"

    office.post(f"{at}/answer", data={"decision": "line", "reason": "Dere er nærmest.", "unit_id": unit.id})
    db.session.refresh(challenge)
    assert challenge.state == State.SUBMITTED
    assert "Kan Hjemmetjenesten løse denne?" in sign_in(manager).get(at).text

    sign_in(manager).post(f"{at}/line/accept", data={"reason": "Vi begynner mandag."})
    db.session.refresh(challenge)
    assert challenge.state == State.LINE
    assert challenge.due_on == add_workdays(clock.today(), 60)

    assert sign_in(manager).post(f"{at}/resolved", data={"reason": ""}).status_code == 422
    sign_in(manager).post(f"{at}/resolved", data={"reason": "Lista følger nå pasienten."})
    db.session.refresh(challenge)
    assert challenge.state == State.RESOLVED
    assert "Lista følger nå pasienten." in office.get(at).text


def test_a_unit_that_cannot_says_why_and_it_goes_back(make, sign_in, office, db):
    unit = make.unit("Hjemmetjenesten")
    manager = sign_in(make.person("Siri Vik", Role.UNIT_MANAGER, unit=unit))
    challenge = make.challenge(make.person())
    at = f"/challenges/{challenge.id}"
    office.post(f"{at}/answer", data={"decision": "line", "reason": "Dere?", "unit_id": unit.id})

    assert manager.post(f"{at}/line/decline", data={"reason": ""}).status_code == 422
    manager.post(f"{at}/line/decline", data={"reason": "Det er legevaktas."})

    db.session.refresh(challenge)
    assert challenge.line_unit_id is None
    assert challenge.state == State.SUBMITTED
    assert "Det er legevaktas." in office.get(at).text


def test_another_units_manager_cannot_accept(make, sign_in, office):
    unit, other = make.unit("Hjemmetjenesten"), make.unit("Skole")
    challenge = make.challenge(make.person())
    office.post(
        f"/challenges/{challenge.id}/answer",
        data={"decision": "line", "reason": "Dere?", "unit_id": unit.id},
    )
    stranger = sign_in(make.person("Ola By", Role.UNIT_MANAGER, unit=other))

    assert stranger.post(f"/challenges/{challenge.id}/line/accept", data={}).status_code == 403


def test_a_proposer_takes_it_back_before_it_is_assessed_and_not_after(make, sign_in, db):
    nurse = make.person()
    early, late = make.challenge(nurse), make.challenge(nurse, state=State.ASSESSING, title="Annet")
    browser = sign_in(nurse)

    assert browser.post(f"/challenges/{early.id}/withdraw").status_code == 303
    assert browser.post(f"/challenges/{late.id}/withdraw").status_code == 403
    db.session.refresh(early)
    assert early.state == State.WITHDRAWN


def test_editing_what_was_saved_meanwhile_shows_both_and_loses_nothing(make, sign_in):
    nurse = make.person()
    challenge = make.challenge(nurse, state=State.CLARIFICATION)
    written = {"title": "A", "situation": "Første", "affected": "a", "evidence": "e", "version": 1}
    browser = sign_in(nurse)
    browser.post(f"/challenges/{challenge.id}/edit", data=written)

    second = browser.post(f"/challenges/{challenge.id}/edit", data=written | {"situation": "Andre"})

    assert second.status_code == 409
    assert "Første" in second.text
    assert "Andre" in second.text


def test_what_has_happened_names_steps_and_never_supporters(make, sign_in, office):
    challenge = make.challenge(make.person())
    at = f"/challenges/{challenge.id}"
    sign_in(make.person("Kari Nordmann", unit=make.unit("Skole"))).post(f"{at}/support", data={})
    office.post(f"{at}/answer", data={"decision": "assessing"})

    page = office.get(at).text

    assert "Kristin Ødegård avgjorde hva som skjer videre" in page
    assert "Kari Nordmann" not in page
