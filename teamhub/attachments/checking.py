"""What may be attached, and the look into each file before it is kept."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from teamhub.core.errors import DomainError
from teamhub.core.i18n import LazyString, _, _l

LARGEST_BYTES = 25_000_000
PATIENCE_S = 30
CHILD = Path(__file__).parent / "child.py"

ENDINGS = (
    "jpg", "jpeg", "png", "webp", "gif", "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "txt", "csv",
)  # fmt: skip
"""What may be attached. Telephones turn their own picture formats into the first of these when asked to."""

PICTURES = ("image/jpeg", "image/png", "image/webp")

REASONS: dict[str, LazyString] = {
    "kind": _l("«%(name)s» er ikke det navnet sier. Lagre den på nytt, eller ta et skjermbilde."),
    "pixels": _l("«%(name)s» er for stort som bilde. Ta et mindre, eller skaler det ned."),
    "bomb": _l("«%(name)s» pakker ut mer enn vi tar imot. Del den opp, eller lag en PDF av den."),
    "nested": _l("«%(name)s» har en annen fil eller makroer inni seg. Ta dem ut, og prøv igjen."),
    "broken": _l("«%(name)s» lar seg ikke åpne. Prøv å lagre den på nytt."),
}


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: where what is kept of it lies, what it is, and what to call it."""

    path: Path
    media_type: str
    name: str


def check(upload: Path, name: str, folder: Path) -> Checked:
    """Look into ``upload`` in a process of its own, and return what may be kept of it, in ``folder``.

    Raises DomainError that says why the file is refused, and what to do.
    """
    stem, _dot, ending = name.rpartition(".")
    if not stem or ending.lower() not in ENDINGS:
        kinds = _("bilder, PDF, tekst, regneark og dokumenter")
        raise DomainError(_("«%(name)s» kan ikke legges ved. Vi tar imot %(kinds)s.", name=name, kinds=kinds))
    if upload.stat().st_size > LARGEST_BYTES:
        raise DomainError(too_large(name))
    if upload.stat().st_size == 0:
        raise DomainError(_("«%(name)s» er tom.", name=name))
    out = folder / f"{upload.name}.kept"
    answer = _ask(upload, ending.lower(), out)
    if "refused" in answer:
        out.unlink(missing_ok=True)
        raise DomainError(str(REASONS[answer["refused"]]) % {"name": name})
    return Checked(out, answer["kind"], f"{stem}.{answer['ending']}")


def too_large(name: str) -> str:
    """Say that a file is too large."""
    return _("«%(name)s» er for stor. En fil kan være på høyst 25 MB.", name=name)


def _ask(upload: Path, ending: str, out: Path) -> dict[str, str]:
    """Return the child's answer; what kills it or outlasts our patience counts as a bomb."""
    command = [sys.executable, "-I", str(CHILD), str(upload), ending, str(out)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=False)  # noqa: S603 - our own program
        answer: dict[str, str] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return {"refused": "bomb"}
    return answer
