"""Pictures of each mail as people see it: `python -m tools.mail_pictures FOLDER`.

The demo is loaded, a mail made of what each of some people there is told, and Chromium shows its HTML in
three languages, light and dark, on a phone and in a window. The plain text lies beside each.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask_babel import force_locale
from flask_mailman import EmailMultiAlternatives
from flask_migrate import upgrade
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import select, update

import config
from teamhub import create_app
from teamhub.consequences.kinds import Kind
from teamhub.core.db import db
from teamhub.core.i18n import LANGUAGES
from teamhub.jobs.work import Ticket
from teamhub.mail.letters import compose
from teamhub.mail.sending import DIGEST, written
from teamhub.notifications.handlers import MAIL_NOW
from teamhub.notifications.models import Notification
from teamhub.people.models import Person
from teamhub.people.sign_in import load_actor
from tests.servers import chromium

WIDTHS = (390, 640)
SCHEMES = ("light", "dark")


@dataclass(frozen=True)
class Wanted:
    """A mail to show: what it is called, the job that sends it, to which persona, and of what."""

    name: str
    job: str
    to: str
    kinds: tuple[Kind, ...] = tuple(Kind)
    most: int = 200


MAILS = (
    Wanted("question", MAIL_NOW, "unitmanager", (Kind.ASKED,), 1),
    Wanted("invitation", MAIL_NOW, "employee", (Kind.ASKED,), 1),
    Wanted("mention", MAIL_NOW, "lead", (Kind.MENTION,), 1),
    Wanted("digest-short", DIGEST, "proposer", most=3),
    Wanted("digest-news", DIGEST, "agent", (Kind.MINE, Kind.FOLLOWED)),
    Wanted("digest-waiting", DIGEST, "unitmanager"),
    Wanted("digest-waiting-one", DIGEST, "employee"),
    Wanted("digest-office", DIGEST, "office"),
)


def messages(wanted: Wanted) -> Iterator[tuple[str, EmailMultiAlternatives]]:
    """Return a mail in each language; none when the demo tells that person of no such thing."""
    person = db.session.scalar(select(Person).where(Person.email == f"{wanted.to}@demo.example"))
    actor = load_actor(person.id) if person else None
    if person is None or actor is None:
        return
    n = Notification
    mine = select(n.id).where(n.person_id == person.id, n.kind.in_(wanted.kinds))
    ids = list(db.session.scalars(mine.order_by(n.id.desc()).limit(wanted.most)))
    ticket = Ticket(1, "0" * 32, wanted.job, {}, 1, "")
    for locale in LANGUAGES:
        with force_locale(locale):
            letter = compose(actor, ids, owed=True)
            if letter.lines:
                yield locale, written(ticket, actor, person.email, letter)


def forget_what_was_read() -> None:
    """Let everything in the demo's inboxes be unread, for a mail says only what is."""
    db.session().info["writes_allowed"] = True
    db.session.execute(update(Notification).values(read_at=None))
    db.session.commit()


def picture(browser: Browser, html: str, file: Path, width: int, scheme: str) -> None:
    """Show ``html`` with no net to fetch anything from, and save what is seen."""
    context = browser.new_context(
        viewport={"width": width, "height": 600}, color_scheme=scheme, offline=True, java_script_enabled=False
    )
    page = context.new_page()
    page.set_content(html)
    page.screenshot(path=str(file), full_page=True)
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    found = chromium()
    if found is None:
        sys.exit("no Chromium on this machine")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        database = f"sqlite:///{home}/demo.db"
        app = create_app(
            type("Settings", (config.Development,), {"DATABASE_URL": database, "INSTANCE_PATH": home})
        )
        browser = playwright.chromium.launch(executable_path=str(found))
        with app.app_context():
            upgrade()
        app.test_cli_runner().invoke(args=["demo", "load"])
        with app.app_context():
            forget_what_was_read()
            for wanted in MAILS:
                for locale, message in messages(wanted):
                    name = f"{wanted.name}-{locale}"
                    (folder / f"{name}.txt").write_text(f"{message.subject}\n\n{message.body}", "utf-8")
                    for width in WIDTHS:
                        for scheme in SCHEMES:
                            html = str(message.alternatives[0][0])
                            picture(browser, html, folder / f"{name}-{width}-{scheme}.png", width, scheme)
                    print(f"{name}: {message.subject}")
        browser.close()


if __name__ == "__main__":
    main()
