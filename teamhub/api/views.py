"""The page where a person makes and revokes the keys they give to programs."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action
from teamhub.access.web import acting, found, requires
from teamhub.api import commands, queries
from teamhub.api.forms import TokenForm
from teamhub.api.names import SCOPES
from teamhub.core import clock
from teamhub.core.forms import errors_on
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _

bp = Blueprint("tokens", __name__)

USUALLY = timedelta(days=90)
"""How long a key lasts unless its owner says otherwise."""


@bp.get("/settings/tokens")
@requires(Action.TOKEN_MANAGE)
def index() -> Response:
    return _page(_empty())


@bp.post("/settings/tokens")
@requires(Action.TOKEN_MANAGE)
def make() -> BaseResponse:
    """Make a key and show it in this answer, which nobody keeps: there is no second time."""
    form = TokenForm()
    if form.validate():
        with errors_on(form):
            name = form.name.data or ""
            token = commands.make_token(
                acting(), name=name, scopes=form.scopes.data or [], expires_on=form.expires_on.data
            )
            return _page(_empty(), made=name, token=token)
    return _page(form, 422)


@bp.post("/settings/tokens/<int:token_id>/revoke")
@requires(Action.TOKEN_MANAGE)
def revoke(token_id: int) -> BaseResponse:
    commands.revoke(acting(), found(queries.own_token(acting(), token_id)).id)
    flash(_("Nøkkelen er slått av. Den virker ikke lenger."))
    return see_other(url_for(".index"))


def _empty() -> TokenForm:
    return TokenForm(formdata=None, expires_on=clock.today() + USUALLY)


def _page(form: TokenForm, status: int = 200, *, made: str = "", token: str = "") -> Response:
    return render_page(
        "api/tokens.html",
        status=status,
        form=form,
        tokens=queries.tokens(acting()),
        scopes=SCOPES,
        made=made,
        token=token,
    )
