"""Walks the security log and tells what has been tampered with."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import func, select

from teamhub.audit import chain
from teamhub.audit.models import SecurityEntry, SecurityHead
from teamhub.core.db import db
from teamhub.core.i18n import _

BATCH = 2_000
MOST_FINDINGS = 100

_LINE = SecurityEntry.__table__
_HEAD = SecurityHead.__table__


@dataclass(frozen=True)
class Ends:
    """The ends as the head has them, and the lowest and highest number there really is."""

    head: Mapping[str, Any] | None
    lowest: int | None
    highest: int | None

    @property
    def mark(self) -> str:
        """The last line, as one can note it down elsewhere: its number and the start of its hash."""
        return f"{self.head['last_id']}:{self.head['last_hash'][:16]}" if self.head else "0"


def verify() -> list[str]:
    """Return what is wrong with the security log, as sentences. An untouched log gives none.

    Lines may be added, and old ones let go, while it walks: what is found is held against ends that stood
    still.
    """
    while True:
        ends = standing()
        findings = list(islice(_findings(ends), MOST_FINDINGS))
        if not findings or _gone_id(standing()) == _gone_id(ends):
            return findings


def standing() -> Ends:
    """Return the ends of the chain, all seen at one moment."""
    numbers = select(func.min(_LINE.c.id).label("lowest"), func.max(_LINE.c.id).label("highest")).subquery()
    row = db.session.execute(
        select(numbers, *_HEAD.c).select_from(numbers.outerjoin(_HEAD, _HEAD.c.id == 1))
    ).one()
    head = {name: getattr(row, name) for name in (*chain.ENDS, "seal")}
    return Ends(head if row.id else None, row.lowest, row.highest)


def _gone_id(ends: Ends) -> int | None:
    return ends.head["gone_id"] if ends.head else None


def _findings(ends: Ends) -> Iterator[str]:
    if ends.head is None:
        if ends.highest is not None:
            yield _("Loggen har linjer, men opplysningen om hvor den begynner og slutter, er borte.")
        return
    head, keys = ends.head, chain.keys()
    if not any(_same(head["seal"], chain.seal(key, head)) for key in keys):
        yield _("Opplysningen om hvor loggen begynner og slutter, er endret av andre enn Teamhub.")
    if ends.lowest is not None and ends.lowest <= head["gone_id"]:
        yield _("Linje %(n)s står der, enda den er slettet fordi tiden var ute.", n=ends.lowest)
    if ends.highest is not None and ends.highest > head["last_id"]:
        yield _("Linje %(n)s er lagt til etter slutten av loggen.", n=ends.highest)
    yield from _breaks(head, keys)


def _breaks(head: Mapping[str, Any], keys: list[bytes]) -> Iterator[str]:
    """Walk from the line that was last let go to the last there is."""
    number, before = head["gone_id"], head["gone_hash"]
    for line in _lines(head["gone_id"], head["last_id"]):
        if line["id"] != number + 1:
            yield _missing(number + 1, line["id"] - 1)
        elif not any(_same(line["hash"], chain.line_hash(key, line, before)) for key in keys):
            yield _("Linje %(n)s er endret, eller står ikke der den ble skrevet.", n=line["id"])
        number, before = line["id"], line["hash"]
    if number < head["last_id"]:
        yield _missing(number + 1, head["last_id"])
    elif not _same(before, head["last_hash"]):
        yield _("Linje %(n)s er ikke den som ble skrevet sist.", n=number)


def _lines(after: int, last: int) -> Iterator[Mapping[str, Any]]:
    while True:
        numbers = select(_LINE.c.id).where(_LINE.c.id > after, _LINE.c.id <= last)
        found = list(db.session.scalars(numbers.order_by(_LINE.c.id).limit(BATCH)))
        if found:
            yield from _read(found)
            after = found[-1]
        if len(found) < BATCH:
            return


def _read(numbers: list[int]) -> list[Mapping[str, Any]]:
    """Return whole lines. One whose columns no longer hold what they can hold comes with its hash alone."""
    columns = [_LINE.c[name] for name in (*chain.COLUMNS, "hash")]
    span = _LINE.c.id.between(numbers[0], numbers[-1])
    try:
        rows = db.session.execute(select(*columns).where(span).order_by(_LINE.c.id)).mappings()
        return [dict(row) for row in rows]
    except ValueError:
        if len(numbers) > 1:
            return [line for number in numbers for line in _read([number])]
    digest = db.session.scalar(select(_LINE.c.hash).where(span)) or ""
    return [dict.fromkeys(chain.COLUMNS) | {"id": numbers[0], "hash": digest}]


def _missing(first: int, last: int) -> str:
    if first == last:
        return _("Linje %(n)s mangler.", n=first)
    return _("Linjene %(first)s til %(last)s mangler.", first=first, last=last)


def _same(stored: str, made: str) -> bool:
    return hmac.compare_digest(str(stored).encode(), made.encode())
