"""What the composer answers about a mission, as a page shows it: teams with their reasons, or what binds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from teamhub.missions.composer.changes import Change
from teamhub.missions.composer.compare import Alternatives, Choice
from teamhub.missions.composer.explain import Member, Overview, overview
from teamhub.missions.composer.faults import Fault, faults
from teamhub.missions.composer.model import solve_in
from teamhub.missions.composer.needs import Candidate, Ended, Proposal
from teamhub.missions.composer.pool import Pool
from teamhub.missions.composer.relax import Diagnosis, diagnose_in
from teamhub.missions.composer.scoring import score, terms_of
from teamhub.missions.composer.teams import team_of
from teamhub.missions.composing.gather import Gathered

SECONDS = 3.0
"""A page waits no longer for the composer; then it shows the best found, and says so."""

LETTERS = "ABC"
MOST_CHANGES = 4
MOST_OTHERS = 12


@dataclass(frozen=True)
class Placed:
    """One person in one seat of a team, and why not the next best. ``choice`` is None for who is held."""

    member: Member
    choice: Choice | None
    held: bool


@dataclass(frozen=True)
class Team:
    """A proposed team. ``best_at`` names what it alone is best at among those proposed, if anything."""

    letter: str
    proposal: Proposal
    overview: Overview
    placed: tuple[Placed, ...]
    best_at: str

    @property
    def people(self) -> dict[int, int]:
        """Seat → person, for the seats that are open."""
        return {p.member.seat: p.member.person for p in self.placed if not p.held}


@dataclass(frozen=True)
class Answer:
    """Teams, the best first. Without any, ``diagnosis`` tells why, unless there was no time to find out."""

    teams: tuple[Team, ...]
    ended: Ended
    diagnosis: Diagnosis | None

    @property
    def proven(self) -> bool:
        """Tell whether nothing better exists."""
        return all(team.proposal.gap.proven for team in self.teams)


def propose(gathered: Gathered) -> Answer:
    """Ask the composer for up to three teams, or for what binds."""
    need = gathered.need
    pool = Pool(gathered.candidates, need.weeks, need.draw)
    result = solve_in(pool, need, seconds=SECONDS)
    if not result.proposals:
        return Answer((), result.ended, _diagnosis(gathered, pool) if result.ended is Ended.NO_MORE else None)
    teams = [team_of(p.placements, gathered.candidates) for p in result.proposals]
    views = [overview(need, team) for team in teams]
    others = Alternatives(need, pool)
    found_teams = []
    for at, (proposal, view) in enumerate(zip(result.proposals, views, strict=True)):
        choices = {choice.seat: choice for choice in others.choices(teams[at], teams[:at])}
        placed = tuple(
            Placed(member, choices.get(member.seat), member.seat in gathered.held) for member in view.members
        )
        found_teams.append(Team(LETTERS[at], proposal, view, placed, _best_at(at, result.proposals, views)))
    return Answer(tuple(found_teams), result.ended, None)


def _diagnosis(gathered: Gathered, pool: Pool) -> Diagnosis:
    """Return what binds and helps, leaving alone who has a seat, is asked or has declined."""
    found = diagnose_in(pool, gathered.need, most=3 * MOST_CHANGES, seconds=SECONDS)

    def is_theirs(change: Change) -> bool:
        return change.seat in gathered.held or change.person in gathered.declined

    kept = [s for s in found.suggestions if not any(map(is_theirs, s.changes))]
    conflicts = (tuple(b for b in rules if b.rule.seat not in gathered.held) for rules in found.conflicts)
    return replace(found, conflicts=tuple(conflicts), suggestions=tuple(kept[:MOST_CHANGES]))


def _best_at(at: int, proposals: Sequence[Proposal], views: Sequence[Overview]) -> str:
    """Return what a team alone has most of: «span», «time», «skills», or its place."""
    measures = {
        "span": [len(view.divisions) for view in views],
        "time": [-view.highest_load for view in views],
        "skills": [proposal.terms["match"] for proposal in proposals],
    }
    for name, values in measures.items():
        if len(values) > 1 and values[at] == max(values) and values.count(values[at]) == 1:
            return name
    return f"rank{at + 1}"


@dataclass(frozen=True)
class Other:
    """Somebody who could have a seat instead, and what the team would then be."""

    person: int
    divisions: int
    highest_load: int
    points: int
    """What is won or lost, in hundredths of a point."""


@dataclass(frozen=True)
class ByHand:
    """A team somebody puts together: what is wrong with it, and who else could have the seat looked at."""

    overview: Overview
    team: dict[int, Candidate]
    faults: tuple[Fault, ...]
    others: tuple[Other, ...]


def by_hand(gathered: Gathered, placed: dict[int, int], seat: int | None) -> ByHand:
    """Describe a team that was put together by hand, whole or not. Who is not known is left out."""
    need = gathered.need
    known = {person.id: person for person in gathered.candidates}
    held = {lock.seat: lock.person for lock in need.locked if lock.seat in gathered.held}
    seats = {place.id for place in need.seats}
    chosen = {s: p for s, p in placed.items() if s in seats and p not in held.values()} | held
    team = {s: known[p] for s, p in chosen.items() if p in known}
    pool = Pool(gathered.candidates, need.weeks, need.draw)
    others = _others(gathered, pool, team, seat) if seat in seats and seat not in gathered.held else ()
    return ByHand(overview(need, team), team, faults(need, team), others)


def _others(
    gathered: Gathered, pool: Pool, team: dict[int, Candidate], seat: int | None
) -> tuple[Other, ...]:
    need = gathered.need
    here = {person.id for person in team.values()}
    now = score(terms_of(team, need))
    found = []
    for _worth, at in Alternatives(need, pool).ranked[seat or 0]:
        person = pool.people[at]
        if person.id in here:
            continue
        changed = {**team, seat or 0: person}
        view = overview(need, changed)
        points = score(terms_of(changed, need)) - now
        found.append(Other(person.id, len(view.divisions), view.highest_load, points))
        if len(found) == MOST_OTHERS:
            break
    return tuple(sorted(found, key=lambda other: -other.points))
