"""Every step that changes a challenge once it is submitted: support, comments, answers, the line."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, can
from teamhub.access.web import acting, found, on_object
from teamhub.challenges import answering, commands, joining, queries, saying
from teamhub.challenges.forms import AnswerForm, CommentForm, ReasonForm, ReplyForm, SupportForm
from teamhub.challenges.views import bp, page_of
from teamhub.challenges.voice_forms import AgainstForm, ForForm, OfferForm
from teamhub.core.errors import Forbidden
from teamhub.core.forms import Form, errors_on
from teamhub.core.htmx import see_other
from teamhub.core.i18n import _
from teamhub.core.redirects import safe_path
from teamhub.people import mentions

PLACES = {
    "comment_form": "#samtale",
    "for_form": "#points",
    "against_form": "#points",
    "offer_form": "#bidra",
}


@bp.post("/challenges/<int:challenge_id>/support")
@on_object(Action.CHALLENGE_SUPPORT)
def support(challenge_id: int) -> BaseResponse:
    form = SupportForm()
    return _step(
        challenge_id,
        Action.CHALLENGE_SUPPORT,
        form,
        "support_form",
        lambda: commands.support(acting(), challenge_id, experience=form.experience.data or ""),
        _("Takk. Nå ser alle at det gjelder enheten din også."),
    )


@bp.post("/challenges/<int:challenge_id>/support/withdraw")
@on_object(Action.CHALLENGE_SUPPORT)
def withdraw_support(challenge_id: int) -> BaseResponse:
    found(queries.get(acting(), challenge_id))
    commands.withdraw_support(acting(), challenge_id)
    flash(_("«Gjelder oss også» er tatt bort."))
    return see_other(url_for(".show", challenge_id=challenge_id))


@bp.post("/challenges/<int:challenge_id>/comments")
@on_object(Action.CHALLENGE_COMMENT)
def comment(challenge_id: int) -> BaseResponse:
    form = CommentForm()
    return _step(
        challenge_id,
        Action.CHALLENGE_COMMENT,
        form,
        "comment_form",
        lambda: _say(commands.comment, challenge_id, form.body.data or ""),
        _("Innlegget er sendt."),
    )


@bp.post("/challenges/<int:challenge_id>/points/for")
@on_object(Action.CHALLENGE_COMMENT)
def point_for(challenge_id: int) -> BaseResponse:
    return _point(challenge_id, ForForm(), "for_form", saying.FOR)


@bp.post("/challenges/<int:challenge_id>/points/against")
@on_object(Action.CHALLENGE_COMMENT)
def point_against(challenge_id: int) -> BaseResponse:
    return _point(challenge_id, AgainstForm(), "against_form", saying.AGAINST)


@bp.post("/challenges/<int:challenge_id>/offer")
@on_object(Action.CHALLENGE_OFFER)
def offer(challenge_id: int) -> BaseResponse:
    form = OfferForm()
    return _step(
        challenge_id,
        Action.CHALLENGE_OFFER,
        form,
        "offer_form",
        lambda: joining.offer(acting(), challenge_id, form.text.data or "", hours=form.hours.data),
        _("Takk. De som jobber videre med utfordringen, ser hva du kan bidra med."),
    )


@bp.post("/challenges/<int:challenge_id>/offer/withdraw")
@on_object(Action.CHALLENGE_VIEW)
def withdraw_offer(challenge_id: int) -> BaseResponse:
    found(queries.get(acting(), challenge_id))
    joining.withdraw_offer(acting(), challenge_id)
    flash(_("Tilbudet ditt er trukket."))
    return see_other(url_for(".show", challenge_id=challenge_id, _anchor="bidra"))


@bp.post("/challenges/<int:challenge_id>/clarify")
@on_object(Action.CHALLENGE_CLARIFY)
def clarify(challenge_id: int) -> BaseResponse:
    form = ReplyForm()
    return _step(
        challenge_id,
        Action.CHALLENGE_CLARIFY,
        form,
        "reply_form",
        lambda: _say(commands.clarify, challenge_id, form.body.data or ""),
        _("Svaret er sendt til porteføljekontoret."),
    )


@bp.post("/challenges/<int:challenge_id>/answer")
@on_object(Action.CHALLENGE_ANSWER)
def answer(challenge_id: int) -> BaseResponse:
    challenge = found(queries.get(acting(), challenge_id))
    form = AnswerForm().offer(answering.decisions(acting(), challenge))
    by_office = can(acting(), Action.CHALLENGE_ANSWER, challenge)
    return _step(
        challenge_id,
        Action.CHALLENGE_ANSWER if by_office else Action.CHALLENGE_DECIDE,
        form,
        "answer_form",
        lambda: answering.answer(
            acting(),
            challenge_id,
            form.decision.data,
            reason=form.reason.data or "",
            unit_id=form.unit_id.data,
            review_on=form.review_on.data,
            sure=form.sure.data,
        ),
        _("Svaret er gitt. Innmelderen ser det på utfordringen."),
    )


@bp.post("/challenges/<int:challenge_id>/line/accept")
@on_object(Action.CHALLENGE_ACCEPT_IN_LINE)
def accept_in_line(challenge_id: int) -> BaseResponse:
    done = _("Enheten har tatt på seg utfordringen.")
    return _in_line(challenge_id, Action.CHALLENGE_ACCEPT_IN_LINE, answering.accept_in_line, done)


@bp.post("/challenges/<int:challenge_id>/line/decline")
@on_object(Action.CHALLENGE_ACCEPT_IN_LINE)
def decline_in_line(challenge_id: int) -> BaseResponse:
    done = _("Utfordringen er sendt tilbake til porteføljekontoret.")
    return _in_line(challenge_id, Action.CHALLENGE_ACCEPT_IN_LINE, answering.decline_in_line, done)


@bp.post("/challenges/<int:challenge_id>/resolved")
@on_object(Action.CHALLENGE_REPORT_FROM_LINE)
def report_from_line(challenge_id: int) -> BaseResponse:
    done = _("Takk. Innmelderen ser hva som er blitt annerledes.")
    return _in_line(challenge_id, Action.CHALLENGE_REPORT_FROM_LINE, answering.report_from_line, done)


@bp.post("/challenges/<int:challenge_id>/withdraw")
@on_object(Action.CHALLENGE_WITHDRAW)
def withdraw(challenge_id: int) -> BaseResponse:
    found(queries.get(acting(), challenge_id))
    commands.withdraw(acting(), challenge_id)
    flash(_("Utfordringen er trukket."))
    return see_other(url_for(".show", challenge_id=challenge_id))


@bp.post("/challenges/<int:challenge_id>/discard")
@on_object(Action.CHALLENGE_DISCARD)
def discard(challenge_id: int) -> BaseResponse:
    found(queries.get(acting(), challenge_id))
    commands.discard(acting(), challenge_id)
    flash(_("Kladden er slettet."))
    return see_other(url_for("home.today"))


def _point(challenge_id: int, form: ForForm | AgainstForm, name: str, kind: str) -> BaseResponse:
    """Add a point for or against."""
    return _step(
        challenge_id,
        Action.CHALLENGE_COMMENT,
        form,
        name,
        lambda: _say(commands.comment, challenge_id, form.body.data or "", kind=kind),
        _("Punktet er lagt til."),
    )


def _say(say: Callable[..., object], challenge_id: int, words: str, **kw: str) -> None:
    """Say something, and tell the writer whom it mentions without their being told."""
    say(acting(), challenge_id, words, **kw)
    for warning in mentions.find(words).warnings:
        flash(warning, "stop")


def _in_line(challenge_id: int, action: Action, take: Callable[..., object], done: str) -> BaseResponse:
    """Take a step of a unit that has, or is offered, the challenge: each is said with a reason."""
    form = ReasonForm()

    def with_reason() -> object:
        return take(acting(), challenge_id, reason=form.reason.data or "")

    return _step(challenge_id, action, form, "reason_form", with_reason, done)


def _step(
    challenge_id: int, action: Action, form: Form, name: str, take: Callable[[], object], done: str
) -> BaseResponse:
    """Take a step and go back to the challenge, or show its page again with what was wrong, and typed.

    Who may not take the step is told so before anything is said about the form.
    """
    if not can(acting(), action, found(queries.get(acting(), challenge_id))):
        raise Forbidden(_("Du har ikke lov til dette."))
    if form.validate():
        with errors_on(form):
            take()
            flash(done)
            own_page = url_for(".show", challenge_id=challenge_id) + _place(name)
            return see_other(safe_path(request.form.get("next"), own_page))
    return page_of(found(queries.get(acting(), challenge_id)), 422, **{name: form})


def _place(name: str) -> str:
    """Where on the page a reader wants to be after a step: where it shows, or on top."""
    return PLACES.get(name, "")
