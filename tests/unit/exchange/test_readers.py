"""A file is read whatever program saved it."""

from __future__ import annotations

import codecs
import unicodedata
import zipfile
from datetime import date

import pytest

from teamhub.exchange import readers
from teamhub.exchange.readers import FileRefused, open_table, plain

ROWS = [
    ["id", "navn", "merknad"],
    ["1", "Åse «Ø» Bø – ærlig", "a, b; c\td"],
    ["2", "Ola", 'to\nlinjer og "ord"'],
]
KNOWN = {"id", "navn"}


def written(delimiter):
    return "".join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in ROWS
    )


def read(path, known=KNOWN):
    with open_table(path, known) as table:
        return [table.header, *(row.cells for row in table.rows)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encoding_and_delimiter_are_found(app_context, file, encoding, delimiter):
    assert read(file(written(delimiter), encoding=encoding)) == ROWS


def test_letters_that_macos_takes_apart_are_put_together(app_context, file):
    path = file(unicodedata.normalize("NFD", written(";")))

    assert read(path) == ROWS


def test_a_few_damaged_bytes_do_not_turn_the_whole_file_into_another_encoding(app_context, file):
    text = "id;navn\n1;Åse Bø\n2;Tor\n3;Pål Sætre\n".encode().replace(b"Tor", b"T\xf8r")

    assert read(file(text)) == [["id", "navn"], ["1", "Åse Bø"], ["2", "T\udcf8r"], ["3", "Pål Sætre"]]


def test_a_damaged_utf_16_file_is_named_as_such(app_context, file):
    broken = codecs.BOM_UTF16_LE + "id;navn\n1;Åse\n".encode("utf-16-le") + b"\x00\xd8;\x00"

    with pytest.raises(FileRefused, match="UTF-16"):
        read(file(broken))


def test_columns_we_know_decide_the_delimiter(app_context, file):
    assert read(file("id;navn, fullt, helt, ut\n1;Bø\n"), {"id"})[0] == ["id", "navn, fullt, helt, ut"]


def test_excels_line_about_the_separator_is_passed_over(app_context, file):
    path = file("sep=;\nid;navn\n1;Åse\n", encoding="utf-8-sig")
    with open_table(path, KNOWN) as table:
        rows = list(table.rows)

    assert (table.header, rows[0].number, rows[0].line) == (["id", "navn"], 3, 3)


def test_rows_are_numbered_as_in_a_spreadsheet_and_lines_as_in_an_editor(app_context, file):
    with open_table(file('id;navn\n1;"to\nlinjer"\n\n;\n4;Ola\n'), KNOWN) as table:
        assert [(row.number, row.line) for row in table.rows] == [(2, 2), (5, 6)]


def test_a_stray_quotation_mark_harms_its_own_row_only(app_context, file):
    with open_table(file('id;navn\n1;"Åse" Bø\n2;Ola\n3;"Kari\n'), KNOWN) as table:
        rows = [(row.number, row.cells, row.problem) for row in table.rows]

    assert rows == [
        (2, [], "Et anførselstegn inne i en tekst må skrives dobbelt."),
        (3, ["2", "Ola"], ""),
        (4, [], "Et anførselstegn åpnes her, men lukkes aldri."),
    ]


def test_a_quotation_mark_that_is_not_closed_swallows_no_rows(app_context, file):
    with open_table(file('id;navn\n1;"Åse\n2;Ola\n3;"Kari\nBø"\n4;Per\n'), KNOWN) as table:
        rows = [(row.number, row.line, row.cells, bool(row.problem)) for row in table.rows]

    assert rows == [
        (2, 2, [], True),
        (3, 3, ["2", "Ola"], False),
        (4, 4, ["3", "Kari\nBø"], False),
        (5, 6, ["4", "Per"], False),
    ]


def test_a_workbook_is_read_as_it_is_numbered_on_the_screen(app_context, workbook):
    path = workbook(
        [["id", "navn", "dato"], ["1", "Åse\nBø", date(2014, 6, 12)], [], [4, "=1+1", 2.5]], before=2
    )
    with open_table(path) as table:
        rows = [(row.number, row.cells) for row in table.rows]

    assert table.header == ["id", "navn", "dato"]
    assert rows == [(4, ["1", "Åse\nBø", date(2014, 6, 12)]), (6, [4.0, "=1+1", 2.5])]


def test_a_workbook_that_unfolds_to_too_much_is_refused(app_context, tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "LARGEST_WORKBOOK", 1_000)
    with zipfile.ZipFile(tmp_path / "bombe.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "0" * 2_000)

    with pytest.raises(FileRefused, match="for stort"):
        read(tmp_path / "bombe.xlsx")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Fila er tom"),
        (b"\n\n", "Fila er tom"),
        (b"PK\x03\x04 ikke noe regneark", "Regnearket kan ikke leses"),
        (b"\xd0\xcf\x11\xe0 ikke noe regneark", "Regnearket kan ikke leses"),
        (b'"id;navn\n', "Overskriften kan ikke leses"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(app_context, file, content, reason):
    with pytest.raises(FileRefused, match=reason):
        read(file(content))


def test_a_file_that_is_not_there_is_named(app_context, tmp_path):
    with pytest.raises(FileRefused, match=r"borte\.csv"):
        read(tmp_path / "borte.csv")


@pytest.mark.parametrize("name", ["E-post", "e_post", "epost", "E POST"])
def test_column_names_are_compared_plainly(name):
    assert plain(name) == "epost"


@pytest.fixture
def app_context(app):
    with app.app_context():
        yield
