"""Accounts, passwords, settings and sessions: the rules behind the pages."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from teamhub.access.actor import SYSTEM, Role
from teamhub.core import clock
from teamhub.core.errors import DomainError, Forbidden
from teamhub.people import commands, passwords
from teamhub.people.models import SignInAttempt, SignInSession
from teamhub.people.sessions import device_name, list_sessions
from tests.factories import PASSWORD

NEW = "en helt annen setning"


@pytest.fixture
def kari(make):
    return make.person("Kari Nordmann", email="kari@test.example")


@pytest.fixture
def actor(make, kari):
    return make.actor(kari)


@pytest.fixture
def admin(make):
    return make.actor(make.person("Admin", Role.ADMIN))


def sessions(db, person):
    found = select(SignInSession.device).where(SignInSession.person_id == person.id)
    return db.session.scalars(found.order_by(SignInSession.id)).all()


def started(db, actor, device):
    commands.start_session(actor, device=device)
    return db.session.scalar(select(func.max(SignInSession.id)))


# -- passwords ---------------------------------------------------------------------------------------


def test_a_new_password_signs_out_every_other_browser(db, kari, actor):
    started(db, actor, "Mobil")
    here = started(db, actor, "PC")

    commands.change_password(actor, current=PASSWORD, new=NEW, keep=here)

    db.session.refresh(kari)
    assert passwords.fits(NEW, kari.password_hash)
    assert sessions(db, kari) == ["PC"]


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        ("feil passord her", NEW, "current"),
        (PASSWORD, "for kort", "new"),
        (PASSWORD, "kommune2026!!!", "new"),
        (PASSWORD, "aaaaaaaaaaaaaa", "new"),
        (PASSWORD, "x" * 2000, "new"),
    ],
)
def test_a_bad_password_is_refused_on_its_field_and_nothing_changes(db, kari, actor, current, new, field):
    here = started(db, actor, "PC")

    with pytest.raises(DomainError) as refused:
        commands.change_password(actor, current=current, new=new, keep=here)

    db.session.refresh(kari)
    assert refused.value.field == field
    assert passwords.fits(PASSWORD, kari.password_hash)


def test_ten_wrong_guesses_close_an_address_for_five_minutes_known_or_not(db):
    with time_machine.travel("2026-11-23 08:00:00+00:00", tick=False) as now:
        for _ in range(commands.GUESSES):
            assert not commands.too_many_guesses("Ukjent@test.example")
            commands.note_wrong_guess("ukjent@test.example ")

        assert commands.too_many_guesses("ukjent@test.example")
        assert not commands.too_many_guesses("en.annen@test.example")
        now.shift(timedelta(minutes=5, seconds=1))
        assert not commands.too_many_guesses("ukjent@test.example")


def test_wrong_guesses_keep_no_address_and_are_forgotten(db):
    with time_machine.travel("2026-11-23 08:00:00+00:00", tick=False) as now:
        commands.note_wrong_guess("kari@test.example")
        now.shift(timedelta(minutes=6))
        commands.note_wrong_guess("ola@test.example")

    kept = db.session.scalars(select(SignInAttempt.email_hash)).all()
    assert len(kept) == 1
    assert "@" not in kept[0]


# -- sessions ----------------------------------------------------------------------------------------


def test_a_person_ends_own_sessions_but_never_anothers(make, db, kari, actor):
    session_id = started(db, actor, "Mobil")

    commands.end_session(make.actor(make.person("Ola")), session_id)
    assert sessions(db, kari) == ["Mobil"]

    commands.end_session(actor, session_id)
    assert sessions(db, kari) == []


def test_only_oneself_and_an_administrator_sign_somebody_out_everywhere(make, db, kari, actor, admin):
    started(db, actor, "Mobil")
    with pytest.raises(Forbidden):
        commands.end_all_sessions(make.actor(make.person("Ola")), kari.id)
    assert sessions(db, kari) == ["Mobil"]

    commands.end_all_sessions(admin, kari.id)
    assert sessions(db, kari) == []

    here = started(db, actor, "PC")
    started(db, actor, "Mobil")
    commands.end_all_sessions(actor, kari.id, keep=here)
    assert sessions(db, kari) == ["PC"]


def test_sessions_that_have_run_out_are_not_shown_and_are_forgotten_when_anybody_signs_in(make, db, app):
    kari, ola = make.person("Kari"), make.person("Ola")
    long_ago = clock.now() - timedelta(hours=app.config["SESSION_HOURS"], minutes=1)
    db.session.add(
        SignInSession(token_hash="1" * 64, person_id=kari.id, device="Gammel", created_at=long_ago)
    )
    db.session.commit()

    assert list_sessions(make.actor(kari), current=0) == []
    commands.start_session(make.actor(ola), device="PC")

    assert sessions(db, kari) == []
    assert sessions(db, ola) == ["PC"]


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/18 Safari/605", "Safari, Mac"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_named_as_people_name_it_and_no_finer(user_agent, name):
    assert device_name(user_agent) == name


# -- accounts and settings ---------------------------------------------------------------------------


def test_a_closed_account_loses_its_sessions_and_can_be_opened_again(make, db, kari, actor, admin):
    started(db, actor, "Mobil")

    commands.set_active(admin, kari.id, active=False)
    assert sessions(db, kari) == []
    assert make.actor(kari) is None

    commands.set_active(admin, kari.id, active=True)
    assert make.actor(kari) is not None


def test_an_administrator_cannot_close_own_account_and_others_can_close_none(make, db, kari, actor, admin):
    with pytest.raises(DomainError, match="din egen konto"):
        commands.set_active(admin, admin.id, active=False)
    with pytest.raises(Forbidden):
        commands.set_active(actor, admin.id, active=False)

    assert make.actor(kari) is not None


def test_an_address_has_one_account_whatever_its_letter_case(kari):
    with pytest.raises(DomainError, match="alt en konto") as refused:
        commands.create_account(SYSTEM, email=" KARI@test.example", name="Kari", unit_id=kari.unit_id)

    assert refused.value.field == "email"


def test_a_new_account_can_sign_in_with_its_password(make, db, kari):
    person = commands.create_account(
        SYSTEM, email="Ola@Test.example", name=" Ola ", unit_id=kari.unit_id, password=NEW
    )

    assert (person.email, person.name) == ("ola@test.example", "Ola")
    assert passwords.fits(NEW, person.password_hash)


def test_an_account_without_a_password_fits_none(kari):
    person = commands.create_account(SYSTEM, email="ny@test.example", name="Ny", unit_id=kari.unit_id)

    assert not passwords.fits("", person.password_hash)


def test_settings_that_do_not_exist_fall_back_to_following_the_browser(db, kari, actor):
    commands.change_settings(actor, locale="nn", color_scheme="dark")
    db.session.refresh(kari)
    assert (kari.locale, kari.color_scheme) == ("nn", "dark")

    commands.change_settings(actor, locale="xx", color_scheme="rosa")
    db.session.refresh(kari)
    assert (kari.locale, kari.color_scheme) == (None, "auto")
