"""What the feeds are called, and what each is good for."""

from __future__ import annotations

from teamhub.core.i18n import LazyString, _l
from teamhub.feeds.states import Feed

FEEDS: dict[Feed, LazyString] = {
    Feed.CALENDAR: _l("Fristene mine i kalenderen"),
    Feed.CHALLENGES: _l("Nytt om utfordringer"),
    Feed.MISSIONS: _l("Nytt om oppdrag"),
}

GOOD_FOR: dict[Feed, LazyString] = {
    Feed.CALENDAR: _l(
        "Oppgavene dine, svar du skylder noen, og start og slutt på oppdragene dine, "
        "i Outlook eller på telefonen."
    ),
    Feed.CHALLENGES: _l(
        "Nye utfordringer og svar på dem, i Outlook eller et annet program for nyhetsstrømmer."
    ),
    Feed.MISSIONS: _l(
        "Nye oppdrag og siste statusrapport, i Outlook eller et annet program for nyhetsstrømmer."
    ),
}

NEW_ADDRESS: dict[Feed, LazyString] = {
    Feed.CALENDAR: _l("Ny adresse til kalenderen"),
    Feed.CHALLENGES: _l("Ny adresse til nytt om utfordringer"),
    Feed.MISSIONS: _l("Ny adresse til nytt om oppdrag"),
}
