"""What somebody keeps to themselves of what they can changes nothing anybody sees: no name, count or word."""

import re
from datetime import timedelta

import pytest

from teamhub.access.actor import Role
from teamhub.competence.models import Openness, PersonLanguage, PersonPlace, PersonSkill
from teamhub.competence.states import Assignment, WorkLanguage
from teamhub.core import clock

ONE_TIME = re.compile(r'name="csrf_token" value="[^"]+"')


def page(browser, path, asked=None):
    """Return what stands on a page, without what is new each time it is asked for."""
    return ONE_TIME.sub("", browser.get(path, query_string=asked).text.split("<main")[1].split("</main>")[0])


@pytest.fixture
def scene(make):
    """A mission with seats for two skills; eight people open to a seat, of whom the first four share."""

    class Scene:
        def __init__(self):
            names = ("Omsorg", "Skole", "Kultur")
            self.areas = [make.unit(name, code=name[:2].upper()) for name in names]
            self.lead = make.person("Liv Leder", unit=self.areas[0])
            self.mission = make.mission(self.lead)
            self.skills = [make.skill("klarsprak"), make.skill("juss")]
            self.place, self.language = make.place("Helsehuset"), WorkLanguage.SIGN_LANGUAGE
            self.people = [make.person(f"Person {n}", unit=self.areas[n % 3]) for n in range(8)]
            starts = clock.today() + timedelta(days=7)
            days = {"starts_on": starts, "ends_on": starts}
            self.made = [make.seat(self.mission, role=f"Plass {n}", **days) for n in range(3)]

        def keep_to_themselves(self):
            known = make.session.get
            secret = {"level": 4, "wants": True}
            pairs = ((p.id, s.id) for p in self.people for s in self.skills)
            new = [pair for pair in pairs if known(PersonSkill, pair) is None]
            make.session.add_all(PersonSkill(person_id=p, skill_id=s, **secret) for p, s in new)
            for person in self.people[1:]:
                make.session.add(PersonPlace(person_id=person.id, place_id=self.place.id))
                make.session.add(PersonLanguage(person_id=person.id, language=self.language))
            make.session.commit()

        def share_place_and_language(self):
            """One of them does, for the first seat, which comes to ask for both."""
            first = self.people[0].id
            make.session.add(PersonPlace(person_id=first, place_id=self.place.id, shared=True))
            make.session.add(PersonLanguage(person_id=first, language=self.language, shared=True))
            self.made[0].place_id, self.made[0].language = self.place.id, self.language
            make.session.commit()

    scene = Scene()
    for seat, skill, stretch in zip(scene.made, (*scene.skills, scene.skills[0]), (0, 0, 1), strict=True):
        seat.skill_id, seat.level, seat.stretch = skill.id, 2, bool(stretch)
    for n, person in enumerate(scene.people):
        make.session.add(Openness(person_id=person.id, kind=Assignment.SEAT, hours=20))
        if n < 4:
            said = {"level": 3, "wants": False} if n else {"level": 1, "wants": True}
            skill = scene.skills[n % 2]
            make.session.add(PersonSkill(person_id=person.id, skill_id=skill.id, shared=True, **said))
    make.session.commit()
    return scene


@pytest.mark.parametrize("level", [1, 2, 4])
@pytest.mark.parametrize("asks_where", [False, True])
def test_a_lead_sees_the_same_whatever_others_keep_to_themselves(scene, make, sign_in, level, asks_where):
    for seat in scene.made:
        seat.level = level
    make.session.commit()
    if asks_where:
        scene.share_place_and_language()
    browser, here = sign_in(scene.lead), f"/missions/{scene.mission.id}"
    draft = [f"{scene.made[0].id}.{scene.people[7].id}", f"{scene.made[2].id}.{scene.people[6].id}"]
    looked_at = [
        (f"{here}/team/suggest", {}),
        (f"{here}/team/suggest", {"span": 1, "lock": draft[:1]}),
        (f"{here}/team/draft", {"put": draft, "seat": scene.made[1].id}),
        *((f"{here}/seats/{seat.id}", {}) for seat in scene.made),
        (f"{here}/seats/{scene.made[0].id}", {"q": "Person"}),
    ]

    def seen():
        return [page(browser, path, asked) for path, asked in looked_at]

    before = seen()
    scene.keep_to_themselves()

    assert seen() == before


def test_managers_and_the_office_see_no_more_of_it_either(scene, make, sign_in):
    manager = make.person("Mona Leder", Role.UNIT_MANAGER, unit=scene.areas[0])
    office = make.person("Kontoret", Role.PORTFOLIO_OFFICE, unit=scene.areas[1])
    pages = ["/my/requests", "/portfolio", f"/people/{scene.people[7].id}", f"/units/{scene.areas[0].id}"]

    def seen():
        return [page(sign_in(who), path) for who in (manager, office) for path in pages]

    before = seen()
    scene.keep_to_themselves()

    assert seen() == before
