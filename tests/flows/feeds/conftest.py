"""What the tests of feeds share: an address somebody has made, and a program that knows nothing but it."""

from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from teamhub.feeds import commands
from teamhub.feeds.states import Feed

FILES = {
    Feed.CALENDAR: "calendar.ics",
    Feed.CHALLENGES: "challenges.atom",
    Feed.MISSIONS: "missions.atom",
}
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def key_of(make):
    """Make a person's key to a feed, as the settings page does."""

    def made(person, feed=Feed.CALENDAR, *, replaces=""):
        return commands.make_address(make.actor(person), feed, replaces=replaces)

    return made


@pytest.fixture
def fetch(app, db):
    """Ask for a feed with a key and nothing else, as Outlook does."""

    def get(key, feed=Feed.CALENDAR, **more):
        return app.test_client().get(f"/feeds/{key}/{FILES[feed]}", **more)

    return get


@pytest.fixture
def calendar_of(key_of, fetch):
    """Return what stands in a person's calendar, by uid."""

    def read(person):
        events = Calendar.from_ical(fetch(key_of(person)).data).walk("VEVENT")
        return {str(event["uid"]).partition("@")[0]: event for event in events}

    return read


@pytest.fixture
def news_of(key_of, fetch):
    """Return what stands in a person's news, newest first, as (title, summary, link)."""

    def read(person, feed=Feed.CHALLENGES):
        root = ET.fromstring(fetch(key_of(person, feed), feed).data)  # noqa: S314 - we wrote it ourselves
        return [
            (
                entry.findtext(f"{ATOM}title"),
                entry.findtext(f"{ATOM}summary"),
                entry.find(f"{ATOM}link").get("href"),
            )
            for entry in root.iter(f"{ATOM}entry")
        ]

    return read
