"""Signing in and out, one's own settings, units, persons and their offices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, session, url_for
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.actor import Actor
from teamhub.access.policy import Action
from teamhub.access.web import acting, found, on_object, public, requires
from teamhub.core.errors import DomainError, Forbidden
from teamhub.core.forms import errors_on, options
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import LANGUAGES, _
from teamhub.core.redirects import safe_path
from teamhub.people import commands, mentions, passwords, personas, queries, sign_in
from teamhub.people.forms import OfficeForm, PasswordForm, SettingsForm, SignInForm
from teamhub.people.sessions import device_name, list_sessions

bp = Blueprint("people", __name__)

PICKERS = ("lead_id", "owner_id", "person_id", "behalf_of")
"""Fields somebody can be chosen for by searching."""

MENTION = "mention"
"""The field of those who write «@ka» in a conversation."""


@bp.route("/login", methods=["GET", "POST"])
@public
def login() -> BaseResponse:
    next_page = safe_path(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(next_page, 303)
    form = SignInForm()
    if form.validate_on_submit():
        with errors_on(form):
            _sign_in(form.email.data or "", form.password.data or "")
            return redirect(next_page, 303)
    shown = personas.listed() if current_app.config["DEMO"] else []
    status = 422 if form.is_submitted() else 200
    return render_page("people/login.html", status=status, form=form, personas=shown, next_page=next_page)


def _sign_in(email: str, password: str) -> None:
    """Sign in, or raise one and the same DomainError for every way it can fail."""
    if commands.too_many_guesses(email):
        raise DomainError(_("For mange forsøk med denne adressen. Vent fem minutter og prøv igjen."))
    person = queries.by_email(email)
    fits = passwords.fits(password, person.password_hash if person else None)
    actor = sign_in.load_actor(person.id) if person and fits else None
    if actor is None:
        commands.note_wrong_guess(email)
        raise DomainError(_("E-posten eller passordet stemmer ikke. Sjekk begge og prøv igjen."))
    _begin(actor)


def _begin(actor: Actor) -> None:
    lasts = timedelta(hours=current_app.config["SESSION_HOURS"])
    device = device_name(request.user_agent.string)
    sign_in.begin(commands.start_session(actor, device=device, lasts=lasts))


@bp.post("/login/demo")
@public
def login_as_persona() -> BaseResponse:
    """One-click sign-in as a demo persona; there is no such page outside demo mode."""
    if not current_app.config["DEMO"] or current_app.config["ENV"] == "production":
        abort(404)
    person = found(personas.find(request.form.get("persona", "")))
    actor = found(sign_in.load_actor(person))
    _begin(actor)
    return redirect(safe_path(request.args.get("next")), 303)


@bp.post("/logout")
@requires(Action.ACCOUNT_SIGN_IN)
def logout() -> BaseResponse:
    commands.end_session(acting(), current_user.session_id)
    logout_user()
    session.clear()
    flash(_("Du er logget ut."))
    return see_other(url_for(".login"))


@bp.post("/language")
@public
def language() -> BaseResponse:
    """Switch language: kept with the person when signed in, else for this visit."""
    chosen = request.form.get("locale", "")
    if chosen not in LANGUAGES:
        abort(400)
    if current_user.is_authenticated:
        commands.change_settings(acting(), locale=chosen, color_scheme=current_user.color_scheme)
    else:
        session["locale"] = chosen
    return see_other(safe_path(request.form.get("next")))


@bp.route("/settings", methods=["GET", "POST"])
@requires(Action.ACCOUNT_SIGN_IN)
def settings() -> BaseResponse:
    form = SettingsForm(locale=current_user.locale or "", color_scheme=current_user.color_scheme)
    if form.validate_on_submit():
        commands.change_settings(acting(), locale=form.locale.data, color_scheme=form.color_scheme.data)
        flash(_("Innstillingene er lagret."))
        return see_other(url_for(".settings"))
    return _settings_page(form, PasswordForm(formdata=None), 422 if form.errors else 200)


@bp.post("/settings/password")
@requires(Action.ACCOUNT_SIGN_IN)
def password() -> BaseResponse:
    form = PasswordForm()
    if form.validate_on_submit():
        with errors_on(form):
            commands.change_password(
                acting(),
                current=form.current.data or "",
                new=form.new.data or "",
                keep=current_user.session_id,
            )
            flash(_("Passordet er byttet. Andre enheter er logget ut."))
            return see_other(url_for(".settings"))
    own = SettingsForm(
        formdata=None, locale=current_user.locale or "", color_scheme=current_user.color_scheme
    )
    return _settings_page(own, form, 422)


@bp.post("/settings/sessions/<int:session_id>/end")
@requires(Action.ACCOUNT_SIGN_IN)
def end_session(session_id: int) -> BaseResponse:
    commands.end_session(acting(), session_id, of_another_browser=session_id != current_user.session_id)
    flash(_("Enheten er logget ut."))
    return see_other(url_for(".settings"))


def _settings_page(form: SettingsForm, password_form: PasswordForm, status: int) -> Response:
    return render_page(
        "people/settings.html",
        status=status,
        form=form,
        password_form=password_form,
        sessions=list_sessions(acting(), current=current_user.session_id),
    )


@bp.get("/units")
@requires(Action.ORGANISATION_VIEW)
def units() -> Response:
    return render_page("people/units.html", units=queries.tree())


@bp.get("/units/<int:unit_id>")
@requires(Action.ORGANISATION_VIEW)
def unit(unit_id: int) -> Response:
    unit = found(queries.get_unit(unit_id))
    return render_page(
        "people/unit.html",
        unit=unit,
        children=queries.children(unit_id),
        people=queries.people_in(unit_id),
        holders=queries.holders(unit_id),
        placements=queries.placements(unit_id),
    )


@bp.get("/people")
@requires(Action.ORGANISATION_VIEW)
def people() -> Response:
    text = request.args.get("q", "").strip()[:100]
    return render_page(
        "people/people.html",
        partials={"people-list": "people/_people_list.html"},
        text=text,
        people=queries.search_people(text, most=50) if text else [],
    )


@bp.get("/people/choices")
@requires(Action.ORGANISATION_VIEW)
def choices() -> Response:
    """People to choose from in a form's field, as somebody types; a page of its own without htmx."""
    field = request.args.get("field", "")
    if field == MENTION:
        return mention_hits(mentions.suggest(request.args.get("q", "")[:100]))
    if field not in PICKERS:
        abort(404)
    text = (request.args.get("q") or request.args.get(f"q_{field}", "")).strip()[:100]
    return render_page(
        "people/people.html",
        partials={f"{field}-hits": "people/_choices.html"},
        text=text,
        field=field,
        people=queries.search_people(text, most=8) if text else [],
    )


def mention_hits(found: list[mentions.Suggestion]) -> Response:
    """Show whom somebody may mean who writes in a conversation, for the list under the text."""
    return render_page(
        "people/people.html",
        partials={"mention-hits": "people/_mention_hits.html"},
        text=request.args.get("q", "")[:100],
        people=[suggestion.person for suggestion in found],
        suggestions=found,
    )


@bp.get("/people/<int:person_id>")
@requires(Action.ORGANISATION_VIEW)
def person(person_id: int) -> Response:
    return _person_page(person_id, _office_form(), 200)


@bp.post("/people/<int:person_id>/offices")
@on_object(Action.ORGANISATION_CHANGE)
def give_office(person_id: int) -> BaseResponse:
    form = _office_form()
    found(queries.get_person(person_id))
    if form.validate_on_submit():
        with errors_on(form):
            commands.give_office(acting(), person_id, kind=form.kind.data, unit_id=form.unit_id.data)
            flash(_("Vervet er registrert."))
            return see_other(url_for(".person", person_id=person_id))
    return _person_page(person_id, form, 422)


@bp.post("/people/<int:person_id>/offices/<int:office_id>/end")
@on_object(Action.ORGANISATION_CHANGE)
def end_office(person_id: int, office_id: int) -> BaseResponse:
    return _account_change(
        person_id, lambda: commands.end_office(acting(), office_id), _("Vervet er avsluttet.")
    )


@bp.post("/people/<int:person_id>/disable")
@on_object(Action.ACCOUNT_MANAGE)
def disable(person_id: int) -> BaseResponse:
    found(queries.get_person(person_id))
    return _account_change(
        person_id, lambda: commands.set_active(acting(), person_id, active=False), _("Kontoen er stengt.")
    )


@bp.post("/people/<int:person_id>/enable")
@on_object(Action.ACCOUNT_MANAGE)
def enable(person_id: int) -> BaseResponse:
    found(queries.get_person(person_id))
    return _account_change(
        person_id, lambda: commands.set_active(acting(), person_id, active=True), _("Kontoen er åpnet.")
    )


@bp.post("/people/<int:person_id>/sign-out")
@on_object(Action.ACCOUNT_MANAGE)
def sign_out_everywhere(person_id: int) -> BaseResponse:
    found(queries.get_person(person_id))
    return _account_change(
        person_id, lambda: commands.end_all_sessions(acting(), person_id), _("Personen er logget ut overalt.")
    )


def _office_form() -> OfficeForm:
    form = OfficeForm()
    form.unit_id.choices = options(
        [("", _("Velg enhet")), *((row.id, "– " * row.level + row.name) for row in queries.tree())]
    )
    return form


def _person_page(person_id: int, form: OfficeForm, status: int) -> Response:
    return render_page(
        "people/person.html", status=status, person=found(queries.get_person(person_id)), form=form
    )


def _account_change(person_id: int, change: Callable[[], object], done: str) -> BaseResponse:
    """Carry out a change to an account, tell how it went, and go back to the person's page."""
    try:
        change()
        flash(done)
    except DomainError as error:
        if isinstance(error, Forbidden):
            raise
        flash(str(error), "stop")
    return see_other(url_for(".person", person_id=person_id))
