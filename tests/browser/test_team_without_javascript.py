"""From empty seats to an active team by links and forms alone: proposed, locked, compared, asked, agreed."""

from __future__ import annotations

import pytest

from tests.browser import staffing as cast
from tests.browser.plain import PlainBrowser

pytestmark = pytest.mark.browser


@pytest.fixture
def staffing(live):
    return cast.make_staffing(live)


@pytest.fixture
def as_(live, staffing):
    """Return a plain browser in which somebody is signed in."""

    def browser(email):
        b = PlainBrowser(live.url).open("/login")
        b.press("Logg inn", email=email, password=staffing.password)
        assert "Hovedmeny" in str(b.page), b.text
        return b

    return browser


def team(b, letter="A"):
    """Return the names of a proposed team."""
    why = b.page.select("details.why")["ABC".index(letter)]
    return [name.text for name in why.select(".who__name")]


def propose(b, staffing):
    """Lock one, leave one out, ask again, compare and choose. Return who is in the team."""
    b.open(staffing.team).follow("Foreslå team")
    kept = team(b)[0]
    b.follow(f"Lås {kept}")
    gone = next(name for name in team(b) if name != kept)
    b.follow(f"Utelat {gone}")
    assert kept in team(b)
    assert gone not in team(b)
    b.press("Foreslå på nytt", w_spread="50")
    assert kept in team(b)
    assert gone not in b.page.select_one("#proposed").text.split("Uten " + gone)[1]
    b.follow("Sammenlign A og C")
    assert "A og C side om side" in b.text
    chosen = team(b)
    b.follow("Velg A")
    assert "Teamet er helt, og alt stemmer." in b.text
    return chosen


def test_a_team_from_empty_seats_to_active(live, staffing, as_):
    lead = as_(staffing.lead)
    chosen = propose(lead, staffing)
    lead.press("Spør alle 3", message="Sammen får vi det til.")
    asked = cast.asked(live, staffing)
    assert set(asked) == set(chosen)

    # One declines, and a replacement is proposed.
    no = chosen[0]
    as_(asked[no][0]).open("/my/requests").press(
        f"Si nei med grunn {staffing.title}", reason="Full kalender."
    )
    lead.open(staffing.team)
    assert f"{no} takket nei: «Full kalender.»" in lead.text
    lead.follow("Foreslå team")
    (instead,) = team(lead)
    assert instead not in chosen
    lead.follow("Velg A").press("Spør én")

    # All say yes; the managers agree, but one counters with a smaller share.
    asked = cast.asked(live, staffing)
    assert set(asked) == {*chosen[1:], instead}
    for name, (person, _boss) in asked.items():
        as_(person).open("/my/requests").press(f"Ja, jeg blir med {staffing.title}")
        assert name
    smaller, *others = asked
    as_(asked[smaller][1]).open("/my/requests").follow(f"Foreslå noe annet {smaller}").press(
        "Send forslaget", share="10", reason="Vi er få i vinter."
    )
    for name in others:
        as_(asked[name][1]).open("/my/requests").press(f"Avgi 20 % {name}")
    lead.open(staffing.team).follow("Se forslaget og svar").press("Ja, det passer")

    assert cast.asked(live, staffing) == {}
    assert sorted(cast.states(live, staffing)) == [("released", 10), ("released", 20), ("released", 20)]

    cast.next_morning(live)
    lead.open(staffing.team)
    assert [tag.text.strip() for tag in lead.page.select(".seat .tag--line")] == ["Aktiv"] * 3
    inside = lead.page.select(".span__cells li[data-in]")
    assert len(inside) >= 3
    assert f"{len(inside)} av 8 områder" in lead.text
