"""The jobs that send mail: one letter to one person, and the gathering of what goes out as a digest."""

from __future__ import annotations

from email.utils import formataddr
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale
from flask_mailman import EmailMultiAlternatives
from sqlalchemy import select, update

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.consequences.kinds import Pace
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.i18n import DEFAULT_LANGUAGE, _, _n, language
from teamhub.core.links import host, link
from teamhub.core.text import first_name
from teamhub.core.transaction import abandon, command
from teamhub.jobs.outbox import enqueue, enqueue_all
from teamhub.jobs.work import Ticket
from teamhub.mail import stopping, transport
from teamhub.mail.letters import MOST_WAITING, Letter, compose
from teamhub.mail.text import plain
from teamhub.notifications.models import Notification
from teamhub.people.models import Person
from teamhub.people.sign_in import load_actor

DIGEST = "mail.digest"
"""The job that mails one person what was gathered; MAIL_NOW mails what could not wait."""

PEOPLE_AT_A_TIME = 500
GATHERED = (Pace.DAILY, Pace.WEEKLY)


def send(ticket: Ticket) -> bool:
    """Send one person a letter of some notifications; nothing when nothing is left to say.

    Everything is asked afresh: the account, what may be seen, what has been read, what is wanted.
    """
    person = db.session.get(Person, ticket.args["person"])
    actor = load_actor(ticket.args["person"])
    if person is None or actor is None or not transport.is_on():
        return False
    with force_locale(person.locale or current_app.config["DEFAULT_LOCALE"] or DEFAULT_LANGUAGE):
        letter = compose(actor, ticket.args["notifications"], owed=ticket.name == DIGEST)
        if not letter.lines:
            return False
        message = written(ticket, actor, person.email, letter)
    abandon()  # no transaction is held while the server takes its time
    transport.send(message)
    return True


def note_sent(ticket: Ticket, sent: bool) -> None:  # noqa: FBT001 - what ``send`` returned
    """Write down that a mail with these notifications has gone."""
    if sent:
        _mark_mailed(ticket.args["notifications"])


def written(ticket: Ticket, actor: Actor, to: str, letter: Letter) -> EmailMultiAlternatives:
    """Return a letter as a mail, in the language in force: both forms, and what programs read."""
    digest = ticket.name == DIGEST
    stop = link("mail.ask", token=stopping.token(actor.id or 0, letter.kinds))
    subject = _one_line(_subject(actor, letter, digest=digest))
    html = render_template(
        "emails/digest.html" if digest else "emails/now.html",
        letter=letter,
        subject=subject,
        most_waiting=MOST_WAITING,
        stop=stop,
        inbox=link("notifications.index"),
        choices=link("notifications.settings"),
    )
    message = EmailMultiAlternatives(
        subject,
        plain(html),
        to=[formataddr((_one_line(actor.name), to))],
        headers=_headers(ticket, stop),
    )
    message.attach_alternative(html, "text/html")
    return message


def _subject(actor: Actor, letter: Letter, *, digest: bool) -> str:
    if not digest:
        return letter.lines[0].words.says
    waits, name = len(letter.waiting), first_name(actor.name)
    if waits:
        return _n("Én ting venter på deg, %(name)s", "%(num)d ting venter på deg, %(name)s", waits, name=name)
    return _("Nytt til deg, %(name)s", name=name)


def _one_line(words: str) -> str:
    """Return words fit for a header: a title with line breaks must not begin a header of its own."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _headers(ticket: Ticket, stop: str) -> dict[str, str]:
    """The same for every attempt, so that a mail sent twice is known as one."""
    return {
        "Message-ID": f"<{ticket.uid}@{host()}>",
        "Idempotency-Key": ticket.uid,
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": language(),
    }


# -- digests -----------------------------------------------------------------------------------------


@command
def gather(actor: Actor, ticket: Ticket) -> None:
    """Write a job for each person with something gathered for a digest, some hundred people at a time.

    Which notifications a mail tells of is decided here, so that every attempt sends the same.
    """
    authorize(actor, Action.NOTIFICATION_SEND)
    n = Notification
    due = (n.mailed_at.is_(None), n.mail_pace.in_(GATHERED), n.mail_at <= clock.now())
    people = select(n.person_id).where(*due).distinct().order_by(n.person_id).limit(PEOPLE_AT_A_TIME)
    rows = db.session.execute(
        select(n.person_id, n.id).where(*due, n.person_id.in_(people)).order_by(n.person_id, n.id)
    )
    gathered: dict[int, list[int]] = {}
    for person_id, id_ in rows:
        gathered.setdefault(person_id, []).append(id_)
    jobs: list[tuple[dict[str, Any], float]] = [
        ({"person": person_id, "notifications": ids}, 0) for person_id, ids in gathered.items()
    ]
    enqueue_all(db.session(), DIGEST, jobs)
    _mark_mailed([id_ for ids in gathered.values() for id_ in ids])
    if len(gathered) == PEOPLE_AT_A_TIME:
        enqueue(db.session(), ticket.name, {})


def _mark_mailed(ids: list[int]) -> None:
    n = Notification
    for start in range(0, len(ids), PEOPLE_AT_A_TIME):
        some = ids[start : start + PEOPLE_AT_A_TIME]
        db.session.execute(
            update(n).where(n.id.in_(some)).values(mailed_at=clock.now()),
            execution_options={"synchronize_session": False},
        )
