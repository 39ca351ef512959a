"""The folder of attached files: written whole before the row that names them, swept when the row is gone."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flask import current_app

DAY_S = 24 * 60 * 60


@dataclass(frozen=True)
class Kept:
    """A file in the store: its name there, its size in bytes, and its hash."""

    uid: str
    size: int
    sha256: str


def folder() -> Path:
    """Return the store's folder, made when it is missing."""
    place = current_app.config["ATTACHMENTS_URL"] or str(
        Path(current_app.config["INSTANCE_PATH"]) / "attachments"
    )
    found = Path(place)
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def path_of(uid: str) -> Path:
    """Return where a kept file lies."""
    return folder() / uid[:2] / uid


@contextmanager
def workroom() -> Iterator[Path]:
    """Give a folder beside the store that is gone afterwards, whatever happens."""
    with tempfile.TemporaryDirectory(dir=folder(), prefix="new-") as room:
        yield Path(room)


def receive(stream: IO[bytes], room: Path, most: int) -> Path:
    """Write an upload into ``room``, at most one byte more than ``most``: enough to see it is too large."""
    target = room / secrets.token_hex(8)
    with target.open("wb") as out:
        while most >= 0 and (chunk := stream.read(min(64 * 1024, most + 1))):
            out.write(chunk)
            most -= len(chunk)
    return target


def keep(file: Path) -> Kept:
    """Take ``file`` into the store, on the disk for good, under a name nobody can guess."""
    uid = secrets.token_hex(16)
    content = file.read_bytes()
    target = path_of(uid)
    target.parent.mkdir(exist_ok=True, mode=0o700)
    with file.open("rb") as written:
        os.fsync(written.fileno())
    shutil.move(file, target)
    target.chmod(0o600)
    _sync(target.parent)
    return Kept(uid, len(content), hashlib.sha256(content).hexdigest())


def all_uids(*, older_than_s: float = 0) -> Iterator[str]:
    """Give the name of each kept file that has lain for some time."""
    until = time.time() - older_than_s
    for file in folder().glob("??/*"):
        if file.stat().st_mtime <= until:
            yield file.name


def throw_away(uid: str) -> None:
    """Remove a kept file. Harmless when it is gone."""
    path_of(uid).unlink(missing_ok=True)


def clear_workrooms() -> None:
    """Remove what uploads that were killed in the middle have left."""
    until = time.time() - DAY_S
    for room in folder().glob("new-*"):
        if room.stat().st_mtime < until:
            shutil.rmtree(room, ignore_errors=True)


def _sync(place: Path) -> None:
    """Let the name reach the disk too, not only the content."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
