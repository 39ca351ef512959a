"""Dates at the end of a new task's title."""

from datetime import date

import pytest

from teamhub.tasks.quick import split

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("written", "title", "due_on"),
    [
        ("Ringe apoteket", "Ringe apoteket", None),
        ("Ringe apoteket @i dag", "Ringe apoteket", MONDAY),
        ("Ringe apoteket @i morgen", "Ringe apoteket", date(2026, 11, 24)),
        ("Ringe apoteket @fre", "Ringe apoteket", date(2026, 11, 27)),
        ("Ringe apoteket @FREDAG", "Ringe apoteket", date(2026, 11, 27)),
        ("Ringe apoteket @lau", "Ringe apoteket", date(2026, 11, 28)),
        ("Ringe apoteket @man", "Ringe apoteket", date(2026, 11, 30)),
        ("Ringe apoteket @1.12.", "Ringe apoteket", date(2026, 12, 1)),
        ("Ringe apoteket @12.3.", "Ringe apoteket", date(2027, 3, 12)),
        ("Ringe apoteket @12.3.2028", "Ringe apoteket", date(2028, 3, 12)),
        ("Ringe apoteket @31.2.", "Ringe apoteket @31.2.", None),
        ("Ringe apoteket @Kari", "Ringe apoteket @Kari", None),
        ("Skrive til post@drammen.no", "Skrive til post@drammen.no", None),
        ("@fre", "@fre", None),
    ],
)
def test_a_date_after_an_at_sign_is_the_due_date(written, title, due_on):
    assert split(written, MONDAY) == (title, due_on)
