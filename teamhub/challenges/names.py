"""What states, decisions and themes are called, and how a challenge's clock is read."""

from __future__ import annotations

from datetime import date

from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.core.i18n import LazyString, _, _l, _n, day
from teamhub.core.workdays import workdays_between

STATES: dict[State, LazyString] = {
    State.DRAFT: _l("Kladd"),
    State.SUBMITTED: _l("Innmeldt"),
    State.CLARIFICATION: _l("Til avklaring"),
    State.ASSESSING: _l("Vurderes"),
    State.CANDIDATE: _l("Kandidat"),
    State.LINE: _l("Løses i linja"),
    State.MISSION: _l("Blir oppdrag"),
    State.MERGED: _l("Slått sammen"),
    State.HOLD: _l("På vent"),
    State.CLOSED: _l("Ikke prioritert"),
    State.RESOLVED: _l("Løst"),
    State.WITHDRAWN: _l("Trukket"),
}

TEXTS: dict[str, LazyString] = {
    "title": _l("Overskrift"),
    "situation": _l("Hva skjer i dag"),
    "affected": _l("Går ut over"),
    "evidence": _l("Hvordan vi vet det"),
    "suggestion": _l("Forslag fra innmelderen"),
}
"""The parts of a challenge's text, as its page calls them."""

MARKS: dict[State, str] = {
    State.DRAFT: "draft",
    State.SUBMITTED: "new",
    State.CLARIFICATION: "ask",
    State.ASSESSING: "assess",
    State.CANDIDATE: "cand",
    State.LINE: "line",
    State.MISSION: "mission",
    State.MERGED: "merged",
    State.HOLD: "wait",
    State.CLOSED: "ended",
    State.RESOLVED: "done",
    State.WITHDRAWN: "ended",
}
"""The ring in static/marks.svg that goes with each state."""

DECISIONS: dict[State, LazyString] = {
    State.CLARIFICATION: _l("Spør innmelderen om noe"),
    State.ASSESSING: _l("Ta den til vurdering"),
    State.LINE: _l("Be en enhet løse den"),
    State.CANDIDATE: _l("Gjør den til kandidat for styret"),
    State.HOLD: _l("Sett på vent"),
    State.CLOSED: _l("Ikke prioriter"),
    State.RESOLVED: _l("Meld at den er løst"),
}
"""What the office or the board can decide, as the choice is put to them."""

ANSWERED: dict[str, LazyString] = {
    "clarification": _l("Spørsmål til innmelderen"),
    "assessing": _l("Tatt til vurdering"),
    "line": _l("Løses i linja"),
    "offered": _l("Spurt en enhet om å løse den"),
    "declined": _l("Enheten kan ikke løse den"),
    "reopened": _l("Åpnet igjen med nye opplysninger"),
    "candidate": _l("Kandidat for porteføljestyret"),
    "merged": _l("Slått sammen med en annen"),
    "mission": _l("Blir oppdrag"),
    "hold": _l("På vent"),
    "closed": _l("Ikke prioritert"),
    "resolved": _l("Løst"),
}
"""The official steps, as they are read afterwards."""

THEMES: dict[str, LazyString] = {
    "arbeid": _l("Arbeid"),
    "bygg-og-eiendom": _l("Bygg og eiendom"),
    "demokrati-og-innbyggerrettigheter": _l("Demokrati og innbyggerrettigheter"),
    "familie-og-barn": _l("Familie og barn"),
    "helse-og-omsorg": _l("Helse og omsorg"),
    "kultur-idrett-og-fritid": _l("Kultur, idrett og fritid"),
    "lov-og-rett": _l("Lov og rett"),
    "natur-klima-og-miljo": _l("Natur, klima og miljø"),
    "naring": _l("Næring"),
    "samfunnssikkerhet-og-beredskap": _l("Samfunnssikkerhet og beredskap"),
    "skatt-og-avgift": _l("Skatt og avgift"),
    "skole-og-utdanning": _l("Skole og utdanning"),
    "sosiale-tjenester": _l("Sosiale tjenester"),
    "trafikk-og-transport": _l("Trafikk og transport"),
}
"""The top themes of LOS, the public sector's common vocabulary, by the last part of their address."""


def clock_words(state: str, due_on: date | None) -> tuple[str, str] | None:
    """Return what a challenge's clock says and how near it is (ok, soon, over); None without a clock.

    What is left, and how late it is, is told in working days, as the clock counts them.
    """
    if state == State.CANDIDATE:
        return _("Til porteføljestyret"), "ok"
    if due_on is None or state not in _CLOCKS:
        return None
    days = workdays_between(clock.today(), due_on)
    if due_on < clock.today():
        late = _n("%(num)d arbeidsdag over frist", "%(num)d arbeidsdager over frist", -days)
        return (late if days else _("Fristen var %(day)s", day=day(due_on))), "over"
    by = str(_CLOCKS[State(state)]) % {"day": day(due_on)}
    if days > SOON_DAYS:
        return by, "ok"
    left = _n("%(num)d arbeidsdag igjen", "%(num)d arbeidsdager igjen", days) if days else _("siste frist")
    return f"{by} ({left})", "soon"


SOON_DAYS = 5
"""Working days left when a date begins to be near."""

_CLOCKS: dict[State, LazyString] = {
    State.SUBMITTED: _l("Svar innen %(day)s"),
    State.CLARIFICATION: _l("Venter på innmelderen til %(day)s"),
    State.ASSESSING: _l("Svar innen %(day)s"),
    State.LINE: _l("Rapport innen %(day)s"),
    State.HOLD: _l("Vurderes på nytt %(day)s"),
}
