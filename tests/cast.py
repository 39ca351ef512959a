"""The twelve people of the contract's demo and one of each thing they meet: for tests of who may do what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select, update

from teamhub.access.actor import Role
from teamhub.api.models import ApiToken
from teamhub.api.queries import token_hash, written
from teamhub.api.states import Scope
from teamhub.assessments.models import Assessment
from teamhub.attachments.models import Attachment
from teamhub.calls.models import Call
from teamhub.challenges import discussing, merging
from teamhub.challenges.models import Challenge, ChallengeComment, CoProposer
from teamhub.challenges.office import AnswerTemplate, ChallengePair, Merge, PrivateNote
from teamhub.challenges.states import State
from teamhub.challenges.voices import SavedSearch
from teamhub.competence import curating
from teamhub.competence.models import Absence
from teamhub.core import clock
from teamhub.feeds import commands as feeds
from teamhub.feeds.models import FeedToken
from teamhub.feeds.states import Feed
from teamhub.jobs.models import Job
from teamhub.jobs.states import JobState
from teamhub.missions.accord import MissionPartner, TeamAgreement
from teamhub.missions.models import Invitation, Mission, Seat
from teamhub.notifications.models import Notification
from teamhub.people.models import Office, Person, SignInSession, Unit
from teamhub.tasks import removing
from teamhub.tasks.models import BoardColumn, Task
from teamhub.webhooks.models import Webhook
from tests import contracts
from tests.factories import Make

PERSONAS = "employee proposer agent lead unitmanager director office board union safety dpo admin".split()

OFFICES = {
    "agent": (Role.DIGITAL_AGENT, "home care"),
    "unitmanager": (Role.UNIT_MANAGER, "home care"),
    "director": (Role.DIRECTOR, "care"),
    "office": (Role.PORTFOLIO_OFFICE, "municipality"),
    "board": (Role.BOARD_MEMBER, "municipality"),
    "union": (Role.UNION_REPRESENTATIVE, "municipality"),
    "safety": (Role.SAFETY_REPRESENTATIVE, "municipality"),
    "dpo": (Role.DPO, "municipality"),
    "admin": (Role.ADMIN, "municipality"),
}
WORKS_IN = {"employee": "home care", "proposer": "school", "agent": "home care", "unitmanager": "home care"}


@dataclass
class Cast:
    """People, units and things by the name the authorisation matrix calls them."""

    units: dict[str, Unit]
    people: dict[str, Person]
    challenges: dict[str, Challenge] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    offer_id: int = 0
    change_id: int = 0
    evidence_id: int = 0
    missions: dict[str, Mission] = field(default_factory=dict)
    columns: list[BoardColumn] = field(default_factory=list)
    tasks: dict[str, Task] = field(default_factory=dict)
    deleted_task_id: int = 0
    dead_job_id: int = 0
    webhooks: dict[str, Webhook] = field(default_factory=dict)
    notifications: dict[str, Notification] = field(default_factory=dict)
    sessions: dict[str, SignInSession] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    feed_keys: dict[str, str] = field(default_factory=dict)
    api_tokens: dict[str, str] = field(default_factory=dict)
    api_token_id: int = 0
    assessments: dict[str, Assessment] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    template_id: int = 0
    note_id: int = 0
    search_id: int = 0
    skill_id: int = 0
    place_id: int = 0
    suggestion_id: int = 0
    absence_id: int = 0
    draft_id: int = 0
    merge_id: int = 0
    pair_id: int = 0
    comments: dict[str, ChallengeComment] = field(default_factory=dict)
    files: dict[str, Attachment] = field(default_factory=dict)


def assemble(make: Make) -> Cast:
    """Make everybody and everything. The agent is on the team, the employee asked, the union follows it."""
    cast = _people(make)
    _challenges(make, cast)
    _assessments(make, cast)
    _desk(make, cast)
    _merges(make, cast)
    _comments(make, cast)
    _competence(make, cast)
    for state in ("draft", "submitted"):
        cast.files[state] = make.attachment(cast.challenges[state], cast.people["proposer"])
    cast.calls = {
        "open": make.call(),
        "planned": make.call(begins=5),
        "ended": make.call(begins=-20, ends=-1),
    }
    _mission(make, cast)
    colleague = cast.people["colleague"]
    session = SignInSession(token_hash="0" * 64, person_id=colleague.id, device="Chrome, Windows")
    make.session.add(session)
    make.session.commit()
    cast.sessions["colleague's"] = session
    cast.dead_job_id = _dead_job(make)
    _feeds(make, cast)
    _tokens(make, cast)
    _notifications(make, cast)
    cast.offices["colleague's"] = make.office(colleague, Role.DIGITAL_AGENT, unit=cast.units["school"])
    return cast


def _people(make: Make) -> Cast:
    town = make.unit("Kommunedirektøren", code="K", level=0)
    care = make.unit("Omsorg", code="OM", parent=town)
    learning = make.unit("Utdanning", code="UT", parent=town)
    units = {
        "municipality": town,
        "care": care,
        "learning": learning,
        "home care": make.unit("Hjemmetjenesten", code="HJ", parent=care),
        "school": make.unit("Brandengen skole", code="BR", parent=learning),
        "staff": make.unit("Utvikling", code="UV", parent=make.unit("Stab", code="ST", parent=town)),
    }
    people: dict[str, Person] = {}
    for name in PERSONAS:
        place = units[WORKS_IN.get(name, "staff")]
        people[name] = make.person(name.capitalize(), unit=place, email=f"{name}@demo.example")
        if name in OFFICES:
            kind, where = OFFICES[name]
            make.office(people[name], kind, unit=units[where])
    for name in ("employee", "agent"):
        people[name].manager_id = people["unitmanager"].id
    people["colleague"] = make.person("Kollega", unit=units["school"], email="colleague@test.example")
    make.session.commit()
    return Cast(units, people)


def _challenges(make: Make, cast: Cast) -> None:
    proposer = cast.people["proposer"]
    asked = {"line_unit_id": cast.units["home care"].id}
    for state in State:
        more = asked if state == State.LINE else {}
        cast.challenges[state.value] = make.challenge(proposer, state=state, title=f"Som {state}", **more)
    cast.challenges["asked"] = make.challenge(proposer, state=State.ASSESSING, title="Spurt", **asked)


def _assessments(make: Make, cast: Cast) -> None:
    """One the lead is asked to judge, one the director alone has judged, one two disagree on."""
    for name in ("to judge", "half judged", "judged"):
        title = f"Skal vurderes: {name}"
        cast.challenges[name] = make.challenge(cast.people["proposer"], state=State.ASSESSING, title=title)
    judge, half, done = (cast.challenges[name] for name in ("to judge", "half judged", "judged"))
    cast.assessments["the lead's"] = make.assessment(judge, cast.people["lead"])
    make.assessment(half, cast.people["director"], score=3)
    make.assessment(done, cast.people["director"], score=3)
    make.assessment(done, cast.people["agent"], score=5)


def _merges(make: Make, cast: Cast) -> None:
    """A merge its two proposers were asked about long ago, one that is done, and two that look alike."""
    office, proposer = make.actor(cast.people["office"]), cast.people["proposer"]
    survivor = make.challenge(cast.people["colleague"], title="Lever videre")
    cast.challenges["survivor"] = survivor
    cast.challenges["twin"] = twin = make.challenge(proposer, title="Det samme")
    merging.ask(office, twin.id, survivor.id)
    merge = make.session.scalars(select(Merge)).one()
    merge.due_on = clock.today() - timedelta(days=1)
    cast.challenges["joined"] = joined = make.challenge(None, title="Fra lista", submitted_by="Etaten")
    merging.ask(office, joined.id, make.challenge(None, submitted_by="Etaten").id)
    pair = ChallengePair(first_id=survivor.id, second_id=cast.challenges["submitted"].id, share=0.8)
    make.session.add(pair)
    make.session.commit()
    cast.merge_id, cast.pair_id = merge.id, pair.id


def _comments(make: Make, cast: Cast) -> None:
    """Two the employee wrote, of which one is taken away again."""
    challenge, employee = cast.challenges["submitted"], cast.people["employee"]
    for name in ("the employee's", "taken away"):
        said = ChallengeComment(challenge_id=challenge.id, author_id=employee.id, body=name)
        make.session.add(said)
        cast.comments[name] = said
    make.session.commit()
    discussing.delete_comment(make.actor(employee), challenge.id, cast.comments["taken away"].id)


def _desk(make: Make, cast: Cast) -> None:
    """What the office keeps, an answer template and a private note, and a search the employee keeps."""
    template = AnswerTemplate(name="Takk", decision="assessing", body="Takk for at du sier fra.")
    note = PrivateNote(
        challenge_id=cast.challenges["submitted"].id, author_id=cast.people["office"].id, body="Ring dem."
    )
    search = SavedSearch(person_id=cast.people["employee"].id, name="Kø", address="q=k%C3%B8", alerts=True)
    make.session.add_all([template, note, search])
    make.session.commit()
    cast.template_id, cast.note_id, cast.search_id = template.id, note.id, search.id


def _competence(make: Make, cast: Cast) -> None:
    """A skill of the list, a period the employee is away, and a challenge they may stand behind."""
    skill, starts_on = make.skill(), clock.today() + timedelta(days=30)
    employee_id = cast.people["employee"].id
    away = Absence(person_id=employee_id, starts_on=starts_on, ends_on=starts_on + timedelta(days=7))
    make.session.add(away)
    make.session.add(CoProposer(challenge_id=cast.challenges["submitted"].id, person_id=employee_id))
    make.session.commit()
    cast.skill_id, cast.absence_id, cast.place_id = skill.id, away.id, make.place().id
    cast.suggestion_id = curating.suggest(make.actor(cast.people["employee"]), "Fasilitering", "")


def _mission(make: Make, cast: Cast) -> None:
    people = cast.people
    mission = make.mission(people["lead"], owner=people["board"], challenge=cast.challenges["mission"])
    cast.missions["mission"] = mission
    make.session.add(TeamAgreement(mission_id=mission.id, meets="Tirsdager klokka 9"))
    union = {"person_id": people["union"].id, "kind": Role.UNION_REPRESENTATIVE}
    make.session.add(MissionPartner(mission_id=mission.id, added_by_id=people["lead"].id, **union))
    cast.columns = make.columns(mission)
    cast.seats = {
        "open": make.seat(mission),
        "filled": make.seat(mission, people["agent"]),
        "asked": make.seat(mission, people["employee"], state="requested"),
        "over": make.seat(mission, people["agent"], ends_on=clock.today()),
        "done": make.seat(mission, people["employee"], state="done", done_text="Laget sjekklista."),
    }
    contracts.announcement(make, cast.seats["open"], people["lead"])
    cast.draft_id = contracts.draft(make, cast.seats["open"], people["colleague"], people["lead"]).id
    cast.evidence_id = contracts.evidence(make, cast.seats["done"], make.skill()).id
    cast.invitations["employee's"] = contracts.invitation(
        make, cast.seats["asked"], people["employee"], invited_by_id=people["lead"].id
    )
    cast.change_id = contracts.change(make, cast.seats["filled"], people["lead"]).id
    cast.offer_id = contracts.offer(make, cast.invitations["employee's"], people["employee"]).id
    cast.tasks = {"open": make.task(mission), "done": _done(make, cast)}
    cast.deleted_task_id = _deleted(make, cast)
    cast.webhooks = {"mission's": make.webhook(mission), "of all": make.webhook()}


def _done(make: Make, cast: Cast) -> Task:
    done = next(column for column in cast.columns if column.is_done)
    return make.task(cast.missions["mission"], "Ferdig sak", column=done, done_at=clock.now())


def _dead_job(make: Make) -> int:
    job = Job(uid="0", name="mail.send", args={}, state=JobState.DEAD, created=1.0, due=1.0, finished=2.0)
    make.session.add(job)
    make.session.commit()
    return job.id


def _deleted(make: Make, cast: Cast) -> int:
    """A task that is no more: only its line in the change log, with what it takes to bring it back."""
    task_id: int = make.task(cast.missions["mission"], "Slettet sak").id
    removing.delete(make.actor(cast.people["lead"]), task_id)
    return task_id


def _notifications(make: Make, cast: Cast) -> None:
    """What the employee has been told of a challenge: now, and put off."""
    employee, challenge = cast.people["employee"], cast.challenges["submitted"]
    later = clock.now() + timedelta(days=1)
    cast.notifications["shown"] = make.notification(employee, challenge)
    cast.notifications["put off"] = make.notification(employee, challenge, show_at=later)


def _feeds(make: Make, cast: Cast) -> None:
    """The lead's three keys, used today already: the first reading of a day is a write."""
    lead = make.actor(cast.people["lead"])
    cast.feed_keys = {feed.value: feeds.make_address(lead, feed, replaces="") for feed in Feed}
    make.session.execute(update(FeedToken).values(last_used_on=clock.today()))
    make.session.commit()


def _tokens(make: Make, cast: Cast) -> None:
    """A key for a program of each persona's, good for all there is, and used today already."""
    cast.api_tokens = {name: f"thp_{name.ljust(43, 'x')}" for name in PERSONAS}
    kept = {"scopes": written(Scope), "expires_on": clock.today() + timedelta(days=90)}
    rows = [
        ApiToken(person_id=cast.people[name].id, name="Prøve", token_hash=token_hash(key), **kept)
        for name, key in cast.api_tokens.items()
    ]
    for row in rows:
        row.last_used_on = clock.today()
    make.session.add_all(rows)
    make.session.commit()
    cast.api_token_id = rows[0].id
