"""Writes to the organisation and its accounts."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from sqlalchemy import delete, func, select

from teamhub.access.actor import SYSTEM, Actor, Role
from teamhub.access.policy import Action, authorize
from teamhub.audit import chain, security
from teamhub.audit.states import Outcome, SecurityKind
from teamhub.core import clock
from teamhub.core.changes import changed
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import LANGUAGES, _
from teamhub.core.transaction import command
from teamhub.people import passwords
from teamhub.people.events import (
    AccountCreated,
    AccountDisabled,
    AccountEnabled,
    OfficeEnded,
    OfficeGiven,
    PasswordChanged,
    SessionsEnded,
    SettingsChanged,
)
from teamhub.people.models import Office, Person, SignInAttempt, SignInSession
from teamhub.people.queries import by_email, in_force, normal_email
from teamhub.people.sign_in import key_hash, new_key

GUESSES = 10
GUESS_WINDOW = timedelta(minutes=5)
LONGEST_SESSION = timedelta(hours=12)
COLOR_SCHEMES = ("auto", "light", "dark")


def too_many_guesses(email: str) -> bool:
    """Tell whether an address has had so many wrong passwords that we wait before the next."""
    since = clock.now() - GUESS_WINDOW
    count = db.session.scalar(
        select(func.count())
        .select_from(SignInAttempt)
        .where(SignInAttempt.email_hash == _email_hash(email), SignInAttempt.at > since)
    )
    return (count or 0) >= GUESSES


@command
def note_wrong_guess(email: str) -> None:
    """Count a wrong password against an address, known or not, and forget old ones.

    The security log names the account when there is one, else only a mark: people type their password
    where their address should be. When so many have been wrong that we wait, that is told once.
    """
    authorize(SYSTEM, Action.ACCOUNT_MANAGE)
    now = clock.now()
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - GUESS_WINDOW))
    db.session.add(SignInAttempt(email_hash=_email_hash(email), at=now))
    _log_guess(email, SecurityKind.SIGN_IN_FAILED, Outcome.FAILED)
    if too_many_guesses(email):
        _log_guess(email, SecurityKind.GUESSES_STOPPED, Outcome.REFUSED)


def _log_guess(email: str, kind: SecurityKind, outcome: Outcome) -> None:
    person = by_email(email)
    security.record(
        db.session(),
        kind,
        outcome=outcome,
        actor_id=None,
        subject_id=person.id if person else None,
        data={} if person else {"account": chain.pseudonym(normal_email(email))},
    )


@command
def start_session(actor: Actor, *, device: str, lasts: timedelta = LONGEST_SESSION) -> str:
    """Sign a person in on a browser and return the key it shall hold. ``device`` names the browser.

    Forgets every session that began longer than ``lasts`` ago: kept, they would tell who was here when.
    """
    authorize(actor, Action.ACCOUNT_SIGN_IN)
    db.session.execute(delete(SignInSession).where(SignInSession.created_at < clock.now() - lasts))
    key = new_key()
    device = device[:80]
    db.session.add(SignInSession(token_hash=key_hash(key), person_id=actor.id or 0, device=device))
    _log_own(actor, SecurityKind.SIGNED_IN, device=device)
    return key


@command
def end_session(actor: Actor, session_id: int, *, of_another_browser: bool = False) -> None:
    """Sign a person out of one browser. The key it holds is worth nothing from now on."""
    person = _person(actor.id)
    authorize(actor, Action.SETTINGS_CHANGE, person)
    ended = db.session.scalar(
        delete(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.person_id == person.id)
        .returning(SignInSession.device)
    )
    if ended is not None:
        kind = SecurityKind.SESSION_ENDED if of_another_browser else SecurityKind.SIGNED_OUT
        _log_own(actor, kind, device=ended)


def _log_own(actor: Actor, kind: SecurityKind, **data: str) -> None:
    security.record(db.session(), kind, actor_id=actor.id, subject_id=actor.id, data=data)


@command
def end_all_sessions(actor: Actor, person_id: int, *, keep: int | None = None) -> None:
    """Sign a person out everywhere but in session ``keep``: oneself, or an administrator for somebody."""
    person = _person(person_id)
    authorize(actor, Action.SETTINGS_CHANGE if actor.id == person_id else Action.ACCOUNT_MANAGE, person)
    db.session.execute(
        delete(SignInSession).where(SignInSession.person_id == person_id, SignInSession.id != (keep or 0))
    )
    emit(db.session(), SessionsEnded(actor_id=actor.id, object_id=person_id))


@command
def change_settings(actor: Actor, *, locale: str | None, color_scheme: str) -> None:
    """Keep a person's language and colours. ``locale`` None follows the browser."""
    person = _person(actor.id)
    authorize(actor, Action.SETTINGS_CHANGE, person)
    chosen = {
        "locale": locale if locale in LANGUAGES else None,
        "color_scheme": color_scheme if color_scheme in COLOR_SCHEMES else "auto",
    }
    if changed(person, chosen):
        emit(db.session(), SettingsChanged(actor_id=actor.id, object_id=person.id))


@command
def change_password(actor: Actor, *, current: str, new: str, keep: int | None) -> None:
    """Change one's own password and sign out every other browser.

    Raises DomainError on the field that is wrong.
    """
    person = _person(actor.id)
    authorize(actor, Action.SETTINGS_CHANGE, person)
    if not passwords.fits(current, person.password_hash):
        raise DomainError(_("Det er ikke passordet du har nå."), field="current")
    passwords.check_new(new, email=person.email, field="new")
    person.password_hash = passwords.hashed(new)
    db.session.execute(
        delete(SignInSession).where(SignInSession.person_id == person.id, SignInSession.id != (keep or 0))
    )
    emit(db.session(), PasswordChanged(actor_id=actor.id, object_id=person.id))


@command
def create_account(
    actor: Actor, *, email: str, name: str, unit_id: int, password: str | None = None, job_title: str = ""
) -> Person:
    """Give somebody an account. Raises DomainError when the address is taken."""
    authorize(actor, Action.ACCOUNT_MANAGE)
    if by_email(email):
        raise DomainError(_("Det finnes alt en konto med den adressen."), field="email")
    if password is not None:
        passwords.check_new(password, email=email, field="password")
    person = Person(
        email=normal_email(email),
        name=name.strip(),
        unit_id=unit_id,
        job_title=job_title,
        password_hash=passwords.hashed(password) if password else None,
    )
    db.session.add(person)
    db.session.flush()
    emit(db.session(), AccountCreated(actor_id=actor.id, object_id=person.id))
    return person


@command
def set_active(actor: Actor, person_id: int, *, active: bool) -> None:
    """Open or close an account. Closing ends every session at once."""
    authorize(actor, Action.ACCOUNT_MANAGE)
    if actor.id == person_id:
        raise DomainError(_("Du kan ikke stenge din egen konto."))
    person = _person(person_id)
    person.is_active = active
    if not active:
        db.session.execute(delete(SignInSession).where(SignInSession.person_id == person_id))
    happened = AccountEnabled if active else AccountDisabled
    emit(db.session(), happened(actor_id=actor.id, object_id=person_id))


@command
def give_office(
    actor: Actor, person_id: int, *, kind: Role, unit_id: int, valid_from: date | None = None
) -> Office:
    """Let a person hold an office for a unit. Giving it twice changes nothing.

    Whoever gets other rights signs in anew: no key from before the change is worth anything (R14).
    """
    authorize(actor, Action.ORGANISATION_CHANGE)
    held = db.session.scalar(
        select(Office).where(Office.person_id == person_id, Office.kind == kind, Office.unit_id == unit_id)
    )
    if held and held.valid_to is None:
        return held
    office = held or Office(person_id=person_id, kind=kind, unit_id=unit_id)
    office.valid_from, office.valid_to = valid_from or clock.today(), None
    db.session.add(office)
    _sign_in_anew(person_id)
    emit(db.session(), OfficeGiven(actor_id=actor.id, object_id=person_id, kind=kind, unit_id=unit_id))
    return office


@command
def end_office(actor: Actor, office_id: int) -> None:
    """Let an office end. It counts no more from this moment; that it was held is kept.

    As when an office is given, the person signs in anew.
    """
    authorize(actor, Action.ORGANISATION_CHANGE)
    office = db.session.scalar(select(Office).where(Office.id == office_id, in_force(Office)))
    if office is None:
        raise DomainError(_("Vervet er alt avsluttet."))
    if office.kind == Role.ADMIN and office.person_id == actor.id:
        raise DomainError(_("Du kan ikke ta fra deg selv administrasjonen."))
    yesterday = clock.today() - timedelta(days=1)
    if office.valid_from > yesterday:
        db.session.delete(office)
    else:
        office.valid_to = yesterday
    _sign_in_anew(office.person_id)
    emit(
        db.session(),
        OfficeEnded(actor_id=actor.id, object_id=office.person_id, kind=office.kind, unit_id=office.unit_id),
    )


def _sign_in_anew(person_id: int) -> None:
    db.session.execute(delete(SignInSession).where(SignInSession.person_id == person_id))


def _person(person_id: int | None) -> Person:
    person = db.session.get(Person, person_id) if person_id else None
    if person is None:
        raise DomainError(_("Vi finner ikke denne personen."))
    return person


def _email_hash(email: str) -> str:
    return hashlib.sha256(normal_email(email).encode()).hexdigest()
