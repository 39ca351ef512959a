"""Teamhub: from a citizen's problem to a team that solves it."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_babel import Babel
from flask_compress import Compress
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from teamhub import cli, wiring
from teamhub.access import web as access
from teamhub.challenges import steps as challenges
from teamhub.core import addresses, assets, error_pages, headers, jinja, settings
from teamhub.core.db import Base, db
from teamhub.core.htmx import htmx
from teamhub.home import views as home
from teamhub.missions import steps as missions
from teamhub.people import sign_in
from teamhub.people import views as people
from teamhub.portfolio import views as portfolio
from teamhub.tasks import views as tasks

ROOT = Path(__file__).parent.parent

csrf = CSRFProtect()
babel = Babel()
compress = Compress()
migrate = Migrate(directory=str(ROOT / "migrations"), include_object=wiring.is_ours)


def create_app(overrides: object | None = None) -> Flask:
    """Build the application. ``overrides`` replaces the settings of TEAMHUB_ENV, for tests."""
    app = Flask(
        __name__,
        template_folder=ROOT / "templates",
        static_folder=ROOT / "static",
        instance_path=str(ROOT / "instance"),
    )
    settings.apply(app, overrides)
    app.jinja_env.undefined = StrictUndefined
    for extension in (db, csrf, htmx, compress):
        extension.init_app(app)
    migrate.init_app(app, db)
    babel.init_app(app, locale_selector=wiring.reader_language)
    addresses.register(app)
    for package in (home, people, challenges, missions, tasks, portfolio):
        app.register_blueprint(package.bp)
    access.public(app.view_functions["static"])
    sign_in.register(app)
    assets.register(app)
    headers.register(app)
    error_pages.register(app)
    jinja.register(app)
    access.register(app)
    wiring.connect()
    cli.register(app)
    access.assert_every_view_declares_access(app)
    return app


__all__ = ["Base", "create_app", "db"]
