"""The small parts of the kernel: where one may be sent on to, ids in addresses, what is remembered."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.routing import ValidationError

from teamhub.core.addresses import LARGEST_ID, Id
from teamhub.core.markdown import render
from teamhub.core.redirects import safe_path
from teamhub.core.remember import MOST_KEPT, remember

PARTS = [
    "/",
    "\\",
    "//",
    "http:",
    "evil.example",
    "@",
    "challenges",
    "?next=",
    "#",
    "\t",
    "\n",
    " ",
    "%2f",
    "..",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=500)
@given(target=st.one_of(st.text(), st.lists(st.sampled_from(PARTS)).map("".join)))
def test_whatever_is_asked_one_is_sent_to_a_page_of_ours(app, target):
    with app.app_context():
        address = safe_path(target)

    assert address.startswith("/")
    assert not address.startswith(("//", "/\\"))
    assert not any(ord(letter) <= 0x20 or letter in "\\\x7f" for letter in address)


@pytest.mark.parametrize("text", ["1", "42", str(LARGEST_ID)])
def test_an_id_is_digits(app, text):
    assert Id(app.url_map).to_python(text) == int(text)


def test_an_id_beyond_the_database_is_none(app):
    with pytest.raises(ValidationError):
        Id(app.url_map).to_python(str(LARGEST_ID + 1))


@given(st.text(alphabet=st.sampled_from("<>\"'&;:/ javascript:onloadscriptimgsrc=`*_[]()!#\n"), max_size=200))
def test_markdown_lets_no_code_through(text):
    html = render(text)

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


@pytest.fixture
def remembering(app, monkeypatch):
    monkeypatch.setitem(app.config, "REMEMBER", True)
    with app.app_context():
        yield


def test_an_answer_is_remembered_for_each_question_and_forgotten_in_time(remembering, monkeypatch):
    now, asked = [0.0], []
    monkeypatch.setattr("teamhub.core.remember.time.monotonic", lambda: now[0])

    @remember(10)
    def double(number):
        asked.append(number)
        return 2 * number

    assert [double(1), double(1), double(2)] == [2, 2, 4]
    assert asked == [1, 2]

    now[0] = 10.1

    assert double(1) == 2
    assert asked == [1, 2, 1]


def test_what_is_remembered_stays_bounded(remembering):
    asked = []

    @remember(10)
    def note(number):
        asked.append(number)

    for number in range(3 * MOST_KEPT):
        note(number)
    note(3 * MOST_KEPT - 1)

    assert len(asked) == 3 * MOST_KEPT


def test_tests_remember_nothing(app):
    asked = []
    with app.app_context():
        note = remember(10)(lambda: asked.append(1))
        note()
        note()

    assert len(asked) == 2
