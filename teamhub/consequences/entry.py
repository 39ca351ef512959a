"""What an entry of the table says of one kind of event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from teamhub.audit.states import SecurityKind
from teamhub.consequences.kinds import Kind
from teamhub.core.events import Event
from teamhub.core.i18n import LazyString


@dataclass(frozen=True)
class Told:
    """Who is told of an event, why, and in what words.

    ``name`` is the entry's own and stays for good: rows point to it. ``kind`` is why they are told.
    ``to`` finds ids of persons; the one who acted is left out unless ``actor_too``. Nobody is told of an
    event twice: the first entry that names a person counts. ``says`` is the headline and ``means`` what
    it means for the reader; both may name ``%(who)s`` (the actor), ``%(title)s`` (the object) and what
    ``with_`` returned when it happened: plain values, dates as ISO text. ``asks`` tells that an answer is
    owed, ``about`` which column of the event says to what. ``does`` names the action offered in place.
    """

    name: str
    kind: Kind
    to: Callable[[Session, Any], Iterable[int]]
    says: LazyString
    means: LazyString | None = None
    with_: Callable[[Session, Any], dict[str, Any]] | None = None
    asks: bool = False
    about: str | None = None
    does: str | None = None
    actor_too: bool = False


@dataclass(frozen=True)
class Settles:
    """Which owed answers an event settles: the notifications ``told`` about the same thing.

    ``about`` is the event's column to compare with, None for the object itself; ``person`` the column
    that says whose answer it was, None for anybody's; ``when`` which events of the kind do so, None for
    all. What is settled owes nothing any more, counts as read, and goes by no mail.
    """

    told: str
    about: str | None = None
    person: str | None = None
    when: Callable[[Any], bool] | None = None


@dataclass(frozen=True)
class Follows:
    """What follows from one kind of event.

    ``line`` is the activity line. ``tells`` who hears of it, ``settles`` which owed answers it brings an
    end to. ``live`` gives the topics of pages that show it. ``out`` is the group by which webhooks choose
    it: «challenge», «mission» or «tasks»; None for what stays inside. ``security`` is what the security
    log calls it, None for what that log does not tell of.
    """

    line: LazyString
    tells: tuple[Told, ...] = ()
    settles: tuple[Settles, ...] = ()
    live: Callable[[Any], Iterable[str]] | None = None
    out: str | None = None
    security: SecurityKind | None = None


Table = dict[type[Event], Follows]
