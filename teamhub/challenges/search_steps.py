"""The list of challenges, taking it along as CSV or XLSX, and searches somebody keeps."""

from __future__ import annotations

from flask import Response, abort, flash, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, can
from teamhub.access.web import acting, found, requires
from teamhub.challenges import desk_view, explore, export, facets, listing, search_words, searches
from teamhub.challenges.explore import DENSITIES, Search
from teamhub.challenges.views import bp
from teamhub.challenges.voice_forms import SearchEditForm, SearchForm
from teamhub.core import clock
from teamhub.core.errors import Conflict, Forbidden
from teamhub.core.forms import errors_on
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _
from teamhub.core.sheets import WRITERS
from teamhub.people.queries import divisions

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _asked_for() -> Search:
    """Read the address. Raises Forbidden when it asks for the desk and the reader has none."""
    search = explore.parse(request.values)
    if search.scope == "desk" and not can(acting(), Action.CHALLENGE_DESK):
        raise Forbidden(_("Pulten er for porteføljekontoret og porteføljestyret."))
    return search


@bp.get("/challenges")
@requires(Action.CHALLENGE_LIST)
def index() -> Response:
    search = _asked_for()
    return desk_view.page() if search.scope == "desk" else _page(search)


def _page(search: Search, form: SearchForm | None = None) -> Response:
    """Render the list; ``form`` is one by which the search could not be kept."""
    hits = facets.hits(acting(), search)
    counted = facets.count(hits, search)
    page = listing.find(acting(), search, hits, counted.total)
    kept = searches.of(acting())
    areas = divisions()
    name = search_words.name_for(search, {area.id: area.name for area in areas})
    return render_page(
        "challenges/index.html",
        partials={"found": "challenges/_found.html"},
        status=422 if form else 200,
        search=search,
        search_words=search_words,
        density=_density(search),
        found=page,
        facets=counted,
        spans=listing.spans(page.rows),
        wanted=listing.people_wanted(page.rows),
        divisions=areas,
        standing=listing.standing(),
        kept=kept,
        this_kept=next((one for one in kept if one.address == search.address), None),
        search_form=form or SearchForm(formdata=None, data={"name": name, "alerts": True}),
    )


def _density(search: Search) -> str:
    """Return how densely the list is set: as the address says, or as last chosen in this sign-in."""
    if search.density:
        session["density"] = search.density
    kept = session.get("density")
    return kept if kept in DENSITIES else "normal"


@bp.get("/challenges/export")
@requires(Action.CHALLENGE_LIST)
def take_along() -> Response:
    """Hand out what the same address shows as a list, whole: ``as`` is csv or xlsx."""
    search = _asked_for()
    shape = request.args.get("as", "csv")
    if shape not in TYPES:
        abort(404)
    response = Response(WRITERS[shape](export.sheet(acting(), search)), content_type=TYPES[shape])
    name = f"{_('utfordringer')}-{clock.today():%Y-%m-%d}.{shape}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@bp.get("/challenges/searches")
@requires(Action.CHALLENGE_LIST)
def kept_searches() -> Response:
    names = {area.id: area.name for area in divisions()}
    kept = [(one, search_words.words(searches.as_search(one), names)) for one in searches.of(acting())]
    return render_page("challenges/searches.html", kept=kept)


@bp.post("/challenges/searches")
@requires(Action.CHALLENGE_LIST)
def keep_search() -> BaseResponse:
    """Keep the view the form was sent from; its fields say which."""
    search, form = _asked_for(), SearchForm()
    if form.validate():
        with errors_on(form):
            searches.keep(acting(), search, form.name.data or "", alerts=bool(form.alerts.data))
            flash(_("Søket er lagret. Du finner det over lista."))
            return see_other(_list_at(search.address))
    return _page(search, form)


@bp.get("/challenges/searches/<int:search_id>")
@requires(Action.CHALLENGE_LIST)
def open_search(search_id: int) -> BaseResponse:
    """Go to the list as a kept search has it: what it tells of leads here."""
    return see_other(_list_at(found(searches.get(acting(), search_id)).address))


@bp.route("/challenges/searches/<int:search_id>/edit", methods=["GET", "POST"])
@requires(Action.CHALLENGE_LIST)
def edit_search(search_id: int) -> BaseResponse:
    kept, theirs = found(searches.get(acting(), search_id)), None
    form = SearchEditForm(obj=kept)
    if form.validate_on_submit():
        with errors_on(form):
            try:
                said, version = form.name.data or "", form.version.data or 0
                searches.change(acting(), search_id, said, alerts=bool(form.alerts.data), version=version)
                flash(_("Søket er endret."))
                return see_other(url_for(".kept_searches"))
            except Conflict as conflict:
                theirs = conflict.current
                form.rebase(theirs.version)
    status = 409 if theirs else 422 if form.errors else 200
    return render_page("challenges/search.html", status=status, kept=kept, form=form, theirs=theirs)


@bp.post("/challenges/searches/<int:search_id>/remove")
@requires(Action.CHALLENGE_LIST)
def remove_search(search_id: int) -> BaseResponse:
    searches.remove(acting(), found(searches.get(acting(), search_id)).id)
    flash(_("Søket er slettet."))
    return see_other(url_for(".kept_searches"))


def _list_at(address: str) -> str:
    return url_for(".index") + (f"?{address}" if address else "")
