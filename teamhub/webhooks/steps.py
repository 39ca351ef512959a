"""Views that change one thing about a webhook."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action
from teamhub.access.web import acting, on_object
from teamhub.core.errors import DomainError, Forbidden
from teamhub.core.htmx import see_other
from teamhub.core.i18n import _
from teamhub.webhooks import commands
from teamhub.webhooks.views import bp, webhook_of


@bp.post("/webhooks/<int:webhook_id>/test")
@on_object(Action.WEBHOOK_MANAGE)
def send_test(webhook_id: int) -> BaseResponse:
    return _done(
        webhook_id,
        lambda: commands.send_test(acting(), webhook_id),
        _("Prøven er på vei. Last siden på nytt om litt, så ser du svaret."),
    )


@bp.post("/webhooks/<int:webhook_id>/pause")
@on_object(Action.WEBHOOK_MANAGE)
def pause(webhook_id: int) -> BaseResponse:
    return _done(
        webhook_id,
        lambda: commands.set_active(acting(), webhook_id, active=False),
        _("Webhooken er satt på pause. Ingenting blir sendt."),
    )


@bp.post("/webhooks/<int:webhook_id>/resume")
@on_object(Action.WEBHOOK_MANAGE)
def resume(webhook_id: int) -> BaseResponse:
    return _done(
        webhook_id,
        lambda: commands.set_active(acting(), webhook_id, active=True),
        _("Webhooken er i gang igjen."),
    )


@bp.post("/webhooks/<int:webhook_id>/secret")
@on_object(Action.WEBHOOK_MANAGE)
def reset_secret(webhook_id: int) -> BaseResponse:
    return _done(
        webhook_id,
        lambda: commands.reset_secret(acting(), webhook_id),
        _("Hemmeligheten er ny. Gi den til mottakeren med en gang."),
    )


@bp.post("/webhooks/<int:webhook_id>/remove")
@on_object(Action.WEBHOOK_MANAGE)
def remove(webhook_id: int) -> BaseResponse:
    mission_id = webhook_of(webhook_id).mission_id
    here = mission_id is not None and mission_id in acting().missions_led | acting().missions_owned
    commands.remove(acting(), webhook_id)
    flash(_("Webhooken er fjernet."))
    return see_other(url_for(".of_mission", mission_id=mission_id) if here else url_for(".of_all"))


def _done(webhook_id: int, act: Callable[[], None], text: str) -> BaseResponse:
    """Do it and show the webhook's page; a rule that says no is told there."""
    webhook_of(webhook_id)
    try:
        act()
    except Forbidden:
        raise
    except DomainError as error:
        flash(str(error), "stop")
    else:
        flash(text)
    return see_other(url_for(".show", webhook_id=webhook_id))
