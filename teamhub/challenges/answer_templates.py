"""The answer templates: words the office begins an answer with, kept by the office itself."""

from __future__ import annotations

from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.challenges.events import TemplateRemoved, TemplateSaved
from teamhub.challenges.names import DECISIONS
from teamhub.challenges.office import AnswerTemplate
from teamhub.core.changes import changed
from teamhub.core.db import db
from teamhub.core.errors import Conflict, DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.jobs.outbox import insert_if_new


@command
def add(actor: Actor, name: str, body: str, *, decision: str | None = None) -> int:
    """Make a template, and return its id; the one of that name when it says the same already."""
    authorize(actor, Action.TEMPLATE_MANAGE)
    same = db.session.scalar(select(AnswerTemplate).where(AnswerTemplate.name == name))
    if same is not None and same.body == body:
        return same.id
    said = _checked(name, body, decision)
    is_new = insert_if_new(db.session(), AnswerTemplate, version=1, **said)
    template = db.session.scalars(select(AnswerTemplate).where(AnswerTemplate.name == name)).one()
    if is_new:
        changes = {field: [None, value] for field, value in said.items()}
        emit(db.session(), TemplateSaved(actor_id=actor.id, object_id=template.id, changes=changes))
    return template.id


@command
def change(
    actor: Actor, template_id: int, name: str, body: str, *, decision: str | None = None, version: int
) -> None:
    """Change a template. Raises Conflict when somebody else has, since ``version``."""
    authorize(actor, Action.TEMPLATE_MANAGE)
    template = _fresh(template_id)
    if template.version != version:
        raise Conflict(_("Malen er endret siden du åpnet den."), template)
    changes = changed(template, _checked(name, body, decision, template_id))
    if changes:
        emit(db.session(), TemplateSaved(actor_id=actor.id, object_id=template_id, changes=changes))


@command
def remove(actor: Actor, template_id: int) -> None:
    """Take a template away. Nothing happens when it is gone already."""
    authorize(actor, Action.TEMPLATE_MANAGE)
    template = db.session.get(AnswerTemplate, template_id)
    if template is None:
        return
    name = template.name
    db.session.delete(template)
    emit(db.session(), TemplateRemoved(actor_id=actor.id, object_id=template_id, name=name))


def get(template_id: int) -> AnswerTemplate | None:
    """Return a template. Only the office has a page that asks."""
    return db.session.get(AnswerTemplate, template_id)


def _fresh(template_id: int) -> AnswerTemplate:
    found = db.session.scalar(
        select(AnswerTemplate).where(AnswerTemplate.id == template_id).with_for_update()
    )
    if found is None:
        raise DomainError(_("Malen er slettet."))
    return found


def _checked(name: str, body: str, decision: str | None, own_id: int | None = None) -> dict[str, str | None]:
    """Return what a template is to say, if its name is its own and its step is one the office can take."""
    if decision is not None and decision not in list(DECISIONS):
        raise DomainError(_("Velg et svar fra lista."), field="decision")
    taken = select(AnswerTemplate.id).where(AnswerTemplate.name == name, AnswerTemplate.id != (own_id or 0))
    if db.session.scalar(taken.limit(1)) is not None:
        raise DomainError(_("En annen mal heter dette. Velg et annet navn."), field="name")
    return {"name": name, "decision": decision, "body": body}
