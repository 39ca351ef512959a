"""What follows from what happens to challenges."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from teamhub.challenges import deadlines, events
from teamhub.challenges.states import State
from teamhub.consequences import recipients as who
from teamhub.consequences import words
from teamhub.consequences.entry import Follows, Settles, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.core.i18n import LazyString, _l

QUESTION = ("clarification_to_proposer", "clarification_soon_to_proposer", "clarification_late_to_proposer")
OFFER = ("offered_to_line",)
AT_THE_DESK = (
    "new_to_office",
    "clarified_to_office",
    "declined_to_office",
    "answer_soon_to_office",
    "answer_late_to_office",
    "answer_waiting_to_office",
    "answer_overdue_to_board",
    "handed_over",
    "reopened_to_office",
    "clarification_late_to_office",
)
"""What waits for one of several: when somebody has taken it, it waits for nobody."""

IN_LINE = ("line_report_soon_to_line", "line_report_late_to_line", "line_report_overdue_to_office")
MERGE = ("merge_to_proposers", "merge_soon_to_proposers", "merge_late_to_office")
ON_HOLD = ("hold_review_to_board", "candidate_to_board")


def _settled(*names: str, person: str | None = None) -> tuple[Settles, ...]:
    return tuple(Settles(name, person=person) for name in names)


def _step(
    decision: str, says: LazyString, means: LazyString, news: LazyString, **more: Any
) -> tuple[Told, Told]:
    """Tell the proposer of an official step, and ``news`` to those who said that it concerns them too."""

    def is_it(event: events.ChallengeAnswered) -> bool:
        return event.decision == decision

    to_proposer = Told(
        f"{decision}_to_proposer",
        Kind.MINE,
        who.when(is_it, who.proposer),
        says=says,
        means=means,
        with_=words.reason,
    )
    return (
        replace(to_proposer, **more),
        Told(
            f"{decision}_to_supporters",
            Kind.FOLLOWED,
            who.when(is_it, who.following),
            says=_l("Nytt om «%(title)s»"),
            means=news,
            with_=words.reason if decision != State.MERGED else words.merged,
        ),
    )


ANSWERED = (
    *_step(
        "clarification",
        _l("%(who)s har et spørsmål om utfordringen din"),
        _l("«%(quote)s» Svar innen %(due)s, så går klokka videre."),
        _l("Innmelderen er spurt om mer: «%(quote)s»"),
        kind=Kind.ASKED,
        with_=lambda session, event: words.reason(session, event) | words.challenge_due(session, event),
        asks=True,
        does="clarify",
    ),
    *_step(
        "assessing",
        _l("Utfordringen din vurderes nå"),
        _l("Porteføljekontoret ser på hvem den gjelder og hva som kan gjøres."),
        _l("Den vurderes nå."),
    ),
    *_step(
        "candidate",
        _l("Utfordringen din går til porteføljestyret"),
        _l("Styret avgjør om den blir et oppdrag."),
        _l("Den går til porteføljestyret, som avgjør om den blir et oppdrag."),
    ),
    *_step(
        "line",
        _l("En enhet har tatt på seg utfordringen din"),
        _l("Den forteller innen %(due)s hva som er gjort."),
        _l("En enhet har tatt den på seg."),
        with_=words.challenge_due,
    ),
    *_step(
        "mission",
        _l("Utfordringen din er blitt et oppdrag"),
        _l("Et team på tvers skal løse den: «%(quote)s»"),
        _l("Den er blitt et oppdrag. Et team på tvers skal løse den."),
    ),
    *_step(
        "hold",
        _l("Utfordringen din er satt på vent"),
        _l("Grunnen: «%(quote)s»"),
        _l("Den er satt på vent: «%(quote)s»"),
    ),
    *_step(
        "closed",
        _l("Utfordringen din ble ikke prioritert"),
        _l("Grunnen: «%(quote)s»"),
        _l("Den ble ikke prioritert: «%(quote)s»"),
    ),
    *_step("resolved", _l("Utfordringen din er løst"), _l("«%(quote)s»"), _l("Den er løst: «%(quote)s»")),
    *_step(
        "reopened",
        _l("Utfordringen din er åpnet igjen"),
        _l("Den vurderes på nytt: «%(quote)s»"),
        _l("Den er åpnet igjen: «%(quote)s»"),
    ),
    *_step(
        State.MERGED,
        _l("Utfordringen din er slått sammen med en annen"),
        _l("Den lever videre i «%(into)s». Teksten din er med, og du hører hva det blir til."),
        _l("Den lever videre i «%(into)s»."),
        with_=words.merged,
    ),
    Told(
        "reopened_to_office",
        Kind.MINE,
        who.when(lambda e: e.decision == "reopened", who.handler_or_office),
        says=_l("«%(title)s» er åpnet igjen"),
        means=_l("%(who)s skriver: «%(quote)s»"),
        with_=words.reason,
        does="open_desk",
    ),
    Told(
        "offered_to_line",
        Kind.ASKED,
        who.when(lambda e: e.decision == "offered", who.line_leaders),
        says=_l("Kan enheten din løse «%(title)s»?"),
        means=_l("%(who)s spør: «%(quote)s» Sier du ja, forteller enheten innen %(due)s hva som er gjort."),
        with_=lambda session, event: (
            words.reason(session, event) | {"due": deadlines.report_by().isoformat()}
        ),
        asks=True,
        does="answer_line",
    ),
    Told(
        "declined_to_office",
        Kind.MINE,
        who.when(lambda e: e.decision == "declined", who.office),
        says=_l("Enheten kan ikke løse «%(title)s»"),
        means=_l("%(who)s skriver: «%(quote)s» Den ligger hos dere igjen."),
        with_=words.reason,
        does="open_desk",
    ),
    Told(
        "candidate_to_board",
        Kind.MINE,
        who.when(lambda e: e.decision == "candidate", who.board),
        says=_l("Ny kandidat: «%(title)s»"),
        means=_l("Porteføljestyret avgjør om den blir et oppdrag."),
    ),
)

CHALLENGES: Table = {
    events.ChallengeSubmitted: Follows(
        _l("%(name)s meldte inn utfordringen"),
        tells=(
            Told(
                "written_for_proposer",
                Kind.MINE,
                who.when(lambda e: e.for_another, who.proposer),
                says=_l("%(who)s har meldt inn «%(title)s» for deg"),
                means=_l("Du får svar innen %(due)s. Er det ikke riktig, kan du trekke den."),
                with_=words.challenge_due,
            ),
            Told(
                "receipt",
                Kind.MINE,
                who.proposer,
                says=_l("Vi har fått «%(title)s»"),
                means=_l("Porteføljekontoret svarer innen %(due)s."),
                with_=words.challenge_due,
                actor_too=True,
            ),
            Told(
                "new_to_office",
                Kind.MINE,
                who.office,
                says=_l("Ny utfordring: «%(title)s»"),
                means=_l("%(who)s skal ha svar innen %(due)s."),
                with_=words.challenge_due,
                does="open_desk",
            ),
        ),
        out="challenge",
    ),
    events.ChallengeClarified: Follows(
        _l("%(name)s svarte på spørsmålet"),
        tells=(
            Told(
                "clarified_to_office",
                Kind.MINE,
                who.office,
                says=_l("%(who)s har svart om «%(title)s»"),
                means=_l("Klokka går igjen. Svaret har frist %(due)s."),
                with_=words.challenge_due,
                does="open_desk",
            ),
        ),
        settles=_settled(*QUESTION, "clarification_late_to_office"),
    ),
    events.ChallengeWithdrawn: Follows(
        _l("%(name)s trakk utfordringen"),
        tells=(
            Told(
                "withdrawn_to_supporters",
                Kind.FOLLOWED,
                who.following,
                says=_l("«%(title)s» er trukket"),
                means=_l("Gjelder det fortsatt hos dere? Da kan du melde det inn selv."),
            ),
        ),
        settles=_settled(*QUESTION, *OFFER, *AT_THE_DESK),
    ),
    events.ChallengeFileAdded: Follows(_l("%(name)s la ved en fil")),
    events.ChallengeFileRemoved: Follows(_l("%(name)s tok bort et vedlegg")),
    events.ChallengeAnswered: Follows(
        _l("%(name)s avgjorde hva som skjer videre"),
        tells=ANSWERED,
        settles=(
            *_settled(*QUESTION, *OFFER, *AT_THE_DESK, *IN_LINE, *ON_HOLD),
            *(Settles(name, when=lambda e: e.decision == State.MERGED) for name in MERGE),
        ),
        out="challenge",
    ),
}
