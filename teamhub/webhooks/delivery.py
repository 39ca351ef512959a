"""Posts one message to one webhook, as a job: from what is true now, signed, and tried again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select

from teamhub.access.actor import SYSTEM
from teamhub.audit.models import Entry
from teamhub.consequences.table import TABLE
from teamhub.core import clock, outbound
from teamhub.core.db import db
from teamhub.core.transaction import abandon
from teamhub.jobs.work import Ticket, TryLater
from teamhub.webhooks import messages
from teamhub.webhooks.commands import GONE, note_answer
from teamhub.webhooks.models import NO_ANSWER, NOT_ALLOWED, Webhook
from teamhub.webhooks.names import took_it
from teamhub.webhooks.queries import hears
from teamhub.webhooks.signing import secret_of, signature

WAIT_S = 60


class NotTaken(Exception):
    """The receiver answered, but not that it took the message."""


@dataclass(frozen=True)
class Letter:
    """A message ready to be posted."""

    url: str
    secret: str
    body: bytes


def deliver(ticket: Ticket) -> int | None:
    """Post what a ticket asks for and return the answer's status; None when there is nothing to send.

    A receiver that does not answer is tried every minute, one that answers with an error a few times.
    """
    letter = _letter(ticket)
    abandon()  # nothing is held while the receiver takes its time
    if letter is None:
        return None
    try:
        status = outbound.post(letter.url, letter.body, _headers(ticket, letter)).status
    except outbound.Refused:
        return NOT_ALLOWED
    except outbound.Unreachable as error:
        note_answer(SYSTEM, ticket.args["webhook_id"], NO_ANSWER)
        raise TryLater(str(error), seconds=WAIT_S) from error
    if took_it(status) or status == GONE:
        return status
    note_answer(SYSTEM, ticket.args["webhook_id"], status)
    msg = f"HTTP {status}"
    raise NotTaken(msg)


def note(ticket: Ticket, status: int | None) -> None:
    """Write down the last answer there will be to a delivery."""
    if status is not None:
        note_answer(SYSTEM, ticket.args["webhook_id"], status)


def _letter(ticket: Ticket) -> Letter | None:
    """Return what to post, from what the webhook and the thing it is about are now."""
    with force_locale(current_app.config["DEFAULT_LOCALE"]):
        webhook, message = _trial(ticket) if ticket.args["entry"] is None else _news(ticket)
        if webhook is None or message is None:
            return None
        return Letter(webhook.url, secret_of(webhook), messages.body(message, webhook.shape, ticket.uid))


def _trial(ticket: Ticket) -> tuple[Webhook | None, messages.Message | None]:
    which = (Webhook.id == ticket.args["webhook_id"], Webhook.is_active.is_(True))
    webhook = db.session.scalar(select(Webhook).where(*which))
    return webhook, messages.trial(webhook) if webhook else None


def _news(ticket: Ticket) -> tuple[Webhook | None, messages.Message | None]:
    entry = db.session.get(Entry, ticket.args["entry"])
    if entry is None:
        return None, None
    group = next((follows.out for kind, follows in TABLE.items() if kind.__name__ == entry.kind), None)
    mission_id = entry.object_id if group == "mission" else entry.data.get("mission_id")
    which = (Webhook.id == ticket.args["webhook_id"], hears(group, mission_id))
    webhook = db.session.scalar(select(Webhook).where(*which))
    return webhook, messages.of_entry(entry) if webhook else None


def _headers(ticket: Ticket, letter: Letter) -> dict[str, str]:
    timestamp = str(int(clock.now().timestamp()))
    return {
        "Content-Type": "application/json",
        "User-Agent": "Teamhub",
        "X-Teamhub-Delivery": ticket.uid,
        "X-Teamhub-Timestamp": timestamp,
        "X-Teamhub-Signature": signature(letter.secret, timestamp, letter.body),
    }
