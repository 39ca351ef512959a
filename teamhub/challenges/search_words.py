"""What a search looks for, in the reader's words: the name it is offered, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping

from teamhub.challenges.explore import Search
from teamhub.challenges.names import STATES, THEMES
from teamhub.core.i18n import LazyString, _, _l

SCOPES: dict[str, LazyString] = {
    "all": _l("Alle"),
    "unit": _l("Min enhet"),
    "mine": _l("Mine"),
    "following": _l("Følger"),
    "unanswered": _l("Uten svar"),
    "desk": _l("Pulten"),
}

SORTS: dict[str, LazyString] = {
    "fair": _l("Etter tur mellom enhetene"),
    "new": _l("Nyeste først"),
    "old": _l("Eldste først"),
    "due": _l("Kortest frist først"),
    "units": _l("Gjelder flest enheter"),
}

DENSITIES: dict[str, LazyString] = {
    "compact": _l("Tett"),
    "normal": _l("Vanlig"),
    "roomy": _l("Romslig"),
}

TOGGLES: dict[str, LazyString] = {
    "many": _l("Gjelder flere enheter"),
    "recent": _l("Meldt inn siste 30 dager"),
    "late": _l("Har ventet lenger enn fristen"),
    "people": _l("Søker folk"),
}

LONGEST = 80


def words(search: Search, divisions: Mapping[int, str]) -> str:
    """Return a search in a few words: «sykehjem», Skole, Søker folk. ``divisions`` are names by id."""
    said = [f"«{search.text}»"] if search.text else []
    if search.scope != "all":
        said.append(str(SCOPES[search.scope]))
    said += [str(word) for code, word in STATES.items() if code in search.states]
    said += [name for id_, name in divisions.items() if id_ in search.divisions]
    said += [str(word) for code, word in THEMES.items() if code in search.themes]
    said += [str(word) for code, word in TOGGLES.items() if getattr(search, code)]
    return ", ".join(said) or _("Alle utfordringer")


def name_for(search: Search, divisions: Mapping[int, str]) -> str:
    """Return a name that fits the form, of as much of what is looked for as there is room for."""
    said = words(search, divisions).replace(f"«{search.text}»", search.text)
    while len(said) > LONGEST and ", " in said:
        said = said.rpartition(", ")[0]
    return said[:LONGEST]
