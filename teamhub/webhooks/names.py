"""What shapes and answers are called."""

from __future__ import annotations

from teamhub.core.i18n import LazyString, _, _l
from teamhub.webhooks.models import NO_ANSWER, NOT_ALLOWED
from teamhub.webhooks.shapes import Shape

SHAPES: dict[Shape, LazyString] = {
    Shape.TEAMS: _l("Kort i Teams"),
    Shape.JSON: _l("JSON for et annet system"),
}

_UNKNOWN = _l("Mottakeren kjente ikke adressen igjen (%(status)s). Sjekk den.")

ANSWERS: dict[int | None, LazyString] = {
    None: _l("Ingenting er sendt ennå."),
    NO_ANSWER: _l("Mottakeren svarte ikke. Teamhub prøver igjen hvert minutt."),
    NOT_ALLOWED: _l("Ikke sendt: Adressen hører til et internt nett. Skriv en annen."),
    401: _UNKNOWN,
    403: _UNKNOWN,
    404: _UNKNOWN,
    410: _l("Mottakeren vil ikke ha mer (410), så vi satte den på pause."),
}


def took_it(status: int | None) -> bool:
    """Tell whether an answer says that the message was taken."""
    return status is not None and 200 <= status < 300


def answer(status: int | None) -> str:
    """Return the latest answer in words that tell what to do about it."""
    if took_it(status):
        return _("Mottatt.")
    if status in ANSWERS:
        return str(ANSWERS[status]) % {"status": status}
    if status is not None and 300 <= status < 400:
        return _("Adressen viser videre til en annen (%(status)s). Legg inn den nye.", status=status)
    return _("Mottakeren svarte med feil (%(status)s). Teamhub prøver noen ganger til.", status=status)
