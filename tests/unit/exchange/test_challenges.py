"""Challenges from a file: kept whole, sent in by somebody outside, on no clock."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from teamhub.challenges.models import Challenge, ChallengeTag
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.exchange.readers import FileRefused

HEADER = "nummer;tittel;beskrivelse;tiltak;innsender;dato;enhet\n"
ONE = HEADER + '7;Lang kø;"Folk venter.\nHver dag.";-;NAV;12.06.2014;\n'


def all_(db):
    return list(db.session.scalars(select(Challenge).order_by(Challenge.external_ref)))


def counts(outcome):
    return outcome.created, outcome.changed, outcome.unchanged


def reasons(outcome):
    return [(error.row, error.column, error.reason) for error in outcome.errors]


def test_an_imported_challenge_is_submitted_by_a_text_and_has_no_deadline(db, take):
    outcome = take("challenges", ONE)

    (challenge,) = all_(db)
    assert (counts(outcome), outcome.submitters) == ((1, 0, 0), 1)
    assert (challenge.title, challenge.situation, challenge.suggestion) == (
        "Lang kø",
        "Folk venter.\nHver dag.",
        "-",
    )
    assert (challenge.external_ref, challenge.submitted_by, challenge.proposer_id) == ("7", "NAV", None)
    assert (challenge.state, challenge.due_on, challenge.unit_id, challenge.version) == (
        State.SUBMITTED,
        None,
        None,
        1,
    )
    assert clock.local(challenge.submitted_at).date() == date(2014, 6, 12)
    assert challenge.state_since == challenge.submitted_at


def test_search_finds_it_at_once(db, take):
    take("challenges", ONE)
    (challenge,) = all_(db)
    before = challenge.stems
    challenge.refresh_stems()

    assert (before, "kø" in before.split()) == (challenge.stems, True)


def test_a_column_for_the_unit_gives_unit_and_division(db, make, take):
    area = make.unit("Utdanning")
    school = make.unit("Skolen", parent=area, external_ref="S1")
    take("challenges", HEADER + "7;Kø;;;;;S1\n8;Kø;;;;;skolen\n9;Kø;;;;;\n")

    assert [(each.unit_id, each.division_id) for each in all_(db)] == [(school.id, area.id)] * 2 + [
        (None, None)
    ]


def test_a_second_run_changes_nothing(db, take):
    take("challenges", ONE)

    assert counts(take("challenges", ONE)) == (0, 0, 1)
    assert [each.version for each in all_(db)] == [1]


def test_a_changed_text_is_found_by_search_and_leaves_the_state_alone(db, take):
    take("challenges", ONE)
    (challenge,) = all_(db)
    challenge.state = State.ASSESSING
    db.session.commit()

    assert counts(take("challenges", ONE.replace("Lang kø", "Kort frist"))) == (0, 1, 0)
    (challenge,) = all_(db)
    assert (challenge.state, challenge.version) == (State.ASSESSING, 3)
    assert {"kort", "frist"} <= set(challenge.stems.split())


def test_a_formula_is_a_text_like_any_other(db, take):
    take("challenges", HEADER + '7;"=HYPERLINK(""http://x"")";@SUM;+1;-2;;\n')

    (challenge,) = all_(db)
    assert (challenge.title, challenge.situation, challenge.suggestion) == (
        '=HYPERLINK("http://x")',
        "@SUM",
        "+1",
    )


def test_a_workbook_says_the_same_as_the_csv(db, take, workbook):
    header = HEADER.strip().split(";")
    path = workbook([header, [7, "Lang kø", "Folk venter.\nHver dag.", "-", "NAV", date(2014, 6, 12), ""]])

    assert counts(take("challenges", path)) == (1, 0, 0)
    assert counts(take("challenges", ONE)) == (0, 0, 1)


def test_tags_follow_the_columns_that_say_yes(db, take, file):
    mapping = file(
        'kind = "challenges"\n[columns]\nexternal_ref = "nr"\ntitle = "tittel"\n'
        '[tags]\nit = "IT"\nlov = "regelverk"\n',
        name="eget.toml",
    )
    text = "nr;tittel;it;lov\n1;Kø;ja;nei\n2;Kø;X;true\n"
    take("challenges", text, mapping_name=str(mapping))
    again = take("challenges", text, mapping_name=str(mapping))
    changed = take("challenges", text.replace("X;true", "nei;true"), mapping_name=str(mapping))

    tags = db.session.execute(
        select(Challenge.external_ref, ChallengeTag.tag).join(
            Challenge, Challenge.id == ChallengeTag.challenge_id
        )
    )
    assert (counts(again), counts(changed)) == ((0, 0, 2), (0, 1, 1))
    assert {tuple(row) for row in tags} == {("1", "IT"), ("2", "regelverk")}


def test_several_columns_become_one_text_and_values_are_translated(db, take, file):
    mapping = file(
        """kind = "challenges"
dates = ["%m/%d/%Y"]
required = ["situation"]
[columns]
external_ref = ["id"]
title = ["tittel"]
situation = [{ column = "a", label = "A: " }, { column = "b" }]
submitted_by = ["hvem"]
submitted_at = ["dato"]
[values.submitted_by]
"1" = "Skolen"
""",
        name="eget.toml",
    )
    header = "id;tittel;a;b;hvem;dato\n"
    take("challenges", header + "1;Kø;en;to;1;06/12/2014\n2;Kø;;to;Andre;\n", mapping_name=str(mapping))
    bad = take("challenges", header + "3;Kø;;;1;12.06.2014\n", mapping_name=str(mapping))

    assert [(each.situation, each.submitted_by) for each in all_(db)] == [
        ("A: en – to", "Skolen"),
        ("to", "Andre"),
    ]
    assert clock.local(all_(db)[0].submitted_at).date() == date(2014, 6, 12)
    assert reasons(bad) == [
        (2, "a", "Mangler. Feltet må fylles ut."),
        (2, "dato", "«12.06.2014» er ikke en dato. Skriv for eksempel 31.12.2026."),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            "nummer;overskrift som ingen kjenner\n1;x\n",
            "Fila mangler kolonnen «title, tittel eller overskrift».",
        ),
        (
            "a;b\n1;x\n",
            (
                "Fila mangler kolonnene «external_ref, referanse, reference, nummer, number, nr eller id», "
                "«title, tittel eller overskrift»."
            ),
        ),
        ("nr;tittel;Tittel\n1;x;y\n", "Kolonnen «Tittel» står to ganger i overskriften."),
    ],
)
def test_a_file_without_the_columns_is_refused(take, content, reason):
    with pytest.raises(FileRefused) as refused:
        take("challenges", content)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        (None, "ikke noe oppsett"),
        ("ikke toml", "kan ikke leses som TOML"),
        ('kind = "units"', "for «units»"),
        ('[columns]\nfarge = "x"', "felt som ikke finnes: farge"),
        ("[columns]\ntitle = 3", "ikke bygd opp"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(take, file, tmp_path, toml, reason):
    path = file(toml, name="eget.toml") if toml else tmp_path / "borte.toml"

    with pytest.raises(FileRefused, match=reason):
        take("challenges", ONE, mapping_name=str(path))
