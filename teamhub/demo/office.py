"""The demo's portfolio office: its answer templates, and what it notes to itself."""

from __future__ import annotations

from datetime import timedelta

from teamhub.challenges.office import AnswerTemplate, PrivateNote
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.demo.organisation import Organisation
from teamhub.demo.proposals import Written
from teamhub.demo.written import read, store


def make(written: list[Written], organisation: Organisation) -> None:
    """Make and store what the office keeps for itself."""
    content = read("office")
    store(AnswerTemplate, [{"id": n, "version": 1, **one} for n, one in enumerate(content["template"], 1)])
    author_id = organisation.persona("office").id
    noted = [w for w in written if w.state == State.ASSESSING]
    store(
        PrivateNote,
        [
            {
                "id": n,
                "challenge_id": w.id,
                "author_id": author_id,
                "body": note["body"],
                "created_at": clock.now() - timedelta(days=n),
            }
            for n, (w, note) in enumerate(zip(noted, content["note"], strict=False), 1)
        ],
    )
