"""The one way out cannot be led inside (quality.md R28): no connection reaches an internal address."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

import pytest

from teamhub.core import outbound
from teamhub.core.outbound import Refused, Unreachable
from tests.receivers import canary, receiver

PUBLIC = "93.184.216.34"

FILE = Path(__file__).with_name("internal_addresses.txt")
"""Ways to write this machine, its net and its cloud: hosts, and after an empty line whole addresses."""

HOSTS, ADDRESSES = (part.split("\n") for part in FILE.read_text(encoding="utf-8").strip().split("\n\n"))
HOSTS += ["loc\u00adalhost", "127.0.0.1\u200b"]
WITH_CONTROLS = [
    "https://127.0.0.1:{port}/\r\nX: y",
    "https://example.com\r\n@127.0.0.1:{port}/",
    "https://127.0.0.1\t:{port}/",
    " https://127.0.0.1:{port}/",
    "https://127.0.0.1:{port}/ ",
    "https://127.0.0.1\x00.example.com:{port}/",
    "https://example.com/a b",
    "https://example.com/\u2028",
    "",
]


@pytest.fixture(autouse=True)
def in_app(app):
    with app.app_context():
        yield


@pytest.fixture
def bird(monkeypatch):
    """A canary whose port counts as the port of https, so that only the host can be what is refused."""
    with canary() as bird:
        monkeypatch.setitem(outbound.PORTS, "https", bird.port)
        yield bird


@pytest.fixture
def resolver(monkeypatch):
    """Answer every name with the addresses the test puts here, and remember each time one is asked for."""
    asked, real = [], socket.getaddrinfo

    def answer(host, port, *rest, **more):
        asked.append(host)
        if not addresses:
            return real(host, port, *rest, **more)
        found = addresses.pop(0) if len(addresses) > 1 else addresses[0]
        return [
            (socket.AF_INET6 if ":" in each else socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port))
            for each in found
        ]

    addresses: list[list[str]] = []
    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return addresses, asked


def post(url):
    return outbound.post(url, b"{}", {"Content-Type": "application/json"})


def test_there_are_more_than_forty_ways_to_write_an_internal_address():
    assert len(set(HOSTS)) + len(ADDRESSES) + len(WITH_CONTROLS) > 120


@pytest.mark.parametrize("host", HOSTS)
def test_no_way_to_write_an_internal_host_reaches_it(bird, host):
    for port in ("", f":{bird.port}"):
        with pytest.raises(Refused):
            post(f"https://{host}{port}/x")

    assert bird.connections == 0


@pytest.mark.parametrize("url", ADDRESSES + WITH_CONTROLS, ids=repr)
def test_no_odd_address_reaches_it(bird, url):
    with pytest.raises((Refused, Unreachable)):
        post(url.format(port=bird.port))

    assert bird.connections == 0


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        [PUBLIC, "127.0.0.1"],
        ["127.0.0.1", PUBLIC],
        ["2606:2800:220:1::1", "::1"],
        [PUBLIC, "10.0.0.5"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["169.254.169.254"],
        ["0.0.0.0"],  # noqa: S104 - an answer, not a place to listen
        ["fe80::1%lo"],
        ["100.64.0.1"],
    ],
    ids=str,
)
def test_a_name_with_any_internal_address_is_refused(bird, resolver, answers):
    addresses, asked = resolver
    addresses.append(answers)

    with pytest.raises(Refused):
        post("https://hooks.example.com/x")

    assert (bird.connections, asked) == (0, ["hooks.example.com"])


def test_a_name_that_answers_otherwise_the_second_time_is_not_asked_twice(bird, resolver, monkeypatch):
    """Rebinding: what is connected to is what was checked."""
    addresses, asked = resolver
    addresses += [[PUBLIC], ["127.0.0.1"]]
    went_to = []

    def connect(_sock, address):
        went_to.append(address)
        raise OSError

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(Unreachable):
        post("https://hooks.example.com/x")

    assert went_to == [(PUBLIC, bird.port)]
    assert asked == ["hooks.example.com"]
    assert bird.connections == 0


def test_the_canary_would_have_heard(bird, monkeypatch):
    """With the check of addresses taken away, what is refused above does reach it."""
    monkeypatch.setattr(outbound, "is_public", lambda _address: True)

    for host in ("127.0.0.1", "0.0.0.0", "127.255.255.254", "[::ffff:127.0.0.1]"):  # noqa: S104
        with suppress(Unreachable):
            post(f"https://{host}:{bird.port}/")

    assert bird.connections == 4


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "193.156.90.1"]
)
def test_addresses_of_the_open_internet_are_let_through(address):
    assert outbound.is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.com/services/T0/B0?a=b&sig=x%2Fy",
        "https://prod-01.westeurope.logic.azure.com:443/workflows/a/triggers/manual/paths/invoke?sp=%2Ftriggers",
        "https://blåbær.no/krok",
        "HTTPS://Example.COM",
        "https://example.com?x=1",
        "https://_x.example.com/",
    ],
)
def test_usual_addresses_are_let_through(url):
    assert outbound.goal_of(url).scheme == "https"


# -- hosts the installation vouches for --------------------------------------------------------------


def test_a_host_named_in_the_settings_is_reached_and_only_on_its_port(app, monkeypatch):
    with receiver() as chat, receiver() as other:
        monkeypatch.setitem(app.config, "OUTBOUND_HOSTS", f"example.com, {chat.host}")

        assert post(chat.url).status == 200
        with pytest.raises(Refused):
            post(other.url)
        with pytest.raises(Refused):
            post("http://example.org/")

    assert (len(chat.got), len(other.got)) == (1, 0)


def test_a_redirect_to_the_inside_is_an_answer_and_not_followed(app, monkeypatch, bird):
    with receiver() as chat:
        monkeypatch.setitem(app.config, "OUTBOUND_HOSTS", f"{chat.host},127.0.0.1:{bird.port}")
        for status in (301, 302, 303, 307, 308):
            chat.answers = [status]
            chat.headers = {"Location": f"http://127.0.0.1:{bird.port}/", "Set-Cookie": "a=b"}

            assert post(chat.url).status == status

        assert bird.connections == 0
        assert not any("Cookie" in request.headers for request in chat.got)


def test_the_environment_changes_nothing(app, monkeypatch, bird):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{bird.port}")
    with receiver() as chat:
        monkeypatch.setitem(app.config, "OUTBOUND_HOSTS", chat.host)

        assert post(chat.url).status == 200

    assert bird.connections == 0
    sent = chat.got[0].headers
    assert sent["Host"] == chat.host
    assert not {"Cookie", "Authorization", "Referer"} & sent.keys()
