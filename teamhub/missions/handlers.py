"""What missions themselves do when something happens to them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from teamhub.core.events import emit
from teamhub.missions.accord import AgreementYes, TeamAgreement
from teamhub.missions.events import AgreementAsked, MissionEdited, SeatFilled


def ask_who_came(session: Session, event: SeatFilled) -> None:
    """Ask whoever has come to a team whether they stand by its agreement."""
    _ask(session, event.object_id, event.person_id)


def ask_new_lead(session: Session, event: MissionEdited) -> None:
    """Ask whoever leads a team from now on whether they stand by its agreement."""
    _old, lead_id = event.changes.get("lead_id", (None, None))
    if lead_id is not None:
        _ask(session, event.object_id, lead_id)


def _ask(session: Session, mission_id: int, person_id: int) -> None:
    agreement = session.get(TeamAgreement, mission_id)
    if agreement is not None and session.get(AgreementYes, (mission_id, person_id)) is None:
        emit(session, AgreementAsked(actor_id=None, object_id=mission_id, person_id=person_id))
