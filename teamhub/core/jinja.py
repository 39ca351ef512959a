"""What every template may use: dates and numbers in words, the reader, and ``can``."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask, request
from markupsafe import Markup

from teamhub.core import clock, highlight, i18n, markdown, masking, text


def register(app: Flask) -> None:
    """Give ``app``'s templates their filters and globals."""
    app.jinja_env.filters.update(
        day=i18n.day,
        short_day=i18n.short_day,
        weekday=i18n.weekday,
        moment=i18n.moment,
        number=i18n.number,
        file_size=i18n.file_size,
        initials=text.initials,
        first_name=text.first_name,
        shorten=text.shorten,
        hits=highlight.hits,
        excerpt=highlight.excerpt,
        markdown=markdown.render,
        paragraphs=paragraphs,
        masked=masking.masked,
    )
    app.jinja_env.globals.update(
        languages=i18n.LANGUAGES,
        language=i18n.language,
        today=clock.today,
        nearness=nearness,
        in_section=in_section,
        without=without,
        without_value=without_value,
        municipality=app.config["MUNICIPALITY"],
    )
    # Jinja's i18n extension puts this method on the environment when it is loaded; types cannot see it.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        i18n.in_template, i18n.plural_in_template, newstyle=True
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def paragraphs(words: str) -> Markup:
    """Return plain text as paragraphs, with the writer's own line breaks and nothing else read into it."""
    parts = (part for part in words.split("\n\n") if part.strip())
    line_break = Markup("<br>\n")
    return Markup("\n").join(
        Markup("<p>{}</p>").format(line_break.join(part.strip("\n").split("\n"))) for part in parts
    )


SOON_DAYS = 3


def nearness(due: Any) -> str:
    """Return how near a date is: ok, soon or over. Words, shapes and colours follow from it."""
    days = (due - clock.today()).days
    return "over" if days < 0 else "soon" if days <= SOON_DAYS else "ok"


SECTIONS = {
    "home.today": ("/",),
    "challenges.index": ("/challenges",),
    "missions.index": ("/missions", "/my/requests"),
    "tasks.mine": ("/my/tasks", "/tasks"),
    "portfolio.index": ("/portfolio",),
}
"""Which part of the main menu an address belongs to."""


def in_section(endpoint: str) -> bool:
    """Tell whether this page belongs to the menu entry that leads to ``endpoint``."""
    return any(
        request.path == start or (start != "/" and request.path.startswith(f"{start}/"))
        for start in SECTIONS[endpoint]
    )


def without(*names: str, **changes: Any) -> str:
    """Return this page's query string without ``names`` and with ``changes``: for pills, tabs and pages."""
    from_now = request.args.copy()
    for name in ("page", "after", "before", *names):
        from_now.poplist(name)
    for name, value in changes.items():
        from_now.setlist(name, value if isinstance(value, list) else [value])
    return "?" + urlencode(list(from_now.items(multi=True)))


def without_value(name: str, value: object = "") -> str:
    """Return this page's query string without one of the values of ``name``; without all when not said."""
    kept = [v for v in request.args.getlist(name) if value != "" and v != str(value)]
    return without(name, **({name: kept} if kept else {}))
