"""What one says of oneself: kept, changed and taken back, and nobody else's to see."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.audit.models import Entry
from teamhub.competence.models import Absence, Openness, PersonSkill, WorkingTime
from teamhub.core import clock


def skills(browser):
    page = BeautifulSoup(browser.get("/competence").text, "html5lib")
    return [
        " · ".join(p.text.strip() for p in row.select("h3, p")) for row in page.select("#skills ~ .rows .row")
    ]


@pytest.fixture
def browser(make, sign_in):
    return sign_in(make.person("Kari Kan"))


@pytest.fixture
def skill(make):
    return make.skill("klarsprak")


def test_a_skill_is_private_until_it_is_shared(browser, skill):
    browser.post("/competence/skills", data={"skill_id": skill.id, "level": 3, "wants": "y"})
    assert skills(browser) == ["Klarspråk · Kan selv · Vil lære mer · Bare du ser dette"]

    browser.post("/competence/skills", data={"skill_id": skill.id, "level": 3, "shared": "y"})
    assert skills(browser) == ["Klarspråk · Kan selv · Delt med oppdragsledere"]


def test_what_was_said_can_be_taken_back(browser, skill):
    browser.post("/competence/skills", data={"skill_id": skill.id, "wants": "y"})
    browser.post(f"/competence/skills/{skill.id}/remove")

    assert skills(browser) == []
    assert "Ingen ferdigheter ennå" in browser.get("/competence").text


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "Velg en ferdighet."),
        ({"skill_id": "klarsprak"}, "Velg et nivå, eller kryss av"),
        ({"skill_id": "klarsprak", "level": "9"}, "Velg en av mulighetene på lista."),
        ({"skill_id": "999999", "level": "1"}, "Velg en av mulighetene på lista."),
    ],
)
def test_what_says_nothing_is_refused_at_its_field(browser, skill, db, form, says):
    if form.get("skill_id") == "klarsprak":
        form = form | {"skill_id": skill.id}
    answer = browser.post("/competence/skills", data=form)

    assert (answer.status_code, says in answer.text) == (422, True)
    assert db.session.scalar(select(PersonSkill)) is None


def test_nobody_else_sees_anything_of_it(make, sign_in, browser, skill):
    browser.post("/competence/skills", data={"skill_id": skill.id, "level": 4})
    boss = sign_in(make.person("Sjefen", Role.PORTFOLIO_OFFICE))

    assert skills(boss) == []
    assert "Kan lære bort" not in BeautifulSoup(boss.get("/people").text, "html5lib").main.text


def test_time_is_said_by_kind_and_what_is_empty_is_not_asked_for(browser, db):
    browser.post("/competence/time", data={"share": 80, "seat": 8, "help": "", "mentor": 2})

    assert db.session.scalar(select(WorkingTime.share)) == 80
    assert dict(db.session.execute(select(Openness.kind, Openness.hours)).all()) == {"seat": 8, "mentor": 2}

    browser.post("/competence/time", data={"share": 100, "seat": "", "help": "", "mentor": ""})
    assert db.session.scalar(select(WorkingTime.share)) is None
    assert db.session.execute(select(Openness.kind)).all() == []


@pytest.mark.parametrize("form", [{"share": 0}, {"share": 101}, {"share": "x"}, {"share": 100, "seat": 41}])
def test_time_that_cannot_be_is_refused_with_what_was_typed_kept(browser, db, form):
    answer = browser.post("/competence/time", data=form)

    assert answer.status_code == 422
    assert BeautifulSoup(answer.text, "html5lib").select_one("#share")["value"] == str(form["share"])
    assert db.session.scalar(select(Openness.kind)) is None


def test_an_absence_is_written_up_once_and_struck_out_again(browser, db):
    today = clock.today()
    period = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=7)).isoformat()}
    for _twice in range(2):
        browser.post("/competence/absences", data=period)
    [absence_id] = db.session.scalars(select(Absence.id)).all()

    browser.post(f"/competence/absences/{absence_id}/remove")
    assert db.session.scalar(select(Absence.id)) is None


def test_an_absence_that_ends_before_it_begins_is_refused(browser, db):
    answer = browser.post("/competence/absences", data={"starts_on": "2030-02-02", "ends_on": "2030-02-01"})

    assert answer.status_code == 422
    assert "Siste dag må være fram i tid" in answer.text


def test_nobody_strikes_out_anothers_absence(make, sign_in, browser, db):
    browser.post("/competence/absences", data={"starts_on": "2030-02-02", "ends_on": "2030-02-09"})
    absence_id = db.session.scalar(select(Absence.id))

    assert sign_in(make.person()).post(f"/competence/absences/{absence_id}/remove").status_code == 404
    assert db.session.scalar(select(Absence.id)) == absence_id


def test_the_log_tells_neither_skill_nor_level(browser, skill, db):
    browser.post("/competence/skills", data={"skill_id": skill.id, "level": 2})
    [entry] = db.session.scalars(select(Entry).where(Entry.object_type == "competence")).all()

    assert entry.kind == "SkillsChanged"
    assert str(skill.id) not in str(entry.data.get("changes", ""))
