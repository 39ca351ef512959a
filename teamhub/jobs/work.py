"""What jobs there are: a name, and the function that does it. wiring.py fills the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class TryLater(Exception):
    """What a job depends on is away. It waits ``seconds`` and this does not count as an attempt.

    ``alike`` is what the names of other jobs begin with that depend on the same. They wait half as long:
    however many they are, only the first of them finds out whether it is back, and it is another one than
    this, which may be what brought it down.
    """

    def __init__(self, why: str, *, seconds: float = 60, alike: str = "") -> None:
        super().__init__(why)
        self.seconds, self.alike = seconds, alike


class GiveUp(Exception):
    """Trying again cannot help: the job is dead at once, for a person to look at."""


@dataclass(frozen=True)
class Ticket:
    """A job somebody holds the lease of: what to do, which attempt it is, and the right to finish it."""

    id: int
    uid: str
    name: str
    args: dict[str, Any]
    attempt: int
    lease: str


@dataclass(frozen=True)
class Work:
    """How a kind of job is done.

    ``run`` takes the ticket. Unless ``outside``, it runs inside one command together with the mark that
    the job is done: both happen, or neither. With ``outside`` it talks to the world, holds no transaction
    meanwhile, and must bear being done twice; ``then``, if given, is what to write down afterwards: it is
    called with the ticket and what ``run`` returned, in one command with the mark that it is done.
    """

    run: Callable[[Ticket], Any]
    outside: bool = False
    then: Callable[[Ticket, Any], None] | None = None


WORK: dict[str, Work] = {}


def work(name: str, run: Callable[[Ticket], Any], **how: Any) -> None:
    """Say how jobs called ``name`` are done."""
    WORK[name] = Work(run, **how)
