"""Who says «gjelder oss også» to the demo's challenges, and what is said below them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any

from teamhub.challenges.models import ChallengeComment, Support
from teamhub.core import clock
from teamhub.demo.organisation import Organisation, Place
from teamhub.demo.written import read, store

if TYPE_CHECKING:
    from teamhub.demo.proposals import Written

HALF = 0.5
TALKED_ABOUT = 0.3
HOW_MANY = (0, 0, 0, 1, 1, 2, 3, 5)
"""How many support a challenge besides those the content tells of, each as likely as the other."""


def supports(written: list[Written], organisation: Organisation, rng: Random) -> Iterator[dict[str, Any]]:
    """Return the supports as rows, and count them on their challenges."""
    lines, numbers = read("experiences")["lines"], count(1)
    for w in written:
        told = [(organisation.of_kind(e["unit"], rng), e["text"]) for e in w.entry.get("experiences", [])]
        told += [
            (rng.choice(organisation.working), rng.choice(lines) if rng.random() < HALF else "")
            for _ in range(rng.choice(HOW_MANY))
        ]
        seen, units = {w.proposer_id}, set()
        for place, experience in told:
            free = [i for i in place.staff if i not in seen]
            if not free:
                continue
            person_id = rng.choice(free)
            seen.add(person_id)
            units.add(place.id)
            yield {
                "id": next(numbers),
                "challenge_id": w.id,
                "person_id": person_id,
                "unit_id": place.id,
                "experience": experience,
                "created_at": _after(w, rng),
            }
        w.people, w.units = len(seen) - 1, len(units - {w.place.id})


def make(
    supported: list[dict[str, Any]], written: list[Written], organisation: Organisation, rng: Random
) -> None:
    """Store the supports, and make and store the comments."""
    store(Support, supported)
    store(ChallengeComment, _comments(written, organisation, rng))


def _comments(written: list[Written], organisation: Organisation, rng: Random) -> Iterator[dict[str, Any]]:
    lines, numbers = read("experiences")["comments"], count(1)
    for w in written:
        said: list[tuple[Place, str]] = [
            (organisation.of_kind(c["unit"], rng), c["text"]) for c in w.entry.get("comments", [])
        ]
        if not said and rng.random() < TALKED_ABOUT:
            said = [(rng.choice(organisation.working), rng.choice(lines))]
        moments = sorted(_after(w, rng) for _ in said)
        for (place, body), at in zip(said, moments, strict=True):
            yield {
                "id": next(numbers),
                "challenge_id": w.id,
                "author_id": rng.choice(place.staff),
                "body": body,
                "created_at": at,
            }


def _after(w: Written, rng: Random) -> datetime:
    """A moment between submission and now. One draw, whatever the time: chance must not depend on it."""
    return w.submitted_at + (clock.now() - timedelta(minutes=1) - w.submitted_at) * rng.random()
