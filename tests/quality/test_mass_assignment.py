"""A form changes what it asks for and nothing else, whatever is sent beside it (quality.md R3)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Boolean, Date, DateTime, Float, Integer, func, select
from wtforms.fields.core import UnboundField

from teamhub.challenges.models import Challenge
from teamhub.core import clock
from teamhub.core.db import Base
from teamhub.core.forms import Form
from teamhub.core.problems import ROOM
from tests.quality import matrix

ROOT = Path(__file__).parents[2]
TABLES = Base.metadata.sorted_tables
NUMBERED = [table for table in TABLES if "id" in table.c]
ROLE_OF = matrix.who_succeeds()

NO_COLUMN_OF_OURS = ("is_admin", "sector_id", "owner", "roles", "offices")
"""What other systems have fallen for."""

NEVER_A_FIELD = """
    id proposer_id author_id created_at submitted_at password_hash is_active merged_into_id handler_id roles
""".split()
"""What follows from who acts, when and by which way, and is never written in a form."""

TEXT, NUMBER, DAY, MOMENT = "kanari", "3", "2030-06-06", "2030-06-06T12:00:00+00:00"
CODES = {
    "state": "closed",
    "from_state": "closed",
    "decision": "closed",
    "status": "closed",
    "phase": "closing",
    "kind": "board_member",
    "pace": "never",
}
"""Texts that must be one of a list."""

RANDOM = {
    "api_token": {"token_hash"},
    "attachment": {"uid"},
    "feed_token": {"token_hash"},
    "job": {"uid", "created", "due"},
    "person": {"password_hash"},
    "sign_in_session": {"token_hash"},
    "webhook": {"uid"},
}
"""Columns that are different each time: drawn at random, or by the database's own clock."""
IF_IT_CAME_FROM_US = (TEXT, float(NUMBER))

BESIDE_THE_FORM = {
    "challenges.keep_search": {"state"},  # part of the view that is kept: it stands in the list's address
    "missions.withdraw": {"version"},  # of the seat, to refuse when somebody has just answered
}
"""Names of columns that a view reads itself, for what it is there to do."""


def lines(app, rule=None):
    """The lines that write, on one address or on all."""
    return [
        line
        for line in matrix.lines(app)
        if line.method == "POST" and line.key in ROLE_OF and rule in {None, line.rule.rule}
    ]


def line_of(app, endpoint):
    return next(line for line in lines(app) if line.rule.endpoint == endpoint)


@pytest.fixture
def values(cast, db):
    """Return a well-formed value for each column there is; where two are called the same, a package's own.

    Where a column points to another row, it is one that exists, and a person is never who asks.
    """
    newest = {table.name: db.session.scalar(select(func.max(table.c.id))) or 1 for table in NUMBERED}
    newest["person"] = cast.people["colleague"].id

    def of(package):
        found = dict.fromkeys(NO_COLUMN_OF_OURS, newest["person"])
        models = [mapper.class_ for mapper in Base.registry.mappers]
        for model in sorted(models, key=lambda m: (f".{package}." not in m.__module__, m.__name__)):
            for column in model.__table__.columns:
                found.setdefault(column.name, value_of(column, newest))
        return found

    return of


def value_of(column, newest):
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return newest[key.column.table.name]
    if column.name == "id":
        return newest[column.table.name]
    if column.name.endswith("_id"):
        return newest["person"]
    if isinstance(column.type, Boolean):
        return "" if column.default is not None and column.default.arg else "y"
    kinds = {Date: DAY, DateTime: MOMENT, Integer: NUMBER, Float: NUMBER}
    plain = getattr(column.type, "impl", column.type)
    given = next((value for kind, value in kinds.items() if isinstance(plain, kind)), TEXT)
    return CODES.get(column.name, TEXT) if given is TEXT else given


@pytest.fixture
def asked_for(monkeypatch):
    """The names of fields in the forms that have read a request."""
    names = set()
    begin = Form.__init__

    def noted(form, *args, **more):
        begin(form, *args, **more)
        if "formdata" not in more:
            names.update(form._fields)

    monkeypatch.setattr(Form, "__init__", noted)
    return names


@pytest.fixture
def outcome_of(db, cast, client_of, undone, monkeypatch):
    """Send a line of the matrix with more beside it; return its status and what every table holds then."""
    moment = clock.now()
    stopped = type("Stopped", (), {"now": lambda _zone: moment})  # columns hold clock.now itself
    monkeypatch.setattr(clock, "datetime", stopped)

    def send(line, beside=None):
        db.session.rollback()  # what has been read until now must not hold a savepoint open
        with undone():
            number_alike(db)
            answer = line.send(client_of(ROLE_OF[line.key]), cast, beside, query=beside or {})
            return answer.status_code, contents(db)

    return send


def number_alike(db):
    """Let the next row of each table have the same id each time. SQLite does so by itself."""
    if db.engine.dialect.name != "postgresql":
        return
    largest = ((t.name, select(func.coalesce(func.max(t.c.id), 0)).scalar_subquery()) for t in NUMBERED)
    next_ids = (func.setval(func.pg_get_serial_sequence(name, "id"), id_ + 1, False) for name, id_ in largest)
    db.session.execute(select(*next_ids))
    db.session.commit()


def contents(db):
    """Everything in the database; of what is random only whether it is what we sent."""
    db.session.rollback()
    found = {}
    for table in TABLES:
        for row in db.session.execute(select(table)).mappings():
            key = tuple(row[column.name] for column in table.primary_key)
            for name, value in row.items():
                is_random = name in RANDOM.get(table.name, ())
                found[table.name, key, name] = value in IF_IT_CAME_FROM_US if is_random else value
    db.session.rollback()
    return found


def differences(one, other):
    gone = object()
    return {key for key in one | other if one.get(key, gone) != other.get(key, gone)}


FORMS = sorted({rule for method, rule, _on in ROLE_OF if method == "POST" and not rule.startswith(ROOM)})


@pytest.mark.parametrize("rule", FORMS)
def test_what_is_sent_beside_a_form_changes_nothing(app, cast, values, asked_for, outcome_of, rule):
    """Programs send no forms: what is beside what they may send is refused (tests/flows/api)."""
    for line in lines(app, rule):
        asked_for.clear()
        status, plain = outcome_of(line)
        blueprint, endpoint = line.rule.endpoint.split(".")[0], line.rule.endpoint
        own = asked_for | set(line.sample.form(cast)) | set(line.sample.args(cast))
        own |= BESIDE_THE_FORM.get(endpoint, set())
        beside = {name: value for name, value in values(blueprint).items() if name not in own}

        status_now, now = outcome_of(line, beside)

        assert (status_now, differences(plain, now)) == (status, set()), line.key
        assert status in {200, 204, 303}
        assert len(beside) > 150


def test_the_same_values_are_written_where_the_form_asks_for_them(app, values, outcome_of):
    """The control: the comparison sees what changes, and the values are ones that can be written."""
    line, sent = line_of(app, "tasks.edit"), ("title", "description", "due_on")
    _, plain = outcome_of(line)
    status, now = outcome_of(line, {name: values("tasks")[name] for name in sent})

    changed = {(table, name) for table, _key, name in differences(plain, now)}
    assert status == 303
    assert changed >= {("task", name) for name in sent}
    assert {table for table, _name in changed} == {"task", "audit_entry"}


@pytest.mark.parametrize("endpoint", BESIDE_THE_FORM)
def test_what_a_view_reads_beside_its_form_is_still_read(app, values, outcome_of, endpoint):
    line = line_of(app, endpoint)
    every = values(endpoint.split(".")[0])
    _, plain = outcome_of(line)

    for name in BESIDE_THE_FORM[endpoint]:
        assert differences(plain, outcome_of(line, {name: every[name]})[1])


def forms(of=Form):
    for form in of.__subclasses__():
        yield form
        yield from forms(form)


def test_no_form_asks_for_what_only_the_app_decides():
    fields = {
        (form.__qualname__, name)
        for form in forms()
        for name in dir(form)
        if isinstance(getattr(form, name), UnboundField)
    }

    assert {(form, name) for form, name in fields if name in NEVER_A_FIELD} == set()
    assert {name for _form, name in fields} >= {"title", "version", "mark_INNB"}


def test_no_code_pours_a_form_into_a_row():
    found = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "teamhub").rglob("*.py"))
        if "populate_obj" in path.read_text()
    ]

    assert found == []


@pytest.mark.parametrize("before", ["an employee", "nobody there is", "a number beyond all"])
def test_undoing_at_the_desk_hands_a_challenge_to_nobody_outside_the_office(cast, client_of, db, before):
    challenge_id = cast.challenges["submitted"].id
    handler = {"an employee": cast.people["employee"].id, "nobody there is": 99_999}.get(before, "9" * 5000)
    form = {"do": "handler", "was": f"{challenge_id}:{handler}", "now": ""}

    answer = client_of("office").post("/challenges/desk/undo", data=form)

    db.session.rollback()
    assert (answer.status_code, db.session.get(Challenge, challenge_id).handler_id) == (303, None)
