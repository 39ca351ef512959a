"""Files for the tests of attachments: good ones, ones that are not what they say, and bombs."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image, PngImagePlugin

SCRIPT = b"<html><script>alert(1)</script></html>"
TYPES = b'<?xml version="1.0"?><Types/>'


def picture(form="JPEG", size=(40, 30), **how):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **how)
    return out.getvalue()


def with_place():
    """A photo that tells where it was taken, and by whom."""
    exif = Image.Exif()
    exif[0x013B] = "Kari Nordmann"
    exif[0x8825] = {1: "N", 2: (59.0, 44.0, 0.0)}
    return picture(exif=exif)


def archive(entries, **how):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **how) as file:
        for name, content in entries:
            file.writestr(name, content)
    return out.getvalue()


def docx(*more):
    return archive([("[Content_Types].xml", TYPES), ("word/document.xml", b"<w:document/>"), *more])


def png_header(width, height):
    """A picture that says it is enormous, in few bytes."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def png_with_much_text():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "a" * 80_000_000, zip=True)
    return picture("PNG", pnginfo=info)


def gif_header(side):
    return b"GIF89a" + struct.pack("<HH", side, side) + b"\x80\0\0" + b"\0" * 6 + picture("GIF")[19:]


def pdf(stream=b"BT ET"):
    packed = zlib.compress(stream, 9)
    return b"%PDF-1.7\n1 0 obj<</Filter/FlateDecode>>\nstream\n" + packed + b"\nendstream\nendobj\n%%EOF"


def much(megabytes):
    return b"\0" * (megabytes * 1_000_000)


BOMBS = {
    "one file, much inside": ("a.docx", lambda: docx(("word/media/x.xml", much(200)))),
    "a spreadsheet of nothing": (
        "a.xlsx",
        lambda: archive([("[Content_Types].xml", TYPES), ("xl/w.xml", much(150))]),
    ),
    "many small ones": ("a.docx", lambda: docx(*((f"word/{n}.xml", b"x") for n in range(1100)))),
    "a high ratio": ("a.docx", lambda: docx(("word/x.bin", much(40)))),
    "an archive within": ("a.docx", lambda: docx(("word/embeddings/x.zip", archive([("x", b"x")])))),
    "an archive by another name": ("a.docx", lambda: docx(("word/x.bin", archive([("x", b"x")])))),
    "packed twice": ("a.docx", lambda: docx(("word/x.xml", b"\x1f\x8b" + b"x" * 100))),
    "words that multiply": ("a.docx", lambda: docx(("word/x.xml", b'<!DOCTYPE a [<!ENTITY b "bb">]><a/>'))),
    "an entity": ("a.ods", lambda: archive([("mimetype", b"x"), ("content.xml", b"<!ENTITY a 'b'>")])),
    "out of the folder": ("a.docx", lambda: docx(("../../etc/cron.d/x", b"x"))),
    "from the root": ("a.docx", lambda: docx(("/etc/x", b"x"))),
    "a picture too wide": ("a.png", lambda: png_header(100_000, 100_000)),
    "a picture of fifty megapixels": ("a.png", lambda: png_header(7_100, 7_100)),
    "a picture with a long comment": ("a.png", png_with_much_text),
    "a gif that is too large": ("a.gif", lambda: gif_header(60_000)),
    "a pdf that unpacks": ("a.pdf", lambda: pdf(much(150))),
}
"""Sixteen that look small (quality.md R32)."""

POLYGLOTS = {
    "a page": ("a.jpg", lambda: SCRIPT),
    "a page that begins as a gif": ("a.gif", lambda: b"GIF89a/*" + SCRIPT),
    "a drawing with a script": (
        "a.png",
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    ),
    "a program": ("a.jpg", lambda: b"MZ" + b"\0" * 200),
    "a program by its own name": ("a.exe", lambda: b"MZ" + b"\0" * 200),
    "a drawing by its own name": ("a.svg", lambda: b"<svg onload=alert(1) />"),
    "a page by its own name": ("a.html", lambda: SCRIPT),
    "two endings": ("a.jpg.html", picture),
    "no name but an ending": (".jpg", picture),
    "no ending": ("jpg", picture),
    "a png called jpg": ("a.jpg", lambda: picture("PNG")),
    "a page before a pdf": ("a.pdf", lambda: SCRIPT + pdf()),
    "a page called pdf": ("a.pdf", lambda: SCRIPT),
    "an archive called docx": ("a.docx", lambda: archive([("x.html", SCRIPT)])),
    "a page before an archive": ("a.docx", lambda: SCRIPT),
    "an archive called odt": ("a.odt", lambda: archive([("content.xml", b"x")])),
    "macros": ("a.docx", lambda: docx(("word/vbaProject.bin", b"x"))),
    "a program called text": ("a.txt", lambda: b"MZ\0\0\0"),
    "half a picture": ("a.jpg", lambda: picture()[:200]),
    "nothing": ("a.jpg", lambda: b""),
}
"""Twenty that are not what they say (quality.md R31)."""
