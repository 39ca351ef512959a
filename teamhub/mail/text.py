"""The plain text of a mail, read off its HTML: headings, paragraphs, lists, and links with their address."""

from __future__ import annotations

import re
from html.parser import HTMLParser

SKIPPED = {"style", "title", "head"}
BLOCKS = {"p", "h1", "h2", "h3", "ul", "li", "div", "hr"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.skipping = 0
        self.address = ""
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SKIPPED:
            self.skipping += 1
        elif tag == "li":
            self.lines.append("* ")
        elif tag in BLOCKS:
            self._block()
        elif tag == "br":
            self.lines.append("  " if self.lines[-1].startswith(("* ", "  ")) else "")
        elif tag == "a":
            self.address, self.said = dict(attrs).get("href") or "", ""

    def handle_endtag(self, tag: str) -> None:
        if tag in SKIPPED:
            self.skipping -= 1
        elif tag == "a" and self.address and self.address != self.said.strip():
            self._add(f": {self.address}")
            self.address = ""
        elif tag == "ul" or (tag in BLOCKS and tag != "li"):
            self._block()

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            words = re.sub(r"\s+", " ", data)
            self.said += words
            self._add(words)

    def _block(self) -> None:
        if self.lines[-1].strip():
            self.lines += ["", ""]

    def _add(self, words: str) -> None:
        line = self.lines[-1]
        self.lines[-1] = line + (words.lstrip() if not line or line.endswith(" ") else words)


def plain(html: str) -> str:
    """Return a mail's HTML as text to read. Knows the few elements our mails are made of."""
    reader = _Reader()
    reader.feed(html)
    text = "\n".join(line.rstrip() for line in reader.lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
