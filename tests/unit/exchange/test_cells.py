"""What a cell may say."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from teamhub.core import clock
from teamhub.exchange import cells
from teamhub.exchange.cells import CellRefused


@pytest.fixture(autouse=True)
def _app_context(app):
    with app.app_context():
        yield


@pytest.mark.parametrize(
    "written",
    [
        "12.06.2014",
        "2014-06-12",
        "12/06/2014",
        "12-06-2014",
        "20140612",
        "12.6.2014",
        "12.06.2014 00:15",
        "2014-06-12 23:45:00",
        "2014-06-12T23:45:00+02:00",
        date(2014, 6, 12),
        datetime(2014, 6, 12),  # noqa: DTZ001 - as a workbook gives it
    ],
)
def test_a_date_is_read_however_it_is_written(written):
    assert cells.day(written) == date(2014, 6, 12)


def test_a_date_alone_is_the_same_day_in_oslo_and_in_utc():
    moment = cells.past_moment("12.06.2014")

    assert (moment.date(), clock.local(moment).date(), moment.utctimetuple().tm_mday) == (
        date(2014, 6, 12),
    ) * 2 + (12,)


def test_a_bare_number_in_a_workbook_is_a_day():
    assert cells.excels_day(41_802).date() == date(2014, 6, 12)
    assert cells.excels_day(12) is None


@pytest.mark.parametrize(
    ("parse", "written", "reason"),
    [
        (cells.day, "31.02.2014", "ikke en dato"),
        (cells.day, "i går", "ikke en dato"),
        (cells.day, "12.06.1014", "ikke en dato"),
        (cells.past_moment, "12.06.2099", "fram i tid"),
        (cells.whole_number, "3,5", "ikke et helt tall"),
        (cells.yes_or_no, "kanskje", "verken ja eller nei"),
        (cells.email, "kari.no", "ikke en e-postadresse"),
        (cells.email, "kari@x@y.no", "ikke en e-postadresse"),
        (cells.language, "dansk", "ikke et språk"),
        (cells.text, "Gjelder 01010750160", "fødselsnummer"),
        (cells.written, "T\udcf8r", "ikke lar seg lese"),
        (cells.written, "a\x00b", "usynlig tegn"),
    ],
)
def test_what_a_cell_may_not_say_is_refused_with_the_reason(parse, written, reason):
    with pytest.raises(CellRefused, match=reason):
        parse(written)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (12.0, "12"),
        (2.5, "2.5"),
        (True, "true"),
        ("  a\r\nb\r ", "a\nb"),
        ("=1+1", "=1+1"),
        ("-strek", "-strek"),
    ],
)
def test_a_cell_is_written_as_people_see_it(cell, text):
    assert cells.written(cell) == text


@pytest.mark.parametrize(
    ("parse", "written", "value"),
    [
        (cells.language, "Nynorsk", "nn"),
        (cells.language, "", None),
        (cells.yes_or_no, "Ja", True),
        (cells.yes_or_no, "", False),
        (cells.whole_number, "400 000", 400_000),
        (cells.whole_number, "", None),
        (cells.email, "Kari@Kommune.NO", "kari@kommune.no"),
        (cells.line, "to\nlinjer", "to linjer"),
        (cells.day, "", None),
    ],
)
def test_values_are_brought_to_our_form(parse, written, value):
    assert parse(written) == value
