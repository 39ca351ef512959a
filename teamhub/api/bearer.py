"""Who asks, by the key in the Authorization header: under /api/v1, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, Request
from flask_login import UserMixin, current_user

from teamhub.access.actor import Actor
from teamhub.api import queries
from teamhub.api.queries import Holder
from teamhub.core.problems import asked_by_program
from teamhub.people.sign_in import load_actor, login_manager


@dataclass
class Program(UserMixin):  # type: ignore[misc]
    """What acts for somebody, as Flask-Login knows it: with all that person may, narrowed by scopes."""

    holder: Holder
    actor: Actor

    @property
    def id(self) -> int | None:
        return self.actor.id

    @property
    def locale(self) -> str | None:
        return self.holder.locale


def program() -> Program:
    """Return the program that asks."""
    return cast("Program", current_user)


def register(_app: Flask) -> None:
    """Let Flask-Login know who a program asks for, when nobody is signed in by a cookie."""
    login_manager.request_loader(_load)


def _load(request: Request) -> Program | None:
    if not asked_by_program():
        return None
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() != "bearer" or not token:
        return None
    holder = queries.holder(token.strip())
    actor = load_actor(holder.person_id) if holder else None
    return Program(holder, actor) if holder and actor else None
