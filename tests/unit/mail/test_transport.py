"""Mail servers as they are: one that takes mail, one that refuses, and all the ways to be away (R58)."""

from __future__ import annotations

import shutil
import smtplib
import ssl
import subprocess
import time

import pytest
from flask_mailman import EmailMessage

from teamhub import create_app
from teamhub.core.settings import UnsafeSettings
from teamhub.jobs.work import TryLater
from teamhub.mail import transport
from tests import post_office as posts
from tests.post_office import misbehaving, post_office

PATIENCE_S = 0.3


@pytest.fixture
def impatient(monkeypatch):
    """Wait only a moment: for servers that never answer. One that does may be slow on a busy machine."""
    monkeypatch.setattr(transport, "PATIENCE_S", PATIENCE_S)


@pytest.fixture
def mailing(settings):
    """Send a mail, or several, in an app with the given MAIL_URL; return how long it took."""
    apps = {}

    def send(url, **more):
        if url not in apps:
            apps[url] = create_app(type("Settings", (settings,), {"MAIL_URL": url, **more}))
        began = time.monotonic()
        with apps[url].app_context():
            transport.send(EmailMessage("Hei", "Til deg.", to=["Kari <kari@test.example>"]))
        return time.monotonic() - began

    return send


def test_a_mail_is_taken(mailing):
    with post_office() as there:
        mailing(there.url, MAIL_FROM="Teamhub <post@town.example>")

    (taken,) = there.taken
    assert (taken.to, taken.mail["From"], taken.mail["Subject"], taken.mail.get_content().strip()) == (
        "kari@test.example",
        "Teamhub <post@town.example>",
        "Hei",
        "Til deg.",
    )


def test_it_comes_from_the_host_of_base_url_unless_told(mailing):
    with post_office() as there:
        mailing(there.url, BASE_URL="https://teamhub.town.example")

    assert there.taken[0].mail["From"] == "Teamhub <teamhub@teamhub.town.example>"


@pytest.mark.parametrize("answer", ["451 not now", "550 no such person", "554 looks like spam"])
def test_a_refused_mail_is_its_own_fault_and_the_next_is_sent(mailing, answer):
    with post_office(answer=answer) as there:
        with pytest.raises(smtplib.SMTPDataError):
            mailing(there.url)
        there.answer = posts.OK
        mailing(there.url)

    assert len(there.taken) == 1


@pytest.mark.parametrize(
    "behaviour",
    [
        posts.says_nothing,
        posts.talks_nonsense,
        posts.talks_without_end,
        posts.hangs_up,
        posts.hangs_up_on_the_mail,
        lambda caller: caller.sendall(b"220 here\r\n"),
        lambda caller: caller.sendall(b"421 too busy\r\n"),
        lambda caller: caller.sendall(b"554 go away\r\n"),
    ],
)
def test_a_server_that_does_not_behave_is_away(impatient, mailing, behaviour):
    with misbehaving(behaviour) as url, pytest.raises(TryLater) as later:
        mailing(url)

    assert 30 <= later.value.seconds <= 65
    assert later.value.alike == "mail."


def test_a_server_that_says_it_is_busy_is_away_whenever_it_says_so(mailing):
    with post_office(answer="421 closing") as there, pytest.raises(TryLater):
        mailing(there.url)


@pytest.mark.parametrize("host", ["127.0.0.1", "no-such-host.invalid"])
def test_a_server_that_is_not_there_is_away(mailing, host):
    with pytest.raises(TryLater):
        mailing(f"smtp://{host}:{posts.free_port()}")


def test_a_silent_server_is_waited_for_once_and_not_by_each_mail(impatient, mailing):
    with misbehaving(posts.says_nothing) as url:
        for attempt in range(5):
            began = time.monotonic()
            with pytest.raises(TryLater) as later:
                mailing(url)
            took = time.monotonic() - began
            assert (took >= PATIENCE_S) == (attempt == 0), took

    assert 0 < later.value.seconds <= 2 * (transport.AWAY_S + 1)


def test_when_the_pause_is_over_it_is_asked_again(mailing, monkeypatch):
    monkeypatch.setattr(transport, "AWAY_S", 0)
    with post_office(answer="421 closing") as there:
        with pytest.raises(TryLater):
            mailing(there.url)
        there.answer = posts.OK
        mailing(there.url)

    assert len(there.taken) == 1


def test_a_farewell_that_goes_wrong_does_not_unsend_a_mail(mailing, monkeypatch):
    monkeypatch.setattr(smtplib.SMTP, "quit", lambda _self: (_ for _ in ()).throw(TimeoutError()))
    with post_office() as there:
        mailing(there.url)

    assert len(there.taken) == 1


def test_mail_goes_by_name_and_password(mailing):
    with post_office(password="s p@ss/ord") as there:
        mailing(there.url.replace("//", "//teamhub:s%20p%40ss%2Ford@"))
    assert len(there.taken) == 1


def test_a_password_that_no_longer_holds_costs_no_mail(impatient, mailing):
    """The settings are to be mended; until then the mails wait as if the server were away."""
    with post_office(password="new") as there, pytest.raises(TryLater):
        mailing(there.url.replace("//", "//teamhub:old@"))


# -- TLS ---------------------------------------------------------------------------------------------


@pytest.fixture
def tls(tmp_path):
    """A server's side of TLS, with a certificate nobody has signed, and the certificate."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=x"
    files = f"-addext subjectAltName=IP:127.0.0.1 -keyout {key} -out {certificate}"
    subprocess.run(f"{make} {files}".split(), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate


def test_over_tls_the_server_must_prove_who_it_is(mailing, tls, monkeypatch):
    context, certificate = tls
    with post_office(tls=context) as there:
        with pytest.raises(TryLater) as later:
            mailing(there.url)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        mailing(there.url + "/")  # an app of its own, which has not met the server

    assert "CERTIFICATE_VERIFY_FAILED" in str(later.value)
    assert len(there.taken) == 1


def test_starttls_that_is_asked_for_and_not_offered_sends_nothing(mailing):
    with post_office() as there, pytest.raises(TryLater):
        mailing(there.url + "?starttls=1")

    assert there.taken == []


# -- the setting -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("smtp://mail.example", ("mail.example", 25, False, False)),
        ("smtp://mail.example:587?starttls=1", ("mail.example", 587, True, False)),
        ("smtp://mail.example:587?starttls=0", ("mail.example", 587, False, False)),
        ("smtps://mail.example", ("mail.example", 465, False, True)),
        ("smtps://mail.example:2465?starttls=1", ("mail.example", 2465, False, True)),
        ("smtp://[::1]:1025", ("::1", 1025, False, False)),
    ],
)
def test_the_setting_is_read(app_with, url, read):
    config = app_with(url).config

    names = ("MAIL_SERVER", "MAIL_PORT", "MAIL_USE_TLS", "MAIL_USE_SSL")
    assert tuple(config[name] for name in names) == read


@pytest.mark.parametrize(
    "url", ["mail.example", "http://mail.example", "smtp://:25", "smtp://u:p@host:port", "smtp://host:99999"]
)
def test_a_setting_that_makes_no_sense_stops_the_app(app_with, url):
    with pytest.raises(UnsafeSettings, match="TEAMHUB_MAIL_URL") as refused:
        app_with(url)

    assert url not in str(refused.value)  # there may be a password in it


@pytest.mark.parametrize(("url", "on"), [("", False), (None, False), ("console:", True), ("memory:", True)])
def test_without_the_setting_mail_is_off(app_with, url, on):
    with app_with(url).app_context():
        assert transport.is_on() == on


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "E-post er av"),
        ("console:", "E-post er av"),
        ("smtp://u:p@mail.example", "Passordet"),
        ("smtp://u:p@mail.example?starttls=1", None),
        ("smtps://u:p@mail.example", None),
        ("smtp://localhost", None),
    ],
)
def test_the_self_check_says_how_mail_stands(app_with, url, said):
    app = app_with(url)
    with app.app_context():
        remarks = transport.remarks(app)

    assert [said in remark for remark in remarks] == ([True] if said else [])


@pytest.fixture
def app_with(settings):
    return lambda url: create_app(type("Settings", (settings,), {"MAIL_URL": url}))
