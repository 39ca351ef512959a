"""Counting in how many challenges each stem stands: what makes a word rare (likeness.py)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet

from sqlalchemy import delete, insert, select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.challenges.likeness import ALL
from teamhub.challenges.models import BYTEWISE, Challenge, StemCount
from teamhub.challenges.states import State
from teamhub.core.db import db
from teamhub.core.transaction import command

LONGEST_STEM = BYTEWISE.length or 100
AT_A_TIME = 500


def counted() -> Counter[str]:
    """Return in how many submitted challenges each stem stands, their number under the empty stem."""
    found: Counter[str] = Counter()
    shown = Challenge.state.not_in((State.DRAFT, State.WITHDRAWN))
    for stems in db.session.scalars(
        select(Challenge.stems).where(shown).execution_options(yield_per=AT_A_TIME)
    ):
        found.update({stem for stem in stems.split() if len(stem) <= LONGEST_STEM} | {ALL})
    return found


def count_stems(actor: Actor) -> None:
    """Count anew. Once an hour is enough: how rare a word is changes slowly.

    The counting holds no lock; only what has changed is written.
    """
    kept = db.session.execute(select(StemCount.stem, StemCount.challenges))
    now, before = counted(), {row.stem: row.challenges for row in kept}
    _write(actor, dict(now.items() - before.items()), before.keys() - now.keys())


@command
def _write(actor: Actor, changed: dict[str, int], gone: AbstractSet[str]) -> None:
    """Write counts that have changed, and take away those of words nobody uses any more."""
    authorize(actor, Action.JOB_RUN)
    stale = sorted({*changed, *gone})
    for start in range(0, len(stale), AT_A_TIME):
        some = stale[start : start + AT_A_TIME]
        db.session.execute(delete(StemCount).where(StemCount.stem.in_(some)))
        rows = [{"stem": stem, "challenges": changed[stem]} for stem in some if stem in changed]
        if rows:
            db.session.execute(insert(StemCount), rows)
