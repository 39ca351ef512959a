"""What is kept of an error tells where to look, and no secrets."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from teamhub.jobs.failures import LONGEST, in_short


@pytest.mark.parametrize(
    ("error", "kept"),
    [
        (ValueError("bad"), "ValueError: bad"),
        (ValueError(), "ValueError"),
        (ValueError("first\nsecond"), "ValueError: first"),
        (OSError("smtp://user:pw@mail.example:25/x refused"), "OSError: smtp://mail.example/… refused"),
        (
            OSError("POST https://hook.example/t/secret?sig=1 gave 500"),
            "OSError: POST https://hook.example/… gave 500",
        ),
        (ValueError("no mail to kari.nordmann@kommune.example today"), "ValueError: no mail to …@… today"),
        (
            IntegrityError("INSERT …", {"email": "x"}, Exception("UNIQUE failed: person.email\nDETAIL: (x)")),
            "IntegrityError: UNIQUE failed: person.email",
        ),
    ],
)
def test_of_an_error_class_and_first_line_are_kept(error, kept):
    assert in_short(error) == kept


def test_a_long_message_is_cut():
    assert len(in_short(ValueError("x" * 1000))) == LONGEST
