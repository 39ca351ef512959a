"""The page of a challenge's versions, with what was changed between any two of them."""

from __future__ import annotations

from flask import Response, request

from teamhub.access.policy import Action
from teamhub.access.web import acting, found, on_object
from teamhub.challenges import queries
from teamhub.challenges import versions as kept
from teamhub.challenges.names import TEXTS
from teamhub.challenges.views import bp, masked
from teamhub.core.htmx import render_page


@bp.get("/challenges/<int:challenge_id>/versions")
@on_object(Action.CHALLENGE_VIEW)
def versions(challenge_id: int) -> Response:
    """Show two versions as one text: the last two, or those of «from» and «to»."""
    challenge = found(queries.get(acting(), challenge_id))
    all_ = kept.of(challenge)
    new = _chosen("to", all_, all_[-1])
    old = _chosen("from", all_, all_[max(new.number - 2, 0)])
    return render_page(
        "challenges/versions.html",
        partials={"difference": "challenges/_difference.html"},
        challenge=challenge,
        versions=all_,
        old=old,
        new=new,
        differences=kept.compare(old, new),
        names=TEXTS,
        masked=masked(challenge),
    )


def _chosen(name: str, among: list[kept.Version], usual: kept.Version) -> kept.Version:
    """Return the version an address asks for, or the usual one when there is no such."""
    number = request.args.get(name, type=int)
    return next((version for version in among if version.number == number), usual)
