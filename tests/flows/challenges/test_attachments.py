"""Files on a challenge: put on, described, and given to who may see it now (R31, R33, R47)."""

from __future__ import annotations

import io
import os
import time
from contextlib import closing

import pytest
from sqlalchemy import select
from werkzeug.test import EnvironBuilder

from teamhub.attachments import store, sweeping
from teamhub.attachments.models import Attachment
from teamhub.challenges import attaching, commands
from teamhub.challenges.models import Challenge
from tests.unit.attachments import files


@pytest.fixture
def kari(make):
    return make.person(name="Kari Moen")


@pytest.fixture
def browser(sign_in, kari):
    return sign_in(kari)


@pytest.fixture
def challenge(make, kari):
    return make.challenge(kari)


def some(*named):
    return {"files": [(io.BytesIO(content), name) for name, content in named]}


def sent(browser, path, chosen):
    """Send files, and return the page one is shown then."""
    return browser.get(browser.post(path, data=chosen).location).text


def save(browser, path):
    """Ask for a file, and return the answer with its bytes in it."""
    with browser.get(path) as answer:
        answer.get_data()
        return answer


def whole(fields):
    """The body and its type, as a browser sends them, without leaving files open behind it."""
    asked = EnvironBuilder(method="POST", data=fields).get_environ()
    with closing(asked["wsgi.input"]) as stream:
        return {"data": stream.read(), "content_type": asked["CONTENT_TYPE"]}


def rows(db):
    db.session.rollback()
    return db.session.scalars(select(Attachment).order_by(Attachment.id)).all()


def on_disk():
    return sorted(store.all_uids())


@pytest.fixture(autouse=True)
def _empty_store(db):
    for uid in on_disk():
        store.throw_away(uid)


def test_a_proposer_attaches_pictures_and_documents_and_others_save_them(
    browser, challenge, db, make, sign_in
):
    path = f"/challenges/{challenge.id}"
    answer = browser.post(
        f"{path}/files", data=some(("tavla.png", files.picture("PNG")), ("Å.pdf", files.pdf()))
    )

    assert (answer.status_code, answer.location) == (303, f"{path}#files")
    picture, paper = rows(db)
    page = sign_in(make.person()).get(path).text
    got = save(sign_in(make.person()), f"{path}/files/{paper.id}")
    assert "tavla.png" in page
    assert f"{path}/files/{picture.id}" in page
    assert got.data == files.pdf()
    assert got.headers["Content-Disposition"] == "attachment; filename=A.pdf; filename*=UTF-8''%C3%85.pdf"
    assert got.headers["Content-Type"] == "application/pdf"
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in got.headers["Cache-Control"]


def test_the_name_on_the_disk_says_nothing_and_no_other_folder_is_reached(browser, challenge, db):
    browser.post(f"/challenges/{challenge.id}/files", data=some(("../../../etc/passwd.txt", b"hei")))

    (row,) = rows(db)
    assert row.name == "passwd.txt"
    assert store.path_of(row.uid).read_bytes() == b"hei"
    assert on_disk() == [row.uid]
    assert store.path_of(row.uid).stat().st_mode & 0o077 == 0


def test_one_that_is_refused_keeps_the_others_out_too_and_says_why(browser, challenge, db):
    chosen = some(("fin.txt", b"hei"), ("side.jpg", files.SCRIPT))
    page = sent(browser, f"/challenges/{challenge.id}/files", chosen)

    assert "«side.jpg» lar seg ikke åpne" in page
    assert (rows(db), on_disk()) == ([], [])


def test_htmx_gets_the_list_alone_with_what_was_wrong_at_the_field(browser, challenge, db):
    head = {"HX-Request": "true", "HX-Target": "files"}
    path = f"/challenges/{challenge.id}/files"
    fine = browser.post(path, data=some(("a.txt", b"hei")), headers=head)
    wrong = browser.post(path, data=some(("a.exe", b"MZ")), headers=head)

    assert (fine.status_code, wrong.status_code) == (200, 422)
    assert "<html" not in fine.text
    assert "a.txt" in fine.text
    assert 'id="files-error"' in wrong.text


def test_what_is_attached_while_one_writes_makes_a_draft_nobody_else_sees(browser, kari, db, make, sign_in):
    written = {"title": "Nøkler blir borte hver uke", "situation": "Vi leter"}
    answer = browser.post("/challenges/new/files", data=written | some(("a.txt", b"hei")))

    draft = db.session.scalar(select(Challenge))
    (row,) = rows(db)
    assert answer.location == f"/challenges/new?draft={draft.id}#files"
    assert "a.txt" in browser.get(f"/challenges/new?draft={draft.id}").text
    path = f"/challenges/{draft.id}/files/{row.id}"
    assert save(browser, path).status_code == 200
    assert sign_in(make.person()).get(path).status_code == 404

    browser.post(
        "/challenges/new", data=written | {"affected": "Alle", "evidence": "Sett", "draft_id": draft.id}
    )
    assert save(sign_in(make.person()), path).status_code == 200


def test_who_may_not_see_the_challenge_any_more_gets_nothing(browser, challenge, make, kari, sign_in, db):
    browser.post(f"/challenges/{challenge.id}/files", data=some(("a.txt", b"hei")))
    (row,) = rows(db)
    other = make.challenge(make.person())

    assert browser.get(f"/challenges/{other.id}/files/{row.id}").status_code == 404
    attaching.take_off(make.actor(kari), challenge.id, row.id)
    assert browser.get(f"/challenges/{challenge.id}/files/{row.id}").status_code == 404


def test_only_the_proposer_and_the_office_put_on_and_take_off(browser, challenge, make, sign_in, db):
    browser.post(f"/challenges/{challenge.id}/files", data=some(("a.txt", b"hei")))
    (row,) = rows(db)
    path = f"/challenges/{challenge.id}/files"
    other = sign_in(make.person())

    answers = [
        other.post(path, data=some(("b.txt", b"hei"))).status_code,
        other.post(f"{path}/{row.id}/remove").status_code,
        other.post(f"{path}/{row.id}/describe", data={f"description-{row.id}": "x"}).status_code,
    ]

    assert answers == [403, 403, 403]
    assert [each.name for each in rows(db)] == ["a.txt"]


def test_what_a_picture_shows_is_said_and_read_aloud(browser, challenge, db):
    path = f"/challenges/{challenge.id}/files"
    browser.post(path, data=some(("a.png", files.picture("PNG"))))
    (row,) = rows(db)

    browser.post(f"{path}/{row.id}/describe", data={f"description-{row.id}": "Tavla med tre lapper"})

    assert 'alt="Tavla med tre lapper"' in browser.get(f"/challenges/{challenge.id}").text


def test_there_is_an_end_to_how_many_and_to_how_much(app, browser, challenge, db, monkeypatch):
    path = f"/challenges/{challenge.id}/files"
    browser.post(path, data=some(*((f"{n}.txt", b"hei") for n in range(10))))
    many = sent(browser, path, some(("en.txt", b"hei")))
    monkeypatch.setitem(app.config, "ATTACHMENTS_MB_PER_PERSON", 0)
    browser.post(f"{path}/{rows(db)[0].id}/remove")
    much = sent(browser, path, some(("en.txt", b"hei")))

    assert "høyst 10 vedlegg" in many
    assert "ikke plass til flere" in much
    assert len(rows(db)) == 9


@pytest.mark.parametrize(
    ("path", "size", "status"), [("comments", 2, 413), ("files", 2, 303), ("files", 27, 413)]
)
def test_only_uploads_may_be_large(browser, challenge, path, size, status):
    body = {"body": "hei"} | some(("a.txt", b"x" * (size * 1_000_000)))

    assert browser.post(f"/challenges/{challenge.id}/{path}", **whole(body)).status_code == status


def test_a_file_without_a_row_is_swept_away_a_day_later(app, browser, challenge, db, make, kari, caplog):
    browser.post(f"/challenges/{challenge.id}/files", data=some(("a.txt", b"hei"), ("b.txt", b"du")))
    first, second = rows(db)
    attaching.take_off(make.actor(kari), challenge.id, first.id)
    assert sweeping.sweep() == 0

    long_ago = time.time() - 2 * store.DAY_S
    for uid in on_disk():
        os.utime(store.path_of(uid), (long_ago, long_ago))
    assert sweeping.sweep() == 1
    assert on_disk() == [second.uid]

    store.throw_away(second.uid)
    sweeping.sweep()
    assert "lost its file" in caplog.text


def test_a_file_whose_row_cannot_be_written_is_not_left_behind(challenge, make, kari, monkeypatch):
    monkeypatch.setattr(attaching, "_put_on", lambda *_: 1 / 0)

    class Upload:
        filename, stream = "a.txt", io.BytesIO(b"hei")

    with pytest.raises(ZeroDivisionError):
        attaching.attach(make.actor(kari), challenge.id, [Upload()])
    assert on_disk() == []


def test_a_draft_that_is_thrown_away_takes_its_files_along(browser, kari, make, db):
    browser.post("/challenges/new/files", data={"title": "Noe som skal bort"} | some(("a.txt", b"hei")))
    draft = db.session.scalar(select(Challenge))

    commands.discard(make.actor(kari), draft.id)

    assert rows(db) == []
