"""What follows from what happens to challenges."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from teamhub.challenges import deadlines, events
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
ON_HOLD = ("hold_review_to_board", "candidate_to_board")


def _settled(*names: str, person: str | None = None) -> tuple[Settles, ...]:
    return tuple(Settles(name, person=person) for name in names)


def _step(decision: str, says: LazyString, means: LazyString, **more: Any) -> tuple[Told, Told]:
    """Tell the proposer of an official step, and those who said that it concerns them too."""

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
            who.when(is_it, who.all_of(who.supporters, who.discussing)),
            says=_l("Nytt om «%(title)s»"),
            means=says,
            with_=words.reason,
        ),
    )


ANSWERED = (
    *_step(
        "clarification",
        _l("%(who)s har et spørsmål om utfordringen din"),
        _l("«%(quote)s» Svar innen %(due)s, så går klokka videre."),
        kind=Kind.ASKED,
        with_=lambda session, event: words.reason(session, event) | words.challenge_due(session, event),
        asks=True,
        does="clarify",
    ),
    *_step(
        "assessing",
        _l("Utfordringen din vurderes nå"),
        _l("Porteføljekontoret ser på hvem den gjelder og hva som kan gjøres."),
    ),
    *_step(
        "candidate",
        _l("Utfordringen din går til porteføljestyret"),
        _l("Styret avgjør om den blir et oppdrag."),
    ),
    *_step(
        "line",
        _l("En enhet har tatt på seg utfordringen din"),
        _l("Den forteller innen %(due)s hva som er gjort."),
        with_=words.challenge_due,
    ),
    *_step(
        "mission",
        _l("Utfordringen din er blitt et oppdrag"),
        _l("Et team på tvers skal løse den: «%(quote)s»"),
    ),
    *_step("hold", _l("Utfordringen din er satt på vent"), _l("Grunnen: «%(quote)s»")),
    *_step("closed", _l("Utfordringen din ble ikke prioritert"), _l("Grunnen: «%(quote)s»")),
    *_step("resolved", _l("Utfordringen din er løst"), _l("«%(quote)s»")),
    *_step("reopened", _l("Utfordringen din er åpnet igjen"), _l("Den vurderes på nytt: «%(quote)s»")),
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
    events.ChallengeEdited: Follows(
        _l("%(name)s endret teksten"),
        tells=(
            Told(
                "edited_to_supporters",
                Kind.FOLLOWED,
                who.supporters,
                says=_l("Teksten i «%(title)s» er endret"),
                means=_l("Se om den fortsatt gjelder dere."),
            ),
        ),
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
                who.all_of(who.supporters, who.discussing),
                says=_l("«%(title)s» er trukket"),
                means=_l("Gjelder det fortsatt hos dere? Da kan du melde det inn selv."),
            ),
        ),
        settles=_settled(*QUESTION, *OFFER, *AT_THE_DESK),
    ),
    events.ChallengeSupported: Follows(
        _l("%(name)s sa at det gjelder dem også"),
        tells=(
            Told(
                "supported_to_proposer",
                Kind.MINE,
                who.proposer,
                says=_l("%(who)s har også opplevd det du meldte inn"),
                means=_l("«%(quote)s»"),
                with_=words.experience,
            ),
        ),
    ),
    events.SupportWithdrawn: Follows(_l("%(name)s sa at det ikke gjelder dem likevel")),
    events.ChallengeCommented: Follows(
        _l("%(name)s skrev i samtalen"),
        tells=(
            Told(
                "mentioned_in_challenge",
                Kind.MENTION,
                who.named("mentioned"),
                says=_l("%(who)s nevnte deg"),
                means=_l("«%(quote)s»"),
                with_=words.comment,
                does="comment",
            ),
            Told(
                "comment_to_proposer",
                Kind.MINE,
                who.proposer,
                says=_l("%(who)s skrev om utfordringen din"),
                means=_l("«%(quote)s»"),
                with_=words.comment,
                does="comment",
            ),
            Told(
                "comment_to_followers",
                Kind.FOLLOWED,
                who.all_of(who.supporters, who.discussing),
                says=_l("%(who)s skrev om «%(title)s»"),
                means=_l("«%(quote)s»"),
                with_=words.comment,
            ),
        ),
        settles=_settled("mentioned_in_challenge", "comment_to_proposer", person="actor_id"),
    ),
    events.ChallengeFileAdded: Follows(_l("%(name)s la ved en fil")),
    events.ChallengeFileRemoved: Follows(_l("%(name)s tok bort et vedlegg")),
    events.ChallengeAnswered: Follows(
        _l("%(name)s avgjorde hva som skjer videre"),
        tells=ANSWERED,
        settles=_settled(*QUESTION, *OFFER, *AT_THE_DESK, *IN_LINE, *ON_HOLD),
        out="challenge",
    ),
}
