"""Writing what Teamhub holds to a file: `flask export`. Lists on pages hand out the same sheets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from teamhub.access.actor import SYSTEM
from teamhub.challenges import export as challenges
from teamhub.challenges.explore import Search
from teamhub.core.errors import DomainError
from teamhub.core.i18n import _
from teamhub.core.sheets import WRITERS, Sheet

SHEETS: dict[str, Callable[[], Sheet]] = {
    "challenges": lambda: challenges.sheet(SYSTEM, Search(sort="old")),
}
"""What can be written, by name. Drafts are their writer's own, and in none of them."""


def export_file(kind: str, path: Path) -> None:
    """Write everything of a kind to ``path``, as CSV or XLSX by its ending: whole, or not at all.

    Raises DomainError when the ending says nothing we can write, or the file cannot be written.
    """
    write = WRITERS.get(path.suffix.lower().lstrip("."))
    if write is None:
        raise DomainError(_("Velg et filnavn som slutter på .csv eller .xlsx."))
    content = write(SHEETS[kind]())
    try:
        with TemporaryDirectory(dir=path.parent, prefix=".export-") as room:
            new = Path(room) / path.name
            new.write_bytes(content)
            new.replace(path)
    except OSError as error:
        raise DomainError(_("Kan ikke skrive %(file)s: %(why)s", file=path, why=error.strerror)) from error
