"""What follows when challenges are merged, and taken apart again. The merge itself is an official step."""

from __future__ import annotations

from teamhub.challenges import events
from teamhub.consequences import clocks, words
from teamhub.consequences import recipients as who
from teamhub.consequences.entry import Follows, Settles, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.consequences.stages import Reminder
from teamhub.core.i18n import _l

MERGING: Table = {
    events.ChallengeMergeAsked: Follows(
        _l("%(name)s spurte om den kan slås sammen med en annen"),
        tells=(
            Told(
                "merge_to_proposers",
                Kind.ASKED,
                who.named("asked"),
                says=_l("Er «%(title)s» og «%(into)s» det samme?"),
                means=_l("Svar innen %(due)s. Sier du ja, lever de videre som én, og ingen tekst går tapt."),
                with_=words.merge_asked,
                asks=True,
                about="merge_id",
            ),
        ),
    ),
    events.ChallengeMergeAnswered: Follows(
        _l("%(name)s svarte om å slå sammen"),
        tells=(
            Told(
                "merge_refused_to_office",
                Kind.MINE,
                who.when(lambda e: not e.agrees, who.named("asked_by")),
                says=_l("%(who)s vil ikke slå sammen «%(title)s»"),
                means=_l("«%(quote)s»"),
                with_=words.merge_answer,
                does="open_desk",
            ),
        ),
        settles=(
            Settles("merge_to_proposers", about="merge_id", person="actor_id"),
            Settles("merge_to_proposers", about="merge_id", when=lambda e: not e.agrees),
            Settles("merge_soon_to_proposers", person="actor_id"),
            Settles("merge_soon_to_proposers", when=lambda e: not e.agrees),
            Settles("merge_late_to_office", when=lambda e: not e.agrees),
        ),
    ),
    events.ChallengeMergeTakenBack: Follows(
        _l("%(name)s lot være å slå sammen"),
        settles=(
            Settles("merge_to_proposers", about="merge_id"),
            Settles("merge_soon_to_proposers"),
            Settles("merge_late_to_office"),
        ),
    ),
    events.PairSetAside: Follows(_l("%(name)s så på to som ligner")),
    events.ChallengeUnmerged: Follows(
        _l("%(name)s skilte den fra den andre igjen"),
        tells=(
            Told(
                "unmerged_to_proposer",
                Kind.MINE,
                who.proposer,
                says=_l("Utfordringen din står for seg selv igjen"),
                means=_l("Den er skilt fra den andre og fortsetter der den var."),
            ),
            Told(
                "unmerged_to_supporters",
                Kind.FOLLOWED,
                who.following,
                says=_l("Nytt om «%(title)s»"),
                means=_l("Den er skilt fra den andre og fortsetter der den var."),
            ),
        ),
        out="challenge",
    ),
}

REMINDERS = (
    Reminder(
        "merge_soon",
        clocks.MERGE,
        -2,
        (
            Told(
                "merge_soon_to_proposers",
                Kind.DEADLINE,
                who.has_not_agreed,
                says=_l("Kan «%(title)s» slås sammen med en annen?"),
                means=_l("Svar innen %(due)s. Sier du ingenting, avgjør porteføljekontoret."),
                with_=words.deadline,
            ),
        ),
    ),
    Reminder(
        "merge_late",
        clocks.MERGE,
        1,
        (
            Told(
                "merge_late_to_office",
                Kind.DEADLINE,
                who.handler_or_office,
                says=_l("Ingen har sagt imot å slå sammen «%(title)s»"),
                means=_l("Fristen var %(due)s. Nå kan dere slå sammen, eller la være."),
                with_=words.deadline,
            ),
        ),
    ),
)
