"""Why a mission needs attention: each reason in words, the worst first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from teamhub.missions.queries import Report
from teamhub.missions.states import AXES, DAYS_UNTIL_SILENT, Phase, Status
from teamhub.portfolio.queries import SETTLING_DAYS, Overview, concerns

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app):
    with time_machine.travel(NOW, tick=False), app.test_request_context():
        yield


def report(*, days_ago=1, **lights):
    axes = dict.fromkeys(AXES, "green") | lights
    return Report(1, NOW - timedelta(days=days_ago), *axes.values(), "Slik går det.")


FINE = Overview(
    id=1,
    title="Trygt hjem",
    phase=Phase.EXECUTION,
    status=Status.ACTIVE,
    starts_on=None,
    ends_on=TODAY + timedelta(days=30),
    created_on=TODAY - timedelta(days=90),
    lead_id=1,
    lead="Håkon Åsheim",
    has_lead=True,
    owner_id=2,
    owner="Solveig Dahl",
    areas=frozenset({1, 2}),
    open_seats=0,
    report=report(),
)


def kinds(**changes):
    return [concern.kind for concern in concerns(replace(FINE, **changes))]


def test_a_mission_where_all_is_well_needs_nothing():
    assert kinds() == []


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"report": report(risk="yellow")}, "yellow"),
        ({"report": report(risk="yellow", economy="red")}, "red"),
        ({"has_lead": False}, "leaderless"),
        ({"ends_on": TODAY - timedelta(days=1)}, "late"),
        ({"areas": frozenset({1})}, "narrow"),
        ({"areas": frozenset()}, "narrow"),
    ],
)
def test_one_thing_wrong_is_one_concern(changes, kind):
    assert kinds(**changes) == [kind]


@pytest.mark.parametrize(("days_ago", "kind"), [(DAYS_UNTIL_SILENT, []), (DAYS_UNTIL_SILENT + 1, ["silent"])])
def test_silence_is_counted_from_the_last_report_or_else_from_the_start(days_ago, kind):
    assert kinds(report=report(days_ago=days_ago)) == kind
    assert kinds(report=None, created_on=TODAY - timedelta(days=days_ago)) == kind


def test_the_last_day_is_not_late_and_no_date_never_is():
    assert kinds(ends_on=TODAY) == kinds(ends_on=None) == []


def test_a_new_mission_has_time_to_find_people_from_another_area():
    new, settled = (TODAY - timedelta(days=days) for days in (SETTLING_DAYS - 1, SETTLING_DAYS))

    assert kinds(areas=frozenset({1}), created_on=new) == []
    assert kinds(areas=frozenset({1}), created_on=settled) == ["narrow"]


@pytest.mark.parametrize("status", [Status.HOLD, Status.STOPPED, Status.COMPLETED])
def test_a_mission_that_rests_or_is_over_needs_nothing(status):
    assert kinds(status=status, has_lead=False, report=report(risk="red"), ends_on=date(2020, 1, 1)) == []


def test_the_worst_comes_first():
    everything = {
        "report": report(days_ago=60, quality="red"),
        "has_lead": False,
        "ends_on": date(2026, 1, 1),
        "areas": frozenset({1}),
    }

    assert kinds(**everything) == ["red", "leaderless", "late", "silent", "narrow"]


def test_each_concern_says_in_words_what_and_why():
    said = concerns(
        replace(
            FINE,
            has_lead=False,
            ends_on=date(2026, 11, 1),
            report=report(days_ago=40, risk="red", staffing="red"),
        )
    )

    assert [(concern.what, concern.why) for concern in said] == [
        ("Risiko, Bemanning og forankring", "Slik går det."),
        ("Uten leder", "Kontoen til Håkon Åsheim er stengt. Eieren må velge en ny leder."),
        ("Over sluttdato", "Skulle vært ferdig 1. november."),
        ("Stille siden 14. okt.", "Ingen rapport på 40 dager."),
    ]
