"""Whose a challenge is: shielded until screened, written for a colleague, labelled, previewed (issue 4)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.challenges import answering, commands, labels
from teamhub.challenges.commands import Proposal
from teamhub.challenges.models import Challenge
from teamhub.challenges.states import State
from teamhub.notifications.models import Notification

CANARY = "Kvitrine Skjoldmøy"
WRITTEN = {
    "title": "Nøkler blir borte hver uke",
    "situation": "Vi leter i en halv time",
    "affected": "Alle på natt",
    "evidence": "Jeg har sett det selv",
}


@pytest.fixture
def office(make):
    person = make.person("Olga Kontor")
    make.office(person, Role.PORTFOLIO_OFFICE, unit=make.unit())
    return person


@pytest.fixture
def hidden(make):
    """Somebody who would rather not be named yet."""
    return make.person(CANARY)


def only(db):
    db.session.rollback()
    return db.session.scalar(select(Challenge))


@pytest.fixture
def shielded(sign_in, hidden, db):
    sign_in(hidden).post("/challenges/new", data=WRITTEN | {"shielded": "y"})
    return only(db)


def test_a_shielded_name_is_for_the_office_and_oneself(shielded, hidden, office, make, sign_in):
    path = f"/challenges/{shielded.id}"
    sign_in(hidden).post(f"{path}/comments", data={"body": "Jeg vet mer om dette"})

    seen = sign_in(make.person()).get(path).text
    assert CANARY not in seen
    assert "Navnet er skjult" in seen
    assert "Innmelderen" in seen
    assert CANARY in sign_in(office).get(path).text
    assert CANARY in sign_in(hidden).get(path).text


@pytest.mark.parametrize(
    "path", ["/", "/challenges", "/challenges?q=nøkler", "/challenges/similar?text=Nøkler er borte", "/inbox"]
)
def test_it_is_on_no_other_page_either(shielded, hidden, make, sign_in, path):
    supporter = make.person()
    browser = sign_in(supporter)
    browser.post(f"/challenges/{shielded.id}/support", data={"experience": "Her også"})
    sign_in(hidden).post(f"/challenges/{shielded.id}/comments", data={"body": "Takk, det hjelper"})

    assert CANARY not in browser.get(path).text


def test_no_notification_to_others_holds_who_it_was(shielded, hidden, make, sign_in, db):
    supporter = make.person()
    sign_in(supporter).post(f"/challenges/{shielded.id}/support", data={"experience": "Her også"})
    sign_in(hidden).post(f"/challenges/{shielded.id}/comments", data={"body": "Takk"})

    db.session.rollback()
    told = db.session.scalars(select(Notification).where(Notification.person_id == supporter.id)).all()
    assert [(each.told, each.actor_id) for each in told] == [("comment_to_followers", None)]


def test_the_shield_falls_when_the_office_has_looked_at_it_but_not_for_a_question(
    shielded, office, make, sign_in, hidden, db
):
    answering.answer(make.actor(office), shielded.id, State.CLARIFICATION, reason="Hvor ofte?")
    assert only(db).shielded
    commands.clarify(make.actor(hidden), shielded.id, "Hver uke")
    answering.answer(make.actor(office), shielded.id, State.ASSESSING, reason="")

    assert CANARY in sign_in(make.person()).get(f"/challenges/{shielded.id}").text


def test_an_agent_writes_for_a_colleague_who_is_told_and_may_take_it_back(make, sign_in, db):
    agent, kari, other = make.person("Agnes Agent"), make.person("Kari Moen"), make.person()
    make.office(agent, Role.DIGITAL_AGENT, unit=make.unit())
    sign_in(agent).post("/challenges/new", data=WRITTEN | {"behalf_of": kari.id})

    challenge = only(db)
    assert (challenge.proposer_id, challenge.written_by_id) == (kari.id, agent.id)
    page = sign_in(other).get(f"/challenges/{challenge.id}").text
    assert "skrevet av" in page
    told = db.session.scalars(select(Notification.told).where(Notification.person_id == kari.id)).all()
    assert told == ["written_for_proposer"]
    assert sign_in(kari).post(f"/challenges/{challenge.id}/withdraw").status_code == 303
    assert only(db).state == State.WITHDRAWN


def test_a_draft_for_a_colleague_is_its_writers_own_until_it_is_sent(make, sign_in, db):
    agent, kari = make.person(), make.person()
    make.office(agent, Role.DIGITAL_AGENT, unit=make.unit())
    sign_in(agent).post("/challenges/new", data=WRITTEN | {"behalf_of": kari.id, "do": "save"})

    draft = only(db)
    assert sign_in(kari).get(f"/challenges/{draft.id}").status_code == 404
    assert sign_in(agent).get(f"/challenges/new?draft={draft.id}").status_code == 200
    assert WRITTEN["title"] not in sign_in(kari).get("/").text
    assert WRITTEN["title"] in sign_in(agent).get("/").text


def test_others_cannot_write_for_anybody(make, sign_in, db):
    kari = make.person()
    answer = sign_in(make.person()).post("/challenges/new", data=WRITTEN | {"behalf_of": kari.id})

    assert answer.status_code == 403
    assert only(db) is None


def test_what_one_wrote_is_shown_as_its_page_before_it_is_sent(make, sign_in, db):
    browser = sign_in(make.person())
    answer = browser.post("/challenges/new", data=WRITTEN | {"do": "preview", "tags": "Nøkler, natt"})

    draft = only(db)
    page = browser.get(answer.location).text
    assert "Slik ser den ut" in page
    assert "natt" in page
    assert sign_in(make.person()).get(answer.location).status_code == 404
    sent = browser.post(f"/challenges/{draft.id}/send")
    assert sent.location == f"/challenges/{draft.id}"
    assert "Takk! Utfordringen er meldt inn." in browser.get(sent.location).text
    assert "Takk! Utfordringen er meldt inn." not in browser.get(sent.location).text
    assert only(db).state == State.SUBMITTED


def test_a_draft_that_lacks_something_is_not_sent(make, sign_in, db):
    browser = sign_in(make.person())
    browser.post("/challenges/new", data={"title": "Bare en tittel", "do": "save"})

    answer = browser.post(f"/challenges/{only(db).id}/send")

    assert answer.status_code == 422
    assert "Fortell kort hva som skjer i dag." in answer.text
    assert only(db).state == State.DRAFT


def test_tags_are_kept_tidy_and_found_by_search(make, sign_in, db):
    browser = sign_in(make.person())
    tags = "#Nattevakt,  nattevakt , Medisin  skap,, MEDISINSKAP, " + ", ".join(
        f"stikkord{n}" for n in range(9)
    )
    browser.post("/challenges/new", data=WRITTEN | {"tags": tags, "goals": ["3", "11"]})

    challenge = only(db)
    kept = labels.tags_of(challenge.id)
    assert kept[:3] == ["medisin skap", "medisinskap", "nattevakt"]
    assert len(kept) == labels.MOST_TAGS
    assert labels.goals_of(challenge.id) == [3, 11]
    assert WRITTEN["title"] in browser.get("/challenges?q=nattevakt").text
    assert "God helse og livskvalitet" in browser.get(f"/challenges/{challenge.id}").text


def test_the_same_form_sent_many_times_is_one_challenge(make, db):
    actor = make.actor(make.person())
    proposal = Proposal(**WRITTEN, tags=("natt",))

    ids = {commands.propose(actor, proposal) for _time in range(10)}

    assert len(ids) == 1
