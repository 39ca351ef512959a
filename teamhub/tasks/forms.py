"""Forms for tasks, comments and columns."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, IntegerField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from teamhub.core.forms import (
    ChoiceField,
    Form,
    NumberField,
    VersionedForm,
    day,
    id_or_none,
    line,
    options,
    text,
)
from teamhub.core.i18n import _, _l
from teamhub.tasks.commands import Written
from teamhub.tasks.models import Task
from teamhub.tasks.places import Place
from teamhub.tasks.queries import Column

LONGEST_TITLE = 250
LONGEST_COLUMN_NAME = 60
HIGHEST_LIMIT = 999


class NewTaskForm(Form):
    """The one line of a quick add. The other fields are for those who send more."""

    title = line(_l("Ny oppgave"), required=_l("Skriv hva som skal gjøres."), longest=LONGEST_TITLE)
    description = text(_l("Hva skal gjøres"))
    assignee_id = IntegerField(_l("Ansvarlig"), validators=[Optional()])
    due_on = day(_l("Frist"))
    column = IntegerField(_l("Kolonne"), validators=[Optional()])


class TaskForm(VersionedForm):
    """Everything about a task."""

    title = line(_l("Tittel"), required=_l("Skriv hva som skal gjøres."), longest=LONGEST_TITLE)
    description = text(
        _l("Hva skal gjøres"),
        rows=6,
        description=_l("Lister med - og lenker virker. Ikke skriv om enkeltpersoner."),
    )
    assignee_id = ChoiceField(_l("Ansvarlig"), coerce=id_or_none, validators=[Optional()])
    due_on = day(_l("Frist"))
    column = ChoiceField(_l("Kolonne"), coerce=id_or_none)

    def offer(self, task: Task, team: list[tuple[int, str]], columns: list[Column]) -> TaskForm:
        """Put the team and the columns on the form. Who has the task can keep it after leaving."""
        people = list(team)
        if task.assignee and task.assignee.id not in dict(team):
            people.append((task.assignee.id, task.assignee.name))
        self.assignee_id.choices = options([("", _("Ingen ennå")), *people])
        self.column.choices = options((column.id, column.name) for column in columns)
        return self

    def written(self) -> Written:
        """Return what was filled in, in the command's own words."""
        return Written(
            title=self.title.data or "",
            description=self.description.data or "",
            assignee_id=self.assignee_id.data,
            due_on=self.due_on.data,
        )


class MoveForm(Form):
    """Where a task shall be. ``before`` and ``expects`` are for keys, drag and undo."""

    column = ChoiceField(_l("Kolonne"), coerce=id_or_none)
    position = NumberField(
        _l("Plass i kolonnen"),
        validators=[Optional(), NumberRange(1, message=_l("Skriv et tall fra 1."))],
        description=_l("1 er øverst. Uten tall kommer den nederst."),
    )
    before = IntegerField(widget=HiddenInput(), validators=[Optional()])
    expects = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def offer(self, columns: list[Column]) -> MoveForm:
        """Put the board's columns on the form."""
        self.column.choices = options((column.id, column.name) for column in columns)
        return self

    @property
    def place(self) -> Place:
        return Place(before=self.before.data, number=self.position.data)


class CommentForm(Form):
    body = text(
        _l("Skriv i samtalen"),
        required=_l("Skriv noe før du sender."),
        longest=5000,
        rows=2,
        description=_l(
            "Skriv @ og navnet for å si fra til noen. "
            "Ikke skriv om enkeltpasienter eller andre enkeltpersoner."
        ),
    )


def _limit() -> Any:
    return NumberField(
        _l("Grense for antall oppgaver"),
        validators=[
            Optional(),
            NumberRange(
                1, HIGHEST_LIMIT, message=_l("Skriv et tall fra 1 til 999, eller la feltet stå tomt.")
            ),
        ],
    )


class NewColumnForm(Form):
    name = line(
        _l("Navn på ny kolonne"),
        required=_l("Gi kolonnen et navn."),
        longest=LONGEST_COLUMN_NAME,
        id="new-name",
    )
    wip_limit = _limit()
    is_done = BooleanField(_l("Oppgaver i denne kolonnen er ferdige"))


class ColumnForm(VersionedForm):
    name = line(_l("Navn"), required=_l("Gi kolonnen et navn."), longest=LONGEST_COLUMN_NAME)
    wip_limit = _limit()


class RemoveColumnForm(Form):
    cards_to = ChoiceField(_l("Flytt oppgavene til"), coerce=id_or_none, validators=[Optional()])
