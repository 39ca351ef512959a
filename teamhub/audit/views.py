"""The security log, for system administrators and the data protection officer."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, flash, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.actor import SYSTEM
from teamhub.access.policy import Action
from teamhub.access.web import acting, requires
from teamhub.audit import listing, security
from teamhub.audit.names import OUTCOMES, SECURITY_KINDS
from teamhub.audit.verifying import verify
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _, _n

bp = Blueprint("audit", __name__)


@bp.get("/admin/security")
@requires(Action.SECURITY_LOG_VIEW)
def security_log() -> Response:
    search = listing.parse(request.args)
    return render_page(
        "audit/security.html",
        partials={"found": "audit/_lines.html"},
        search=search,
        lines=listing.find(search),
        verified=listing.last_verification(),
        kinds=SECURITY_KINDS,
        outcomes=OUTCOMES,
        days_kept=current_app.config["SECURITY_LOG_DAYS"],
    )


@bp.post("/admin/security/verify")
@requires(Action.SECURITY_LOG_VIEW)
def verify_log() -> BaseResponse:
    """Walk the whole log now. Reading takes no lock; only the line about it is a write."""
    findings = verify()
    security.note_verification(acting(), findings)
    if findings:
        told = _n("Loggen er ikke hel: ett funn.", "Loggen er ikke hel: %(num)d funn.", len(findings))
        flash(told, "stop")
    else:
        flash(_("Loggen er hel. Ingen har endret eller fjernet linjer."))
    return see_other(url_for(".security_log"))


def note_refusal() -> None:
    """Write down that the one who asks was refused this page: its address when that holds ids only."""
    only_ids = all(isinstance(value, int) for value in (request.view_args or {}).values())
    path = request.path if only_ids or not request.url_rule else request.url_rule.rule
    person_id = current_user.id if current_user.is_authenticated else None
    security.note_refusal(SYSTEM, person_id, {"path": f"{request.method} {path}"})
