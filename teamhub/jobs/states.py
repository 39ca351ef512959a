"""Where a job stands."""

from __future__ import annotations

from enum import StrEnum


class JobState(StrEnum):
    """WAITING until due and taken, RUNNING under a lease, DONE, or DEAD when no more is tried."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


MOST_ATTEMPTS = 5
BACKOFF_S = (5, 30, 120, 600)
"""Seconds until the second, third, fourth and fifth attempt."""

LEASE_S = 60
"""A worker that has not finished by then has lost the job to another."""

MOST_POSTPONED_S = 3 * 86_400
"""A job that has been put off for so long is dead: what it waits for does not come back by itself."""

LOST = "lost"
"""What is written as the error of a job whose workers vanished, every one of them."""
