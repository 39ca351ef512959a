"""Takes a person's addresses away when the account is closed."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from teamhub.feeds.models import FeedToken
from teamhub.people.events import AccountDisabled


def forget_addresses(session: Session, event: AccountDisabled) -> None:
    """Let every key of a closed account die for good. Runs inside the command's transaction."""
    session.execute(delete(FeedToken).where(FeedToken.person_id == event.object_id))
