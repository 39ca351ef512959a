"""Looks into a file nobody trusts, in a process of its own with little room: run by path, never imported.

`python -I child.py FILE ENDING OUT` writes what may be kept to OUT and prints one line of JSON: either
``{"kind": media type, "ending": …}`` or ``{"refused": why}``. Pictures are drawn anew, which leaves
behind whatever hid in them: places, camera, scripts after the end. Archives are counted before anything
is unpacked. Limits: quality.md R31 and R32.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import warnings
import zipfile
import zlib
from pathlib import Path

MEGABYTE = 1024 * 1024
MOST_MEMORY = 512 * MEGABYTE
MOST_SECONDS = 20
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2560
MOST_EXPANDED = 100 * MEGABYTE
MOST_RATIO = 100
MOST_ENTRIES = 1_000
CHUNK = 64 * 1024

PICTURES = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
KEPT_AS = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/webp", "webp")}
OFFICE = {
    "docx": ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "odt": ("content.xml", "application/vnd.oasis.opendocument.text"),
    "ods": ("content.xml", "application/vnd.oasis.opendocument.spreadsheet"),
    "odp": ("content.xml", "application/vnd.oasis.opendocument.presentation"),
}
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
PLAIN = {"txt": "text/plain", "csv": "text/csv"}


KIND, PIXELS, BOMB, NESTED, BROKEN = "kind", "pixels", "bomb", "nested", "broken"
"""Why a file is refused; checking.py has the words."""


class Refused(Exception):
    """The file may not be kept. The argument is the reason's name."""


def main(file: Path, ending: str, out: Path) -> dict[str, str]:
    """Return what the file is, with what may be kept of it in ``out``. Raises Refused."""
    if ending in PICTURES:
        return _picture(file, ending, out)
    if ending == "pdf":
        kind = _pdf(file.read_bytes())
    elif ending in OFFICE:
        kind = _office(file, ending)
    elif ending in PLAIN:
        kind = _text(file.read_bytes(), ending)
    else:
        raise Refused(KIND)
    out.write_bytes(file.read_bytes())
    return {"kind": kind, "ending": ending}


def _picture(file: Path, ending: str, out: Path) -> dict[str, str]:
    from PIL import Image, ImageOps  # noqa: PLC0415 - slow to load, and only pictures need it

    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow warns at this and refuses at twice it
    try:
        with Image.open(file, formats=[PICTURES[ending]]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused(PIXELS)
            drawn = ImageOps.exif_transpose(opened)
            drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            form = "PNG" if opened.format == "GIF" else str(opened.format)
            plain = drawn.convert("RGB" if form == "JPEG" else "RGBA")
            fresh = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(PIXELS) from error
    fresh.save(out, form, quality=85)
    kind, ending = KEPT_AS[form]
    return {"kind": kind, "ending": ending}


def _pdf(content: bytes) -> str:
    """Count what the packed streams hold; the reader's own program will unpack them."""
    if not content.startswith(b"%PDF-"):
        raise Refused(KIND)
    left = MOST_EXPANDED
    for found in re.finditer(rb"stream\r?\n", content):
        unpack = zlib.decompressobj()
        rest = content[found.end() : found.end() + 25 * MEGABYTE]
        try:
            while rest and not unpack.eof:
                left -= len(unpack.decompress(rest, CHUNK))
                rest = unpack.unconsumed_tail
                if left < 0:
                    raise Refused(BOMB)
        except zlib.error:
            continue  # packed in another way, or not at all
    return "application/pdf"


def _office(file: Path, ending: str) -> str:
    part, kind = OFFICE[ending]
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        if len(entries) > MOST_ENTRIES:
            raise Refused(BOMB)
        if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
            raise Refused(KIND)
        marker = "mimetype" if ending.startswith("od") else "[Content_Types].xml"
        if marker not in names or not any(name.startswith(part) for name in names):
            raise Refused(KIND)
        left = min(MOST_EXPANDED, max(file.stat().st_size, 10_000) * MOST_RATIO)
        for entry in entries:
            left -= _unpacked(archive, entry, left)
    return kind


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    """Return how large an entry really is; what its heading says may be a lie."""
    size, start = 0, b""
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            start = start or chunk
            size += len(chunk)
            if size > left:
                raise Refused(BOMB)
            if entry.filename.endswith((".xml", ".rels")) and re.search(rb"<!(DOCTYPE|ENTITY)", chunk):
                raise Refused(BOMB)
    if start.startswith(ARCHIVES) or entry.filename.lower().endswith(
        (".zip", ".docm", ".xlsm", "vbaproject.bin")
    ):
        raise Refused(NESTED)
    return size


def _text(content: bytes, ending: str) -> str:
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(KIND)
    return PLAIN[ending]


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


if __name__ == "__main__":
    _limit()
    try:
        answer = main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except Exception:  # noqa: BLE001 - whatever a broken file makes a reader do
        answer = {"refused": BROKEN}
    sys.stdout.write(json.dumps(answer))
