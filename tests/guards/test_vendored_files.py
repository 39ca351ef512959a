"""What others made and we ship is what the manifest says: this version, unchanged, fetching nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FOLDERS = ["static/vendor", "tests/browser/vendor"]
READ_BY_BROWSERS = {".css", ".js", ".svg"}
FETCHES_FROM_ANOTHER_HOST = r"""(?ix)
    (url\(\s* | @import\s* | \b(import|importScripts)\s*\(?\s* | \bfrom\s* | \b(xlink:)?href\s*=\s*)
    ["']? (https?:)?//[a-z0-9]"""


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_in_the_manifest(folder):
    files = {path for path in (ROOT / folder).rglob("*") if path.is_file() and "licenses" not in path.parts}
    sprite = {ROOT / "static/icons.svg"} if folder == "static/vendor" else set()

    assert files - {ROOT / folder / "manifest.json"} | sprite == {path for path, _ in entries(folder)}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_unchanged(folder):
    assert [path.name for path, entry in entries(folder) if integrity(path) != entry["sha384"]] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_has_a_source_a_version_and_a_licence(folder):
    for _, entry in entries(folder):
        licence_text = entry["package"].removeprefix("@").replace("/", "-") + ".txt"

        assert all(entry[key] for key in ("package", "version", "licence", "source")), entry
        assert (ROOT / folder / "licenses" / licence_text).is_file(), entry


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_file_fetches_from_another_host(folder):
    texts = [(path.name, path.read_text()) for path, _ in entries(folder) if path.suffix in READ_BY_BROWSERS]

    assert [name for name, text in texts if re.search(FETCHES_FROM_ANOTHER_HOST, text)] == []


def entries(folder):
    listed = json.loads((ROOT / folder / "manifest.json").read_text())
    return [((ROOT / folder / entry["file"]).resolve(), entry) for entry in listed]


def integrity(path):
    return "sha384-" + base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()
