"""A shielded name, a private note and a draft show to nobody else, anywhere (quality.md R5)."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, update

from teamhub.challenges import answering, commands, joining, notes
from teamhub.challenges.commands import Proposal
from teamhub.challenges.models import Challenge, ChallengeTag
from teamhub.challenges.states import State
from teamhub.jobs.models import Job
from teamhub.jobs.runner import run_due
from teamhub.notifications.models import Notification
from tests.quality import matrix
from tests.quality.test_what_one_may_not_see import masked, path_of

NAME, NOTE, DRAFT = "Skjoldmøy", "kanarinotat", "kanarikladd"
MAY_SEE = {NAME: {"office"}, NOTE: {"office", "board"}, DRAFT: {"proposer"}}

# A word that stands beside each canary: searching for it must not find the canary, and echoes none.
BESIDE = ("Kvitrine", "ringeklokke", "gråspurv")
ASKED = [f"/challenges{way}{word}" for way in ("?q=", "/similar?text=", "/export?q=") for word in BESIDE]
OTHERS = [
    *("/challenges?scope=unit&sort=new", "/challenges?recent=1&density=roomy", "/challenges?desk=1"),
    *("/challenges?desk=1&chosen={hidden}", "/challenges/export?as=csv", "/challenges/duplicates"),
    *("/inbox", "/inbox?tab=followed", "/challenges/new?draft={draft}", "/challenges/new?title=gråspurv"),
]


@pytest.fixture
def hidden(make, cast):
    """Who would rather not be named, and has done all a proposer does; another has answered."""
    hidden = make.person(f"Kvitrine {NAME}", unit=cast.units["school"])
    actor, office, employee = (
        make.actor(p) for p in (hidden, cast.people["office"], cast.people["employee"])
    )
    written = Proposal(title="Nøkler blir borte", situation="Vi leter en halv time hver dag", shielded=True)
    id_ = commands.propose(actor, written)
    commands.support(employee, id_, experience="Hos oss også")
    joining.follow(make.actor(cast.people["lead"]), id_)
    commands.comment(employee, id_, "Hva har dere prøvd?")
    commands.comment(actor, id_, "En ny nøkkeltavle")
    answering.answer(office, id_, State.CLARIFICATION, reason="Hvor ofte?")
    commands.clarify(actor, id_, "Hver uke")
    challenge = make.session.get(Challenge, id_)
    edited = Proposal(title="Nøkler blir borte hver uke", situation="Vi leter i en halv time", shielded=True)
    commands.edit(actor, id_, edited, version=challenge.version)
    make.attachment(challenge, hidden)
    notes.write(office, id_, f"{NOTE}, men ring først. Ringeklokke.")
    return challenge


@pytest.fixture
def draft(make, cast):
    text = f"{DRAFT} om gråspurv ved skolen og ventetid hver dag"
    draft = make.challenge(
        cast.people["proposer"], state=State.DRAFT, title=text, situation=text, suggestion=text
    )
    make.session.add(ChallengeTag(challenge_id=draft.id, tag=DRAFT))
    make.attachment(draft, cast.people["proposer"], text=DRAFT)
    make.session.commit()
    return draft


def pages(app, cast, client, hidden, draft):
    """Every page, fragment and file there is, each also on the two, and what finds things by their words."""
    for line in matrix.lines(app):
        if line.method != "GET" or line.rule.endpoint in {"static", "live.stream"}:
            continue
        ids = (hidden.id, draft.id) if "challenge_id" in line.rule.arguments else ()
        for path in [path_of(line, cast), *(path_of(line, cast, challenge_id=id_) for id_ in ids)]:
            yield line.rule.endpoint, path
    for path in [*ASKED, *OTHERS]:
        yield "", path.format(hidden=hidden.id, draft=draft.id)


@pytest.mark.parametrize("role", matrix.ROLES)
def test_no_page_search_suggestion_or_file_shows_them(app, cast, client_of, hidden, draft, role):
    client, shown = client_of(role), []
    kept = [canary for canary, audience in MAY_SEE.items() if role not in audience]
    for endpoint, path in pages(app, cast, client, hidden, draft):
        with client.get(path) as answer:
            text = answer.get_data().decode("utf-8", "replace")
        # Who works where is no secret; only what they have proposed.
        shown += [
            (path, it) for it in kept if it in text and not (it == NAME and endpoint.startswith("people."))
        ]

    assert shown == []


def test_those_they_are_for_do_see_them(cast, client_of, hidden, draft):
    """The control: the canaries are where one would look for them."""
    assert NAME in client_of("office").get(f"/challenges/{hidden.id}").text
    assert NOTE in client_of("board").get(f"/challenges/{hidden.id}/notes").text
    assert DRAFT in client_of("proposer").get(f"/challenges/new?draft={draft.id}").text


def test_no_mail_job_or_notification_carries_them(app, db, cast, hidden, draft, monkeypatch):
    monkeypatch.setattr(app.extensions["mailman"], "outbox", [], raising=False)
    waiting = [repr(row) for row in db.session.execute(select(Job.name, Job.args))]
    told = [repr(row) for row in db.session.execute(select(Notification.data))]
    db.session.execute(update(Job).where(Job.state == "waiting").values(due=1.0))
    db.session.commit()
    run_due()
    mails = app.extensions["mailman"].outbox
    own = f"Kvitrine {NAME}".casefold()
    read = [words_of(mail.message()) for mail in mails if own not in str(mail.to).casefold()]

    assert read
    assert [text for text in waiting + told + read if re.search("|".join(MAY_SEE), text)] == []


def words_of(message):
    parts = [part for part in message.walk() if not part.is_multipart()]
    return message["Subject"] + "".join(part.get_payload(decode=True).decode() for part in parts)


@pytest.mark.parametrize(
    "path", ["/challenges", "/challenges?q=gråspurv", "/challenges/similar?text=gråspurv+ved+skolen"]
)
def test_a_draft_counts_nowhere_for_others(cast, client_of, request, path):
    client = client_of("employee")
    client.get(path)
    before = masked(client.get(path), path)
    request.getfixturevalue("draft")

    assert masked(client.get(path), path) == before
