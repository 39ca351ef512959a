"""Digests on weekday mornings, quiet hours over midnight and weekends, and what is put off."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from teamhub.consequences.kinds import Pace
from teamhub.core import clock
from teamhub.notifications.paces import Quiet, after_quiet, next_digest, wakes
from teamhub.notifications.states import Until


def oslo(text):
    return datetime.fromisoformat(text).replace(tzinfo=clock.OSLO).astimezone(UTC)


@pytest.mark.parametrize(
    ("pace", "now", "comes"),
    [
        (Pace.DAILY, "2026-11-25 07:59", "2026-11-25 08:00"),
        (Pace.DAILY, "2026-11-25 08:00", "2026-11-26 08:00"),
        (Pace.DAILY, "2026-11-27 09:00", "2026-11-30 08:00"),
        (Pace.DAILY, "2026-11-29 12:00", "2026-11-30 08:00"),
        (Pace.WEEKLY, "2026-11-30 07:00", "2026-11-30 08:00"),
        (Pace.WEEKLY, "2026-11-30 08:00", "2026-12-07 08:00"),
        (Pace.WEEKLY, "2026-11-25 12:00", "2026-11-30 08:00"),
        # The clock is set in the night of the last Sunday of March and October: eight is still eight.
        (Pace.DAILY, "2027-03-27 12:00", "2027-03-29 08:00"),
        (Pace.DAILY, "2026-10-24 12:00", "2026-10-26 08:00"),
    ],
)
def test_the_next_digest_is_at_eight_on_a_weekday(pace, now, comes):
    assert next_digest(pace, oslo(now)) == oslo(comes)


@pytest.mark.parametrize(
    ("quiet", "now", "goes"),
    [
        (Quiet(), "2026-11-25 03:00", "2026-11-25 03:00"),
        (Quiet(22, 7), "2026-11-25 23:30", "2026-11-26 07:00"),
        (Quiet(22, 7), "2026-11-25 06:59", "2026-11-25 07:00"),
        (Quiet(22, 7), "2026-11-25 07:00", "2026-11-25 07:00"),
        (Quiet(22, 7), "2026-11-25 21:59", "2026-11-25 21:59"),
        (Quiet(12, 13), "2026-11-25 12:10", "2026-11-25 13:00"),
        (Quiet(weekends=True), "2026-11-28 00:00", "2026-11-30 00:00"),
        (Quiet(22, 7, weekends=True), "2026-11-27 23:00", "2026-11-30 07:00"),
        (Quiet(5, 5), "2026-11-25 05:30", "2026-11-25 05:30"),
        # The night with a hour more, and the one with an hour less.
        (Quiet(22, 7), "2026-10-24 23:00", "2026-10-25 07:00"),
        (Quiet(22, 7), "2027-03-27 23:00", "2027-03-28 07:00"),
    ],
)
def test_mail_waits_for_the_quiet_hours_to_end(quiet, now, goes):
    assert after_quiet(oslo(now), quiet) == oslo(goes)


@pytest.mark.parametrize(
    ("until", "now", "comes"),
    [
        (Until.TOMORROW, "2026-11-25 12:00", "2026-11-26 08:00"),
        (Until.MONDAY, "2026-11-25 12:00", "2026-11-30 08:00"),
        (Until.MONDAY, "2026-11-30 07:00", "2026-12-07 08:00"),
        (Until.WEEK, "2026-11-25 12:00", "2026-12-02 08:00"),
    ],
)
def test_what_is_put_off_comes_back_in_the_morning(until, now, comes):
    assert wakes(until, oslo(now)) == oslo(comes)
