"""Passwords: argon2id, a fair minimum, and the same work for known and unknown addresses."""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from teamhub.core.errors import DomainError
from teamhub.core.i18n import _

SHORTEST = 12
LONGEST_BYTES = 1024

# OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, 2 passes, 1 lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hashed(password: str) -> str:
    """Return the argon2id hash of ``password``."""
    return _hasher.hash(_normal(password))


def fits(password: str, password_hash: str | None) -> bool:
    """Tell whether ``password`` is the one behind ``password_hash``. Takes as long without a hash."""
    if len(password.encode()) > LONGEST_BYTES:
        return False
    try:
        _hasher.verify(password_hash or _nobodys(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def check_new(password: str, *, email: str, field: str) -> None:
    """Raise DomainError on ``field`` unless ``password`` is long enough and not the obvious one."""
    if len(password) < SHORTEST:
        raise DomainError(_("Bruk minst %(min)d tegn. En setning er fint.", min=SHORTEST), field=field)
    if len(password.encode()) > LONGEST_BYTES:
        raise DomainError(_("Passordet er for langt."), field=field)
    plain = _normal(password).casefold()
    obvious = {
        "teamhub",
        "drammen",
        "kommune",
        "passord",
        "password",
        email.split("@", maxsplit=1)[0].casefold(),
    }
    bare = plain.strip("0123456789!?.-_ ")
    if any(bare and bare == word * (len(bare) // len(word)) for word in obvious if word):
        raise DomainError(_("Det passordet er lett å gjette. Velg et annet."), field=field)
    if len(set(plain)) < 4 or plain in "01234567890123456789" or plain in "qwertyuiopåasdfghjkløæzxcvbnm":
        raise DomainError(_("Det passordet er lett å gjette. Velg et annet."), field=field)


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)


@cache
def _nobodys() -> str:
    return _hasher.hash("no account has this password")
