"""What an assessor thinks shows to nobody before it may: pages, inbox, activity, mail, exports, logs."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from teamhub.assessments.models import Assessment, Score
from teamhub.challenges.states import State
from teamhub.core.db import Base
from tests.cast import PERSONAS
from tests.quality import matrix, sampling

CANARY, ANOTHER = "kanarifuglhemmelighet", "spurvehaukhemmelighet"
OWN = ("", "/assessments", "/assessments/mine")
WORDS = {"text/html", "text/calendar", "text/csv", "application/atom+xml", "application/json"}
REASON = f"Dette er en {CANARY} ingen skal se."


@pytest.fixture
def with_canary(cast, make):
    """Return a function that puts the canary in what the director wrote of one of the cast's challenges."""

    def write(name, canary=CANARY):
        of_director = select(Assessment.id).where(
            Assessment.challenge_id == cast.challenges[name].id,
            Assessment.assessor_id == cast.people["director"].id,
        )
        for score in make.session.scalars(select(Score).where(Score.assessment_id.in_(of_director))):
            score.reason = REASON.replace(CANARY, canary)
        make.session.commit()

    return write


def pages_with(app, cast, client, canaries):
    """By canary, every page a role can read that holds it. ``canaries`` tells which challenge each sits on.

    Also the pages of those challenges, which the samples leave out.
    """
    own = [f"/challenges/{id_}{page}" for id_ in canaries.values() for page in OWN]
    answers = [(path, client.get(path)) for path in own]
    for canary in canaries:
        assert "Skal vurderes" not in client.get(f"/challenges?q={canary}").text
    readings = [line for line in matrix.lines(app) if line.method == "GET"]
    answers += [(line.rule.rule, line.send(client, cast)) for line in readings]
    texts = [(place, answer.text) for place, answer in answers if answer.mimetype in WORDS]
    return {canary: {place for place, text in texts if canary in text} for canary in canaries}


def test_the_assessor_sees_ones_own(cast, client_of, with_canary):
    with_canary("half judged")
    path = f"/challenges/{cast.challenges['half judged'].id}/assessments"

    assert CANARY in client_of("director").get(f"{path}/mine").text
    assert CANARY not in client_of("director").get(path).text


SEES = {"office", "board", "director", "agent"}


@pytest.mark.parametrize("role", PERSONAS)
def test_one_submitted_alone_shows_to_nobody_else_and_an_open_one_to_those_who_judge(
    app, cast, client_of, with_canary, role
):
    alone, judged = (cast.challenges[name].id for name in ("half judged", "judged"))
    with_canary("half judged", ANOTHER)
    with_canary("judged")

    found = pages_with(app, cast, client_of(role), {ANOTHER: alone, CANARY: judged})

    page = "/challenges/{}/assessments"
    listed = page.format("<int:challenge_id>")  # the matrix has them as samples too
    mine = {f"{page.format(judged)}/mine"} if role == "director" else set()
    assert found[CANARY] == ({page.format(judged), listed} | mine if role in SEES else set())
    ones_own = {f"{page.format(alone)}/mine", f"{listed}/mine"}
    assert found[ANOTHER] == (ones_own if role == "director" else set())


@pytest.mark.parametrize(("state", "sees"), [(State.ASSESSING, False), (State.CANDIDATE, True)])
def test_the_proposer_reads_it_when_the_decision_is_taken(cast, client_of, with_canary, db, state, sees):
    with_canary("judged")
    challenge = db.session.get(type(cast.challenges["judged"]), cast.challenges["judged"].id)
    challenge.state = state
    db.session.commit()

    page = client_of("proposer").get(f"/challenges/{challenge.id}/assessments")

    assert (CANARY in page.text) is sees
    assert "er vurdert" in page.text or sees


@pytest.mark.parametrize("role", ["office", "board", "employee"])
def test_one_who_is_asked_sees_nothing_until_they_have_submitted(cast, client_of, make, with_canary, role):
    with_canary("judged")
    make.assessment(cast.challenges["judged"], cast.people[role])

    page = client_of(role).get(f"/challenges/{cast.challenges['judged'].id}/assessments")

    assert CANARY not in page.text
    assert "Du ser dem når du har levert" in page.text


def test_a_reopened_one_is_judged_anew_and_the_old_round_is_closed_to_who_is_asked(
    cast, client_of, make, with_canary
):
    with_canary("judged")
    challenge = cast.challenges["judged"]
    make.reopened(challenge)
    path = f"/challenges/{challenge.id}/assessments"

    assert CANARY in client_of("board").get(path).text
    make.assessment(challenge, cast.people["board"], round=2)

    assert CANARY not in client_of("board").get(path).text
    assert "Runde 2" in client_of("office").get(path).text


def test_no_log_or_message_holds_a_mark_or_a_reason(cast, client_of, db):
    """Submitted through the page: everything written but the marks themselves is without the words."""
    challenge = cast.challenges["to judge"].id
    form = sampling.MARKS | {"version": 1} | {f"reason_{code}": REASON for code in sampling.CRITERIA}

    answer = client_of("lead").post(f"/challenges/{challenge}/assessments/mine", data=form)

    assert answer.status_code == 303
    db.session.rollback()
    holds = {
        table.name
        for table in Base.metadata.sorted_tables
        for row in db.session.execute(table.select())
        if CANARY in str(row)
    }
    assert holds == {"assessment_score"}
