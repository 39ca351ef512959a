"""How an address under /api/v1 is declared: in one place who may call it, and what it takes and gives."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Blueprint, Response, jsonify, make_response
from sqlalchemy.exc import OperationalError

from teamhub.access.policy import Action
from teamhub.access.web import on_object
from teamhub.api import bodies, commands, pace
from teamhub.api.bearer import Program, program
from teamhub.api.states import Scope
from teamhub.core import clock
from teamhub.core.i18n import _
from teamhub.core.problems import ROOM, Problem
from teamhub.core.uploads import takes_json

log = logging.getLogger("teamhub")

bp = Blueprint("api", __name__, url_prefix=ROOM)

View = TypeVar("View", bound=Callable[..., Any])
Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Operation:
    """What one address does, for its documentation."""

    summary: str
    scope: Scope
    gives: Schema
    takes: Mapping[str, bodies.Field] | None
    status: int


def operation(
    action: Action,
    *,
    scope: Scope,
    summary: str,
    gives: Schema,
    takes: Mapping[str, bodies.Field] | None = None,
    status: int = 200,
) -> Callable[[View], View]:
    """Declare a view that answers programs with what it returns, as JSON.

    The caller's key must have ``scope``; the query or command inside asks the policy about ``action``, as
    for pages. With ``takes``, the view gets the request's body, read and checked, as ``body``. ``gives`` is
    the JSON Schema of the answer; openapi.json is made from all of this.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def called(*args: Any, **kwargs: Any) -> Response:
            _let_in(program(), scope)
            if takes is not None:
                kwargs["body"] = bodies.read(takes)
            return make_response(jsonify(view(*args, **kwargs)), status)

        cast("Any", called).__operation__ = Operation(summary, scope, gives, takes, status)
        return cast("View", on_object(action)(takes_json(called)))

    return declare


def _let_in(asking: Program, scope: Scope) -> None:
    """Hold a key to what it is good for, and to its pace; and keep, once a day, that it was used."""
    holder = asking.holder
    if scope not in holder.scopes:
        challenge = f'Bearer error="insufficient_scope", scope="{scope.value}"'
        detail = _("Nøkkelen kan ikke brukes til dette. Den mangler «%(scope)s».", scope=scope.value)
        raise Problem(403, detail, headers={"WWW-Authenticate": challenge})
    pace.count(holder.token_id)
    if holder.last_used_on != clock.today():
        try:
            commands.note_use(asking.actor, holder.token_id)
        except OperationalError:
            log.warning("the day a key was used was not kept: the database is busy")
