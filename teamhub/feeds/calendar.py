"""A person's dates as iCalendar, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, Event

from teamhub.core.i18n import _
from teamhub.core.links import host, link
from teamhub.core.text import printable
from teamhub.feeds.dates import Deadline

ASK_AGAIN = "PT1H"


def written(deadlines: Iterable[Deadline]) -> bytes:
    """Return a calendar with an all-day entry for each date, which leaves its reader free that day."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Teamhub//{host()}//NO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, _("Frister i Teamhub"))
    calendar.add("x-wr-timezone", "Europe/Oslo")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASK_AGAIN)
    for deadline in deadlines:
        calendar.add_component(_event(deadline))
    return bytes(calendar.to_ical())


def _event(deadline: Deadline) -> Event:
    """Write one date. The link is in the text too: not every calendar shows an entry's address."""
    address = link(deadline.endpoint, **deadline.args)
    event = Event()
    event.add("uid", f"{deadline.uid}@{host()}")
    event.add("dtstamp", deadline.changed_at)
    event.add("last-modified", deadline.changed_at)
    event.add("dtstart", deadline.on)
    event.add("dtend", deadline.on + timedelta(days=1))
    event.add("summary", " ".join(printable(deadline.summary).split()))
    event.add("description", "\n".join(filter(None, [printable(deadline.what), address])))
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    return event
