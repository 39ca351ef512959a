"""What follows when something happens, and what packages tell each other without importing."""

from __future__ import annotations

from flask import has_request_context, request, session
from flask_login import current_user
from sqlalchemy.orm import Session

from teamhub.access.actor import SYSTEM
from teamhub.api.events import TokenMade, TokenRevoked
from teamhub.api.handlers import forget_tokens
from teamhub.assessments import queries as assessments
from teamhub.assessments.roles import ASSESSING, assessors_of
from teamhub.attachments import sweeping
from teamhub.audit import handlers as audit
from teamhub.audit import views as audit_views
from teamhub.audit.names import SENTENCES
from teamhub.audit.security import keep_to_time
from teamhub.audit.states import SecurityKind
from teamhub.calls import queries as calls
from teamhub.calls.events import CallEvent
from teamhub.challenges import (
    confirming,
    counting,
    desk,
    duplicates,
    explore,
    facets,
    listing,
    notes,
    ordering,
    searches,
)
from teamhub.challenges import queries as challenges
from teamhub.challenges import voices as _voices  # noqa: F401
from teamhub.challenges.events import (
    AnswerTakenBack,
    ChallengeAnswered,
    ChallengeEvent,
    ChallengeSubmitted,
    ChallengeUnmerged,
    ChallengeWithdrawn,
)
from teamhub.competence import evidence
from teamhub.competence import queries as competence
from teamhub.competence.events import ListEvent
from teamhub.consequences import security
from teamhub.consequences.entry import Follows, Table
from teamhub.consequences.kinds import DIGEST_HOUR
from teamhub.consequences.table import TABLE, also
from teamhub.core.error_pages import tell_of_refusals
from teamhub.core.events import Event, subscribe
from teamhub.core.i18n import DEFAULT_LANGUAGE, LANGUAGES, _l
from teamhub.core.remember import forget
from teamhub.demo.events import DemoLoaded
from teamhub.exchange.events import Imported
from teamhub.feeds.events import FeedClosed, FeedOpened, FeedReset
from teamhub.feeds.handlers import forget_addresses
from teamhub.home import queries as home
from teamhub.jobs import commands as jobs
from teamhub.jobs import consumer, outbox, schedule
from teamhub.jobs.outbox import enqueue
from teamhub.jobs.work import work
from teamhub.live.handlers import announce_changes
from teamhub.mail import sending
from teamhub.missions import announcing, contract_days, done, roles
from teamhub.missions import handlers as teams
from teamhub.missions import queries as missions
from teamhub.missions.desk import parts_of
from teamhub.missions.events import MissionEdited, MissionEvent, MissionStarted, SeatFilled
from teamhub.notifications import handlers as notifications
from teamhub.notifications import reminding, unread
from teamhub.notifications.events import ChoicesChanged, ObjectMuted, ObjectUnmuted
from teamhub.people import sign_in
from teamhub.people.events import AccountDisabled
from teamhub.portfolio import queries as portfolio
from teamhub.tasks import handlers as tasks
from teamhub.tasks import queries as task_queries
from teamhub.webhooks import delivery
from teamhub.webhooks import handlers as webhooks
from teamhub.webhooks.follows import WEBHOOKS

FROM_ABOVE: Table = {
    Imported: Follows(_l("%(name)s leste inn en fil"), security=SecurityKind.IMPORTED),
    DemoLoaded: Follows(_l("%(name)s la inn prøvekommunen"), security=SecurityKind.DEMO_LOADED),
    FeedOpened: Follows(_l("%(name)s laget en adresse til et abonnement"), security=SecurityKind.FEED_MADE),
    FeedReset: Follows(_l("%(name)s laget ny adresse til et abonnement"), security=SecurityKind.FEED_RESET),
    FeedClosed: Follows(_l("%(name)s slo av et abonnement"), security=SecurityKind.FEED_CLOSED),
    TokenMade: Follows(_l("%(name)s laget en nøkkel for et program"), security=SecurityKind.TOKEN_MADE),
    TokenRevoked: Follows(
        _l("%(name)s slo av en nøkkel for et program"), security=SecurityKind.TOKEN_REVOKED
    ),
    ChoicesChanged: Follows(_l("%(name)s endret hva de får beskjed om")),
    ObjectMuted: Follows(_l("%(name)s dempet noe")),
    ObjectUnmuted: Follows(_l("%(name)s opphevet en demping")),
    **WEBHOOKS,
}
"""Entries of the table of consequences for packages that stand above it."""


def connect() -> None:
    """Connect events to their handlers, jobs to their functions, and packages to what others know."""
    _facts()
    _events()
    _jobs()
    _timetable()


def _facts() -> None:
    also(FROM_ABOVE)
    SENTENCES.update({kind.__name__: entry.line for kind, entry in TABLE.items()})
    tell_of_refusals(audit_views.note_refusal)
    sign_in.add_actor_facts(*roles.MISSION_ROLES, ASSESSING, unread.STATEMENT)
    challenges.calls_from(calls.open_call)
    challenges.missions_from(missions.missions_of_challenge)
    explore.people_wanted_by(missions.wanting_people)
    notes.assessors_from(assessors_of)
    confirming.doubt_with(assessments.doubt)
    evidence.work_from(done.my_work)
    missions.task_figures_from(task_queries.figures)


def _events() -> None:
    """For every event, in this order: the change log first, for the others may point to its entry."""
    subscribe(Event, audit.write_entry, security.note, notifications.tell)
    subscribe(Event, announce_changes, webhooks.send_out)
    subscribe(MissionStarted, tasks.make_columns)
    subscribe(SeatFilled, teams.ask_who_came)
    subscribe(MissionEdited, teams.ask_new_lead)
    for moved in (
        ChallengeSubmitted,
        ChallengeWithdrawn,
        ChallengeAnswered,
        AnswerTakenBack,
        ChallengeUnmerged,
    ):
        subscribe(moved, _show_in_its_place)
    subscribe(AccountDisabled, forget_addresses, forget_tokens)
    for many in (Imported, DemoLoaded):
        subscribe(many, _read_anew, _show_in_its_place)
    for kind in (ChallengeEvent, MissionEvent, CallEvent):
        subscribe(kind, _show_at_once)
    subscribe(ListEvent, lambda *_: forget(competence.lists))
    subscribe(Imported, lambda *_: forget(competence.lists))


def _jobs() -> None:
    outbox.wake_with(consumer.wake)
    work("mail.now", sending.send, outside=True, then=sending.note_sent)
    work("mail.digest", sending.send, outside=True, then=sending.note_sent)
    work("webhook.deliver", delivery.deliver, outside=True, then=delivery.note)
    work("digest", lambda ticket: sending.gather(SYSTEM, ticket))
    work("reminders.daily", lambda _ticket: reminding.remind(), outside=True)
    work("contracts.daily", lambda _ticket: contract_days.keep_time(), outside=True)
    work("audit.retention", keep_to_time)
    work("attachments.sweep", lambda _ticket: sweeping.sweep(), outside=True)
    work("announcements.end", lambda _ticket: announcing.end_what_is_over(SYSTEM))
    work("challenges.compare", lambda _ticket: duplicates.compare(SYSTEM), outside=True)
    work("searches.look", lambda _ticket: searches.look(SYSTEM), outside=True)
    work("stems.count", lambda _ticket: counting.count_stems(SYSTEM), outside=True)
    work("jobs.sweep", lambda _ticket: jobs.sweep(SYSTEM))


def _timetable() -> None:
    """Periodic jobs, by the clock in Norway."""
    schedule.periodic("digest", "digest", schedule.daily(DIGEST_HOUR, days=schedule.WORKDAYS))
    schedule.periodic("reminders.daily", "reminders.daily", schedule.daily(7))
    schedule.periodic("contracts.daily", "contracts.daily", schedule.daily(6))
    schedule.periodic("attachments.sweep", "attachments.sweep", schedule.daily(3, 45))
    schedule.periodic("audit.retention", "audit.retention", schedule.daily(3, 30))
    schedule.periodic("announcements.end", "announcements.end", schedule.daily(6, 30))
    schedule.periodic("challenges.compare", "challenges.compare", schedule.hourly())
    schedule.periodic("searches.look", "searches.look", schedule.hourly())
    schedule.periodic("stems.count", "stems.count", schedule.hourly())
    schedule.periodic("jobs.sweep", "jobs.sweep", schedule.hourly())


def _read_anew(at: Session, _event: Event) -> None:
    """Many challenges have come at once: which words are rare, and who is like whom, has changed."""
    counting.count_stems(SYSTEM)
    enqueue(at, "challenges.compare", {})


def _show_at_once(_session: object, _event: Event) -> None:
    """What somebody has just done shows on the next page; other processes follow within seconds."""
    forget(
        listing.standing,
        *portfolio.REMEMBERED,
        home.week,
        desk.share_in_time,
        calls.all_open,
        parts_of,
    )


def _show_in_its_place(_session: object, _event: Event) -> None:
    """A challenge has come, or its state has changed: order and counts are others for all."""
    forget(ordering.all_in_order, facets.facts_of_all)


def reader_language() -> str:
    """Return the reader's language: the person's own choice, then the visit's, then the browser's."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    chosen = (current_user.locale if current_user.is_authenticated else None) or session.get("locale")
    if chosen in LANGUAGES:
        return str(chosen)
    wanted = request.accept_languages.best_match(["nb", "nn", "en", "no"], default=DEFAULT_LANGUAGE)
    return DEFAULT_LANGUAGE if wanted == "no" else str(wanted)


def is_ours(_thing: object, name: str | None, kind: str, reflected: bool, compare_to: object | None) -> bool:  # noqa: FBT001 - Alembic's own signature
    """Tell Alembic which tables are models: the full-text index and Huey keep tables of their own."""
    of_its_own = kind in {"table", "index"} and reflected and compare_to is None
    return not (of_its_own and (name or "").startswith(("challenge_fts", "huey_")))
