"""Teamhub: from a citizen's problem to a team that solves it."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_babel import Babel
from flask_compress import Compress
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from teamhub import cli, health, wiring
from teamhub.access import web as access
from teamhub.api import bearer
from teamhub.api import routes as api
from teamhub.api import views as tokens
from teamhub.assessments import views as assessments
from teamhub.audit import views as audit
from teamhub.calls import views as calls
from teamhub.challenges import routes as challenges
from teamhub.competence import steps as competence
from teamhub.core import addresses, assets, error_pages, headers, jinja, masking, origin, settings
from teamhub.core.db import Base, db
from teamhub.core.htmx import htmx
from teamhub.core.uploads import UploadRequest
from teamhub.feeds import views as feeds
from teamhub.home import views as home
from teamhub.jobs import views as jobs
from teamhub.live import views as live
from teamhub.mail import transport
from teamhub.mail import views as mail
from teamhub.missions import routes as missions
from teamhub.notifications import views as notifications
from teamhub.people import sign_in
from teamhub.people import views as people
from teamhub.portfolio import views as portfolio
from teamhub.tasks import views as tasks
from teamhub.webhooks import steps as webhooks

ROOT = Path(__file__).parent.parent

PACKAGES = (
    health,
    audit,
    home,
    live,
    people,
    challenges,
    assessments,
    calls,
    competence,
    missions,
    tasks,
    portfolio,
    jobs,
    feeds,
    tokens,
    api,
    webhooks,
    notifications,
    mail,
)


class Teamhub(Flask):
    """Flask, with requests whose size is bounded by what their view takes."""

    request_class = UploadRequest


csrf = CSRFProtect()
babel = Babel()
compress = Compress()
migrate = Migrate(directory=str(ROOT / "migrations"), include_object=wiring.is_ours)


def create_app(overrides: object | None = None) -> Flask:
    """Build the application. ``overrides`` replaces the settings of TEAMHUB_ENV, for tests."""
    app = Teamhub(
        __name__,
        template_folder=ROOT / "templates",
        static_folder=ROOT / "static",
        instance_path=str(ROOT / "instance"),
    )
    masking.mask_every_log_record()
    settings.apply(app, overrides)
    app.jinja_env.undefined = StrictUndefined
    for extension in (db, csrf, htmx, compress):
        extension.init_app(app)
    migrate.init_app(app, db)
    babel.init_app(app, locale_selector=wiring.reader_language)
    addresses.register(app)
    origin.register(app)
    for package in PACKAGES:
        app.register_blueprint(package.bp)
    access.public(app.view_functions["static"])
    csrf.exempt(mail.off)
    csrf.exempt(api.bp)
    for part in (sign_in, bearer, assets, headers, error_pages, jinja, access, transport):
        part.register(app)
    wiring.connect()
    cli.register(app)
    access.assert_every_view_declares_access(app)
    return app


__all__ = ["Base", "create_app", "db"]
