"""Whole addresses, for what is read outside the browser: from BASE_URL, never from what a request says."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import current_app


def link(endpoint: str, /, **args: Any) -> str:
    """Return the whole address of a page, the same inside a request and outside.

    ``_anchor``, as in url_for, names a place on it.
    """
    anchor = args.pop("_anchor", "")
    path = current_app.url_map.bind("app").build(endpoint, args)
    return str(current_app.config["BASE_URL"]).rstrip("/") + path + (f"#{anchor}" if anchor else "")


def host() -> str:
    """Return the name Teamhub is known by, as ids that are good for all time begin or end with."""
    return urlsplit(str(current_app.config["BASE_URL"])).hostname or "teamhub"
