"""Addresses of static files that change when the file does, so that browsers may keep them for a year."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from flask import Flask, current_app, url_for
from markupsafe import Markup


def register(app: Flask) -> None:
    """Give templates ``asset`` and ``integrity``."""
    folder = str(app.static_folder)
    app.jinja_env.globals.update(asset=lambda name: _address(folder, name), integrity=integrity)


@cache
def _version(folder: str, name: str) -> str:
    return hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest()[:12]


@cache
def _hashes(folder: str) -> dict[str, str]:
    entries = json.loads((Path(folder) / "vendor" / "manifest.json").read_text(encoding="utf-8"))
    return {entry["file"]: entry["sha384"] for entry in entries}


@cache
def _address(folder: str, name: str) -> str:
    """Return the address of static file ``name``, with its content's fingerprint."""
    return url_for("static", filename=name, v=_version(folder, name))


def integrity(name: str) -> Markup:
    """Return the integrity attribute of vendored file ``name`` («vendor/htmx.min.js»), from the manifest."""
    found = _hashes(str(current_app.static_folder)).get(name.removeprefix("vendor/"))
    return Markup(' integrity="{}"').format(found) if found else Markup("")
