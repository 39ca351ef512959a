"""An inbox in short: the sentence on top, the days its groups come under, and when, as one says it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from babel.dates import format_date

from teamhub.core import clock
from teamhub.core.i18n import _, _n, formats, short_day
from teamhub.notifications.inbox import Group
from teamhub.notifications.names import spelled
from teamhub.notifications.queries import Standing
from teamhub.notifications.states import Tab
from teamhub.notifications.wording import near_day

LATELY = timedelta(days=6)


def lead(standing: Standing) -> str:
    """Return what waits, in a sentence or two."""
    return f"{_news(standing.unread[Tab.ALL])} {_owed(standing)}".strip()


def _news(unread: int) -> str:
    if not unread:
        return _("Ingenting nytt.")
    return _n("Ett nytt varsel.", "%(number)s nye varsler.", unread, number=spelled(unread))


def _owed(standing: Standing) -> str:
    owed, nearest = standing.owed, standing.nearest
    if not owed:
        return ""
    number = spelled(owed)
    if nearest is None:
        return _n(
            "%(number)s venter på svar fra deg.", "%(number)s venter på svar fra deg.", owed, number=number
        )
    day = near_day(nearest)
    if nearest < clock.today():
        return _n(
            "Én venter på svar fra deg. Fristen var %(day)s.",
            "%(number)s venter på svar fra deg. Den eldste fristen var %(day)s.",
            owed,
            number=number,
            day=day,
        )
    return _n(
        "Én venter på svar fra deg innen %(day)s.",
        "%(number)s venter på svar fra deg, den første innen %(day)s.",
        owed,
        number=number,
        day=day,
    )


def sections(groups: Sequence[Group]) -> list[tuple[str, list[Group]]]:
    """Return the groups, the latest first, under the days they came."""
    found = groupby(groups, key=lambda group: _section(group.shown_at))
    return [(title, list(each)) for title, each in found]


def _section(moment: datetime) -> str:
    today, then = clock.today(), clock.local(moment).date()
    monday = today - timedelta(days=today.weekday())
    if then >= today:
        return _("I dag")
    if then >= monday:
        return _("Tidligere denne uka")
    return _("Forrige uke") if then >= monday - timedelta(days=7) else _("Eldre")


def when(moment: datetime) -> str:
    """Return when something happened, shortly: «08:40», «fredag», «3. nov.»."""
    there = clock.local(moment)
    if there.date() == clock.today():
        return there.strftime("%H:%M")
    if clock.today() - there.date() <= LATELY:
        return str(format_date(there, "EEEE", locale=formats()))
    return short_day(moment)
