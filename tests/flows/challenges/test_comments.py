"""Words once they are said: changed with history, taken away with a trace, reported and judged."""

from __future__ import annotations

import pytest

from teamhub.access.actor import Role
from teamhub.challenges import commands
from teamhub.challenges.models import ChallengeComment
from teamhub.notifications.models import Notification


@pytest.fixture
def challenge(make):
    return make.challenge(make.person("Kari"))


@pytest.fixture
def ola(make):
    return make.person("Ola Nordmann")


@pytest.fixture
def said(make, challenge, ola):
    comment_id = commands.comment(make.actor(ola), challenge.id, "Vi venter tre timer.")
    return make.session.get(ChallengeComment, comment_id)


@pytest.fixture
def office(make):
    return make.person("Kontor", Role.PORTFOLIO_OFFICE)


def place(said, what=""):
    page = f"/challenges/{said.challenge_id}"
    return f"{page}/comments/{said.id}/{what}" if what else page


def told(db, person):
    rows = db.session.query(Notification.told).filter(Notification.person_id == person.id)
    return [name for (name,) in rows.order_by(Notification.id)]


def test_an_edited_comment_says_so_and_shows_what_it_was_word_by_word(sign_in, said, ola, make):
    browser = sign_in(ola)

    browser.post(place(said, "edit"), data={"body": "Vi venter fem timer.", "version": 1})
    page = sign_in(make.person("Leser")).get(place(said)).text
    history = sign_in(make.person("Leser to")).get(place(said, "history")).text

    assert "Vi venter fem timer." in page
    assert "Redigert" in page
    assert "tre" in history.split("<del>")[1].split("</del>")[0]
    assert "fem" in history.split("<ins>")[1].split("</ins>")[0]


def test_an_unchanged_comment_is_not_marked_as_edited(sign_in, said, ola):
    browser = sign_in(ola)

    browser.post(place(said, "edit"), data={"body": "Vi venter tre timer.", "version": 1})

    assert "Redigert" not in browser.get(place(said)).text


def test_whoever_is_named_by_the_edit_is_told_but_nobody_again(make, db, challenge, sign_in, ola):
    mia, per = make.person("Mia Berg"), make.person("Per Dahl")
    comment_id = commands.comment(make.actor(ola), challenge.id, "Hva sier @Mia Berg?")
    said = db.session.get(ChallengeComment, comment_id)

    sign_in(ola).post(place(said, "edit"), data={"body": "Hva sier @Mia Berg og @Per Dahl?", "version": 1})

    assert told(db, mia) == ["mentioned_in_challenge"]
    assert told(db, per) == ["mentioned_in_changed_comment"]


def test_a_deleted_comment_leaves_a_trace_without_its_words_and_can_be_brought_back(sign_in, said, ola, make):
    browser, reader = sign_in(ola), sign_in(make.person("Leser"))

    browser.post(place(said, "delete"))
    page = reader.get(place(said)).text

    assert "Kommentaren er slettet av den som skrev den." in page
    assert "tre timer" not in page
    assert "Hent tilbake" not in page
    assert reader.get(place(said, "history")).status_code == 404
    assert reader.post(place(said, "restore")).status_code == 403

    browser.post(place(said, "restore"))
    assert "Vi venter tre timer." in reader.get(place(said)).text
    assert "Redigert" not in reader.get(place(said)).text


def test_deleting_and_restoring_twice_is_harmless(sign_in, said, ola):
    browser = sign_in(ola)

    codes = [
        browser.post(place(said, what)).status_code for what in ("delete", "delete", "restore", "restore")
    ]

    assert codes == [303] * 4
    assert "Vi venter tre timer." in browser.get(place(said)).text


@pytest.mark.parametrize("what", ["edit", "delete"])
def test_nobody_changes_what_another_has_said(sign_in, said, office, what):
    answer = sign_in(office).post(place(said, what), data={"body": "Alt er bra.", "version": 1})

    assert answer.status_code == 403
    assert "Vi venter tre timer." in sign_in(office).get(place(said)).text


def test_the_office_takes_a_comment_away_with_a_reason_its_author_is_told(sign_in, said, office, ola, db):
    browser = sign_in(office)

    assert browser.post(place(said, "remove"), data={"reason": ""}).status_code == 422
    browser.post(place(said, "remove"), data={"reason": "Naboen kan kjennes igjen."})
    page = sign_in(ola).get(place(said)).text

    assert "Fjernet av porteføljekontoret: «Naboen kan kjennes igjen.»" in page
    assert "tre timer" not in page
    assert told(db, ola) == ["comment_removed_to_author"]
    assert sign_in(ola).post(place(said, "restore")).status_code == 403
    assert "Naboen kan kjennes igjen." in sign_in(ola).get("/inbox").text


def test_only_the_office_takes_away_and_reads_reports(sign_in, said, make):
    browser = sign_in(make.person("Leser"))

    assert browser.get("/challenges/reports").status_code == 403
    assert browser.get(place(said, "remove")).status_code == 403
    assert browser.post(place(said, "keep")).status_code == 403


def test_a_report_goes_to_the_office_and_stands_until_it_is_judged(sign_in, said, office, make, db, ola):
    eva = make.person("Eva")
    reader = sign_in(eva)

    assert reader.post(place(said, "report"), data={"reason": ""}).status_code == 422
    reader.post(place(said, "report"), data={"reason": "Tonen er sårende."})
    waiting = sign_in(office).get("/challenges/reports").text
    sign_in(office).post(place(said, "keep"))

    assert "Tonen er sårende." in waiting
    assert "Vi venter tre timer." in waiting
    assert told(db, office) == ["comment_reported_to_office"]
    assert "Tonen er sårende." not in sign_in(office).get("/challenges/reports").text
    assert told(db, eva) == ["report_judged"]
    assert told(db, ola) == []
    assert "Tonen" not in sign_in(ola).get(place(said)).text


def test_taking_a_reported_comment_away_settles_its_reports(sign_in, said, office, make, db, ola):
    eva, per = make.person("Eva"), make.person("Per")
    for person in (eva, per):
        sign_in(person).post(place(said, "report"), data={"reason": "Noen kan kjennes igjen."})

    sign_in(office).post(place(said, "remove"), data={"reason": "Noen kan kjennes igjen."})

    assert told(db, eva) == told(db, per) == ["report_led_to_removal"]
    assert "Ingen har meldt fra om noe" in sign_in(office).get("/challenges/reports").text


def test_a_shielded_proposer_stays_unnamed_where_their_words_are_shown(make, sign_in):
    hidden = make.person("Skjult Skjermesen")
    challenge = make.challenge(hidden, shielded=True)
    said = make.session.get(
        ChallengeComment, commands.comment(make.actor(hidden), challenge.id, "Det er hver dag.")
    )
    sign_in(hidden).post(place(said, "edit"), data={"body": "Det er hver eneste dag.", "version": 1})
    reader = sign_in(make.person("Leser"))

    pages = [reader.get(place(said, what)).text for what in ("", "history", "report")]

    assert all("hver" in page for page in pages)
    assert not any("Skjermesen" in page for page in pages)
