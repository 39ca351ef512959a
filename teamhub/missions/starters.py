"""Teams to begin with: the seats a kind of mission often needs. One press makes them; all can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from teamhub.core import clock
from teamhub.core.i18n import LazyString, _l
from teamhub.missions.models import Mission
from teamhub.missions.wanted import MoreSkill, Need

USUAL_WEEKS = 26
"""How long a team works when its mission has no end of its own."""


@dataclass(frozen=True)
class SkillPlan:
    """A skill by its code, at a level. A wish is not ``required``."""

    code: str
    level: int
    required: bool = True


@dataclass(frozen=True)
class SeatPlan:
    """A seat of a starter: ``begins`` weeks after the mission, for so many ``weeks``; None is to its end."""

    role: LazyString
    share: int
    skills: tuple[SkillPlan, ...] = ()
    begins: int = 0
    weeks: int | None = None
    stretch: bool = False


@dataclass(frozen=True)
class Starter:
    """A team to begin with: what it is called, what it is for, and its seats."""

    name: LazyString
    means: LazyString
    seats: tuple[SeatPlan, ...]


STARTERS: dict[str, Starter] = {
    "service-design": Starter(
        _l("Tjenestedesignløp"),
        _l("Forstå behovet, tegne en bedre tjeneste og prøve den ut sammen med dem det gjelder."),
        (
            SeatPlan(
                _l("Tjenestedesigner"),
                40,
                (SkillPlan("tjenestedesign", 3), SkillPlan("klarsprak", 2, required=False)),
            ),
            SeatPlan(_l("Fagperson fra tjenesten"), 20, (SkillPlan("fagkunnskap", 3),)),
            SeatPlan(_l("Fagperson fra en annen tjeneste"), 20, (SkillPlan("fagkunnskap", 3),)),
            SeatPlan(_l("Prosess og gevinst"), 20, (SkillPlan("prosess-og-gevinst", 3),), begins=2),
            SeatPlan(_l("Vil lære tjenestedesign"), 20, (SkillPlan("tjenestedesign", 2),), stretch=True),
            SeatPlan(
                _l("Personvern og sikkerhet"),
                10,
                (SkillPlan("personvern-og-sikkerhet", 3),),
                begins=4,
                weeks=8,
            ),
        ),
    ),
    "fast-track": Starter(
        _l("Hurtigspor"),
        _l("En kjent løsning som skal prøves ut på få uker, med et lite team."),
        (
            SeatPlan(_l("Prosjektleder"), 30, (SkillPlan("prosjektledelse", 3),), weeks=8),
            SeatPlan(_l("Fagperson fra tjenesten"), 20, (SkillPlan("fagkunnskap", 3),), weeks=8),
            SeatPlan(
                _l("Digitalisering"),
                30,
                (SkillPlan("teamarbeid", 2), SkillPlan("ki-i-tjenesten", 2, required=False)),
                weeks=8,
            ),
            SeatPlan(
                _l("Endring og opplæring"),
                20,
                (SkillPlan("endringsledelse", 2), SkillPlan("kommunikasjon", 2, required=False)),
                begins=3,
                weeks=5,
            ),
        ),
    ),
    "procurement": Starter(
        _l("Anskaffelse"),
        _l("Kjøpe en digital løsning som brukerne har vært med på å velge."),
        (
            SeatPlan(_l("Innkjøper"), 30, (SkillPlan("digitale-innkjop", 3),)),
            SeatPlan(
                _l("Jurist"), 10, (SkillPlan("juss", 3), SkillPlan("digitale-innkjop", 2, required=False))
            ),
            SeatPlan(_l("Fagperson fra tjenesten"), 20, (SkillPlan("fagkunnskap", 3),)),
            SeatPlan(_l("Personvern og sikkerhet"), 10, (SkillPlan("personvern-og-sikkerhet", 3),)),
            SeatPlan(
                _l("Økonomi og gevinst"),
                10,
                (SkillPlan("okonomi", 3), SkillPlan("prosess-og-gevinst", 2, required=False)),
            ),
            SeatPlan(_l("Innføring og opplæring"), 20, (SkillPlan("endringsledelse", 3),), begins=12),
        ),
    ),
    "insight": Starter(
        _l("Innsiktsarbeid"),
        _l("Finne ut hva som skjer, før noen velger løsning."),
        (
            SeatPlan(
                _l("Brukerinnsikt"),
                30,
                (SkillPlan("tjenestedesign", 3), SkillPlan("klarsprak", 2, required=False)),
                weeks=10,
            ),
            SeatPlan(_l("Data og statistikk"), 20, (SkillPlan("data-og-statistikk", 3),), weeks=10),
            SeatPlan(_l("Fagperson fra tjenesten"), 20, (SkillPlan("fagkunnskap", 3),), weeks=10),
            SeatPlan(_l("Fagperson fra en annen tjeneste"), 10, (SkillPlan("fagkunnskap", 2),), weeks=10),
            SeatPlan(
                _l("Vil lære brukerinnsikt"), 10, (SkillPlan("tjenestedesign", 2),), weeks=10, stretch=True
            ),
        ),
    ),
}
"""By code, in the order they are offered."""


def needs_of_starter(starter: Starter, mission: Mission, skills: Mapping[str, int]) -> list[Need]:
    """Return what the seats of a starter ask for, for a mission, in the reader's language.

    ``skills`` are the ids of those that are offered by code; one that is not among them is left out.
    """
    today = clock.today()
    first = max(mission.starts_on or today, today)
    last = (
        mission.ends_on
        if mission.ends_on and mission.ends_on > first
        else first + timedelta(weeks=USUAL_WEEKS)
    )
    return [_need(plan, skills, *_period(plan, first, last)) for plan in starter.seats]


def _period(plan: SeatPlan, first: date, last: date) -> tuple[date, date]:
    starts_on = min(first + timedelta(weeks=plan.begins), last)
    ends_on = last if plan.weeks is None else min(starts_on + timedelta(weeks=plan.weeks), last)
    return starts_on, ends_on


def _need(plan: SeatPlan, skills: Mapping[str, int], starts_on: date, ends_on: date) -> Need:
    known = [MoreSkill(skills[s.code], s.level, s.required) for s in plan.skills if s.code in skills]
    first = known[0] if known and known[0].required else None
    return Need(
        role=str(plan.role),
        skill_id=first.skill_id if first else None,
        level=first.level if first else None,
        share=plan.share,
        starts_on=starts_on,
        ends_on=ends_on,
        stretch=plan.stretch,
        more=tuple(known[1:] if first else known),
    )
