"""What kinds, channels and paces are called, and what they mean in a sentence."""

from __future__ import annotations

from teamhub.consequences.kinds import Channel, Kind, Pace
from teamhub.core.i18n import LazyString, _l
from teamhub.notifications.states import Tab

KINDS: dict[Kind, LazyString] = {
    Kind.ASKED: _l("Noen spør meg om noe"),
    Kind.DEADLINE: _l("En frist nærmer seg eller er over"),
    Kind.MENTION: _l("Noen nevner meg"),
    Kind.MINE: _l("Nytt om det jeg har ansvar for"),
    Kind.FOLLOWED: _l("Nytt i det jeg følger"),
}

EXAMPLES: dict[Kind, LazyString] = {
    Kind.ASKED: _l("En plass i et team, tiden til en du leder, et spørsmål om utfordringen din."),
    Kind.DEADLINE: _l("En oppgave du har, et svar du skylder, en statusrapport."),
    Kind.MENTION: _l("Noen skriver @ og navnet ditt i en samtale."),
    Kind.MINE: _l("Det du har meldt inn, oppdrag du leder, oppgaver du får."),
    Kind.FOLLOWED: _l("Det du har støttet eller skrevet om, søk du har lagret, og oppdrag du er med i."),
}

CHANNELS: dict[Channel, LazyString] = {
    Channel.APP: _l("I innboksen"),
    Channel.MAIL: _l("På e-post"),
}

PACES: dict[Pace, LazyString] = {
    Pace.NOW: _l("Med en gang"),
    Pace.DAILY: _l("Hver dag"),
    Pace.WEEKLY: _l("Hver uke"),
    Pace.NEVER: _l("Aldri"),
}

TABS: dict[Tab, LazyString] = {
    Tab.ALL: _l("Alt"),
    Tab.ASKED: _l("Må svares på"),
    Tab.MENTIONED: _l("Nevnt"),
    Tab.FOLLOWED: _l("Det jeg følger"),
}

NUMBERS: tuple[LazyString, ...] = (
    _l("Null"),
    _l("Én"),
    _l("To"),
    _l("Tre"),
    _l("Fire"),
    _l("Fem"),
    _l("Seks"),
    _l("Sju"),
    _l("Åtte"),
    _l("Ni"),
    _l("Ti"),
    _l("Elleve"),
    _l("Tolv"),
)
"""Small numbers at the beginning of a sentence; larger ones are written with digits."""


def spelled(number: int) -> str:
    """Return a number as a sentence begins with it: «Tre», but «14»."""
    return str(NUMBERS[number]) if number < len(NUMBERS) else str(number)
