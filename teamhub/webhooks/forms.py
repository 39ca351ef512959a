"""Forms for webhooks."""

from __future__ import annotations

from wtforms import BooleanField

from teamhub.core.forms import Form, RadioChoiceField, VersionedForm, line, options
from teamhub.core.i18n import _l
from teamhub.core.outbound import LONGEST_URL
from teamhub.webhooks.commands import Written
from teamhub.webhooks.names import SHAPES
from teamhub.webhooks.shapes import Shape


class WebhookForm(Form):
    name = line(
        _l("Navn"),
        required=_l("Gi webhooken et navn."),
        longest=100,
        description=_l("For eksempel navnet på kanalen eller systemet."),
    )
    url = line(
        _l("Adresse"),
        required=_l("Lim inn adressen du fikk fra mottakeren."),
        longest=LONGEST_URL,
        description=_l(
            "I Teams: «Arbeidsflyter», så «Legg inn i en kanal når en webhook-forespørsel mottas»."
        ),
    )
    shape = RadioChoiceField(
        _l("Hva mottar den?"),
        coerce=Shape,
        choices=options((s.value, SHAPES[s]) for s in Shape),
        default=Shape.TEAMS,
    )
    with_tasks = BooleanField(
        _l("Ta med nye og ferdige oppgaver"),
    )

    def of_mission(self, mission_id: int | None) -> WebhookForm:
        """Keep the question about tasks for those of one mission."""
        if mission_id is None:
            del self.with_tasks
        return self

    def written(self) -> Written:
        """Return what was filled in, in the command's own words."""
        return Written(
            name=self.name.data or "",
            url=self.url.data or "",
            shape=self.shape.data,
            with_tasks=bool(self.with_tasks and self.with_tasks.data),
        )


class WebhookEditForm(WebhookForm, VersionedForm):
    """The same, with the version it was made from."""
