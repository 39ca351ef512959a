"""The composer's codes in words: why somebody is proposed, what is wrong, what binds and what helps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from teamhub.competence.names import LEVELS
from teamhub.core.i18n import LazyString, _, _l, _n
from teamhub.missions.composer.changes import Change, Do
from teamhub.missions.composer.compare import Choice, Why
from teamhub.missions.composer.faults import Fault, Wrong
from teamhub.missions.composer.relax import Binding
from teamhub.missions.composer.rules import Kind
from teamhub.missions.composing.gather import Gathered
from teamhub.missions.models import Seat
from teamhub.missions.needs import skill_names

TERMS: dict[str, LazyString] = {
    "match": _l("Ferdighetene passer"),
    "learning": _l("Noen får lære"),
    "offered": _l("Har tilbudt seg å hjelpe"),
    "load": _l("Har lite avtalt fra før"),
    "gave": _l("Enheten har gitt lite tid før"),
    "spread": _l("Flere områder"),
    "circle": _l("Nye folk sammen"),
    "balance": _l("Ingen får mye mer enn de andre"),
}
"""What each term of the objective is called."""

SPEAKS: dict[str, LazyString] = {
    "match": _l("passer bedre til det plassen ber om"),
    "learning": _l("får lære noe"),
    "offered": _l("har tilbudt seg å hjelpe"),
    "load": _l("har mindre avtalt fra før"),
    "gave": _l("kommer fra en enhet som har gitt mindre tid"),
    "spread": _l("gir teamet et område til"),
    "circle": _l("har ikke vært på team med de andre nylig"),
    "balance": _l("gjør det jevnere for hele teamet"),
}
"""What speaks for somebody rather than another, after their name."""

BEST_AT: dict[str, LazyString] = {
    "span": _l("Bredest på tvers"),
    "time": _l("Best tid"),
    "skills": _l("Best ferdigheter"),
    "rank1": _l("Best samlet"),
    "rank2": _l("Nest best samlet"),
    "rank3": _l("Tredje best samlet"),
}


@dataclass(frozen=True)
class Names:
    """What seats, skills and people are called, by id, and who has declined."""

    seats: Mapping[int, str]
    skills: Mapping[int, str]
    people: Mapping[int, str]
    declined: frozenset[int] = frozenset()

    def seat(self, id_: int | None) -> str:
        return self.seats.get(id_ or 0, "")

    def skill(self, id_: int | None) -> str:
        return self.skills.get(id_ or 0, "")

    def person(self, id_: int | None) -> str:
        return self.people.get(id_ or 0, _("en du ikke kan spørre"))

    def skills_in(self, ids: Iterable[int]) -> str:
        return and_([self.skill(id_).lower() for id_ in ids])

    def people_in(self, ids: Iterable[int]) -> str:
        return and_([self.person(id_) for id_ in ids])


def names_of(seats: Iterable[Seat], gathered: Gathered | None) -> Names:
    """Return what all is called that an answer about these seats can name."""
    seats = list(seats)
    return Names(
        seats={seat.id: seat.role for seat in seats},
        skills=skill_names(seats),
        people={person.id: person.name for person in gathered.people.values()} if gathered else {},
        declined=gathered.declined if gathered else frozenset(),
    )


def week(code: str) -> str:
    """Return «uke 5» for «2027-W05»."""
    return _("uke %(number)s", number=int(code[-2:]))


def and_(parts: list[str]) -> str:
    """Join texts as a sentence does: «a, b og c»."""
    return (
        parts[0] if len(parts) == 1 else _("%(most)s og %(last)s", most=", ".join(parts[:-1]), last=parts[-1])
    )


def why(choice: Choice, names: Names) -> str:
    """Say why this person and not the next best."""
    other = names.person(choice.other)
    if choice.why is Why.LOCKED:
        return _("Du har låst plassen.")
    if choice.why is Why.ONLY:
        return _("Ingen andre kan ha plassen så teamet blir helt.")
    if choice.why is Why.EQUAL:
        return _("Like god som %(other)s. Her avgjorde loddet.", other=other)
    if choice.why is Why.WORSE:
        return _("%(other)s ville gitt et bedre team, men tiden tok slutt.", other=other)
    told = _("Framfor %(other)s: %(reasons)s.", other=other, reasons=_said(choice.speaks_for))
    if choice.speaks_against:
        told += " " + _("Men %(other)s %(reasons)s.", other=other, reasons=_said(choice.speaks_against))
    return told


def _said(terms: tuple[str, ...]) -> str:
    return and_([str(SPEAKS[term]) for term in terms])


def fault(found: Fault, names: Names) -> str:
    """Say what is wrong with a team put together by hand."""
    person, skill, amount = names.person(found.person), names.skill(found.skill), found.amount
    return {
        Wrong.EMPTY: lambda: _("Ingen har plassen ennå."),
        Wrong.TWICE: lambda: _("%(person)s har to plasser i teamet.", person=person),
        Wrong.NOT_ACCEPTING: lambda: _("%(person)s har ikke sagt seg åpen for en plass.", person=person),
        Wrong.EXCLUDED: lambda: (
            _("Det er sagt nei til at %(person)s får en plass her.", person=person)
            if found.person in names.declined
            else _("Du har utelatt %(person)s.", person=person)
        ),
        Wrong.PRESENT: lambda: _("%(person)s leder oppdraget alt.", person=person),
        Wrong.TIME: lambda: _(
            "%(person)s mangler %(n)s prosent ledig tid i %(week)s.",
            person=person, n=amount, week=week(found.week or "0"),
        ),
        Wrong.HOURS: lambda: _("Plassen er større enn %(person)s har sagt ja til.", person=person),
        Wrong.SKILL: lambda: _n(
            "%(person)s mangler ett nivå i %(skill)s.", "%(person)s mangler %(num)s nivåer i %(skill)s.",
            amount, person=person, skill=skill,
        ),
        Wrong.LEARNS_NOTHING: lambda: _("%(person)s vil ikke lære noe av dette.", person=person),
        Wrong.NO_TEACHER: lambda: _("Ingen i teamet kan lære bort %(skill)s.", skill=skill or _("dette")),
        Wrong.FROM_DIVISION: lambda: _("%(person)s er ikke fra området plassen krever.", person=person),
        Wrong.NOT_DIVISION: lambda: _("%(person)s er fra et område plassen ikke skal ha.", person=person),
        Wrong.PLACE: lambda: _("%(person)s har ikke sagt at stedet passer.", person=person),
        Wrong.LANGUAGE: lambda: _("%(person)s har ikke delt at de kan språket.", person=person),
        Wrong.LOCK: lambda: _("Du har låst plassen til en annen."),
        Wrong.SPAN: lambda: _n(
            "Teamet mangler ett område.", "Teamet mangler %(num)s områder.", amount
        ),
    }[found.wrong]()  # fmt: skip


def binding(found: Binding, names: Names) -> str:
    """Say which rule binds, and how many could have the seat without it."""
    rule = found.rule
    seat, person = names.seat(rule.seat), names.person(rule.person)
    told = {
        Kind.SKILL: lambda: _("«%(seat)s» krever %(skill)s", seat=seat, skill=names.skill(rule.skill)),
        Kind.STRETCH: lambda: _("«%(seat)s» er for en som vil lære, med noen som kan lære bort", seat=seat),
        Kind.TIME: lambda: _("«%(seat)s» krever ledig tid i hver uke av perioden", seat=seat),
        Kind.FROM_DIVISION: lambda: _("«%(seat)s» skal være fra et bestemt område", seat=seat),
        Kind.NOT_DIVISION: lambda: _("«%(seat)s» skal ikke være fra et bestemt område", seat=seat),
        Kind.PLACE: lambda: _("«%(seat)s» er på et bestemt sted", seat=seat),
        Kind.LANGUAGE: lambda: _("«%(seat)s» krever et språk", seat=seat),
        Kind.LOCK: lambda: _("%(person)s er låst til «%(seat)s»", person=person, seat=seat),
        Kind.EXCLUDED: lambda: (
            _("det er sagt nei til %(person)s", person=person)
            if rule.person in names.declined
            else _("%(person)s er utelatt", person=person)
        ),
        Kind.SPAN: lambda: _("teamet skal spenne over flere områder"),
    }[rule.kind]()
    if not found.able:
        return told
    return told + " " + _n("(uten det: én som kan)", "(uten det: %(num)s som kan)", found.able)


def sentence(changes: Sequence[Change], names: Names) -> str:
    """Say what to change, all of it together, as a sentence."""
    told = and_([change(each, names) for each in changes])
    return told[:1].upper() + told[1:] + "."


def change(found: Change, names: Names) -> str:
    """Say what could be changed, as something to do."""
    seat, before, after = names.seat(found.seat), found.before, found.after
    weeks = abs(after - before)
    later = after > before
    return {
        Do.MOVE_ALL: lambda: _moved(_("alle plassene"), weeks, later=later),
        Do.MOVE: lambda: _moved(_("«%(seat)s»", seat=seat), weeks, later=later),
        Do.SHARE: lambda: _("be om %(after)s i stedet for %(before)s prosent i «%(seat)s»",
            after=after, before=before, seat=seat),
        Do.SPLIT: lambda: _("la %(n)s dele «%(seat)s»", n=after, seat=seat),
        Do.LEVEL: lambda: (
            _("be om «%(level)s» i %(skill)s for «%(seat)s»",
              level=LEVELS[after], skill=names.skill(found.skill), seat=seat)
            if after
            else _("ønsk %(skill)s for «%(seat)s», men krev det ikke",
                   skill=names.skill(found.skill), seat=seat)
        ),
        Do.STRETCH: lambda: _("la «%(seat)s» være for en som vil lære", seat=seat),
        Do.ORDINARY: lambda: _("la «%(seat)s» være for en som kan det", seat=seat),
        Do.SPAN: lambda: _n("nøy deg med ett område", "nøy deg med %(num)s områder", after),
        Do.FROM_DIVISION: lambda: _("la «%(seat)s» være fra et hvilket som helst område", seat=seat),
        Do.NOT_DIVISION: lambda: _("la «%(seat)s» være fra alle områder", seat=seat),
        Do.PLACE: lambda: _("la «%(seat)s» være hvor som helst", seat=seat),
        Do.LANGUAGE: lambda: _("ta bort språket i «%(seat)s»", seat=seat),
        Do.UNLOCK: lambda: _("lås opp «%(seat)s»", seat=seat),
        Do.ADMIT: lambda: _("ta med %(person)s igjen", person=names.person(found.person)),
    }[found.do]()  # fmt: skip


def _moved(what: str, weeks: int, *, later: bool) -> str:
    if later:
        return _n("flytt %(what)s én uke senere", "flytt %(what)s %(num)s uker senere", weeks, what=what)
    return _n("flytt %(what)s én uke tidligere", "flytt %(what)s %(num)s uker tidligere", weeks, what=what)
