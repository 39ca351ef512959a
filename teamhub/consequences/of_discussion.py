"""What follows from what colleagues say about a challenge: support, comments, offers, changes of the text."""

from __future__ import annotations

from teamhub.challenges import events
from teamhub.consequences import recipients as who
from teamhub.consequences import words
from teamhub.consequences.entry import Follows, Settles, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.core.i18n import _l

HEARD = ("mentioned_in_challenge", "mentioned_in_changed_comment", "comment_to_proposer")

DISCUSSION: Table = {
    events.ChallengeEdited: Follows(
        _l("%(name)s endret teksten"),
        tells=(
            Told(
                "edited_to_assessors",
                Kind.MINE,
                who.assessors,
                says=_l("Utfordringen er endret: «%(title)s»"),
                means=_l("Du er spurt om en vurdering av den. Se hva som er nytt."),
            ),
            Told(
                "edited_to_supporters",
                Kind.FOLLOWED,
                who.all_of(who.following, who.handler),
                says=_l("Utfordringen er endret: «%(title)s»"),
                means=_l("Se hva som er nytt, og om den fortsatt gjelder dere."),
            ),
        ),
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
                who.following,
                says=_l("%(who)s skrev om «%(title)s»"),
                means=_l("«%(quote)s»"),
                with_=words.comment,
            ),
        ),
        settles=tuple(Settles(name, person="actor_id") for name in HEARD),
    ),
    events.CommentEdited: Follows(
        _l("%(name)s endret et innlegg"),
        tells=(
            Told(
                "mentioned_in_changed_comment",
                Kind.MENTION,
                who.named("mentioned"),
                says=_l("%(who)s nevnte deg"),
                means=_l("«%(quote)s»"),
                with_=words.comment,
                does="comment",
            ),
        ),
    ),
    events.CommentDeleted: Follows(
        _l("%(name)s tok bort et innlegg"),
        tells=(
            Told(
                "comment_removed_to_author",
                Kind.MINE,
                who.named("moderated"),
                says=_l("Innlegget ditt om «%(title)s» er fjernet"),
                means=_l("Porteføljekontoret skriver: «%(quote)s»"),
                with_=words.removed_comment,
            ),
        ),
    ),
    events.CommentRestored: Follows(_l("%(name)s hentet tilbake et innlegg")),
    events.CommentReported: Follows(
        _l("%(name)s meldte fra om et innlegg"),
        tells=(
            Told(
                "comment_reported_to_office",
                Kind.MINE,
                who.office,
                says=_l("Et innlegg om «%(title)s» er meldt"),
                means=_l("%(who)s skriver: «%(quote)s»"),
                with_=words.comment_report,
                about="comment_id",
                does="open_reports",
            ),
        ),
    ),
    events.CommentReportsJudged: Follows(
        _l("%(name)s så på et innlegg som var meldt"),
        tells=(
            Told(
                "report_led_to_removal",
                Kind.MINE,
                who.when(lambda e: e.removed, who.named("reporters")),
                says=_l("Innlegget du meldte fra om, er fjernet"),
                means=_l("Takk for at du sa fra."),
            ),
            Told(
                "report_judged",
                Kind.MINE,
                who.when(lambda e: not e.removed, who.named("reporters")),
                says=_l("Innlegget du meldte fra om, blir stående"),
                means=_l("Porteføljekontoret har sett på det."),
            ),
        ),
        settles=(Settles("comment_reported_to_office", about="comment_id"),),
    ),
    events.ChallengeFollowed: Follows(_l("%(name)s følger utfordringen")),
    events.ChallengeUnfollowed: Follows(_l("%(name)s sluttet å følge utfordringen")),
    events.HelpOffered: Follows(
        _l("%(name)s tilbød hjelp"),
        tells=(
            Told(
                "help_to_proposer",
                Kind.MINE,
                who.when(lambda e: not e.again, who.all_of(who.proposer, who.handler)),
                says=_l("%(who)s kan bidra til «%(title)s»"),
                means=_l("«%(quote)s»"),
                with_=words.offer,
            ),
        ),
    ),
    events.HelpWithdrawn: Follows(_l("%(name)s trakk tilbudet om hjelp")),
}
