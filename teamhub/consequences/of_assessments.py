"""What follows from judging a challenge. Nothing here tells a mark, a reason, or who has judged."""

from __future__ import annotations

from teamhub.assessments import events
from teamhub.consequences import clocks, words
from teamhub.consequences import recipients as who
from teamhub.consequences.entry import Follows, Settles, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.consequences.stages import Reminder
from teamhub.core.i18n import _l

ASKED = ("asked_to_assess", "assess_soon_to_assessor", "assess_late_to_assessor")

REMINDERS = (
    Reminder(
        "assess_soon",
        clocks.ASSESSMENT,
        -3,
        (
            Told(
                "assess_soon_to_assessor",
                Kind.DEADLINE,
                who.not_assessed,
                says=_l("Vurderingen av «%(title)s» har frist %(due)s"),
                means=_l("Åtte kriterier, en karakter og en kort grunn på hvert."),
                with_=words.deadline,
                about="assessment_id",
                does="assess",
            ),
        ),
    ),
    Reminder(
        "assess_late",
        clocks.ASSESSMENT,
        1,
        (
            Told(
                "assess_late_to_assessor",
                Kind.DEADLINE,
                who.not_assessed,
                says=_l("Vi mangler vurderingen din av «%(title)s»"),
                means=_l("Fristen var %(due)s. Du kan levere nå også."),
                with_=words.deadline,
                about="assessment_id",
                does="assess",
            ),
            Told(
                "assess_late_to_office",
                Kind.DEADLINE,
                who.office,
                says=_l("En vurdering av «%(title)s» mangler"),
                means=_l("Fristen var %(due)s. Spør en annen, eller ta en telefon."),
                with_=words.deadline,
                about="assessment_id",
                does="open_assessments",
            ),
        ),
    ),
)

ASSESSMENTS: Table = {
    events.AssessmentAsked: Follows(
        _l("%(name)s ba om en vurdering"),
        tells=(
            Told(
                "asked_to_assess",
                Kind.ASKED,
                who.named("assessor_id"),
                says=_l("Vil du vurdere «%(title)s»?"),
                means=_l("%(who)s ber om vurderingen din innen %(due)s. Ingen ser den før to har levert."),
                with_=words.deadline,
                asks=True,
                about="assessment_id",
                does="assess",
            ),
        ),
    ),
    events.AssessmentTakenBack: Follows(
        _l("%(name)s tok tilbake et spørsmål om vurdering"),
        tells=(
            Told(
                "assessment_taken_back",
                Kind.MINE,
                who.named("assessor_id"),
                says=_l("Du trenger ikke vurdere «%(title)s» likevel"),
                means=_l("%(who)s tok spørsmålet tilbake."),
            ),
        ),
        settles=tuple(Settles(name, about="assessment_id") for name in (*ASKED, "assess_late_to_office")),
    ),
    events.AssessmentSubmitted: Follows(
        _l("Utfordringen fikk en vurdering"),
        tells=(
            Told(
                "assessments_open",
                Kind.MINE,
                who.when(lambda event: event.opens, who.all_of(who.office, who.has_assessed)),
                says=_l("Vurderingene av «%(title)s» er åpnet"),
                means=_l("To fra ulike områder har levert. Se hva de mener, og hvor de er uenige."),
                does="open_assessments",
            ),
        ),
        settles=tuple(Settles(name, about="assessment_id") for name in (*ASKED, "assess_late_to_office")),
    ),
    events.AssessmentWithdrawn: Follows(_l("En vurdering ble tatt tilbake for å rettes")),
    events.TalkRecorded: Follows(
        _l("%(name)s skrev ned en prat om vurderingene"),
        tells=(
            Told(
                "talk_to_assessors",
                Kind.MINE,
                who.all_of(who.has_assessed, who.office),
                says=_l("Praten om «%(title)s» er skrevet ned"),
                means=_l("%(who)s skrev hva dere kom fram til. Karakterene står som de er."),
                does="open_assessments",
            ),
        ),
    ),
    events.MustDoMarked: Follows(_l("%(name)s endret om kommunen må gjøre dette")),
    events.WeightsChanged: Follows(_l("%(name)s endret vektene")),
}
