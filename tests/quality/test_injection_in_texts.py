"""What people write about challenges is shown as they wrote it, and stays in its place (quality.md R23)."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest
from flask_babel import force_locale
from sqlalchemy import select
from werkzeug.http import parse_options_header

from teamhub.attachments import store
from teamhub.attachments.models import Attachment
from teamhub.calls.models import Call
from teamhub.challenges.models import Challenge
from teamhub.challenges.voices import SavedSearch
from teamhub.core import clock
from teamhub.jobs.work import Ticket
from teamhub.mail.letters import compose
from teamhub.mail.sending import DIGEST, written
from teamhub.notifications.handlers import MAIL_NOW
from teamhub.notifications.models import Notification
from tests.cast import assemble
from tests.planted import READERS, fields, pages_for, plant
from tests.stages import Stage

BEGINS, ENDS = "qzx", "xzq"
TEMPLATES = [
    *("{{7*7}}", "{%print(7*7)%}", "${7*7}", "#{7*7}", "<%=7*7%>", "%(title)s", "%s%d%%", "{0.__class__}"),
    *("{title!r:>9}", "[[7*7]]", "{{config}}", "{{''.__class__.__mro__}}", "{#7*7#}", "$(7*7)"),
]
TEXTS = [f"{BEGINS}{template}{ENDS}" for template in TEMPLATES]

LINE_BREAKS = ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "%0d%0a", "\\r\\n"]
HEADERS = {
    *("Subject", "From", "To", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Language"),
    *("Idempotency-Key", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted"),
    "X-Auto-Response-Suppress",
}
PROPOSAL = {"situation": "Folk venter.", "affected": "Alle", "evidence": "Sett det selv"}
QUESTION = {"whom": "all", "ends_on": "2030-01-01"}

FILE_NAMES = [
    *("../../etc/passwd.txt", "..\\..\\etc\\passwd.txt", "/etc/passwd.txt", "C:\\boot.txt", "%2e%2e%2fa.txt"),
    *('a"; filename="b.html.txt', "a\r\nSet-Cookie: b=c; x=.txt", "a\nX-Evil: 1.txt", "a\x00.html.txt"),
    *("{{7*7}}.txt", "%(name)s%s.txt", "{0.__class__}.txt", "'; DROP TABLE attachment; --.txt", "æ;ø=å.txt"),
]
SHAPES = ["../../etc/passwd", "csv/../xlsx", "csv\r\nX-Evil: 1", "CSV", "csv;", "{{7*7}}", "__class__", ""]


@pytest.fixture(scope="module")
def planted_stage(app):
    def build(make):
        cast = assemble(make)
        plant(make, cast, TEXTS)
        return cast

    stage = Stage(app, build)
    yield stage
    stage.close()


@pytest.fixture
def planted(app, db, planted_stage):
    with planted_stage.open() as cast:
        yield cast


def said(text):
    """Return what stands between the marks, addresses and the signs that are Markdown's left out."""
    text = re.sub(r'(?:href|action|formaction|hx-[a-z]+)="[^"]*"', "", text)
    words = re.sub(r"</?(?:strong|em|mark)\b[^>]*>|[*_]", "", unescape(text))
    return re.findall(f"{BEGINS}(.*?){ENDS}", words)


AS_WRITTEN = set(said(" ".join(TEXTS)))


def test_a_template_is_shown_as_it_was_written_on_every_page(app, planted, sign_in):
    shown, wrong = {}, {}
    for reader in READERS:
        client = sign_in(planted.people[reader])
        for path in pages_for(app, planted, reader):
            page = client.get(path)
            assert page.status_code == 200, path
            shown[path] = said(page.text)
            compared = path.partition("?")[0].endswith(("/versions", "/history"))
            strange = set() if compared else set(shown[path]) - AS_WRITTEN
            wrong |= {path: strange} if strange or re.search(f"{BEGINS}49|49{ENDS}", page.text) else {}

    assert wrong == {}
    assert sum("{{77}}" in found for found in shown.values()) > len(shown) / 3
    assert {text for found in shown.values() for text in found} >= AS_WRITTEN


def test_a_template_is_taken_along_as_it_was_written(planted, sign_in):
    client = sign_in(planted.people["employee"])
    for path in ("/challenges/export", f"/feeds/{planted.feed_keys['challenges']}/challenges.atom"):
        assert set(said(client.get(path).text)) == AS_WRITTEN


def mails_to(make, person, ids=None):
    """Mails with what somebody is told: a few things in each digest, and each by itself."""
    actor = make.actor(person)
    mine = select(Notification.id).where(Notification.person_id == person.id)
    ids = ids or list(make.session.scalars(mine.order_by(Notification.id)))
    for job, size in ((DIGEST, 5), (MAIL_NOW, 1)):
        for start in range(0, len(ids), size):
            with force_locale("nb"):
                letter = compose(actor, ids[start : start + size], owed=True)
                if letter.lines:
                    yield written(Ticket(1, "0" * 32, job, {}, 1, ""), actor, person.email, letter)


def test_a_template_is_mailed_as_it_was_written(make, planted):
    found = []
    for mail in mails_to(make, planted.people["employee"]):
        texts = [str(mail.subject), str(mail.body), str(mail.alternatives[0][0])]
        assert not any(re.search(f"{BEGINS}49|49{ENDS}", text) for text in texts)
        found.append([said(text) for text in texts])

    assert {text for mail in found for part in mail for text in part} == AS_WRITTEN
    assert any("{{77}}" in subject for subject, _plain, _html in found)


# -- headers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("line_break", LINE_BREAKS)
def test_a_line_break_in_a_name_begins_no_header_in_a_mail(cast, client_of, make, line_break):
    employee = cast.people["employee"]
    name = f"Nattevakt{line_break}Bcc: ond@example.com{line_break}{line_break}Hei"
    posts = {
        Challenge: ("proposer", "/challenges/new", PROPOSAL | {"title": name}),
        SavedSearch: ("employee", "/challenges/searches?q=natt", {"name": name, "alerts": "y"}),
        Call: ("office", "/calls/new", QUESTION | {"question": name, "starts_on": clock.today().isoformat()}),
    }
    told = {Challenge: "candidate_to_supporters", SavedSearch: "search_found_one", Call: "call_ends_soon"}
    for model, (role, path, form) in posts.items():
        answer = client_of(role).post(path, data=form)
        thing = make.session.scalar(select(model).order_by(model.id.desc()).limit(1))
        data = {"quote": name, "found": 1, "due": "2030-01-01"}
        note = make.notification(employee, thing, told=told[model], data=data)
        mails = [mail.message() for mail in mails_to(make, employee, [note.id])]

        assert answer.status_code == 303
        assert len(mails) == 2
        for message in mails:
            assert sorted(message.keys()) == sorted(HEADERS)
            assert not any(re.search(r"[\r\n](?![ \t])", str(value)) for value in message.values())
            assert message["To"].endswith("<employee@demo.example>")
            assert b"\nBcc:" not in message.as_bytes().partition(b"\n\n")[0]


@pytest.mark.parametrize("line_break", LINE_BREAKS)
def test_a_line_break_in_a_form_begins_no_header_in_the_answer(cast, client_of, line_break):
    evil = f"a{line_break}Set-Cookie: evil=1{line_break}X-Evil: 1"
    employee = client_of("employee")
    answers = [
        employee.post("/challenges/searches", data={"q": evil, "name": evil}),
        employee.post(f"/challenges/searches/{cast.search_id}/edit", data={"name": evil, "version": 1}),
        employee.get("/challenges", query_string={"q": evil, "density": evil, "sort": evil}),
        client_of("office").post("/challenges/desk", data={"do": "take", "who": evil, "chosen": evil}),
    ]

    assert [answer.status_code for answer in answers] == [303, 303, 200, 303]
    for answer in answers:
        assert "X-Evil" not in answer.headers
        assert not any(re.search(r"[\r\n]", value) for value in answer.headers.values())
        assert not any(cookie.startswith("evil=") for cookie in answer.headers.getlist("Set-Cookie"))


def carrying(name):
    """A form with a file of that name, written out whole: no browser sends them all, but somebody may."""
    head = f"Content-Disposition: form-data; name=files; filename*=UTF-8''{quote(name, safe='')}"
    body = f"--{ENDS}\r\n{head}\r\n\r\nVentetid: 11 dager\r\n--{ENDS}--\r\n"
    return {"data": body.encode(), "content_type": f"multipart/form-data; boundary={ENDS}"}


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_file_keeps_to_its_place_whatever_it_is_called(cast, client_of, make, name):
    client, challenge = client_of("proposer"), cast.challenges["draft"]
    before = set(store.all_uids())
    answer = client.post(f"/challenges/{challenge.id}/files", **carrying(name))
    file = make.session.scalar(select(Attachment).order_by(Attachment.id.desc()).limit(1))
    with client.get(f"/challenges/{challenge.id}/files/{file.id}") as saved:
        status, headers = saved.status_code, saved.headers

    assert (answer.status_code, status) == (303, 200)
    kind, options = parse_options_header(headers["Content-Disposition"])
    assert (kind, headers["Content-Type"]) == ("attachment", "text/plain; charset=utf-8")
    assert options["filename"] == file.name
    assert file.name.isprintable()
    assert not set(file.name) & set("/\\")
    assert {"X-Evil", "Set-Cookie"}.isdisjoint(headers.keys())
    assert set(store.all_uids()) - before == {file.uid}
    assert re.fullmatch("[0-9a-f]{32}", file.uid)


def test_what_a_picture_shows_holds_nothing_a_database_cannot(cast, client_of, make):
    challenge, file = cast.challenges["draft"], cast.files["draft"]
    said = {f"description-{file.id}": "Tavla\x00 {{7*7}}"}
    answer = client_of("proposer").post(f"/challenges/{challenge.id}/files/{file.id}/describe", data=said)

    assert answer.status_code == 303
    assert make.session.get(Attachment, file.id, populate_existing=True).description == "Tavla {{7*7}}"


@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_is_taken_along_in_the_shapes_there_are(client_of, shape):
    answer = client_of("employee").get("/challenges/export", query_string={"as": shape})

    assert answer.status_code == 404
    assert "Content-Disposition" not in answer.headers


@pytest.mark.parametrize(
    "path", ["../../challenges", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "1%00", "..%5c1", "{{7*7}}"]
)
def test_a_file_is_asked_for_by_its_number_alone(cast, client_of, path):
    number = cast.challenges["submitted"].id

    assert client_of("employee").get(f"/challenges/{number}/files/{path}").status_code == 404


def test_every_field_holds_a_template(make, planted):
    bare = [
        (model.__tablename__, name)
        for model, name in fields()
        if not any(BEGINS in (text or "") for text in make.session.scalars(select(getattr(model, name))))
    ]

    assert bare == []
