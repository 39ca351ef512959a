"""What stands around the marks: the candidate's second question, must-do work, weights, and lists."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from teamhub.assessments import queries
from teamhub.assessments.models import Assessment, CriteriaSet
from teamhub.assessments.states import Criterion
from tests.flows.assessments.conftest import ask, page_of, submit


def test_a_candidate_without_two_assessments_is_asked_about_once_more(town, sign_in):
    office, step = sign_in(town["office"]), {"decision": "candidate", "reason": "Den bør fram."}
    path = f"/challenges/{town['challenge'].id}/answer"

    asked = office.post(path, data=step)
    done = office.post(path, data=step | {"sure": "y"})

    assert asked.status_code == 422
    assert "ikke vurdert av to fra ulike områder" in asked.text
    assert done.status_code == 303


def test_a_candidate_two_have_assessed_needs_no_second_question(town, sign_in):
    ask(sign_in, town, "school", "culture")
    submit(sign_in, town, "school")
    submit(sign_in, town, "culture")
    step = {"decision": "candidate", "reason": "Den bør fram."}

    answer = sign_in(town["office"]).post(f"/challenges/{town['challenge'].id}/answer", data=step)

    assert answer.status_code == 303


def test_must_do_is_flagged_outside_the_score_and_needs_its_basis(town, sign_in, db):
    board, path = sign_in(town["board"]), f"/challenges/{town['challenge'].id}/must-do"
    version = town["challenge"].version

    without = board.post(path, data={"must_do": "y", "basis": "", "version": version})
    marked = board.post(path, data={"must_do": "y", "basis": "Opplæringslova § 11-1", "version": version})

    assert (without.status_code, marked.status_code) == (422, 303)
    assert (
        "Dette må kommunen gjøre." in sign_in(town["anyone"]).get(f"/challenges/{town['challenge'].id}").text
    )
    assert "Opplæringslova § 11-1" in board.get(page_of(town)).text


def test_the_board_makes_a_new_version_and_old_assessments_keep_theirs(town, sign_in, db):
    ask(sign_in, town, "school", "culture")
    submit(sign_in, town, "school", 3)
    board = sign_in(town["board"])
    new = dict(zip(Criterion, (40, 10, 10, 10, 10, 10, 5, 5), strict=True))
    form = {f"weight_{c}": weight for c, weight in new.items()} | {"reason": "Ny strategi", "version": 1}

    changed = board.post("/portfolio/criteria", data=form)
    stale = board.post("/portfolio/criteria", data=form)

    assert (changed.status_code, stale.status_code) == (303, 409)
    assert "Ny strategi" in sign_in(town["anyone"]).get("/portfolio/criteria").text
    assert set(db.session.scalars(select(Assessment.criteria_set_id))) == {
        db.session.scalar(select(CriteriaSet.id).where(CriteriaSet.number == 1))
    }


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ((30, 15, 15, 10, 10, 10, 10, 5), "Nå er de 105"),
        ((20, 20, 15, 10, 10, 10, 10, 5), "må telle mest"),
        ((30, 15, 15, 15, 10, 10, 5, 0), "minst 1"),
        ((130, -35, 1, 1, 1, 1, 0, 1), "minst 1"),
    ],
)
def test_weights_that_break_a_rule_are_refused(town, sign_in, db, weights, said):
    form = {f"weight_{c}": w for c, w in zip(Criterion, weights, strict=True)} | {"reason": "X", "version": 1}

    answer = sign_in(town["board"]).post("/portfolio/criteria", data=form)

    assert answer.status_code == 422
    assert said in answer.text
    assert len(db.session.scalars(select(CriteriaSet)).all()) == 1


def test_only_the_board_changes_the_weights(town, sign_in):
    assert sign_in(town["office"]).post("/portfolio/criteria", data={}).status_code == 403


def test_lists_read_how_many_stand_at_one_query(town, make, sign_in, queries_counted):
    ask(sign_in, town, "school", "culture")
    submit(sign_in, town, "school", 3)
    submit(sign_in, town, "culture", 4, RISI=1)
    actor, anyone, ids = make.actor(town["board"]), make.actor(town["anyone"]), [town["challenge"].id]

    with queries_counted() as statements:
        found = queries.scores_of(actor, ids)

    assert len([s for s in statements if s.startswith("SELECT")]) == 1
    scored = found[ids[0]]
    assert (scored.assessors, scored.range, scored.to_talk_about) == (2, None, 1)
    assert (scored.value.low, scored.value.high) == (60, 80)
    assert queries.scores_of(anyone, ids) == {}
