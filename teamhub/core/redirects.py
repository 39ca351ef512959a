"""Where one may be sent on to: pages of this app, judged by the text of the address alone (D10)."""

from __future__ import annotations

import re

from flask import current_app
from werkzeug.exceptions import HTTPException

_OURS = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
LONGEST = 2_000


def safe_path(target: str | None, default: str = "/") -> str:
    """Return ``target`` if it is a path to a page of this app, else ``default``.

    Never parses and rejoins: a syntactic allow-list refuses what browsers would read as another host.
    """
    if not target or len(target) > LONGEST or not _OURS.fullmatch(target):
        return default
    path = re.split(r"[?#]", target, maxsplit=1)[0]
    try:
        endpoint, _ = current_app.url_map.bind("app").match(path, method="GET")
    except HTTPException:
        return default
    return default if endpoint in {"static", "people.login"} else target
