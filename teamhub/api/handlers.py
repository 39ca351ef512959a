"""Takes a person's keys away when the account is closed."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from teamhub.api.models import ApiToken
from teamhub.people.events import AccountDisabled


def forget_tokens(session: Session, event: AccountDisabled) -> None:
    """Let every key of a closed account die for good. Runs inside the command's transaction."""
    session.execute(delete(ApiToken).where(ApiToken.person_id == event.object_id))
