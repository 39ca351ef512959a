"""A board as it is shown: columns with the cards that pass the filter, and the figures on top."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from teamhub.access.actor import Actor
from teamhub.core.i18n import _, _n
from teamhub.tasks import queries
from teamhub.tasks.queries import Card, Column


@dataclass(frozen=True)
class Board:
    """``shown`` holds the cards of each column that pass the filter; ``cards`` all that were read."""

    columns: list[Column]
    cards: list[Card]
    shown: dict[int, list[Card]]
    person: str
    late: bool
    me: int | None

    @cached_property
    def open(self) -> list[Card]:
        return [card for card in self.cards if not card.is_done]

    @property
    def mine(self) -> int:
        return sum(card.assignee_id == self.me for card in self.open)

    @property
    def unassigned(self) -> int:
        return sum(card.assignee_id is None for card in self.open)

    @cached_property
    def overdue(self) -> int:
        return sum(card.is_late for card in self.open)

    @property
    def people(self) -> list[tuple[int, str]]:
        """Those who have a card on the board, by name: the choices of the filter."""
        found = {card.assignee_id: card.assignee or "" for card in self.cards if card.assignee_id}
        return sorted(found.items(), key=lambda person: person[1])

    def hidden(self, column: Column) -> int:
        """How many tasks in a column are not among its cards: older done ones, or other people's."""
        return column.total - len(self.shown[column.id])

    def place(self, task_id: int) -> str:
        """Return where a task now stands, as it is said aloud."""
        for column in self.columns:
            ids = [card.id for card in self.shown[column.id]]
            if task_id in ids:
                place = ids.index(task_id) + 1
                return _("%(column)s, plass %(n)s av %(all)s", column=column.name, n=place, all=len(ids))
        return ""

    @property
    def how_it_goes(self) -> str:
        """The sentence on top, with the figures in it."""
        total = len(self.open)
        if not total:
            return _("Ingen oppgaver er åpne.")
        going = _n("Én oppgave er åpen.", "%(num)s oppgaver er åpne.", total)
        if not self.overdue:
            return going + " " + _("Ingen er over frist.")
        return going + " " + _n("Én er over frist.", "%(num)s er over frist.", self.overdue)


def assemble(actor: Actor, mission_id: int, *, person: str = "", late: bool = False) -> Board:
    """Return a mission's board at two queries. ``person`` is "", "me", "none" or an id."""
    columns, cards = queries.columns(mission_id), queries.cards(mission_id)
    shown: dict[int, list[Card]] = {column.id: [] for column in columns}
    for card in cards:
        if _is_wanted(card, actor, person) and (card.is_late or not late):
            shown[card.column_id].append(card)
    return Board(columns, cards, shown, person, late, actor.id)


def _is_wanted(card: Card, actor: Actor, person: str) -> bool:
    if person == "":
        return True
    if person == "none":
        return card.assignee_id is None
    return card.assignee_id == (actor.id if person == "me" else int(person))
