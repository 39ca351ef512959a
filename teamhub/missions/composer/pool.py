"""Who can hold which seat: the rules about one person in one seat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b

from teamhub.missions.composer.needs import FULL_WEEK_MINUTES, MENTOR_LEVEL, Candidate, Need, Seat, must


def to_learn(person: Candidate, seat: Seat) -> frozenset[int]:
    """Return the skills a seat asks for that a person wishes to learn and has below ``MENTOR_LEVEL``."""
    return frozenset(
        asked.skill
        for asked in seat.skills
        if asked.skill in person.wishes and person.skills.get(asked.skill, 0) < MENTOR_LEVEL
    )


def lacking(person: Candidate, seat: Seat) -> frozenset[int]:
    """Return the required skills that a person does not have at the level asked for."""
    return frozenset(
        asked.skill
        for asked in seat.skills
        if asked.required and person.skills.get(asked.skill, 0) < asked.level
    )


def taught(person: Candidate, seat: Seat) -> tuple[frozenset[int], ...]:
    """Return what somebody in a stretch seat needs teachers for: one for a skill out of each set."""
    if not seat.stretch:
        return ()
    missing = lacking(person, seat)
    return tuple(frozenset({skill}) for skill in sorted(missing)) or (to_learn(person, seat),)


def is_skilled(person: Candidate, seat: Seat) -> bool:
    """Tell whether a person has what a seat requires, or may be there to learn it."""
    missing = lacking(person, seat)
    if not seat.stretch:
        return not missing
    learning = to_learn(person, seat)
    return bool(learning) and missing <= learning


def is_from_there(person: Candidate, seat: Seat) -> bool:
    """Tell whether a person comes from where a seat's holder must, and has its place and language."""
    return (
        (seat.from_division is None or person.division == seat.from_division)
        and (seat.not_division is None or person.division != seat.not_division)
        and (seat.place is None or seat.place in person.places)
        and (seat.language is None or seat.language in person.languages)
    )


def most_share(person: Candidate) -> int:
    """Return the share that a person's hours a week amount to, in percent rounded down."""
    return 100 if person.hours is None else person.hours * 60 * 100 // FULL_WEEK_MINUTES


class Pool:
    """The people who accept this kind of assignment, in a fixed order, and the seats each can hold.

    People stand for their place in ``people``. The order comes from ``draw`` and the ids alone, not from the
    order they were given in. It decides nothing but ties, and so favours nobody but by chance.
    """

    def __init__(self, candidates: Iterable[Candidate], weeks: Sequence[str], draw: int = 0) -> None:
        accepting = [person for person in candidates if person.accepts]
        self.people = tuple(sorted(accepting, key=lambda person: (_drawn(draw, person.id), person.id)))
        self.weeks = tuple(weeks)
        self.index = {person.id: at for at, person in enumerate(self.people)}
        must(len(self.index) == len(self.people), "each candidate has an id of its own")
        lengths = {len(part) for person in self.people for part in (person.free, person.load)}
        must(lengths <= {len(weeks)}, "free and load tell of every week of the need")
        self._has: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._can_learn: dict[int, list[int]] = defaultdict(list)
        for at, person in enumerate(self.people):
            for skill, has in person.skills.items():
                for level in range(1, has + 1):
                    self._has[skill, level].append(at)
            for skill in person.wishes:
                self._can_learn[skill].append(at)
        self._most: list[int] = [most_share(person) for person in self.people]
        self._free: dict[tuple[int, int], list[int]] = {}
        self._load: dict[tuple[int, int], list[int]] = {}
        self._kinds: dict[tuple[int, ...], list[int]] = {}
        self._holders: dict[Seat, list[int]] = {}
        self.few: dict[tuple[object, ...], list[int]] = {}
        """What ``feasible`` has found out about who matters, by what it depends on."""

    def free(self, period: tuple[int, int]) -> list[int]:
        """Return what each person can give in every week of a period, in percent."""
        if period not in self._free:
            part = slice(*period)
            least = (min(person.free[part]) for person in self.people)
            self._free[period] = [min(free, most) for free, most in zip(least, self._most, strict=True)]
        return self._free[period]

    def load(self, period: tuple[int, int]) -> list[int]:
        """Return what each person has agreed to in the fullest week of a period, in percent."""
        if period not in self._load:
            part = slice(*period)
            self._load[period] = [max(person.load[part]) for person in self.people]
        return self._load[period]

    def holders(self, seat: Seat, need: Need) -> list[int]:
        """Return who can hold a seat, apart from what a team must be as a whole."""
        seat = like(seat)
        if seat not in self._holders:
            free, people = self.free(need.period(seat)), self.people
            self._holders[seat] = [
                at
                for at in self._worth_a_look(seat)
                if free[at] >= seat.share and is_from_there(people[at], seat) and is_skilled(people[at], seat)
            ]
        return self._holders[seat]

    def kinds(self, skills: tuple[int, ...]) -> list[int]:
        """Return a number for each person: the same for teachers of the same skills in the same division."""
        if skills not in self._kinds:
            numbers: dict[tuple[int | None, ...], int] = {}
            self._kinds[skills] = [
                numbers.setdefault(
                    (p.division, *(s for s in skills if p.skills.get(s, 0) >= MENTOR_LEVEL)), len(numbers)
                )
                for p in self.people
            ]
        return self._kinds[skills]

    def _worth_a_look(self, seat: Seat) -> Iterable[int]:
        """Return, in order, no fewer than those who have or may learn what a seat requires."""
        if seat.stretch:
            return sorted({at for asked in seat.skills for at in self._can_learn[asked.skill]})
        required = [self._has[asked.skill, asked.level] for asked in seat.skills if asked.required]
        return min(required, key=len, default=range(len(self.people)))


def like(seat: Seat) -> Seat:
    """Return a seat with no more than what decides who can hold it: the same for seats that are alike."""
    skills = seat.skills if seat.stretch else tuple(asked for asked in seat.skills if asked.required)
    return replace(seat, id=0, role="", skills=skills)


def _drawn(draw: int, person: int) -> bytes:
    return blake2b(f"{draw} {person}".encode(), digest_size=8).digest()
