"""The rules of a team and its score, written once more from what they say, without the composer's code.

Slow and plain on purpose: what is checked by it was found in other ways.
"""

from __future__ import annotations


def faults(need, candidates, team):
    """Return what is wrong with a team, given as seat id → person id. An empty list: nothing."""
    people = {person.id: person for person in candidates}
    found = []
    if set(team) != {seat.id for seat in need.seats}:
        return ["a seat is empty, or not of the need"]
    if len(set(team.values())) != len(team):
        found.append("somebody has two seats")
    for seat in need.seats:
        person = people.get(team[seat.id])
        if person is None:
            return [f"seat {seat.id}: nobody we know"]
        found += [f"seat {seat.id}: {fault}" for fault in faults_in_seat(need, seat, person, people, team)]
    for lock in need.locked:
        if team[lock.seat] != lock.person:
            found.append(f"seat {lock.seat}: not the one who is locked to it")
    if spanned(need, people, team) < need.min_divisions:
        found.append("too few divisions")
    return found


def faults_in_seat(need, seat, person, people, team):
    short_of_time = [need.weeks[n] for n in weeks_of(need, seat) if person.free[n] < seat.share]
    broken = {
        "has not opted in": not person.accepts,
        "is excluded": person.id in need.excluded,
        "is there already without a seat": person.id in [present.person for present in need.present],
        f"is not free in {short_of_time}": short_of_time,
        "accepts fewer hours": person.hours is not None and seat.share / 100 * 37.5 > person.hours,
        "comes from another division": seat.from_division not in (None, person.division),
        "comes from a division that must not": seat.not_division and person.division == seat.not_division,
        "is elsewhere": seat.place and seat.place not in person.places,
        "speaks another language": seat.language and seat.language not in person.languages,
    }
    yield from (fault for fault, is_so in broken.items() if is_so)
    yield from faults_of_skill(need, seat, person, people, team)


def faults_of_skill(need, seat, person, people, team):
    below = [a.skill for a in seat.skills if a.required and person.skills.get(a.skill, 0) < a.level]
    if not seat.stretch:
        if below:
            yield f"lacks {below}"
        return
    learns = [a.skill for a in seat.skills if a.skill in person.wishes and person.skills.get(a.skill, 0) < 3]
    if not learns:
        yield "is not there to learn anything"
    others = [
        people[team[other.id]]
        for other in need.seats
        if other.id != seat.id and set(weeks_of(need, other)) & set(weeks_of(need, seat))
    ]
    can_be_taught = {skill for skill in learns if any(other.skills.get(skill, 0) >= 3 for other in others)}
    for skill in below:
        if skill not in can_be_taught:
            yield f"lacks {skill} and cannot learn it here"
    if not can_be_taught:
        yield "has nobody to learn from"


def weeks_of(need, seat):
    return [number for number, week in enumerate(need.weeks) if seat.first <= week <= seat.last]


def spanned(need, people, team):
    divisions = {people[person].division for person in team.values()}
    divisions |= {present.division for present in need.present}
    return len(divisions - {None})


def score(need, candidates, team):
    """Return the score of a team in hundredths of a point."""
    people = {person.id: person for person in candidates}
    weights = need.weights
    total, heaviest = 0, 0
    for seat in need.seats:
        person = people[team[seat.id]]
        asked = sum(a.level for a in seat.skills)
        has = sum(min(a.level, person.skills.get(a.skill, 0)) for a in seat.skills)
        learns = any(a.skill in person.wishes and person.skills.get(a.skill, 0) < 3 for a in seat.skills)
        load = max(person.load[number] for number in weeks_of(need, seat)) + seat.share
        heaviest = max(heaviest, load)
        total += weights.match * (has * 100 // asked if asked else 100)
        total += weights.learning * (100 if learns else 0)
        total += weights.offered * (100 if person.offered else 0)
        total -= weights.load * load
        total -= weights.gave * person.unit_gave
    total += weights.spread * 100 * spanned(need, people, team)
    total -= weights.balance * heaviest
    on_it = [*team.values()]
    pairs = {
        frozenset((a, b))
        for a in on_it
        for b in (*on_it, *(present.person for present in need.present))
        if a != b and (b in people[a].recent or (b in people and a in people[b].recent))
    }
    return total - weights.circle * 100 * len(pairs)
