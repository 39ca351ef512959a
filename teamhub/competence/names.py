"""What levels and kinds of assignment are called."""

from __future__ import annotations

from teamhub.competence.states import Assignment, Outcome, WorkLanguage
from teamhub.core.i18n import LazyString, _l

LEVELS: dict[int, LazyString] = {
    1: _l("Kjenner til"),
    2: _l("Kan med støtte"),
    3: _l("Kan selv"),
    4: _l("Kan lære bort"),
}

ASSIGNMENTS: dict[Assignment, LazyString] = {
    Assignment.SEAT: _l("En plass i et oppdragsteam"),
    Assignment.HELP: _l("Korte bidrag, som et verksted eller en test"),
    Assignment.MENTOR: _l("Hjelpe noen som vil lære"),
}

WORK_LANGUAGES: dict[WorkLanguage, LazyString] = {
    WorkLanguage.BOKMAL: _l("Bokmål"),
    WorkLanguage.NYNORSK: _l("Nynorsk"),
    WorkLanguage.ENGLISH: _l("Engelsk"),
    WorkLanguage.NORTHERN_SAMI: _l("Nordsamisk"),
    WorkLanguage.POLISH: _l("Polsk"),
    WorkLanguage.ARABIC: _l("Arabisk"),
    WorkLanguage.SOMALI: _l("Somali"),
    WorkLanguage.TIGRINYA: _l("Tigrinja"),
    WorkLanguage.UKRAINIAN: _l("Ukrainsk"),
    WorkLanguage.SIGN_LANGUAGE: _l("Norsk tegnspråk"),
}

OUTCOMES: dict[Outcome, LazyString] = {
    Outcome.ACCEPTED: _l("Kom med på lista"),
    Outcome.MERGED: _l("Finnes på lista"),
    Outcome.DECLINED: _l("Kommer ikke med nå"),
}
