"""How a team agrees to work together: written by those who lead it, stood by by those who are in it."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import text

from teamhub.access.actor import Role
from teamhub.missions import staffing
from teamhub.missions.accord import AgreementYes, TeamAgreement
from teamhub.missions.states import Status

PARTS = {
    "meets": "Tirsdager klokka 9",
    "decides": "Vi snakker oss fram",
    "shares": "Alt ligger i kanalen",
    "disagrees": "Vi sier det til den det gjelder",
}


@pytest.fixture
def page(mission):
    return f"/missions/{mission.id}/agreement"


def who_is_with(response):
    """The names under «Disse er med på det»."""
    aside = BeautifulSoup(response.text, "html5lib").select_one("[aria-labelledby=with]")
    return [name.text for name in aside.select(".who__name")]


def yes(browser, page):
    """Press «Jeg er med på dette» on the page as it stands."""
    button = BeautifulSoup(browser.get(page).text, "html5lib").select_one("button[name=wording]")
    return browser.post(f"{page}/accept", data={"wording": button["value"]})


@pytest.mark.parametrize("who", ["lead", "owner"])
def test_lead_and_owner_write_it_in_four_parts_and_the_team_reads_it(request, who, page, sign_in, nurse):
    writer = sign_in(request.getfixturevalue(who))
    assert "Skriv lagregler" in writer.get(page).text

    saved = writer.post(f"{page}/edit", data=PARTS | {"version": 0})

    assert saved.status_code == 303
    read = sign_in(nurse).get(page).text
    assert all(text in read for text in PARTS.values())


def test_parts_that_are_empty_are_left_out(page, sign_in, lead, write):
    write("Tirsdager klokka 9")

    shown = BeautifulSoup(sign_in(lead).get(page).text, "html5lib")

    assert [h.text for h in shown.select(".prose h2")] == ["Slik møtes vi"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (dict.fromkeys(PARTS, " "), "minst én av delene"),
        ({"decides": "x" * 1001}, "Bruk høyst 1000 tegn"),
    ],
)
def test_what_says_nothing_or_too_much_is_told_so_and_kept_nowhere(page, sign_in, lead, db, wrong, told):
    answer = sign_in(lead).post(f"{page}/edit", data=PARTS | wrong | {"version": 0})

    assert answer.status_code == 422
    assert told in answer.text
    assert db.session.query(TeamAgreement).count() == 0


def test_examples_help_beside_the_fields_and_are_never_in_them(page, sign_in, lead):
    form = BeautifulSoup(sign_in(lead).get(f"{page}/edit").text, "html5lib").select_one("form.form")

    assert [field.text.strip() for field in form.select("textarea")] == [""] * 4
    assert len(form.select(".ask__example")) == 4


def test_the_second_of_two_who_write_the_first_words_sees_both(page, sign_in, lead, owner, db):
    sign_in(owner).post(f"{page}/edit", data={"meets": "Eierens ord", "version": 0})

    second = sign_in(lead).post(f"{page}/edit", data={"meets": "Lederens ord", "version": 0})

    assert second.status_code == 409
    assert "Eierens ord" in second.text
    assert "Lederens ord" in second.text
    assert db.session.query(TeamAgreement).one().meets == "Eierens ord"


def test_the_page_names_who_stands_by_it_and_only_counts_the_others(page, sign_in, write, nurse, teacher):
    write()
    assert who_is_with(sign_in(nurse).get(page)) == ["Håkon Åsheim"]  # who writes it stands by it

    assert yes(sign_in(nurse), page).status_code == 303

    shown = sign_in(teacher).get(page)
    assert who_is_with(shown) == ["Håkon Åsheim", "Ingrid Moen"]
    assert "Én har ikke svart ennå" in shown.text
    assert "Trygve Bakken" not in BeautifulSoup(shown.text, "html5lib").main.text


def test_the_lead_is_asked_too_when_the_owner_has_written_it(page, sign_in, write, owner, lead, nurse):
    write(by=owner)
    assert who_is_with(sign_in(owner).get(page)) == []
    assert "Jeg er med på dette" not in sign_in(owner).get(page).text

    yes(sign_in(lead), page)

    assert who_is_with(sign_in(nurse).get(page)) == ["Håkon Åsheim"]


def test_other_words_ask_everybody_anew_and_the_same_words_nobody(
    page, sign_in, write, nurse, told, owed, make
):
    write()
    yes(sign_in(nurse), page)
    assert owed(nurse) == []

    write(version=1)
    assert who_is_with(sign_in(nurse).get(page)) == ["Håkon Åsheim", "Ingrid Moen"]
    write("Onsdager klokka 10", version=1)

    assert who_is_with(sign_in(nurse).get(page)) == ["Håkon Åsheim"]
    assert told(nurse) == ["agreement_written", "agreement_changed"]
    assert owed(nurse) == ["agreement_changed"]


def test_nobody_stands_by_words_they_have_not_read(page, sign_in, write, nurse, db):
    write()
    browser = sign_in(nurse)
    browser.get(page)
    write("Onsdager klokka 10", version=1)

    browser.post(f"{page}/accept", data={"wording": 1})

    assert "Les dem en gang til" in browser.get(page).text
    assert db.session.query(AgreementYes).filter_by(person_id=nurse.id).count() == 0


def test_everybody_is_told_once_and_the_question_is_settled_by_a_yes(
    page, sign_in, write, lead, nurse, teacher, told, owed
):
    write()
    assert (told(nurse), told(teacher), told(lead)) == (["agreement_written"], ["agreement_written"], [])

    yes(sign_in(nurse), page)
    assert "Jeg er med på dette" not in sign_in(nurse).get(page).text

    assert (owed(nurse), owed(teacher)) == ([], ["agreement_written"])
    assert told(lead) == []


def test_the_lead_hears_when_all_are_with_it(page, sign_in, write, lead, nurse, teacher, told):
    write()
    yes(sign_in(nurse), page)
    yes(sign_in(teacher), page)

    assert told(lead) == ["agreement_agreed"]


def test_the_inbox_leads_to_it(page, sign_in, write, nurse):
    write()

    inbox = sign_in(nurse).get("/inbox").text

    assert "har fått lagregler" in inbox
    assert f'href="{page}"' in inbox


def test_who_comes_later_is_asked_when_the_seat_is_agreed(page, sign_in, write, mission, make, told):
    write()
    manager = make.person("Siri Vik")
    newcomer = make.person("Nora Lie", manager=manager)
    invite(make, mission, newcomer)

    assert told(newcomer)[-2:] == ["seat_is_yours", "agreement_met"]
    assert yes(sign_in(newcomer), page).status_code == 303


def invite(make, mission, person):
    lead = make.actor(mission.lead)
    invitation_id = staffing.invite(lead, make.seat(mission).id, person.id)
    staffing.answer_invitation(make.actor(person), invitation_id, accept=True)
    staffing.answer_release(make.actor(person.manager), invitation_id, accept=True)


def test_a_new_lead_is_asked(page, sign_in, write, mission, make, told, lead):
    write()
    new = make.person("Nora Lie")
    charter = {"title": "T", "goal": "M", "mandate": "M", "lead_id": new.id, "owner_id": mission.owner_id}

    sign_in(lead).post(
        f"/missions/{mission.id}/edit",
        data=charter | {"phase": "concept", "status": "active", "version": mission.version},
    )

    assert "agreement_met" in told(new)
    assert "Jeg er med på dette" in sign_in(new).get(page).text


def test_who_has_left_the_team_neither_reads_nor_counts(page, sign_in, write, nurse, lead, db, make):
    write()
    yes(sign_in(nurse), page)
    db.session.execute(text("UPDATE seat SET state = 'open', person_id = NULL"))
    db.session.commit()

    assert sign_in(nurse).get(page).status_code == 404
    assert "lagregler" not in sign_in(nurse).get("/inbox").text
    assert who_is_with(sign_in(lead).get(page)) == ["Håkon Åsheim"]


def test_it_is_for_the_team_and_those_who_follow_it_and_nobody_else(page, sign_in, write, mission, make):
    write("Dette er bare vårt")
    office, colleague = make.person("Kari", Role.PORTFOLIO_OFFICE), make.person("Ola")

    assert "Dette er bare vårt" in sign_in(office).get(page).text
    other = sign_in(colleague)
    assert other.get(page).status_code == 404
    assert other.post(f"{page}/accept", data={"wording": 1}).status_code == 404
    for address in (f"/missions/{mission.id}", f"/missions/{mission.id}/team"):
        seen = other.get(address).text
        assert "Dette er bare vårt" not in seen
        assert "lagregler" not in seen.lower()


def test_members_read_and_answer_but_do_not_write(page, sign_in, write, nurse):
    write()

    assert sign_in(nurse).get(f"{page}/edit").status_code == 403
    assert "Endre lagreglene" not in sign_in(nurse).get(page).text


def test_who_said_yes_when_stands_in_no_activity(page, sign_in, write, nurse, mission):
    write()
    yes(sign_in(nurse), page)

    assert "lagreglene" not in sign_in(nurse).get(f"/missions/{mission.id}").text


def test_the_team_page_says_how_far_it_has_come(page, sign_in, write, nurse, teacher, mission, lead):
    team = f"/missions/{mission.id}/team"
    assert "Skriv lagregler" in sign_in(lead).get(team).text
    write()

    assert "Les dem og si om du er med" in sign_in(nurse).get(team).text
    assert "Én er med på dem. 2 har ikke svart ennå." in sign_in(lead).get(team).text


def test_a_lead_with_a_team_and_no_agreement_has_it_as_the_next_step(sign_in, mission, lead, nurse, write):
    def next_step():
        page = sign_in(lead).get(f"/missions/{mission.id}").text
        return BeautifulSoup(page, "html5lib").select_one(".next h2").text

    assert next_step() == "Bli enige om hvordan dere jobber sammen"
    write()
    assert next_step() == "Skriv den første statusrapporten"


def test_a_mission_that_is_over_asks_nobody_any_more(page, sign_in, write, mission, nurse, lead, db):
    write()
    mission.status = Status.COMPLETED
    db.session.commit()

    assert "lagregler" not in sign_in(nurse).get("/inbox").text
    assert "Jeg er med på dette" not in sign_in(nurse).get(page).text
    sign_in(nurse).post(f"{page}/accept", data={"wording": 1})
    assert db.session.query(AgreementYes).filter_by(person_id=nurse.id).count() == 0
    assert sign_in(lead).post(f"{page}/edit", data=PARTS | {"version": 1}).status_code == 422
