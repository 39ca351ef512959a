"""`flask import skills`: the whole file or nothing, matched on code, with what is wrong told by row."""

import pytest
from sqlalchemy import func, select

from teamhub.competence.models import Skill

HEADER = "code,nb,nn,en,synonyms,area\n"


@pytest.fixture
def file(tmp_path):
    def written(*rows, header=HEADER):
        path = tmp_path / "ferdigheter.csv"
        path.write_text(header + "\n".join(rows) + "\n", encoding="utf-8")
        return path

    return written


def skills(db):
    return db.session.scalar(select(func.count(Skill.id)))


def test_new_skills_come_and_known_ones_change(flask, file, db, make):
    before = skills(db)
    path = file(
        "fasilitering,Fasilitering,,Facilitation,verksted|møteledelse,samarbeid",
        "juss,Jus og regelverk,Jus og regelverk,Law,,fag",
    )

    result = flask("import", "skills", path)

    new, changed = make.skill("fasilitering"), make.skill("juss")
    assert (result.exit_code, skills(db)) == (0, before + 1)
    assert (new.nb, new.nn, new.en) == ("Fasilitering", "Fasilitering", "Facilitation")
    assert (new.synonyms, new.area) == ("verksted|møteledelse", "samarbeid")
    assert (changed.nb, changed.area) == ("Jus og regelverk", "fag")


def test_the_same_file_again_changes_nothing(flask, file, db):
    path = file("fasilitering,Fasilitering,,Facilitation,,")
    flask("import", "skills", path)
    before = skills(db)

    assert flask("import", "skills", path).exit_code == 0
    assert skills(db) == before


def test_what_the_file_has_no_column_for_stays(flask, file, db, make):
    flask("import", "skills", file("juss,Juss,Jus,Law,lov|regelverk,fag"))

    flask("import", "skills", file("juss,Juss og lov", header="kode,nb\n"))

    skill = make.skill("juss")
    assert (skill.nb, skill.nn, skill.synonyms, skill.area) == ("Juss og lov", "Jus", "lov|regelverk", "fag")


def test_with_anything_wrong_nothing_is_kept_and_each_row_is_told(flask, file, db):
    before = skills(db)
    path = file(
        "fasilitering,Fasilitering,,,,",
        "Med Mellomrom,Noe,,,,",
        "uten-navn,,,,,",
        "annen-kode,klarspråk,,,,",
        "fasilitering,Igjen,,,,",
    )

    result = flask("import", "skills", path)

    assert (result.exit_code, skills(db)) == (1, before)
    assert [line.split(":")[0] for line in result.stderr.splitlines()[:-1]] == [
        "Rad 3, kolonne «code»",
        "Rad 4, kolonne «nb»",
        "Rad 5, kolonne «nb»",
        "Rad 6, kolonne «code»",
    ]
    assert "«klarspråk» heter også «klarsprak»" in result.stderr
