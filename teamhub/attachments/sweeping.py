"""The daily look at the store: files nobody names go, rows without a file are told of (R33, R47)."""

from __future__ import annotations

import logging
from itertools import islice

from teamhub.attachments import queries, store

BATCH = 500

log = logging.getLogger("teamhub")


def sweep() -> int:
    """Remove files without a row that are a day old; return how many. A row without its file is logged."""
    store.clear_workrooms()
    removed, uids = 0, store.all_uids(older_than_s=store.DAY_S)
    while batch := list(islice(uids, BATCH)):
        for uid in set(batch) - queries.known(batch):
            store.throw_away(uid)
            removed += 1
    for uid in queries.without_file(set(store.all_uids())):
        log.error("an attachment has lost its file: %s", uid)
    return removed
