"""How mail leaves: the one setting MAIL_URL, read into Flask-Mailman, and a server that may be away."""

from __future__ import annotations

import smtplib
import ssl
import time
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from flask import Flask, current_app
from flask_mailman import EmailMessage, Mail
from flask_mailman.backends import smtp

from teamhub.core.i18n import _
from teamhub.core.links import host
from teamhub.core.settings import UnsafeSettings
from teamhub.jobs.work import TryLater

PATIENCE_S = 5
"""Longest wait for the server's next word."""

AWAY_S = 30
"""So long a server that did not answer is left alone."""

BACKENDS = {"console": "console", "memory": "locmem"}
PORTS = {"smtp": 25, "smtps": 465}
SERVER_BUSY = 421

NO_TO_THIS_ONE = (smtplib.SMTPDataError, smtplib.SMTPSenderRefused, smtplib.SMTPRecipientsRefused)
"""The server heard us, and refused this mail. All else is about the server, or how we reach it."""

mailman = Mail()


class _Smtp(smtplib.SMTP):
    """SMTP that asks for the server's certificate when it goes over to TLS."""

    def starttls(self, *, context: ssl.SSLContext | None = None) -> Any:  # type: ignore[override]
        return super().starttls(context=context or ssl.create_default_context())


class Backend(smtp.EmailBackend):  # type: ignore[misc]
    """Flask-Mailman's SMTP, whose farewell decides nothing: a mail the server has taken is sent.

    Where something goes wrong there is no farewell, which the server might not answer either.
    """

    connection: smtplib.SMTP | None

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return smtplib.SMTP_SSL if self.use_ssl else _Smtp

    @cached_property
    def ssl_context(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        try:
            return int(super().send_messages(email_messages))
        except BaseException:
            if self.connection is not None:
                self.connection.close()
            raise

    def close(self) -> None:
        connection, self.connection = self.connection, None
        if connection is None:
            return
        try:
            connection.quit()
        except (OSError, smtplib.SMTPException):
            connection.close()


def register(app: Flask) -> None:
    """Let ``app`` send mail as MAIL_URL says. Raises UnsafeSettings when it cannot be read."""
    app.config.update(_read(str(app.config["MAIL_URL"] or "")))
    sender = app.config["MAIL_FROM"]
    with app.app_context():
        app.config["MAIL_DEFAULT_SENDER"] = sender or f"Teamhub <teamhub@{host()}>"
    mailman.init_app(app)
    app.extensions["teamhub.mail"] = {"away_until": 0.0}


def _read(url: str) -> dict[str, Any]:
    """Return Flask-Mailman's settings for ``url``."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit("?:"), None
    if parts.scheme in BACKENDS or not url:
        return {"MAIL_BACKEND": BACKENDS.get(parts.scheme, "dummy")}
    if parts.scheme not in PORTS or not parts.hostname:
        msg = "TEAMHUB_MAIL_URL må se slik ut: smtp://bruker:passord@vert:587?starttls=1"
        raise UnsafeSettings(msg)
    return {
        "MAIL_BACKEND": Backend,
        "MAIL_SERVER": parts.hostname,
        "MAIL_PORT": port or PORTS[parts.scheme],
        "MAIL_USERNAME": unquote(parts.username) if parts.username else None,
        "MAIL_PASSWORD": unquote(parts.password) if parts.password else None,
        "MAIL_USE_SSL": parts.scheme == "smtps",
        "MAIL_USE_TLS": parts.scheme == "smtp" and parse_qs(parts.query).get("starttls") == ["1"],
        "MAIL_TIMEOUT": PATIENCE_S,
    }


def is_on() -> bool:
    """Tell whether mail goes anywhere."""
    return bool(current_app.config["MAIL_BACKEND"] != "dummy")


def remarks(app: Flask) -> list[str]:
    """Return what an administrator should know of how mail goes out in production, as sentences."""
    config = app.config
    if config["MAIL_BACKEND"] is not Backend:
        return [_("E-post er av: folk får bare det som står i innboksen. Sett TEAMHUB_MAIL_URL.")]
    if config.get("MAIL_PASSWORD") and not (config["MAIL_USE_SSL"] or config["MAIL_USE_TLS"]):
        return [_("Passordet til e-posttjeneren sendes åpent. Bruk smtps:// eller ?starttls=1.")]
    return []


def send(message: EmailMessage) -> None:
    """Hand a mail to the server. Raises TryLater when it is away, smtplib's own when it refuses the mail.

    A server that did not answer is not asked again for a while, so that each mail does not wait for it.
    One that does not let us in is as good as away: the mails wait until somebody has mended the settings.
    """
    left = current_app.extensions["teamhub.mail"]["away_until"] - time.monotonic()
    if left > 0:
        why = "the mail server was away a moment ago"
        raise _later(why, left)
    try:
        message.send()
    except NO_TO_THIS_ONE as no:
        if not _is_busy(no):
            raise
        raise _away(no) from no
    except (smtplib.SMTPException, OSError) as gone:
        raise _away(gone) from gone


def _is_busy(no: smtplib.SMTPException) -> bool:
    """Tell whether a refusal is the server's way to say that it takes no mail at all just now."""
    if isinstance(no, smtplib.SMTPRecipientsRefused):
        return any(code == SERVER_BUSY for code, _said in no.recipients.values())
    return isinstance(no, smtplib.SMTPResponseException) and no.smtp_code == SERVER_BUSY


def _away(error: Exception) -> TryLater:
    current_app.extensions["teamhub.mail"]["away_until"] = time.monotonic() + AWAY_S
    return _later(f"{type(error).__name__}: {error}", AWAY_S)


def _later(why: str, seconds: float) -> TryLater:
    return TryLater(why, seconds=2 * (seconds + 1), alike="mail.")
