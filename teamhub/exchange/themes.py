"""Words of LOS from a file: which of the top themes each belongs to, in three languages, with synonyms."""

from __future__ import annotations

from sqlalchemy import select

from teamhub.challenges.models import ThemeWord
from teamhub.challenges.names import THEMES
from teamhub.core.db import db
from teamhub.core.i18n import _
from teamhub.exchange.fields import REFERENCE
from teamhub.exchange.rows import Outcome, RowReader, Values

OF_A_LIFE = "hendelse/"
"""Life events stand beside the themes, not under them: a challenge is not sorted by them."""
DEEPEST = 8


def take(reader: RowReader, outcome: Outcome) -> None:
    """Create and change words as the file says, matched on their path. None is taken away."""
    rows = {row.fields[REFERENCE]: row for row in reader.read()}
    there = {word.external_ref: word for word in db.session.scalars(select(ThemeWord))}
    for reference, row in rows.items():
        if reference.startswith(OF_A_LIFE):
            continue
        theme = _theme_of(reference, rows)
        if theme is None:
            reader.refuse(row.row, "broader", _("Hører ikke til noen av hovedtemaene i LOS."))
        elif not reader.errors:
            _keep(there.get(reference), reference, theme, row, outcome)


def _theme_of(reference: str, rows: dict[str, Values]) -> str | None:
    """Return the code of the top theme a word or theme stands under; the first where it has several."""
    for _step in range(DEEPEST):
        code = reference.rpartition("/")[2]
        if code in THEMES:
            return code
        row = rows.get(reference)
        reference = str(row.fields.get("broader") or "").partition("|")[0] if row else ""
    return None


def _keep(word: ThemeWord | None, reference: str, theme: str, row: Values, outcome: Outcome) -> None:
    said = {name: str(row.fields.get(name) or "") for name in ("nb", "nn", "en", "synonyms")}
    said |= {"theme": theme}
    if word is None:
        db.session.add(ThemeWord(external_ref=reference, **said))
        outcome.created += 1
    elif said != {name: getattr(word, name) for name in said}:
        for name, value in said.items():
            setattr(word, name, value)
        outcome.changed += 1
    else:
        outcome.unchanged += 1
