"""How often a program may ask: a plain count for each key and minute, in each process."""

from __future__ import annotations

import threading
import time
from collections import Counter

from teamhub.core.problems import Problem, detail_of

MOST_A_MINUTE = 300
MINUTE = 60

_lock = threading.Lock()
_counts: Counter[int] = Counter()
_minute = [0]


def count(token_id: int) -> None:
    """Count one more question with a key. Raises Problem (429) when there are too many this minute."""
    now = time.monotonic()
    minute = int(now // MINUTE)
    with _lock:
        if _minute[0] != minute:
            _minute[0] = minute
            _counts.clear()
        _counts[token_id] += 1
        too_many = _counts[token_id] > MOST_A_MINUTE
    if too_many:
        wait = str(int(MINUTE - now % MINUTE) + 1)
        raise Problem(429, detail_of(429), headers={"Retry-After": wait})
