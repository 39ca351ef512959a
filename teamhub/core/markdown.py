"""Plain Markdown, safely rendered: what people write in long fields, and whom they mention there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup, escape

_WORD = r"[^\W\d_][\w'’.+-]*"
_MENTION = re.compile(  # not in the middle of a word, an e-mail address or a link
    rf"(?<![\w.+\-@/&])@([\w.+-]+@[\w-]+(?:\.[\w-]+)+|{_WORD}(?:[ \u00a0]{_WORD}){{0,3}})"
)
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "code", "pre", "blockquote", "hr"}
_AFTER_A_NAME = ".+'’-"

LONGEST = 10_000
"""No form takes a longer text that is read as Markdown."""

MOST_MARKS = 400
"""So many letters that may mean something, line breaks among them; each can cost 0.1 ms."""

_MARK = re.compile(r"[\n*_`\[\]<>&!\\@]")


def _parser() -> MarkdownIt:
    plain = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False})
    return plain.disable(["image", "heading", "lheading"])


def _mark_mentions(state: StateCore) -> None:
    for token in state.tokens:
        token.children = [part for child in _children(token) for part in _parts(*child)]


_markdown = _parser()
_conversation = _parser()
_conversation.core.ruler.push("mentions", _mark_mentions)


def render(text: str, *, mentions: bool = False) -> Markup:
    """Return ``text`` as safe HTML: few tags, links to http, https and mail only.

    With ``mentions``, «@Kari Nordmann» stands out. It is no link: who was told is settled when it is
    written, and a name may be another's by the time it is read.
    """
    if _is_heavy(text):
        return Markup("<p>{}</p>").format(escape(text).replace("\n", Markup("<br>\n")))
    html = (_conversation if mentions else _markdown).render(text)
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        allowed_classes={"strong": {"mention"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )
    return Markup(clean)  # noqa: S704 - cleaned on the line above


def mentioned(text: str) -> list[str]:
    """Return what stands after each «@» that can be somebody: up to four words, or an address.

    Code, links and e-mail addresses mention nobody.
    """
    if "@" not in text:
        return []
    if _is_heavy(text):
        return [found[1] for found in _MENTION.finditer(text)]
    return [
        found[1]
        for token in _markdown.parse(text)
        for child, in_link in _children(token)
        if child.type == "text" and not in_link
        for found in _MENTION.finditer(child.content)
    ]


def _is_heavy(text: str) -> bool:
    """Tell whether a text would take long to read: it is shown as it stands."""
    return len(text) > LONGEST or len(_MARK.findall(text)) > MOST_MARKS


def _children(token: Token) -> Iterator[tuple[Token, bool]]:
    """Give a block's parts in turn, and whether each stands in a link."""
    depth = 0
    for child in token.children or ():
        depth += child.nesting if child.type in {"link_open", "link_close"} else 0
        yield child, depth > 0


def _parts(token: Token, in_link: bool) -> Iterator[Token]:  # noqa: FBT001 - as _children gives it
    """Give a text with its mentions strong, anything else as it is."""
    if token.type != "text" or in_link or "@" not in token.content:
        yield token
        return
    done = 0
    for found in _MENTION.finditer(token.content):
        end = found.start(1) + _shown(found[1])
        yield _text(token.content[done : found.start()])
        yield Token("strong_open", "strong", 1, attrs={"class": "mention"})
        yield _text(token.content[found.start() : end])
        yield Token("strong_close", "strong", -1)
        done = end
    yield _text(token.content[done:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _shown(who: str) -> int:
    """Return how much of what stands after «@» looks like a name: an address, or words with capitals."""
    if "@" in who:
        return len(who)
    words = re.split("[ \u00a0]", who)
    length = len(words[0])
    for before, word in pairwise(words):
        if not word[0].isupper() or (before.endswith(".") and len(before) > len("A.")):
            break
        length += 1 + len(word)
    return len(who[:length].rstrip(_AFTER_A_NAME))
