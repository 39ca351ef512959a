"""Every way somebody is told something has its words, in three languages, from what is kept with it."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.challenges import joining, merging
from teamhub.challenges.office import Merge
from teamhub.competence import curating
from teamhub.consequences import words as kept
from teamhub.consequences.reminders import REMINDERS
from teamhub.consequences.table import TABLE, TOLD
from teamhub.core import clock
from teamhub.core.events import Event
from teamhub.notifications import names, wording
from teamhub.notifications.doing import DOES
from teamhub.notifications.states import Tab
from teamhub.notifications.things import THINGS
from teamhub.notifications.wording import words
from tests import contracts

TODAY = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
KNOWN = {"who", "title"}
TEMPLATE = Path(__file__).parents[3] / "templates" / "notifications" / "_does.html"

# What each function of consequences/words.py gives. The test below holds it to what they give.
DATA = {
    "quote": "Slik er det.",
    "place": "c1",
    "due": "2026-11-26",
    "starts": "2026-12-01",
    "ends": "2027-03-01",
    "person": "Kari Nordmann",
    "role": "Sykepleier",
    "share": 20,
    "phase": "planning",
    "into": "Ventetid på legevakta",
    "found": 3,
}
GIVES = {
    "comment": {"quote", "place"},
    "task_comment": {"quote", "place"},
    "experience": {"quote"},
    "reason": {"quote"},
    "summary": {"quote"},
    "challenge_due": {"due"},
    "task_due": {"due"},
    "deadline": {"due"},
    "invitation": {"person", "role", "share", "starts", "ends", "due"},
    "counter": {"person", "role", "share", "starts", "ends", "due", "quote"},
    "suggestion": {"into", "quote"},
    "role": {"role"},
    "seat": {"person", "role", "share", "starts", "ends"},
    "change": {"person", "role", "share", "starts", "ends", "quote"},
    "change_answer": {"person", "role", "share", "starts", "ends", "quote"},
    "done": {"quote"},
    "phase": {"phase"},
    "call_report": {"quote"},
    "call_end": {"due"},
    "number_found": {"found"},
    "removed_comment": {"quote", "place"},
    "comment_report": {"quote", "place"},
    "offer": {"quote"},
    "merged": {"into"},
    "merge_asked": {"into", "due"},
    "merge_answer": {"quote"},
    "<lambda>": {"quote", "due"},
}


@pytest.fixture(autouse=True)
def today(monkeypatch, app):
    monkeypatch.setattr(clock, "now", lambda: TODAY)
    with app.app_context():
        yield


def needs(told):
    return set(re.findall(r"%\((\w+)\)s", f"{told.says} {told.means or ''}"))


def data_of(told):
    given = GIVES[told.with_.__name__] if told.with_ else set()
    return {name: DATA[name] for name in given}


def test_what_the_words_are_made_of_is_what_is_kept(make, db):
    """Without this, the test below would only believe its own table."""
    kari = make.person("Kari")
    mission, challenge = make.mission(kari), make.challenge(kari, due_on=clock.today())
    seat, task = make.seat(mission, kari), make.task(mission, due_on=clock.today())
    invitation = contracts.invitation(make, seat, kari)
    report = make.report(mission, kari)
    of = {"comment_id": 0, "actor_id": kari.id, "new": "planning", "due": "2026-11-26", "found": 3}
    of["seat_offer_id"] = contracts.offer(make, invitation, kari).id
    of |= {"invitation_id": invitation.id, "seat_id": seat.id, "report_id": report.id}
    call = make.call().id
    office, other = make.person("Ola", Role.PORTFOLIO_OFFICE), make.challenge(kari)
    merging.ask(make.actor(office), challenge.id, other.id)
    of["merge_id"] = db.session.scalar(select(Merge.id))
    of["offer_id"] = joining.offer(make.actor(office), challenge.id, "Jeg kan hjelpe.")
    suggested = curating.suggest(make.actor(kari), "Fasilitering", "")
    objects = {"suggestion": suggested, "task_due": task.id, "call_report": call, "call_end": call}

    for name, keys in GIVES.items():
        if name != "<lambda>":
            event = SimpleNamespace(object_id=objects.get(name, challenge.id), **of)
            assert getattr(kept, name)(db.session, event).keys() == keys, name


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
@pytest.mark.parametrize("name", sorted(TOLD))
def test_every_way_of_telling_has_its_words(app, locale, name):
    told = TOLD[name]

    with app.test_request_context(), force_locale(locale):
        said = words(name, data_of(told), who="Ola", title="Trygt hjem")

    assert needs(told) <= data_of(told).keys() | KNOWN
    assert said is not None
    assert bool(said.means) == (told.means is not None)
    assert "%(" not in said.says + said.means
    assert "%%" not in said.says + said.means


def test_every_kind_of_event_has_an_entry():
    def all_of(kind):
        for sub in kind.__subclasses__():
            yield sub
            yield from all_of(sub)

    ours = {kind for kind in all_of(Event) if kind.__module__.startswith("teamhub.")}
    happen = {kind for kind in ours if not kind.__subclasses__()}

    assert {kind.__name__ for kind in happen - TABLE.keys()} == set()


def test_every_way_of_telling_has_a_name_of_its_own():
    told = [told.name for follows in TABLE.values() for told in follows.tells]

    assert sorted(told) == sorted(set(told)) == sorted(TOLD)


def test_what_is_told_is_of_things_people_can_open():
    assert {kind.object_type for kind, follows in TABLE.items() if follows.tells} <= THINGS.keys()


def test_what_is_offered_is_known_to_the_rules_and_to_the_template():
    offered = {told.does for told in TOLD.values() if told.does}
    drawn = set(re.findall(r'item\.does == "(\w+)"', TEMPLATE.read_text(encoding="utf-8")))

    assert offered <= DOES.keys() == drawn


def test_what_settles_is_there_to_be_settled():
    """A name that is misspelt, or about something the event does not name, would leave people waiting."""
    for kind, follows in TABLE.items():
        columns = {field.name for field in dataclasses.fields(kind)}
        for settles in follows.settles:
            assert settles.told in TOLD, (kind, settles)
            assert {settles.about, settles.person} - {None} <= columns, (kind, settles)
            teller = next(k for k, f in TABLE.items() if TOLD[settles.told] in f.tells)
            assert teller.object_type == kind.object_type, (kind, settles)
            assert settles.about in {None, TOLD[settles.told].about}, (kind, settles)


def test_everything_that_asks_can_be_settled():
    settled = {settles.told for follows in TABLE.values() for settles in follows.settles}

    assert {told.name for told in TOLD.values() if told.asks} <= settled


def test_reminders_have_their_words_too():
    assert {told.name for reminder in REMINDERS for told in reminder.tells} <= TOLD.keys()


def test_words_for_what_nobody_is_told_any_more_are_left_out():
    assert words("no_longer_told", {}, who=None, title="") is None


def test_what_it_means_is_left_out_when_it_has_no_date():
    assert words("task_given", {"due": None}, who="Ola", title="Ringe").means == ""
    assert (
        words("task_given", {"due": "2026-11-26"}, who="Ola", title="Ringe").means == "Fristen er i morgen."
    )


def test_percent_signs_in_what_people_write_are_left_alone():
    said = words("comment_to_proposer", {"quote": "100 % sant %(who)s"}, who="Ola", title="20 %")

    assert said.means == "«100 % sant %(who)s»"


def test_phases_and_dates_are_said_as_people_say_them():
    assert words("phase_changed", {"phase": "planning"}, who="", title="T").means == "Nå: Planlegge."
    assert words("receipt", {"due": "2026-12-23"}, who="", title="T").means.endswith("innen 23. desember.")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 24), "i går"),
        (date(2026, 11, 25), "i dag"),
        (date(2026, 11, 26), "i morgen"),
        (date(2026, 11, 27), "fredag 27. november"),
        (date(2026, 12, 23), "23. desember"),
        (date(2027, 1, 7), "7. januar 2027"),
    ],
)
def test_a_near_date_is_said_by_its_name(day, said):
    assert wording.near_day(day) == said


def test_every_part_and_every_kind_has_a_name():
    assert names.TABS.keys() == set(Tab)
    assert names.KINDS.keys() == names.EXAMPLES.keys()
