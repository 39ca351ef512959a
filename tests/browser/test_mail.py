"""Mails as people see them: no faults that axe finds, in three languages, light and dark."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from teamhub.core.db import db
from teamhub.core.i18n import LANGUAGES
from teamhub.notifications.models import Notification
from tests.browser.conftest import AXE, AXE_TAGS
from tools.mail_pictures import MAILS, SCHEMES, messages

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def letters(live):
    """What each mail's HTML is, by name and language, made of the demo without changing it."""
    with live.app.app_context():
        db.session().info["writes_allowed"] = True
        db.session.execute(update(Notification).values(read_at=None))
        found = {
            (wanted.name, locale): str(message.alternatives[0][0])
            for wanted in MAILS
            for locale, message in messages(wanted)
        }
        db.session.rollback()
        db.session().info["writes_allowed"] = False
        db.session.remove()
    return found


def test_each_mail_is_there_in_each_language(letters):
    assert set(letters) == {(wanted.name, locale) for wanted in MAILS for locale in LANGUAGES}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_mail_has_faults_that_axe_finds(letters, chrome, scheme):
    context = chrome.new_context(viewport={"width": 390, "height": 600}, color_scheme=scheme, offline=True)
    page = context.new_page()
    faults = {}
    for name, html in letters.items():
        page.set_content(html)
        page.evaluate(AXE)
        said = page.evaluate(
            "tags => axe.run({runOnly: {type: 'tag', values: tags}}).then(r => r.violations.map(v => v.id))",
            AXE_TAGS,
        )
        wider = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        faults |= {name: said + ["wider than the screen"] * wider} if said or wider else {}
    context.close()

    assert faults == {}
