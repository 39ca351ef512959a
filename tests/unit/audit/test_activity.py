"""The change log in words: a sentence for every kind of event, and no more than asked for."""

import pytest
from flask import get_template_attribute

from teamhub.access.actor import SYSTEM, Role
from teamhub.audit.models import Entry
from teamhub.audit.names import SENTENCES
from teamhub.audit.queries import activity
from teamhub.core.events import Event
from teamhub.people import commands


@pytest.fixture(autouse=True)
def request_of_somebody(app, db):
    with app.test_request_context():
        yield


def leaves(kind):
    """Return the kinds below ``kind`` that happen; the others only gather them."""
    below = [each for each in kind.__subclasses__() if each.__module__.startswith("teamhub.")]
    return {leaf for each in below for leaf in leaves(each)} if below else {kind}


@pytest.fixture
def entry(make, db):
    def add(kind, *, object_type="mission", object_id=1, actor=None, **data):
        db.session.add(
            Entry(kind=kind, object_type=object_type, object_id=object_id, actor_id=actor, data=data)
        )
        db.session.commit()

    return add


def texts(*args):
    return [line.text for line in activity(*args)]


def test_every_kind_of_event_has_a_sentence_and_no_sentence_is_left_over():
    kinds = {kind.__name__ for kind in leaves(Event)}

    assert set(SENTENCES) == kinds


def test_the_latest_comes_first_with_who_and_when(make, entry):
    kari = make.person("Kari Nordmann")
    entry("MissionStarted", actor=kari.id)
    entry("StatusReported", actor=kari.id)

    lines = activity("mission", 1)

    assert [(line.who, line.text) for line in lines] == [
        ("Kari Nordmann", "Kari Nordmann skrev en statusrapport"),
        ("Kari Nordmann", "Kari Nordmann startet oppdraget"),
    ]
    assert lines[0].at >= lines[1].at


def test_what_nobody_did_in_person_was_done_by_teamhub(entry):
    entry("UnitMoved", object_type="unit")

    assert texts("unit", 1) == ["Teamhub endret enhetens navn eller plass"]


def test_only_this_object_is_told_of(entry):
    entry("MissionStarted", object_id=2)
    entry("TaskAdded", object_type="task")

    assert texts("mission", 1) == []


def test_it_costs_one_query_and_shows_no_more_than_asked_for(entry, queries_counted):
    for _ in range(30):
        entry("MissionEdited")

    with queries_counted() as counted:
        shown = activity("mission", 1, 7)

    assert len(shown) == 7
    assert (
        len([said for said in counted if "audit_entry" in said])
        == len([said for said in counted if not said.startswith("BEGIN")])
        == 1
    )


def test_a_no_to_an_invitation_is_not_told(make, entry):
    kari = make.person("Kari Nordmann")
    entry("InvitationAnswered", actor=kari.id, accepted=False, person_id=kari.id)
    entry("InvitationAnswered", actor=kari.id, accepted=True, person_id=kari.id)

    assert len(set(texts("mission", 1))) == 1


def test_a_kind_the_log_kept_from_an_older_teamhub_is_passed_over(entry):
    entry("SomethingThatIsNoMore")

    assert texts("mission", 1) == []


def test_percent_signs_in_names_and_columns_are_only_text(make, entry):
    entry("TaskMoved", object_type="task", actor=make.person("100% Kari").id, old="%(name)s", new="50 %")

    assert texts("task", 1) == ["100% Kari flyttet fra %(name)s til 50 %"]


def test_what_a_command_does_is_told(make):
    kari, unit = make.person("Kari Nordmann"), make.unit()
    admin = make.actor(make.person("Admin Lie", Role.ADMIN))

    commands.give_office(admin, kari.id, kind=Role.DPO, unit_id=unit.id)
    commands.set_active(SYSTEM, kari.id, active=False)

    assert texts("person", kari.id) == ["Teamhub stengte kontoen", "Admin Lie ga et verv"]


def test_the_component_shows_each_line_and_says_when_there_are_none(make, entry):
    entry("MissionStarted", actor=make.person("<b>Kari</b>").id)
    show = get_template_attribute("components/activity.html", "activity")

    shown = str(show(activity("mission", 1)))

    assert "&lt;b&gt;Kari&lt;/b&gt; startet oppdraget" in shown
    assert "<time datetime=" in shown
    assert "Ingenting har skjedd ennå." in str(show([]))
