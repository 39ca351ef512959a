"""What one may not see is not there: the same 404 as for what never was (quality.md R2)."""

from __future__ import annotations

import re
import statistics
import time

import pytest

from tests.quality import matrix

NOBODYS = 9_999_999
# Taking away what is gone already does no harm, and the page one comes back to says how things are.
QUIET = {
    "people.end_session",
    "people.end_office",
    "tasks.restore",
    "challenges.remove_file",
    "challenges.remove_note",
    "challenges.remove_template",
    "challenges.remove_fellow",
    "competence.unsay",
    "competence.leave",
    "missions.drop_draft",
    "missions.remove_partner",
}
MALFORMED = [
    "abc",
    "-1",
    "0",
    "1.5",
    "99999999999",
    "9" * 40,
    "%00",
    "1%20",
    "\u00b9",
    "\uff11",
    "1,2",
    "null",
]


def masked(response, path):
    """A page without what differs between any two requests: number, tokens and its own address."""
    changing = r'name="csrf_token" value="[^"]*"|nonce="[^"]*"|404 · [0-9a-f]{12}|\b[0-9a-f]{12}\b'
    return re.sub(changing, "", response.text).replace(path, "")


def object_routes(app):
    return [line for line in matrix.lines(app) if line.rule.arguments and line.rule.endpoint != "static"]


def path_of(line, cast, **other):
    args = {name: matrix.USUAL[name](cast) for name in line.rule.arguments} | line.sample.args(cast) | other
    return re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda part: str(args[part[1]]), line.rule.rule)


@pytest.mark.parametrize("role", ["employee", "proposer", "union", "admin"])
def test_forbidden_to_see_and_never_there_are_told_apart_by_nothing(app, cast, client_of, role):
    table, client, told_apart = matrix.read(), client_of(role), []
    client.get("/settings")  # the first page gives the browser its token
    for line in object_routes(app):
        if table[line.key][role] != "404":
            continue
        number = re.search(r"<int:(\w+)>", line.rule.rule)
        if number is None:
            continue
        first = number[1]
        there, never = path_of(line, cast), path_of(line, cast, **{first: NOBODYS})
        answers = [client.open(path, method=line.method, **line.body(cast)) for path in (there, never)]

        same_headers = dict(answers[0].headers).keys() == dict(answers[1].headers).keys()
        pages = [masked(answer, path) for answer, path in zip(answers, (there, never), strict=True)]
        if (
            [answer.status_code for answer in answers] != [404, 404]
            or pages[0] != pages[1]
            or not same_headers
        ):
            told_apart.append(line.key)

    assert told_apart == []


def test_what_never_was_is_a_404_on_every_address_with_an_id(app, cast, client_of):
    """For a person who may do everything about the things that are: so it is the id, and nothing else."""
    role_of, wrong = matrix.who_succeeds(), []
    for line in object_routes(app):
        if line.key not in role_of or line.rule.endpoint in QUIET:
            continue
        client = client_of(role_of[line.key])
        for name in line.rule.arguments:
            path = path_of(line, cast, **{name: NOBODYS})
            answer = client.open(path, method=line.method, **line.body(cast))
            if answer.status_code != 404:
                wrong.append((line.key, name, answer.status_code))

    assert wrong == []


@pytest.mark.parametrize("malformed", MALFORMED)
def test_an_id_that_is_none_is_a_404(app, cast, client_of, malformed):
    role_of = matrix.who_succeeds()
    paths = {
        re.sub(r"<int:\w+>", malformed, line.rule.rule): client_of(role_of[line.key])
        for line in object_routes(app)
        if line.method == "GET" and line.key in role_of
    }

    assert [path for path, client in paths.items() if client.get(path).status_code != 404] == []


@pytest.mark.parametrize(
    "address",
    [
        "/challenges/new?draft={}",
        "/missions/new?challenge={}",
        "/challenges?page={}",
        "/challenges?unit={}",
        "/challenges?division={}",
        "/missions?page={}",
        "/my/tasks?page={}",
        "/portfolio?page={}",
        "/people?q={}",
        "/people/choices?field=lead_id&q={}",
    ],
)
@pytest.mark.parametrize(
    "value", ["abc", "-1", "9e999", "9" * 40, "%00", "1&page=2", "%F0%9F%92%A9", "٣", "[]"]
)
def test_nothing_in_the_query_string_breaks_a_page(client_of, address, value):
    assert client_of("board").get(address.format(value)).status_code in {200, 400, 404}


def test_things_of_two_missions_are_not_mixed(cast, make, client_of):
    """Each id is right by itself; together they name nothing."""
    other = make.mission(cast.people["lead"], title="Et annet oppdrag")
    theirs = {"seat": make.seat(other).id, "column": make.columns(other)[0].id}
    mine = cast.missions["mission"].id
    client = client_of("lead")
    need = {"role": "X", "share": 10, "starts_on": "2030-01-01", "ends_on": "2030-02-01", "version": 1}

    answers = {
        path: client.open(path, method=method, data=form).status_code
        for method, path, form in [
            ("GET", f"/missions/{mine}/seats/{theirs['seat']}", {}),
            ("POST", f"/missions/{mine}/seats/{theirs['seat']}/edit", need),
            ("POST", f"/missions/{mine}/seats/{theirs['seat']}/remove", {}),
            ("POST", f"/missions/{mine}/columns/{theirs['column']}", {"name": "X", "version": 1}),
            ("POST", f"/missions/{mine}/columns/{theirs['column']}/remove", {}),
        ]
    }

    assert set(answers.values()) == {404}, answers


def test_a_task_cannot_be_put_in_a_column_of_another_mission(cast, make, client_of, db):
    other = make.mission(cast.people["board"], title="Et annet oppdrag")
    task, column = cast.tasks["open"], make.columns(other)[0].id
    before = task.column_id
    client = client_of("lead")

    moved = client.post(f"/tasks/{task.id}/move", data={"column": column})
    edited = client.post(
        f"/tasks/{task.id}/edit", data={"title": "X", "column": column, "version": task.version}
    )
    added = client.post(f"/missions/{task.mission_id}/board", data={"title": "Y", "column": column})

    db.session.refresh(task)
    assert task.column_id == before
    assert {moved.status_code, edited.status_code, added.status_code} <= {404, 422}


def test_forbidden_and_missing_take_the_same_time(cast, client_of):
    """Within ten milliseconds by the median of fifty: nobody can time what is there."""
    client, draft = client_of("employee"), cast.challenges["draft"].id
    times = {draft: [], NOBODYS: []}
    for _ in range(50):
        for challenge_id, taken in times.items():
            start = time.perf_counter()
            assert client.get(f"/challenges/{challenge_id}").status_code == 404
            taken.append(time.perf_counter() - start)

    assert abs(statistics.median(times[draft]) - statistics.median(times[NOBODYS])) <= 0.010
