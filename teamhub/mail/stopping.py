"""The address in each mail by which its kind is turned off at one press, without signing in (RFC 8058)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from teamhub.access.actor import Actor
from teamhub.consequences.kinds import Channel, Kind, Pace
from teamhub.notifications import commands, queries
from teamhub.people.sign_in import load_actor


@dataclass(frozen=True)
class Stop:
    """Whose mail an address turns off, and of which kinds."""

    actor: Actor
    kinds: tuple[Kind, ...]


def token(person_id: int, kinds: list[Kind]) -> str:
    """Return what the address carries. It is good for this only, and while its key is known."""
    return _serializer().dumps([person_id, [str(kind) for kind in kinds]])


def read(text: str) -> Stop | None:
    """Return what an address turns off; None when we did not make it, or the account is closed."""
    try:
        person_id, kinds = _serializer().loads(text)
        wanted = tuple(Kind(kind) for kind in kinds)
    except (BadSignature, ValueError, TypeError):
        return None
    actor = load_actor(person_id)
    return Stop(actor, wanted) if actor else None


def _serializer() -> URLSafeSerializer:
    keys = [*(current_app.config["SECRET_KEY_FALLBACKS"] or ()), current_app.config["SECRET_KEY"]]
    return URLSafeSerializer(keys, salt="teamhub.mail.off")


def paces(asked: Stop) -> dict[Kind, Pace]:
    """Return how often mail of these kinds goes now."""
    chosen = queries.paces(asked.actor)
    return {kind: chosen[kind, Channel.MAIL] for kind in asked.kinds}


def stop(asked: Stop) -> None:
    """Send the person no more mail of these kinds. They still come to the inbox."""
    begin(asked, dict.fromkeys(asked.kinds, Pace.NEVER))


def begin(asked: Stop, wanted: dict[Kind, Pace]) -> None:
    """Let mail of these kinds, and of no others, go as often as ``wanted`` says."""
    mail = {(kind, Channel.MAIL): pace for kind, pace in wanted.items() if kind in asked.kinds}
    commands.choose(asked.actor, queries.paces(asked.actor) | mail, queries.quiet_hours(asked.actor))
