"""What the office's desk looks like: the queue, and beside it the challenge somebody has chosen."""

from __future__ import annotations

from typing import Any

from flask import Response, request, session, url_for

from teamhub.access.policy import Action, can
from teamhub.access.web import acting
from teamhub.challenges import answering, desk, queries
from teamhub.challenges.desk import Queue
from teamhub.challenges.handling import Was
from teamhub.challenges.models import Challenge
from teamhub.challenges.office_forms import DeskAnswerForm
from teamhub.core.htmx import htmx, render_page

_KEY = "desk_done"


def page(queue: Queue | None = None, *, status: int = 200, **more: Any) -> Response:
    """Render the desk, or the part of it that was asked for. ``more`` is what ``beside`` is told."""
    queue = queue or desk.parse(request.values)
    actor = acting()
    counts = desk.counts(actor)
    return render_page(
        "challenges/desk.html",
        partials={"desk": "challenges/_desk.html", "koen": "challenges/_queue.html"},
        status=status,
        alone=htmx.target in {"desk", "koen"},
        queue=queue,
        counts=counts,
        found=desk.rows(actor, queue, counts),
        share=desk.share_in_time(),
        handlers=desk.handlers(),
        late=desk.late() if counts.late and not (queue.chosen or can(actor, Action.TEMPLATE_MANAGE)) else [],
        done=session.pop(_KEY, None),
        **beside(queue, **more),
    )


def part(queue: Queue, *, status: int = 200, **more: Any) -> Response:
    """Render only what stands beside the queue."""
    return render_page("challenges/_beside.html", status=status, queue=queue, **beside(queue, **more))


def beside(
    queue: Queue,
    *,
    challenge: Challenge | None = None,
    form: DeskAnswerForm | None = None,
    moved_on: bool = False,
) -> dict[str, Any]:
    """Return what the part beside the queue needs: little when no challenge is chosen, or it is gone.

    ``form`` is an answer that could not be given as it was, ``moved_on`` because something has happened.
    """
    actor = acting()
    if challenge is None and queue.chosen:
        challenge = queries.get(actor, queue.chosen)
    if challenge is None:
        return {"challenge": None}
    newest = desk.newest_answer(challenge.id)
    decisions = answering.decisions(actor, challenge)
    templates = desk.templates() if decisions else []
    stands = answering.stands_after(challenge.state, newest.id if newest else None)
    form = form or DeskAnswerForm(formdata=None)
    return {
        "challenge": challenge,
        "newest": newest,
        "decisions": decisions,
        "templates": templates,
        "form": form.put_out(decisions, templates, stands),
        "moved_on": moved_on,
    }


def address(queue: Queue) -> str:
    """Return the address of a part of the desk, with what is chosen in it."""
    return url_for(
        "challenges.index",
        desk=1,
        who=queue.scope if queue.scope != "all" else None,
        page=queue.page if queue.page > 1 else None,
        chosen=queue.chosen,
    )


def told(text: str, *, do: str = "", was: Was | None = None, now: str = "") -> None:
    """Keep what was done until the desk is shown next, with what it takes to undo it."""
    undo = {"do": do, "was": [f"{id_}:{before}" for id_, before in was.items()], "now": now} if was else None
    session[_KEY] = {"text": text, "undo": undo}
