"""What may be attached is looked into first, and what is kept is only what it says it is (R31, R32)."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image

from teamhub.attachments import checking
from teamhub.attachments.child import OFFICE
from teamhub.core.errors import DomainError
from tests.unit.attachments import files

PATIENCE_S = 5


@pytest.fixture
def check(app, tmp_path):
    def _check(name, content):
        upload = tmp_path / "upload"
        upload.write_bytes(content)
        with app.test_request_context():
            return checking.check(upload, name, tmp_path)

    return _check


@pytest.mark.parametrize("what", files.BOMBS)
def test_bombs_are_refused_in_words_and_in_time(check, tmp_path, what):
    name, make = files.BOMBS[what]
    content = make()
    assert len(content) < checking.LARGEST_BYTES

    began = time.monotonic()
    with pytest.raises(DomainError, match=name):
        check(name, content)
    assert time.monotonic() - began < PATIENCE_S
    assert {file.name for file in tmp_path.iterdir()} == {"upload"}


@pytest.mark.parametrize("what", files.POLYGLOTS)
def test_what_is_not_what_it_says_is_refused(check, what):
    name, make = files.POLYGLOTS[what]

    with pytest.raises(DomainError):
        check(name, make())


def test_a_photo_keeps_its_picture_and_loses_where_and_by_whom_it_was_taken(check):
    checked = check("ute.JPG", files.with_place())

    with Image.open(checked.path) as kept:
        assert (kept.size, dict(kept.getexif())) == ((40, 30), {})
    assert (checked.name, checked.media_type) == ("ute.jpg", "image/jpeg")


def test_what_hides_behind_a_picture_is_left_behind(check):
    kept = check("a.png", files.picture("PNG") + files.SCRIPT).path.read_bytes()

    assert b"script" not in kept


def test_a_large_photo_is_made_smaller(check):
    checked = check("a.jpg", files.picture(size=(4000, 3000)))

    with Image.open(checked.path) as kept:
        assert kept.size == (2560, 1920)


def test_a_picture_lies_the_way_it_was_held(check):
    exif = Image.Exif()
    exif[0x0112] = 6
    checked = check("a.jpg", files.picture(exif=exif))

    with Image.open(io.BytesIO(checked.path.read_bytes())) as kept:
        assert kept.size == (30, 40)


ODT = [("mimetype", b"x"), ("content.xml", b"<x/>")]
ORDINARY = {
    "a.png": (lambda: files.picture("PNG"), "image/png"),
    "a.webp": (lambda: files.picture("WEBP"), "image/webp"),
    "a.gif": (lambda: files.picture("GIF"), "image/png"),
    "a.pdf": (files.pdf, "application/pdf"),
    "Notat.DOCX": (files.docx, OFFICE["docx"][1]),
    "a.odt": (lambda: files.archive(ODT), OFFICE["odt"][1]),
    "a.txt": ("blåbær".encode, "text/plain"),
    "a.csv": (lambda: "æ;ø\n1;2".encode("utf-16"), "text/csv"),
}


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_files_are_taken(check, name):
    make, kind = ORDINARY[name]
    checked = check(name, make())

    assert checked.media_type == kind


def test_a_file_that_is_too_large_is_told_so(check):
    with pytest.raises(DomainError, match="25 MB"):
        check("a.txt", b"x" * (checking.LARGEST_BYTES + 1))
