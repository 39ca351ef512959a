"""What is written down of an error: enough to find it, and nothing that should stay secret."""

from __future__ import annotations

import re

from sqlalchemy.exc import StatementError

LONGEST = 200
_ADDRESS = re.compile(r"(\w+://)(?:[^\s/@]*@)?([\w.\-]*)[^\s'\"]*")
_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")


def in_short(error: BaseException) -> str:
    """Return the error's class and the first line of its message, without what may be secret.

    Of web addresses only the host is kept: passwords and tokens stand in the rest. E-mail addresses
    go, and so do the values of a failed statement.
    """
    said = str(getattr(error, "orig", "") or "") if isinstance(error, StatementError) else str(error)
    first = (said.strip().splitlines() or [""])[0]
    first = _EMAIL.sub("…@…", _ADDRESS.sub(r"\1\2/…", first))
    name = type(error).__name__
    return f"{name}: {first}"[:LONGEST] if first else name
