"""The one way out waits for nobody, reads no more than it must, and checks who it talks to (R28, R58)."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import time

import pytest

from teamhub.core import outbound
from teamhub.core.outbound import Unreachable
from tests.receivers import canary, receiver


@pytest.fixture(autouse=True)
def in_app(app):
    with app.app_context():
        yield


def post(url):
    return outbound.post(url, b"{}", {"Content-Type": "application/json"})


def trickle(*parts, every=0.05):
    """Say ``parts`` and then one more byte again and again, so that no single wait is ever long."""

    def speak(caller):
        for part in parts:
            caller.sendall(part)
        while True:
            time.sleep(every)
            caller.sendall(b"x")

    return speak


SLOW = {
    "says nothing": lambda caller: time.sleep(5),
    "trickles its headers": trickle(b"HTTP/1.1 200 OK\r\nX: "),
    "keeps saying wait": lambda caller: [
        caller.sendall(b"HTTP/1.1 100 Continue\r\n\r\n") for _ in iter(int, 1)
    ],
}


@pytest.mark.parametrize("manner", SLOW)
def test_a_slow_receiver_is_left_in_time(app, monkeypatch, manner):
    monkeypatch.setattr(outbound, "MOST_S", 0.5)
    with canary(SLOW[manner]) as slow:
        monkeypatch.setitem(app.config, "OUTBOUND_HOSTS", f"127.0.0.1:{slow.port}")
        began = time.monotonic()

        with pytest.raises(Unreachable):
            post(f"http://127.0.0.1:{slow.port}/")

        assert time.monotonic() - began < 1.5


def test_an_answer_whose_body_trickles_is_cut_at_five_seconds(app, monkeypatch):
    with canary(trickle(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")) as slow:
        monkeypatch.setitem(app.config, "OUTBOUND_HOSTS", f"127.0.0.1:{slow.port}")
        began = time.monotonic()

        answer = post(f"http://127.0.0.1:{slow.port}/")

        assert time.monotonic() - began < 5.3
        assert answer.status == 200
        assert 0 < len(answer.body) < 200


def test_a_name_server_that_does_not_answer_is_left_in_time(monkeypatch):
    monkeypatch.setattr(outbound, "MOST_S", 0.3)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(2))
    began = time.monotonic()

    with pytest.raises(Unreachable):
        post("https://hooks.example.com/")

    assert time.monotonic() - began < 1


def test_a_long_answer_is_cut(app, monkeypatch):
    with receiver() as chat:
        chat.reply = b"x" * 3_000_000
        monkeypatch.setitem(app.config, "OUTBOUND_HOSTS", chat.host)

        assert len(post(chat.url).body) == outbound.MOST_BYTES


@pytest.mark.parametrize(
    "said", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 \r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"a" * 70_000]
)
def test_an_answer_that_is_no_answer_may_be_tried_again(app, monkeypatch, said):
    def speak(caller):
        caller.recv(10_000)
        caller.sendall(said)

    with canary(speak) as odd:
        monkeypatch.setitem(app.config, "OUTBOUND_HOSTS", f"127.0.0.1:{odd.port}")
        with pytest.raises(Unreachable):
            post(f"http://127.0.0.1:{odd.port}/")


# -- who answers -------------------------------------------------------------------------------------


@pytest.fixture
def secure(tmp_path, monkeypatch, app):
    """A receiver that speaks TLS as chat.test, on this machine; the name leads here."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    files = [
        "-subj",
        "/CN=chat.test",
        "-addext",
        "subjectAltName=DNS:chat.test",
        "-keyout",
        str(key),
        "-out",
        str(certificate),
    ]
    subprocess.run([*make.split(), *files], check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    names = []
    tls.sni_callback = lambda _sock, name, _context: names.append(name)
    with receiver(tls) as there:
        port = int(there.host.partition(":")[2])
        monkeypatch.setitem(app.config, "OUTBOUND_HOSTS", f"chat.test:{port},other.test:{port}")
        here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: here)
        yield there, port, names, certificate


def trusting(monkeypatch, certificate):
    def tls():
        context = real()
        context.load_verify_locations(certificate)
        return context

    real = outbound._tls
    monkeypatch.setattr(outbound, "_tls", tls)


def test_the_certificate_is_that_of_the_name_though_the_address_is_pinned(secure, monkeypatch):
    there, port, names, certificate = secure
    trusting(monkeypatch, certificate)

    assert post(f"https://chat.test:{port}/hook").status == 200
    assert there.got[0].headers["Host"] == f"chat.test:{port}"
    assert names == ["chat.test"]


def test_a_certificate_for_another_name_is_not_enough(secure, monkeypatch):
    there, port, _names, certificate = secure
    trusting(monkeypatch, certificate)

    with pytest.raises(Unreachable, match=r"Sertifikatet til other\.test"):
        post(f"https://other.test:{port}/hook")

    assert there.got == []


def test_a_certificate_nobody_vouches_for_is_not_enough(secure):
    there, port, _names, _certificate = secure

    with pytest.raises(Unreachable, match="Sertifikatet"):
        post(f"https://chat.test:{port}/hook")

    assert there.got == []
