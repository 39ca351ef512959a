"""Units from a file: the tree, its history, and what is wrong with it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.audit.models import Entry
from teamhub.core import clock
from teamhub.core.errors import Forbidden
from teamhub.people.models import Unit, UnitPlacement

TREE = """org_id;overordnet_id;niva;type;navn;forkortelse
V1;D1;3;virksomhet;Bragernes skole;
D1;K;1;område;Utdanning og oppvekst;
K;;0;kommune;Drammen kommune;
D2;K;1;område;Kultur;KU
"""


def unit(db, reference):
    return db.session.scalar(select(Unit).where(Unit.external_ref == reference))


def counts(outcome):
    return outcome.created, outcome.changed, outcome.unchanged


def reasons(outcome):
    return [(error.row, error.column, error.reason) for error in outcome.errors]


def test_a_tree_is_laid_out_whatever_order_it_comes_in(db, take):
    outcome = take("units", TREE)

    top, school, area = unit(db, "K"), unit(db, "V1"), unit(db, "D1")
    assert counts(outcome) == (4, 0, 0)
    assert (school.path, school.level, school.parent_id, school.division_id, school.kind) == (
        f"/{top.id}/{area.id}/{school.id}/", 3, area.id, area.id, "virksomhet",
    )  # fmt: skip
    assert (top.level, top.division_id, area.division_id) == (0, None, area.id)
    assert (area.valid_from, school.valid_to) == (clock.today(), None)


def test_divisions_get_two_letters_unless_the_file_has_them(db, take):
    take("units", TREE)

    assert [unit(db, ref).code for ref in ("K", "D1", "D2", "V1")] == ["", "UO", "KU", ""]


def test_a_second_run_changes_nothing_and_leaves_no_trace(db, take):
    take("units", TREE)
    versions = list(db.session.execute(select(Unit.id, Unit.version)))

    assert counts(take("units", TREE)) == (0, 0, 4)
    assert list(db.session.execute(select(Unit.id, Unit.version))) == versions
    assert [entry.kind for entry in db.session.scalars(select(Entry))] == ["Imported"]


def test_a_dry_run_tells_the_same_and_writes_nothing(db, take):
    outcome = take("units", TREE, dry_run=True)

    assert counts(outcome) == (4, 0, 0)
    assert db.session.scalars(select(Unit)).all() == []
    assert outcome == take("units", TREE)


def test_a_reorganisation_moves_the_subtree_and_keeps_the_history(db, take):
    take("units", TREE + "A1;V1;4;avdeling;Trinn 1;\n")
    db.session.execute(UnitPlacement.__table__.update().values(valid_from=date(2020, 1, 1)))
    db.session.commit()

    outcome = take("units", "org_id;overordnet_id;navn;gyldig_fra\nV1;D2;Bragernes kulturskole;01.01.2025\n")

    school, class_, culture = unit(db, "V1"), unit(db, "A1"), unit(db, "D2")
    history = db.session.execute(
        select(UnitPlacement.name, UnitPlacement.parent_id, UnitPlacement.valid_from, UnitPlacement.valid_to)
        .where(UnitPlacement.unit_id == school.id)
        .order_by(UnitPlacement.valid_from)
    ).all()
    assert counts(outcome) == (0, 1, 0)
    assert (school.name, school.division_id, class_.division_id) == (
        "Bragernes kulturskole", culture.id, culture.id,
    )  # fmt: skip
    assert class_.path == f"{school.path}{class_.id}/"
    assert [tuple(row) for row in history] == [
        ("Bragernes skole", unit(db, "D1").id, date(2020, 1, 1), date(2024, 12, 31)),
        ("Bragernes kulturskole", culture.id, date(2025, 1, 1), None),
    ]


def test_a_move_or_a_new_name_is_told_with_what_was_before(db, take):
    take("units", TREE)

    take("units", "org_id;overordnet_id;navn;gyldig_fra\nV1;D2;Bragernes kulturskole;01.01.2025\n")

    (moved,) = db.session.scalars(select(Entry).where(Entry.kind == "UnitMoved"))
    assert moved.object_id == unit(db, "V1").id
    assert moved.data == {
        "name": "Bragernes kulturskole",
        "parent_id": unit(db, "D2").id,
        "valid_from": "2025-01-01",
        "changes": {
            "name": ["Bragernes skole", "Bragernes kulturskole"],
            "parent_id": [unit(db, "D1").id, unit(db, "D2").id],
        },
    }


def test_a_unit_in_use_cannot_be_put_off_to_a_day_to_come(take):
    take("units", TREE)

    assert reasons(take("units", "org_id;overordnet_id;navn;gyldig_fra\nV1;D2;Skolen;01.01.2090\n")) == [
        (2, "gyldig_fra", "Enheten finnes alt. Datoen kan ikke være fram i tid.")
    ]


def test_fields_the_file_has_no_column_for_stay_as_they_are(db, take):
    take("units", TREE)
    take("units", "org_id;overordnet_id;navn\nV1;D1;Bragernes\n")

    assert (unit(db, "V1").name, unit(db, "V1").kind) == ("Bragernes", "virksomhet")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("A;X;1;;Navn;\n", [(2, "overordnet_id", "Det finnes ingen enhet «X».")]),
        (
            "A;B;1;;En;\nB;A;2;;To;\n",
            [
                (2, "overordnet_id", "Enheten står under seg selv, direkte eller via andre."),
                (3, "overordnet_id", "Enheten står under seg selv, direkte eller via andre."),
            ],
        ),
        ("A;A;1;;En;\n", [(2, "overordnet_id", "Enheten står under seg selv, direkte eller via andre.")]),
        ("A;;5;;En;\n", [(2, "niva", "Nivåene går fra 0 til 4.")]),
        ("A;;2;;En;\nB;A;2;;To;\n", [(3, "niva", "Må være under enheten over, som er på nivå 2.")]),
        ("A;;0;;En;\nA;;0;;To;\n", [(3, "org_id", "«A» står også i rad 2.")]),
        ("A;;0;;;\n", [(2, "navn", "Mangler. Feltet må fylles ut.")]),
        (";;0;;Navn;\n", [(2, "org_id", "Mangler. Feltet må fylles ut.")]),
        ("A;;null;;Navn;\n", [(2, "niva", "«null» er ikke et helt tall.")]),
        ("A;;0;;Navn;FEMBO\n", [(2, "forkortelse", "Er 5 tegn. Det er plass til 4.")]),
        ("A;;0;;Navn\n", [(2, "", "Raden har 5 felt, men overskriften har 6.")]),
    ],
)
def test_what_is_wrong_is_told_by_row_column_and_reason_and_nothing_is_written(db, take, rows, expected):
    outcome = take("units", TREE.splitlines(keepends=True)[0] + rows)

    assert reasons(outcome) == expected
    assert db.session.scalars(select(Unit)).all() == []


def test_one_fault_above_is_not_told_again_for_every_unit_below(take):
    rows = "A;;0;;;\nB;A;1;;Under;\n"

    assert reasons(take("units", TREE.splitlines(keepends=True)[0] + rows)) == [
        (2, "navn", "Mangler. Feltet må fylles ut.")
    ]


def test_only_the_system_itself_imports(make, take):
    kari = make.person("Kari")

    with pytest.raises(Forbidden):
        take("units", TREE, actor=Actor(kari.id))
