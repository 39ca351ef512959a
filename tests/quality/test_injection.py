"""Whatever is put into addresses and forms is taken for words, never for code (quality.md R23)."""

from __future__ import annotations

import re
from functools import cache
from itertools import cycle
from urllib.parse import urlencode

import pytest

from teamhub.access.actor import SYSTEM
from teamhub.challenges import searches
from teamhub.challenges.searches import SETTLED
from teamhub.core import clock
from tests.quality import matrix

NONSENSE = "tull, og atter tull, hele uka"
CODE = [
    *("' OR '1'='1", '" OR "1"="1', "1) OR 1=1 --", "1; DROP TABLE challenge; --", "1 UNION SELECT 1, 2 --"),
    *("id DESC, (SELECT email FROM person)", "%' OR title LIKE '%", "\\", "'", "challenge.title", "1=1"),
    *("{{7*7}}", "{% for a in b %}", "%(x)s", "{0.__class__}", "../../etc/passwd", "1\r\nSet-Cookie: a=b"),
    *("\x00", "\uff11", "-1"),
]
MOST_AT_ONE_PLACE = 5
HUGE = [str(2**63), "9" * 5000]
"""Numbers no database holds, and one that Python itself will not read."""

FULL_TEXT = [
    *('"', 'kø"', '"kø', "'kø'", "kø'", "NEAR(kø som)", "kø AND", "OR", "NOT kø", "som NOT kø", "title:som"),
    *("stems : som", "^som", "som*", "*", "-som", "(som", "som)", "{stems title}: som", "som + kø", "som^2"),
    *(
        "' | 'som",
        "som & !kø",
        "som <-> kø",
        "som:*",
        "som:A",
        "!som",
        "&",
        "|",
        "\\",
        "\\'",
        "som\x00kø",
        "%",
    ),
]
ADDRESSES = {
    "/challenges": "sort scope state division theme density after before many recent late people desk",
    "/challenges?scope=following": "sort division after before",
    "/challenges?desk=1": "who page chosen",
    "/challenges/export": "as sort scope state division theme many",
    "/challenges/new": "draft call",
    "/challenges/duplicates": "page aside",
    "/challenges/{submitted}/versions": "from to",
    "/challenges/{submitted}/desk": "who page",
    "/inbox": "tab after",
    "/calls/{call}": "page",
    "/portfolio": "sort area page",
}
PLACES = [(address, name) for address, names in ADDRESSES.items() for name in names.split()]
TRIED = {
    place: [CODE[(number * MOST_AT_ONE_PLACE + n) % len(CODE)] for n in range(MOST_AT_ONE_PLACE)]
    for number, place in enumerate(PLACES)
}
"""Some at each place, and each at several."""

PARTS = {
    "/challenges": "found",
    "/challenges?scope=following": "found",
    "/challenges?desk=1": "desk",
    "/challenges/{submitted}/versions": "difference",
    "/challenges/similar": "similar",
}
"""The part of a page that depends on its address: the rest takes longer to make."""

ROOMS = ("challenges.", "calls.", "assessments.")
ALSO = {
    "challenges.propose": "unit_id theme goals tags suggestion call_id draft_id behalf_of shielded",
    "challenges.edit": "unit_id theme goals tags behalf_of",
    "challenges.attach_to_new": "draft_id unit_id tags",
    "challenges.keep_search": "q sort division theme after",
    "challenges.many": "handler theme who page chosen",
    "challenges.undo_many": "who page",
    "challenges.merge": "into_id reason back",
    "challenges.answer": "unit_id review_on",
    "challenges.answer_at_desk": "unit_id seen template who page",
    "challenges.offer": "hours",
    "assessments.ask": "person_id",
    "calls.new": "whom unit_ids background",
}
"""What more one may send to a form than what the samples fill in."""

ALIKE = ("_DRIFT", "_STRAT", "_TVERR", "_KAPA", "_RISI", "_ARKI", "_FORA")
"""Fields there is one of for each criterion: the first of them stands for all."""


def seen(answer):
    """What an answer is and leads to, in its order; not the words that were asked for."""
    if answer.mimetype == "text/csv":
        return answer.status_code, answer.text
    leads = re.findall(r'href="(/(?:challenges|calls|inbox|missions)/\d+)', answer.text)
    return answer.status_code, answer.mimetype, leads


@pytest.fixture
def ask(cast, client_of):
    """Open an address as the office, with something in its query string."""
    client = client_of("office")
    names = {"submitted": cast.challenges["submitted"].id, "call": cast.calls["open"].id}

    def opened(address, **query):
        path = address.format(**names)
        part = {"HX-Request": "true", "HX-Target": PARTS[address]} if address in PARTS else {}
        with client.get(f"{path}{'&' if '?' in path else '?'}{urlencode(query)}", headers=part) as answer:
            answer.get_data()
            return answer

    return opened


@pytest.mark.parametrize("address", ADDRESSES)
def test_code_in_an_address_is_as_good_as_nonsense(ask, address):
    told_apart = {}
    for name in ADDRESSES[address].split():
        usual = seen(ask(address, **{name: NONSENSE}))
        assert usual[0] < 500, name
        for said in TRIED[address, name]:
            found = seen(ask(address, **{name: said}))
            told_apart |= {(name, said): found} if found != usual else {}

    assert told_apart == {}


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_number_in_an_address_is_too_large(ask, address):
    answers = {
        (name, len(number)): ask(address, **{name: number}).status_code
        for name in ADDRESSES[address].split()
        for number in HUGE
    }

    assert {place: status for place, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize(
    ("address", "name", "ahead"),
    [("/challenges", "q", ""), ("/challenges/export", "q", ""), ("/challenges/similar", "text", "Spurt og ")],
)
def test_a_search_knows_words_and_nothing_else(ask, address, name, ahead):
    """A likeness is not looked for until enough is said, so that comes ahead of it."""
    assert seen(ask(address, **{name: f"{ahead}som"})) != seen(ask(address, **{name: NONSENSE}))

    @cache
    def found(said):
        return seen(ask(address, **{name: ahead + said}))

    told_apart = {}
    for said in CODE + FULL_TEXT:
        words = " ".join(re.findall(r"[^\W_]+", said)) or "!"
        told_apart |= {said: found(said)} if found(said) != found(words) else {}

    assert told_apart == {}


@pytest.mark.parametrize("name", ["%", "_", "' OR '1'='1", "\\", "{{7*7}}", "%%", "K_llega"])
def test_a_name_is_looked_for_as_it_is_written(ask, name):
    assert "Kollega" in ask("/people/choices?field=mention", q="ko").text

    assert "Kollega" not in ask("/people/choices?field=mention", q=name).text


@pytest.fixture
def writes(app, cast, client_of):
    """Every form about challenges, with somebody who may send it and the names of its fields."""
    role_of, clients, found = matrix.who_succeeds(), {}, {}
    for line in matrix.lines(app):
        endpoint = line.rule.endpoint
        if line.method != "GET" and endpoint.startswith(ROOMS) and line.key in role_of:
            role = role_of[line.key]
            client = clients.setdefault(role, client_of(role))
            names = dict.fromkeys([*line.sample.form(cast), *ALSO.get(endpoint, "").split()])
            names = [name for name in names if name != "files" and not name.endswith(ALIKE)]
            found.setdefault(endpoint, (line, client, names))
    return list(found.values())


def test_code_in_a_form_is_as_good_as_nonsense(cast, writes, undone):
    code = "' OR '1'='1; -- qzx{{7*7}}xzq %(x)s {0.__class__}"
    told_apart, tried = [], 0
    for line, client, names in writes:
        for name in names:
            came_of_it = []
            for said in (NONSENSE, code):
                with undone():
                    answer = line.send(client, cast, {name: said})
                place = re.sub(r"\d+", "N", answer.location or "").partition("?")[0]
                came_of_it.append((answer.status_code, place))
                assert "qzx49" not in answer.text
            tried += 1
            told_apart += [(line.key, name, came_of_it)] if came_of_it[0] != came_of_it[1] else []

    assert told_apart == []
    assert tried > 60


def test_no_number_in_a_form_is_too_large(cast, writes):
    fields = [(line, client, name) for line, client, names in writes for name in names]
    answers = {
        (line.key, name, len(number)): line.send(client, cast, {name: number}).status_code
        for (line, client, name), number in zip(fields, cycle(HUGE), strict=False)
    }

    assert {place: status for place, status in answers.items() if status >= 500} == {}


def test_a_search_kept_with_such_numbers_keeps_nobody_else_from_being_told(
    cast, client_of, make, monkeypatch
):
    for role, query in (("employee", {"q": "ugler"}), ("proposer", {"division": "9" * 40})):
        client_of(role).post("/challenges/searches", data={"name": "Mine", "alerts": "y"} | query)
    make.challenge(cast.people["colleague"], title="Ugler i mosen", submitted_at=clock.now())
    later = clock.now() + 2 * SETTLED
    monkeypatch.setattr(clock, "now", lambda: later)

    assert searches.look(SYSTEM) >= 1
