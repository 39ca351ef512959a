"""Forms for what colleagues say about a challenge beside the conversation, and offer to it."""

from __future__ import annotations

from wtforms import BooleanField
from wtforms.validators import Optional

from teamhub.core.forms import Form, NumberField, VersionedForm, line, text
from teamhub.core.i18n import _l

LONGEST_POINT = 1000


class ForForm(Form):
    body = text(
        _l("Hva taler for å gjøre noe nå?"),
        id="point-for",
        required=_l("Skriv noe før du sender."),
        longest=LONGEST_POINT,
        rows=2,
    )


class AgainstForm(Form):
    body = text(
        _l("Hva taler mot?"),
        id="point-against",
        required=_l("Skriv noe før du sender."),
        longest=LONGEST_POINT,
        rows=2,
    )


class OfferForm(Form):
    text = text(
        _l("Jeg kan bidra med …"),
        id="offer-text",
        required=_l("Skriv hva du kan bidra med."),
        longest=1000,
        rows=2,
        description=_l("For eksempel: «Jeg kjenner turnusen godt, og kan være med å prøve ut noe nytt.»"),
    )
    hours = NumberField(_l("Omtrent hvor mange timer i uka?"), validators=[Optional()])


class CommentEditForm(VersionedForm):
    body = text(_l("Innlegget"), required=_l("Skriv noe, eller slett innlegget."), longest=5000, rows=5)


class CommentReportForm(Form):
    reason = text(
        _l("Hva er galt med det?"),
        required=_l("Skriv kort hva som er galt med innlegget."),
        longest=1000,
        rows=3,
        description=_l("For eksempel at noen kan kjennes igjen, eller at tonen er sårende."),
    )


class RemovalForm(Form):
    reason = text(
        _l("Hvorfor blir det fjernet?"),
        required=_l("Skriv hvorfor innlegget blir fjernet."),
        longest=1000,
        rows=3,
        description=_l("Den som skrev det, og alle som leser samtalen, ser dette."),
    )


class SearchForm(Form):
    """What a search is called, and whether its owner hears of what is new in it."""

    name = line(_l("Hva skal søket hete?"), id="search-name", required=_l("Gi søket et navn."), longest=80)
    alerts = BooleanField(_l("Si fra når en ny utfordring passer"), id="search-alerts", default=True)


class SearchEditForm(SearchForm, VersionedForm):
    """The same of one that is kept."""
