"""A skill, and people who say something of it."""

import pytest

from teamhub.competence.models import Openness, PersonSkill
from teamhub.competence.states import Assignment


@pytest.fixture
def skill(make):
    return make.skill("klarsprak")


@pytest.fixture
def person_with(make, skill):
    """Return a function that makes somebody with something to say of the skill."""

    def made(name, *, level=None, wants=False, shared=True, is_open=True, hours=20, **kw):
        person = make.person(name, **kw)
        said = PersonSkill(person_id=person.id, skill_id=skill.id, level=level, wants=wants, shared=shared)
        make.session.add(said)
        if is_open:
            make.session.add(Openness(person_id=person.id, kind=Assignment.SEAT, hours=hours))
        make.session.commit()
        return person

    return made
