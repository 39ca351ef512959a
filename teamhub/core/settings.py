"""From environment to a checked configuration. The app refuses to start on an unsafe one."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from config import BY_NAME

SHORTEST_KEY = 32
FEWEST_DIFFERENT = 10
"""A key of fewer different characters was made up, not drawn."""


class UnsafeSettings(RuntimeError):
    """The settings would make a running app unsafe or broken."""


def apply(app: Flask, overrides: object | None = None) -> None:
    """Load settings for ``TEAMHUB_ENV`` and from the environment, then derive what follows from them.

    Raises UnsafeSettings with a plain list of what is wrong.
    """
    name = os.environ.get("TEAMHUB_ENV", "development" if app.debug else "production")
    if overrides is None and name not in BY_NAME:
        msg = f"TEAMHUB_ENV must be one of {', '.join(BY_NAME)}, not {name!r}"
        raise UnsafeSettings(msg)
    app.config.from_object(overrides or BY_NAME[name])
    if overrides is None:
        app.config.from_prefixed_env("TEAMHUB")
        app.config["ENV"] = name
    if isinstance(app.config["TRUSTED_HOSTS"], str):
        app.config["TRUSTED_HOSTS"] = [h.strip() for h in app.config["TRUSTED_HOSTS"].split(",") if h.strip()]
    problems = unsafe(app)
    if problems:
        raise UnsafeSettings("; ".join(problems))
    _database(app)
    _cookies(app)


def unsafe(app: Flask) -> list[str]:
    """Return what keeps these settings from production, as sentences. Empty outside production."""
    return risks(app) if app.config["ENV"] == "production" else []


def risks(app: Flask) -> list[str]:
    """Return what would make these settings unsafe in production. In Norwegian: no language is known yet."""
    config = app.config
    checks = {
        "TEAMHUB_SECRET_KEY må være satt til minst 32 tilfeldige tegn.": _is_a_secret(config["SECRET_KEY"]),
        "TEAMHUB_BASE_URL må være satt og begynne med https://.": str(config["BASE_URL"] or "").startswith(
            "https://"
        ),
        "TEAMHUB_TRUSTED_HOSTS må nevne vertsnavnene Teamhub svarer for.": bool(config["TRUSTED_HOSTS"]),
        "TEAMHUB_DEMO kan ikke være på i produksjon.": not config["DEMO"],
        "TEAMHUB_FAULTS kan ikke være satt i produksjon.": not config["FAULTS"],
        "Feilsøking (debug) må være av i produksjon.": not app.debug,
    }
    return [problem for problem, fine in checks.items() if not fine]


def _is_a_secret(key: object) -> bool:
    text = str(key or "")
    return (
        len(text) >= SHORTEST_KEY
        and len(set(text)) >= FEWEST_DIFFERENT
        and not text.startswith("development")
    )


def _database(app: Flask) -> None:
    url = app.config["DATABASE_URL"]
    if not url:
        folder = Path(app.config["INSTANCE_PATH"])
        folder.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{folder / 'teamhub.db'}"
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    app.config["SQLALCHEMY_DATABASE_URI"] = url


def _cookies(app: Flask) -> None:
    """A ``__Host-`` cookie wherever the address is https; plain http cannot keep one."""
    secure = urlsplit(app.config["BASE_URL"] or "").scheme == "https"
    app.config["SESSION_COOKIE_SECURE"] = secure
    app.config["SESSION_COOKIE_NAME"] = "__Host-teamhub" if secure else "teamhub"
