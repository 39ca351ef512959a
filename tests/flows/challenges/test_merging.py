"""Two challenges that are the same matter become one, if their proposers agree, and can be parted again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.challenges import commands, merging
from teamhub.challenges.models import Challenge
from teamhub.challenges.office import Merge, MergeConsent
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.core.db import Base
from teamhub.core.errors import DomainError
from teamhub.core.workdays import add_workdays
from teamhub.notifications.models import Notification


@pytest.fixture
def people(make):
    school, home = make.unit("Brandengen skole"), make.unit("Hjemmetjenesten")
    office = make.person("Ola Kontor", Role.PORTFOLIO_OFFICE)
    return {
        "office": office,
        "kari": make.person("Kari Moen", unit=home),
        "per": make.person("Per Lie", unit=school),
        "eva": make.person("Eva Dahl", unit=school),
    }


@pytest.fixture
def pair(make, people):
    """Kari's, which is to live on in Per's."""
    first = make.challenge(people["kari"], title="Lang kø på legevakta", situation="Folk venter i timevis.")
    return first, make.challenge(people["per"], title="Ventetid på legevakta")


def ask(make, people, pair, **kw):
    return merging.ask(make.actor(people["office"]), pair[0].id, pair[1].id, **kw)


def say(make, db, person, pair, agrees, reason=""):
    merge_id = db.session.scalar(select(Merge.id).order_by(Merge.id.desc()).limit(1))
    return merging.answer(make.actor(person), pair[0].id, merge_id, agrees=agrees, reason=reason)


def merge(make, db, people, pair):
    ask(make, people, pair)
    for name in ("kari", "per"):
        say(make, db, people[name], pair, agrees=True)


def test_both_proposers_are_asked_and_the_last_yes_merges(make, db, people, pair):
    assert ask(make, people, pair) == "asked"
    assert say(make, db, people["kari"], pair, agrees=True) == "asked"
    assert pair[0].state == State.SUBMITTED

    assert say(make, db, people["per"], pair, agrees=True) == "merged"
    assert (pair[0].state, pair[0].merged_into_id) == (State.MERGED, pair[1].id)


def test_what_has_nobody_to_ask_is_merged_at_once(make, people):
    imported = make.challenge(None, title="Fra den gamle lista", submitted_by="Etaten")
    other = make.challenge(None, title="Det samme igjen", submitted_by="Etaten")

    assert ask(make, people, (imported, other)) == "merged"


def test_one_no_ends_it_with_a_reason_the_office_reads(make, db, people, pair):
    ask(make, people, pair)
    with pytest.raises(DomainError):
        say(make, db, people["per"], pair, agrees=False)

    assert say(make, db, people["per"], pair, agrees=False, reason="Min gjelder barn.") == "declined"
    told = db.session.scalars(
        select(Notification).where(Notification.told == "merge_refused_to_office")
    ).all()
    assert [(n.person_id, n.data["quote"]) for n in told] == [(people["office"].id, "Min gjelder barn.")]
    assert pair[0].state == State.SUBMITTED


def test_nobody_else_can_answer_for_a_proposer(make, sign_in, db, people, pair):
    ask(make, people, pair)
    merge_id = db.session.scalar(select(Merge.id))
    address = f"/challenges/{pair[0].id}/merge/{merge_id}/answer"

    assert sign_in(people["eva"]).post(address, data={"agrees": "yes"}).status_code == 403
    assert db.session.scalars(select(MergeConsent.agrees)).all() == [None, None]


def test_without_answers_the_office_merges_once_time_is_up(make, db, people, pair, monkeypatch, app):
    ask(make, people, pair)
    merge_id = db.session.scalar(select(Merge.id))
    office = make.actor(people["office"])
    with pytest.raises(DomainError, match="fortsatt tid"):
        merging.complete(office, pair[0].id, merge_id)

    asked = db.session.get(Merge, merge_id)
    assert asked.due_on == add_workdays(clock.today(), app.config["DAYS_TO_AGREE"])
    asked.due_on = clock.today() - timedelta(days=1)
    db.session.commit()
    merging.complete(office, pair[0].id, merge_id)

    assert pair[0].state == State.MERGED


def test_the_survivor_counts_the_voices_of_both_each_once(make, db, people, pair):
    commands.support(make.actor(people["eva"]), pair[0].id, experience="Også hos oss.")
    commands.support(make.actor(people["eva"]), pair[1].id)
    merge(make, db, people, pair)

    assert (pair[1].support_people, pair[1].support_units) == (2, 1)  # Eva and Kari; Per's school is its own


def test_each_page_shows_the_other_and_all_texts_are_kept(make, db, sign_in, people, pair):
    commands.comment(make.actor(people["eva"]), pair[0].id, "Sist uke ventet jeg fem timer.")
    merge(make, db, people, pair)
    browser = sign_in(people["eva"])

    merged, survivor = (browser.get(f"/challenges/{one.id}").text for one in pair)

    assert "lever videre der" in merged
    assert "Ventetid på legevakta" in merged
    assert "fem timer" in merged
    assert "Slått sammen med én til" in survivor
    assert "Folk venter i timevis." in survivor


def test_who_supported_the_merged_one_hears_what_becomes_of_the_survivor(make, db, people, pair):
    commands.support(make.actor(people["eva"]), pair[0].id)
    merge(make, db, people, pair)
    commands.comment(make.actor(people["office"]), pair[1].id, "Vi ser på dette.")

    about = Notification.object_id == pair[1].id, Notification.told == "comment_to_followers"
    assert set(db.session.scalars(select(Notification.person_id).where(*about))) == {
        people["eva"].id,
        people["kari"].id,
    }


def test_support_and_talk_go_on_in_the_survivor_only(make, db, sign_in, people, pair):
    merge(make, db, people, pair)
    browser = sign_in(people["eva"])

    assert browser.post(f"/challenges/{pair[0].id}/support").status_code == 403
    assert browser.post(f"/challenges/{pair[0].id}/comments", data={"body": "Hei"}).status_code == 403


def test_a_survivor_is_not_withdrawn_while_another_lives_in_it(make, db, people, pair):
    merge(make, db, people, pair)

    with pytest.raises(DomainError, match="skille dem først"):
        commands.withdraw(make.actor(people["per"]), pair[1].id)


@pytest.mark.parametrize(
    ("into", "says"),
    [("itself", "enn denne"), ("closed", "avsluttet"), ("in one that holds another", "andre veien")],
)
def test_what_cannot_be_merged_is_said_at_the_field(make, db, sign_in, people, pair, into, says):
    target = pair[1]
    if into == "itself":
        target = pair[0]
    elif into == "closed":
        target = make.challenge(people["per"], state=State.CLOSED)
    else:
        make.challenge(None, state=State.MERGED, merged_into_id=pair[0].id)
    page = sign_in(people["office"]).post(f"/challenges/{pair[0].id}/merge", data={"other": f"{target.id}"})

    assert page.status_code == 422
    assert says in page.text


TELLS = {"audit_entry", "announcement", "challenge_merge", "challenge_merge_consent", "notification", "job"}


def rows(db):
    """Everything in the database as text, but for what tells that something happened."""
    db.session.expire_all()
    return {
        table.name: sorted(map(repr, db.session.execute(select(table)).all()))
        for table in Base.metadata.sorted_tables
        if table.name not in TELLS
    }


def test_ten_challenges_merged_and_parted_again_are_as_they_were_to_the_letter(make, db, people):
    """With supporters, comments and followers on both sides (issue 4)."""
    office, eva = make.actor(people["office"]), make.actor(people["eva"])
    states = [State.SUBMITTED, State.CLARIFICATION, State.ASSESSING]
    ours = [
        make.challenge(
            people["kari"], title=f"Nr. {n}", state=states[n % 3], due_on=clock.today(), shielded=n % 2 == 0,
            days_left=n if n % 3 == 1 else None, handler_id=people["office"].id,
        )
        for n in range(10)
    ]  # fmt: skip
    survivor = make.challenge(people["per"], title="Den som lever videre")
    for challenge in (*ours, survivor):
        commands.support(eva, challenge.id, experience="Også hos oss.")
        commands.comment(eva, challenge.id, f"Om nr. {challenge.id}")
        make.follower(challenge, people["office"])
    before = rows(db)

    for challenge in ours:
        merge(make, db, people, (challenge, survivor))
    during = rows(db)
    for challenge in reversed(ours):
        merging.undo(office, challenge.id)

    assert during["challenge"] != before["challenge"]
    assert rows(db) == before


def test_what_has_been_parted_can_be_merged_again(make, db, people, pair):
    merge(make, db, people, pair)
    merging.undo(make.actor(people["office"]), pair[0].id)
    merge(make, db, people, pair)

    assert db.session.get(Challenge, pair[0].id).state == State.MERGED
