"""Whom a text mentions, and whom one may mean while writing «@ka»."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import aliased

from teamhub.core.db import db
from teamhub.core.i18n import _
from teamhub.core.markdown import mentioned
from teamhub.people.models import Person, Unit
from teamhub.people.queries import PersonRow, normal_email

MOST = 20
"""So many mentions of one text are looked at; nobody needs to call more people at once."""

MOST_SUGGESTED = 6

_ROW: tuple[Any, ...] = (Person.id, Person.name, Person.job_title, Unit.name, Unit.id, Unit.division_id)


@dataclass(frozen=True)
class Mentions:
    """Whom a text mentions, by id with their names, and the names in it that several people share."""

    people: dict[int, str] = field(default_factory=dict)
    shared: tuple[str, ...] = ()

    @property
    def warnings(self) -> list[str]:
        """What to tell the writer about those who were not told."""
        return [
            _("Det finnes flere som heter %(name)s. Skriv e-postadressen.", name=name) for name in self.shared
        ]


@dataclass(frozen=True)
class Suggestion:
    """Somebody one may mean, and what to write to mention just that person."""

    person: PersonRow
    writes: str


def find(text: str) -> Mentions:
    """Return whom ``text`` mentions, at one query, or none when there is no «@» in it.

    «@Kari Nordmann» is the one active person of that name, the longest name of up to four words first;
    «@kari.nordmann» the one with that in front of the address; a whole address is its owner.
    """
    written = [_Written.of(who) for who in list(dict.fromkeys(mentioned(text)))[:MOST]]
    if not written:
        return Mentions()
    known = _Known()
    for id_, name, email in _candidates(written):
        known.add(id_, name, email)
    people, shared = {}, []
    for each in written:
        found = known.meant_by(each)
        if len(found) == 1:
            people.update(found)
        elif found:
            shared.append(next(iter(found.values())))
    return Mentions(people, tuple(dict.fromkeys(shared)))


def suggest(text: str, *, among: Collection[int] | None = None) -> list[Suggestion]:
    """Return active people a word of whose name begins with ``text``, by name, at one query.

    ``among`` keeps to these. Whoever shares a name with somebody is written by address.
    """
    text = " ".join(text.split())
    if not text:
        return []
    other = aliased(Person)
    namesake = select(other.id).where(other.name == Person.name, other.id != Person.id, other.is_active)
    statement = (
        select(case((namesake.exists(), Person.email), else_=Person.name))
        .add_columns(*_ROW)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            Person.is_active,
            or_(
                Person.name.istartswith(text, autoescape=True),
                Person.name.icontains(f" {text}", autoescape=True),
            ),
        )
        .order_by(Person.name, Person.id)
        .limit(MOST_SUGGESTED)
    )
    if among is not None:
        statement = statement.where(Person.id.in_(sorted(among)))
    return [Suggestion(PersonRow(*row), writes) for writes, *row in db.session.execute(statement)]


@dataclass(frozen=True)
class _Written:
    """One mention as it was written: the names it can be, the longest first, or an address."""

    names: tuple[str, ...] = ()
    before_at: str = ""
    address: str = ""

    @classmethod
    def of(cls, who: str) -> _Written:
        if "@" in who:
            return cls(address=normal_email(who))
        words = who.split()
        names = (_normal(" ".join(words[:count])) for count in range(len(words), 0, -1))
        return cls(tuple(names), _normal(words[0]))


class _Known:
    """The people a text can mean, by name and by address."""

    def __init__(self) -> None:
        self._by: defaultdict[tuple[str, str], dict[int, str]] = defaultdict(dict)

    def add(self, id_: int, name: str, email: str) -> None:
        keys = {"name": _normal(name), "address": email, "before": email.partition("@")[0]}
        for key in keys.items():
            self._by[key][id_] = name

    def meant_by(self, written: _Written) -> dict[int, str]:
        """Return those a mention can mean, with their names: one when it is clear."""
        keys = [("address", written.address), *(("name", name) for name in written.names)]
        keys.append(("before", written.before_at))
        return next((self._by[key] for key in keys if key in self._by), {})


def _candidates(written: Collection[_Written]) -> list[tuple[int, str, str]]:
    names = {name for each in written for name in each.names}
    addresses = {each.address for each in written if each.address}
    before = {each.before_at for each in written if each.before_at}
    statement = select(Person.id, Person.name, Person.email).where(
        Person.is_active,
        or_(
            func.lower(Person.name).in_([func.lower(name) for name in sorted(names)]),
            Person.email.in_(sorted(addresses)),
            *(Person.email.startswith(f"{each}@", autoescape=True) for each in sorted(before)),
        ),
    )
    return [(id_, name, email) for id_, name, email in db.session.execute(statement)]


def _normal(words: str) -> str:
    """Return a name, or the beginning of an address, as it is compared; without what ends a sentence."""
    return unicodedata.normalize("NFC", words).strip(" .'’-").casefold()
