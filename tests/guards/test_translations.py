"""Three complete languages: every text in the source has its nynorsk and its English."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
KEYWORDS = ("--keyword", "_l", "--keyword", "_n:1,2", "--keyword", "lazy_gettext")
PLACEHOLDER = re.compile(r"%(?:\([a-z_0-9]+\))?[sd]")


@pytest.fixture(scope="module")
def in_source(tmp_path_factory):
    target = tmp_path_factory.mktemp("texts") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"]
    arguments = ["--mapping-file", "babel.cfg", *KEYWORDS, "--output-file", str(target), "."]
    subprocess.run([*command, *arguments], cwd=ROOT, check=True)
    with target.open("rb") as file:
        return {message.id for message in read_po(file) if message.id}


@pytest.fixture(scope="module", params=["nn", "en"])
def catalogue(request):
    path = ROOT / "translations" / request.param / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=request.param)


def texts(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def originals(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def test_every_text_in_the_source_is_translated(in_source, catalogue):
    known = {m.id for m in catalogue if m.id and all(texts(m)) and not m.fuzzy}
    missing = sorted(str(text) for text in in_source - known)
    assert missing == [], f"{len(missing)} texts without a translation"


def test_nothing_is_left_over_or_fuzzy(in_source, catalogue):
    assert [m.id for m in catalogue if m.id and m.fuzzy] == []
    assert sorted(str(m.id) for m in catalogue if m.id and m.id not in in_source) == []


def test_translations_keep_their_placeholders(catalogue):
    wrong = []
    for message in catalogue:
        allowed = {p for text in originals(message) for p in PLACEHOLDER.findall(text or "")}
        for original, text in zip(originals(message), texts(message), strict=True):
            wanted, found = set(PLACEHOLDER.findall(original or "")), set(PLACEHOLDER.findall(text))
            # «Én dag» may leave the number out; nothing may be made up, and the rest must be there.
            if found - allowed or (wanted - found) - {"%(num)s", "%(num)d"}:
                wrong.append(message.id)
    assert wrong == []
