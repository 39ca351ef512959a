"""What is handed out as a table is text and numbers, whatever somebody wrote."""

import csv
import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teamhub.core.sheets import Sheet, as_csv, as_xlsx, harmless, unescaped

NASTY = [
    "=1+1", "+47 32", "-2", "@SUM(A1)", "\t=1", "\uff1d1", "a,=1", "a;-1", "linje\n=cmd|' /C calc'!A0", "'=1",
    "a\t+1", "a\r\n@b", '";=1', " =1", "''=1", "a, =1",
]  # fmt: skip
BEGINS_A_FORMULA = tuple("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")
TEXTS = st.text(alphabet="ab =+-@\t\r\n',;\"\uff1d", max_size=20)


def fields(data, separator, quoting):
    text = data.decode("utf-8-sig")
    return [
        f
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
        for f in row
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_NONE], ids=["quotes", "no quotes"])
def test_no_reader_finds_a_cell_that_begins_a_formula(separator, quoting):
    data = as_csv(Sheet("Ark", ["=hode"], [[text] for text in NASTY]))

    assert [f for f in fields(data, separator, quoting) if f.startswith(BEGINS_A_FORMULA)] == []


@given(TEXTS)
def test_what_was_written_can_be_had_back_exactly(text):
    assert unescaped(harmless(text)) == text


def test_common_words_are_left_alone():
    for text in ("Lang ventetid", "e-post", "2-3 ganger, ofte", "kari@example.no", "1+1=2", "to\n\navsnitt"):
        assert harmless(text) == text


def test_numbers_and_dates_stay_what_they_are_and_a_file_opens_in_norwegian_excel():
    data = as_csv(Sheet("Ark", ["Nr", "Dag", "Tekst"], [[7, date(2026, 11, 28), "æøå"], [8, None, ""]]))

    assert data.startswith(b"\xef\xbb\xbfNr;Dag;Tekst\r\n")
    assert data.decode("utf-8-sig").splitlines()[1:] == ["7;2026-11-28;æøå", "8;;"]


def test_a_workbook_holds_no_formula():
    data = as_xlsx(Sheet("Ark", ["=hode"], [[text] for text in NASTY] + [[7], [date(2026, 11, 28)]]))

    with zipfile.ZipFile(io.BytesIO(data)) as book:
        inside = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in inside
    assert "<v>7</v>" in inside
    assert ">=1+1<" not in inside
