"""What changed, before and after, told once for all who edit something."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from teamhub.audit.models import Entry
from teamhub.challenges import commands as challenges
from teamhub.challenges.commands import Proposal
from teamhub.challenges.states import State
from teamhub.core.changes import changed
from teamhub.missions import commands as missions
from teamhub.missions import staffing
from teamhub.missions.commands import Charter
from teamhub.missions.states import Phase, Status
from teamhub.missions.wanted import Need
from teamhub.people import commands as people
from teamhub.tasks import columns
from teamhub.tasks import commands as tasks
from teamhub.tasks.commands import Written


class Light(StrEnum):
    RED = "red"


@pytest.fixture
def thing():
    return SimpleNamespace(title="Gammel", due_on=date(2026, 1, 2), light=None)


@pytest.fixture
def told(db):
    """Return what the only line of a kind in the change log holds."""

    def of(kind):
        return db.session.scalars(select(Entry).where(Entry.kind == kind)).one().data

    return of


@pytest.fixture
def lead(make):
    return make.person("Marit Sæther")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead, title="Trygt hjem")


def test_what_is_new_is_set_and_told_with_what_stood_there(thing):
    changes = changed(thing, {"title": "Ny", "due_on": date(2026, 3, 4), "light": Light.RED})

    assert changes == {
        "title": ["Gammel", "Ny"],
        "due_on": ["2026-01-02", "2026-03-04"],
        "light": [None, "red"],
    }
    assert (thing.title, thing.due_on, thing.light) == ("Ny", date(2026, 3, 4), Light.RED)
    assert type(changes["light"][1]) is str


def test_what_is_the_same_is_not_told(thing):
    assert changed(thing, {"title": "Gammel", "due_on": date(2026, 1, 2)}) == {}


def test_a_task(make, lead, mission, told):
    task = make.task(mission, "Gammel")

    tasks.edit(make.actor(lead), task.id, Written(title="Ny"), version=task.version)

    assert told("TaskChanged")["changes"] == {"title": ["Gammel", "Ny"]}


def test_a_column(make, lead, mission, told):
    column = make.columns(mission)[0]

    columns.change_column(make.actor(lead), column.id, name="Venter", wip_limit=3, version=column.version)

    assert told("ColumnChanged")["changes"] == {"name": ["Skal gjøres", "Venter"], "wip_limit": [None, 3]}


def test_a_mission(make, lead, mission, told):
    same = {name: getattr(mission, name) for name in Charter.__dataclass_fields__}
    charter = Charter(**same | {"title": "Nytt navn"})

    missions.edit(
        make.actor(lead),
        mission.id,
        charter,
        phase=Phase.PLANNING,
        status=Status(mission.status),
        version=mission.version,
    )

    assert told("MissionEdited")["changes"] == {
        "title": ["Trygt hjem", "Nytt navn"],
        "phase": ["concept", "planning"],
    }


def test_a_seat_and_leaving_it(make, lead, mission, told, db):
    seat, held = make.seat(mission, share=20), make.seat(mission, make.person())
    need = Need("Fagperson", None, None, 40, seat.starts_on, seat.ends_on)

    staffing.edit_seat(make.actor(lead), seat.id, need, version=seat.version)
    assert told("SeatChanged")["changes"] == {"share": [20, 40]}

    person_id = held.person_id
    staffing.withdraw(make.actor(lead), held.id)
    latest = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert latest.data["changes"] == {"person_id": [person_id, None]}


def test_a_challenge_but_not_a_draft(make, db, told):
    kari = make.person()
    asked = make.challenge(kari, state=State.CLARIFICATION, title="Lang kø")
    draft = make.challenge(kari, state=State.DRAFT, title="Kladd")
    written = {"situation": "Folk står og venter.", "affected": "Innbyggere", "theme": "helse-og-omsorg"}
    written |= {"evidence": "Jeg har sett det selv"}

    for challenge in (asked, draft):
        proposal = Proposal(title="Lengre kø", **written)
        challenges.edit(make.actor(kari), challenge.id, proposal, version=challenge.version)

    assert told("ChallengeEdited")["changes"] == {"title": ["Lang kø", "Lengre kø"]}
    assert "Kladd" not in str([entry.data for entry in db.session.scalars(select(Entry))])


def test_own_settings_tell_that_they_changed_not_to_what(make, told, db):
    kari = make.person()

    people.change_settings(make.actor(kari), locale="nn", color_scheme="dark")
    people.change_settings(make.actor(kari), locale="nn", color_scheme="dark")

    assert told("SettingsChanged") == {}


def test_saving_without_a_change_tells_nothing(make, lead, mission, db):
    column = make.columns(mission)[0]

    columns.change_column(
        make.actor(lead), column.id, name=column.name, wip_limit=None, version=column.version
    )

    assert db.session.scalars(select(Entry)).all() == []
