"""How a view says who may call it. A view that says nothing keeps the app from starting."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, abort
from flask_login import current_user, login_required

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, can
from teamhub.core.errors import Forbidden
from teamhub.core.i18n import _

View = TypeVar("View", bound=Callable[..., Any])
T = TypeVar("T")


class UndeclaredAccess(RuntimeError):
    """Some view does not say who may call it."""


def public(view: View) -> View:
    """Anybody may call the view, signed in or not."""
    cast("Any", view).__access__ = "public"
    return view


def requires(action: Action) -> Callable[[View], View]:
    """Only signed-in people who may do ``action`` may call the view. For actions that need no object."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not can(acting(), action):
                raise Forbidden(_("Du har ikke lov til dette."))
            return view(*args, **kwargs)

        return cast("View", _declared(guarded, action))

    return wrap


def on_object(action: Action) -> Callable[[View], View]:
    """Only signed-in people may call the view; the command or query in it asks about the object.

    Declared on the route all the same, so that the manifest and the matrix know what it does.
    """

    def declare(view: View) -> View:
        return cast("View", _declared(view, action))

    return declare


def _declared(view: Callable[..., Any], action: Action) -> Any:
    protected = cast("Any", login_required(view))
    protected.__access__ = action
    return protected


def found(thing: T | None) -> T:
    """Return what a query found; 404 when there is nothing, or nothing this actor may see."""
    if thing is None:
        abort(404)
    return thing


def acting() -> Actor:
    """Return the signed-in actor of this request."""
    return cast("Actor", current_user.actor)


def assert_every_view_declares_access(app: Flask) -> None:
    """Refuse to start an app in which a view does not say who may call it."""
    silent = sorted(name for name, view in app.view_functions.items() if not hasattr(view, "__access__"))
    if silent:
        msg = f"views without an access declaration: {silent}"
        raise UndeclaredAccess(msg)


def register(app: Flask) -> None:
    """Let templates ask ``can(Action.X, thing)`` of the one who reads, to show or hide."""
    app.jinja_env.globals.update(Action=Action, can=_can_reader)


def _can_reader(action: Action, subject: Any = None) -> bool:
    return bool(current_user.is_authenticated) and can(acting(), action, subject)
