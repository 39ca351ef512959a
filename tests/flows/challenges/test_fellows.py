"""A challenge can have several behind it: asked by the proposer, once they have said yes themselves."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.challenges.models import CoProposer
from teamhub.challenges.states import State


@pytest.fixture
def proposer(make):
    return make.person("Per Melder")


@pytest.fixture
def colleague(make):
    return make.person("Kari Kollega")


@pytest.fixture
def challenge(make, proposer):
    return make.challenge(proposer, title="Lang kø")


@pytest.fixture
def asked(sign_in, proposer, colleague, challenge):
    """The colleague has been asked. Returns the address of the challenge."""
    path = f"/challenges/{challenge.id}"
    sign_in(proposer).post(f"{path}/fellows", data={"person_id": colleague.id})
    return path


def by(browser, path):
    page = BeautifulSoup(browser.get(path).text, "html5lib")
    return " ".join(page.select_one(".head__kind").text.split())


def test_a_colleague_is_found_asked_and_told(sign_in, proposer, colleague, challenge):
    path = f"/challenges/{challenge.id}/fellows"
    browser = sign_in(proposer)
    assert "Kari Kollega" in browser.get(f"{path}?q=kollega").text
    browser.post(path, data={"person_id": colleague.id})

    assert "Har ikke svart" in browser.get(path).text
    assert "Per Melder spør om du vil stå bak «Lang kø»" in sign_in(colleague).get("/inbox").text


def test_who_says_yes_stands_there_by_name_and_hears_what_happens(make, sign_in, proposer, colleague, asked):
    assert "Kari Kollega" not in by(sign_in(make.person()), asked)
    assert "Vil du stå bak denne?" in sign_in(colleague).get(asked).text
    sign_in(colleague).post(f"{asked}/fellows/answer", data={"accept": "yes"})

    assert "av Per Melder og Kari Kollega" in by(sign_in(make.person()), asked)
    assert "Kari Kollega står bak «Lang kø» sammen med deg" in sign_in(proposer).get("/inbox").text
    sign_in(make.person("Tredje")).post(f"{asked}/comments", data={"body": "Vi også"})
    assert "Vi også" in sign_in(colleague).get("/inbox").text


def test_who_says_no_stands_nowhere_and_only_the_proposer_knows(make, sign_in, proposer, colleague, asked):
    sign_in(colleague).post(f"{asked}/fellows/answer", data={"accept": "no"})

    assert "Kari Kollega" not in sign_in(make.person()).get(asked).text
    assert "Har takket nei" in sign_in(proposer).get(f"{asked}/fellows").text


def test_the_question_can_be_taken_back_and_a_yes_too(sign_in, proposer, colleague, asked, db):
    remove = f"{asked}/fellows/{colleague.id}/remove"
    sign_in(proposer).post(remove)
    assert db.session.scalar(select(CoProposer)) is None
    assert "spør om du vil stå bak" not in sign_in(colleague).get("/inbox?tab=asked").text

    sign_in(proposer).post(f"{asked}/fellows", data={"person_id": colleague.id})
    sign_in(colleague).post(f"{asked}/fellows/answer", data={"accept": "yes"})
    sign_in(colleague).post(remove)
    assert db.session.scalar(select(CoProposer)) is None


def test_nobody_answers_or_asks_for_another(make, sign_in, colleague, asked, db):
    stranger = sign_in(make.person())

    assert stranger.post(f"{asked}/fellows/answer", data={"accept": "yes"}).status_code == 403
    assert stranger.post(f"{asked}/fellows", data={"person_id": make.person().id}).status_code == 403
    assert stranger.post(f"{asked}/fellows/{colleague.id}/remove").status_code == 403
    assert db.session.scalar(select(CoProposer.accepted)) is None


@pytest.mark.parametrize("who", ["oneself", "nobody", "closed"])
def test_only_a_colleague_can_be_asked(make, sign_in, proposer, challenge, db, who):
    chosen = {"oneself": proposer.id, "nobody": 0, "closed": make.person(is_active=False).id}[who]
    answer = sign_in(proposer).post(f"/challenges/{challenge.id}/fellows", data={"person_id": chosen})

    assert (answer.status_code, "Velg en kollega fra lista." in answer.text) == (422, True)
    assert db.session.scalar(select(CoProposer)) is None


def test_a_decided_challenge_takes_no_more(make, sign_in, proposer, colleague):
    challenge = make.challenge(proposer, state=State.CLOSED)

    assert sign_in(proposer).get(f"/challenges/{challenge.id}/fellows").status_code == 403
