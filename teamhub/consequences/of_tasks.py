"""What follows from what happens to tasks and the columns of a board."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from teamhub.consequences import recipients as who
from teamhub.consequences import words
from teamhub.consequences.entry import Follows, Settles, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.core.i18n import LazyString, _l
from teamhub.tasks import events

TO_DO = ("task_given", "task_handed_over", "task_reopened", "task_soon_to_assignee", "task_late_to_assignee")
"""What one is told of a task until it is done."""

ANSWERED = tuple(Settles(name, person="actor_id") for name in ("mentioned_in_task", "comment_to_assignee"))


def _board(event: Any) -> Iterable[str]:
    return (f"board:{event.mission_id}",)


def _on_board(
    line: LazyString, *tells: Told, settles: tuple[Settles, ...] = (), out: str | None = None
) -> Follows:
    return Follows(line, tells=tells, settles=settles, live=_board, out=out)


def _given(name: str) -> Told:
    return Told(
        name,
        Kind.MINE,
        who.named("assignee_id"),
        says=_l("%(who)s ga deg oppgaven «%(title)s»"),
        means=_l("Fristen er %(due)s."),
        with_=words.task_due,
        does="task_done",
    )


TASKS: Table = {
    events.TaskAdded: _on_board(_l("%(name)s la inn oppgaven"), _given("task_given"), out="tasks"),
    events.TaskMoved: _on_board(_l("%(name)s flyttet fra %(old)s til %(new)s")),
    events.TaskReordered: _on_board(_l("%(name)s ga oppgaven en ny plass")),
    events.TaskChanged: _on_board(_l("%(name)s endret oppgaven"), _given("task_handed_over")),
    events.TaskDone: _on_board(
        _l("%(name)s merket den som ferdig"),
        Told(
            "task_done",
            Kind.FOLLOWED,
            who.task_discussing,
            says=_l("«%(title)s» er ferdig"),
            means=_l("%(who)s merket oppgaven som ferdig."),
        ),
        settles=tuple(map(Settles, TO_DO)),
        out="tasks",
    ),
    events.TaskReopened: _on_board(
        _l("%(name)s åpnet den igjen"),
        Told(
            "task_reopened",
            Kind.MINE,
            who.assignee,
            says=_l("«%(title)s» er åpnet igjen"),
            means=_l("%(who)s mener det gjenstår noe."),
            does="task_done",
        ),
    ),
    events.TaskDeleted: _on_board(_l("%(name)s slettet den")),
    events.TaskRestored: _on_board(_l("%(name)s angret slettingen")),
    events.TaskCommented: _on_board(
        _l("%(name)s skrev et innlegg"),
        Told(
            "mentioned_in_task",
            Kind.MENTION,
            who.named("mentioned"),
            says=_l("%(who)s nevnte deg"),
            means=_l("«%(quote)s»"),
            with_=words.task_comment,
            does="comment",
        ),
        Told(
            "comment_to_assignee",
            Kind.MINE,
            who.assignee,
            says=_l("%(who)s skrev om oppgaven din"),
            means=_l("«%(quote)s»"),
            with_=words.task_comment,
            does="comment",
        ),
        Told(
            "comment_in_task",
            Kind.FOLLOWED,
            who.task_discussing,
            says=_l("%(who)s skrev om «%(title)s»"),
            means=_l("«%(quote)s»"),
            with_=words.task_comment,
        ),
        settles=ANSWERED,
    ),
    events.ColumnAdded: _on_board(_l("%(name)s la til en kolonne")),
    events.ColumnChanged: _on_board(_l("%(name)s endret en kolonne")),
    events.ColumnMoved: _on_board(_l("%(name)s flyttet en kolonne")),
    events.ColumnRemoved: _on_board(_l("%(name)s tok bort en kolonne")),
}
