"""The same form sent ten times at once writes one thing and tells of it once (quality.md R49)."""

from __future__ import annotations

import os
import threading
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from teamhub.access.actor import Role
from teamhub.api.models import ApiToken
from teamhub.attachments.models import Attachment
from teamhub.audit.models import Entry
from teamhub.calls.models import Call
from teamhub.challenges.models import Challenge, ChallengeComment, Support
from teamhub.challenges.office import AnswerTemplate, Merge, PrivateNote
from teamhub.challenges.voices import CommentReport, Follower, Offer, SavedSearch
from teamhub.competence.models import Place, Skill, SkillSuggestion
from teamhub.core import clock
from teamhub.jobs.models import Job
from teamhub.missions.accord import AgreementYes, MissionPartner, SeatOffer, TeamAgreement
from teamhub.missions.models import SeatAnnouncement, SeatApplication
from teamhub.notifications.models import Notification
from teamhub.people.models import Person, SignInSession
from teamhub.people.sign_in import key_hash, new_key
from tests import contracts
from tests.own_app import data_of, own_app

TIMES = 10
ROUNDS = int(os.environ.get("TEAMHUB_RETRY_ROUNDS", "2"))
PROPOSED = {"situation": "Slik er det.", "affected": "Alle", "evidence": "Jeg har sett det"}
TERMS = {"share": "10", "starts_on": clock.today().isoformat(), "ends_on": "2030-01-01"}
KEY = {"scopes": "missions:read", "expires_on": (clock.today() + timedelta(days=30)).isoformat()}
UNION = Role.UNION_REPRESENTATIVE.value
ASKED = {"whom": "all", "starts_on": clock.today().isoformat(), "ends_on": "2030-01-01"}

# What is sent, by whom, to which address, with which form, and the table that gets one row of it.
SENT = {
    "a proposal": ("nurse", "/challenges/new", PROPOSED | {"title": "{}"}, Challenge),
    "a draft": ("nurse", "/challenges/new", {"do": "save", "title": "{}"}, Challenge),
    "a draft without a title": ("nurse", "/challenges/new", {"do": "save", "situation": "{}"}, Challenge),
    "support": ("nurse", "/challenges/{challenge}/support", {"experience": "{}"}, Support),
    "a comment": ("nurse", "{comments}", {"body": "{}"}, ChallengeComment),
    "a point": ("nurse", "/challenges/{challenge}/points/for", {"body": "{}"}, ChallengeComment),
    "an offer": ("nurse", "/challenges/{challenge}/offer", {"text": "{}"}, Offer),
    "following": ("nurse", "/challenges/{challenge}/follow", {}, Follower),
    "a report": (
        "nurse",
        "/challenges/{challenge}/comments/{comment}/report",
        {"reason": "{}"},
        CommentReport,
    ),
    "a search": ("nurse", "/challenges/searches?q={}", {"name": "{}"}, SavedSearch),
    "a file": ("proposer", "/challenges/{challenge}/files", {"files": "{}"}, Attachment),
    "a note": ("office", "/challenges/{challenge}/notes", {"body": "{}"}, PrivateNote),
    "a template": ("office", "/challenges/templates", {"name": "{}", "body": "Takk"}, AnswerTemplate),
    "a skill": ("office", "/skills", {"nb": "{}"}, Skill),
    "a place": ("office", "/places", {"name": "{}"}, Place),
    "a suggestion": ("nurse", "/competence/suggestions", {"name": "Savnet: {}"}, SkillSuggestion),
    "an application": ("nurse", "{seat}/apply", {"message": "{}"}, SeatApplication),
    "a call": ("office", "/calls/new", ASKED | {"question": "{}"}, Call),
    "a counter-offer": ("nurse", "/my/requests/{asked}/counter", TERMS | {"reason": "{}"}, SeatOffer),
    "a change": ("nurse", "{change}", TERMS | {"reason": "{}"}, SeatOffer),
    "a key": ("nurse", "/settings/tokens", KEY | {"name": "{}"}, ApiToken),
    "an agreement": (
        "nurse",
        "/missions/{bare}/agreement/edit",
        {"meets": "{}", "version": "0"},
        TeamAgreement,
    ),
    "a yes": ("nurse", "/missions/{mission}/agreement/accept", {"wording": "1"}, AgreementYes),
    "a partner": (
        "nurse",
        "/missions/{mission}/partners",
        {"person_id": "{union}", "kind": UNION},
        MissionPartner,
    ),
    "a merge": ("office", "/challenges/{challenge}/merge", {"other": "/challenges/{other}"}, Merge),
}


COUNTED = {"said in the log": Entry, "told": Notification, "jobs": Job}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An app on a database of its own, with three people, and the key each has signed in with."""
    with own_app(tmp_path_factory.mktemp("retry")) as app:
        with data_of(app) as make:
            unit = make.unit()
            people = {
                name: make.person(name, unit=unit)
                for name in ("nurse", "proposer", "office", "another", "union")
            }
            make.office(people["office"], Role.PORTFOLIO_OFFICE, unit=unit)
            make.office(people["union"], Role.UNION_REPRESENTATIVE, unit=unit)
            keys = {name: _signed_in(make, person.id) for name, person in people.items()}
            ids = {name: person.id for name, person in people.items()}
        yield app, keys, ids


def _signed_in(make, person_id):
    key = new_key()
    make.session.add(SignInSession(token_hash=key_hash(key), person_id=person_id, device="Test"))
    make.session.commit()
    return key


def things(app, ids):
    """A challenge with a comment, another it may be merged into, and missions with all that is sent here."""
    with data_of(app) as make:
        proposer = make.session.get(Person, ids["proposer"])
        challenge, other = make.challenge(proposer), make.challenge(make.session.get(Person, ids["another"]))
        said = ChallengeComment(challenge_id=challenge.id, author_id=proposer.id, body="Hei")
        nurse = make.session.get(Person, ids["nurse"])
        mission, bare = make.mission(nurse), make.mission(nurse)
        announced = make.seat(make.mission(proposer))
        until = {"curator_id": proposer.id, "ends_on": clock.today()}
        make.session.add_all([said, SeatAnnouncement(seat_id=announced.id, text="Du lærer", **until)])
        make.session.add(TeamAgreement(mission_id=mission.id, meets="Tirsdager"))
        make.session.commit()
        missions = {"mission": mission.id, "bare": bare.id, "union": ids["union"]}
        comments = f"/challenges/{challenge.id}/comments"
        seat = make.seat(make.mission(proposer), nurse, state="requested", share=40)
        asked = contracts.invitation(make, seat, nurse)
        held = make.seat(make.mission(proposer), nurse)
        return {
            "change": f"/missions/{held.mission_id}/seats/{held.id}/change",
            "seat": f"/missions/{announced.mission_id}/seats/{announced.id}",
            "challenge": challenge.id,
            "other": other.id,
            "comment": said.id,
            "comments": comments,
            "asked": asked.id,
        } | missions


def rows(app, model):
    with data_of(app) as make:
        return {
            name: make.session.scalar(select(func.count()).select_from(table))
            for name, table in {"rows": model, **COUNTED}.items()
        }


def send(app, key, address, form, *, times):
    """Send one form from some tabs at the same moment; return how each was answered."""
    ready, answers = threading.Barrier(times), []

    def press():
        tab = app.test_client()
        with tab.session_transaction() as session:
            session.update(_user_id=key, _fresh=True, seen=int(clock.now().timestamp()))
        filled = {
            name: (BytesIO(said.encode()), "tall.txt") if name == "files" else said
            for name, said in form.items()
        }
        ready.wait()
        answers.append(tab.post(address, data=filled).status_code)

    tabs = [threading.Thread(target=press) for _ in range(times)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    return answers


def _file(words):
    return BytesIO(words.encode()), "tall.txt"


def added(place, sent, words, *, times):
    """Return how many rows a form leaves behind when it is sent so many times at once."""
    app, keys, ids = place
    who, address, form, model = SENT[sent]
    there, before = things(app, ids), rows(app, model)
    filled = {
        name: (said() if callable(said) else said).format(words, **there) for name, said in form.items()
    }
    answers = send(app, keys[who], address.format(words, **there), filled, times=times)
    assert set(answers) <= {200, 302, 303, 409, 422}, answers
    after = rows(app, model)
    return {name: number - before[name] for name, number in after.items()}


@pytest.mark.parametrize("sent", SENT)
def test_ten_at_once_leave_what_one_does(place, sent):
    once = added(place, sent, "En gang", times=1)
    assert once["rows"] == 1

    for number in range(ROUNDS):
        assert added(place, sent, f"Runde {number}", times=TIMES) == once
