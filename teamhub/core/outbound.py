"""The one way out by HTTP: posts to the address that was checked, and never to an internal one (R28)."""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import threading
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any

from flask import current_app
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from teamhub.core.i18n import _

MOST_S = 5.0
"""Seconds from beginning to end: looking the name up, connecting, sending, and reading the answer."""

MOST_BYTES = 1_000_000
"""The answer's body is read no further."""

MOST_ADDRESSES = 4
LONGEST_URL = 1_000
LONGEST_HOST = 253
PORTS = {"https": 443, "http": 80}

# Read by a strict pattern, not by a parser: what two parsers could read differently is refused.
_URL = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\x00-\x20\x7f/?#@:\\\[\]%]+)"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<target>(?:[/?][!-~]*)?)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER_LAST = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
_OWN_NAMES = (".localhost", ".localdomain", ".local", ".internal", ".home.arpa")

# IANA's special purposes, written out: what ipaddress calls global differs between versions of Python.
_NOT_PUBLIC = [
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
        "192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 "
        "224.0.0.0/4 240.0.0.0/4 168.63.129.16/32 "  # the last is a cloud's own, in public dress
        "2001::/23 2001:db8::/32 2002::/16 3fff::/20"  # Teredo in the first, 6to4 in the third
    ).split()
]
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Refused(Exception):
    """Teamhub does not send there, now or later. The message is fit for whoever wrote the address."""


class Unreachable(Exception):
    """No answer came. It may go well later."""


@dataclass(frozen=True)
class Answer:
    """What came back, whatever its status. A redirect is an answer too: it is not followed."""

    status: int
    body: bytes


@dataclass(frozen=True)
class Goal:
    """An address that has been read. ``vouched``: the installation has named the host as its own."""

    scheme: str
    host: str
    port: int
    target: str
    vouched: bool


def goal_of(url: str) -> Goal:
    """Read ``url``, asking nobody: what its text alone can tell. Raises Refused."""
    match = _URL.fullmatch(url)
    if match is None or len(url) > LONGEST_URL or re.search(r"[#\\]", url):
        raise Refused(_("Skriv en hel adresse som begynner med https://, uten brukernavn, mellomrom og #."))
    scheme, host = match["scheme"].lower(), _host(match["host"])
    port = int(match["port"] or PORTS[scheme])
    vouched = _is_vouched_for(scheme, host, port)
    if not vouched:
        if scheme != "https" or port != PORTS["https"]:
            raise Refused(_("Bare https på vanlig port (443) er lov."))
        literal = _literal(host)
        if not is_public(literal) if literal else "." not in host or host.endswith(_OWN_NAMES):
            raise Refused(_inside())
    target = match["target"] or "/"
    return Goal(scheme, host, port, target if target.startswith("/") else f"/{target}", vouched)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Post ``body`` and return the answer. Raises Refused, or Unreachable when none came in time.

    The name is looked up once, every address it has must be public, and the connection goes to one of
    those. An answer whose body does not end in time or in size is cut, for its status has been said.
    """
    until = monotonic() + MOST_S
    goal = goal_of(url)
    sock = _socket_to(goal, until)
    try:
        connection = _connection(goal, sock, until)
    except (HTTPError, OSError) as error:
        sock.close()
        raise Unreachable(_why(goal, error)) from error
    cut = threading.Timer(_left(until), _cut, [connection.sock])
    cut.daemon = True
    cut.start()
    try:
        connection.request("POST", goal.target, body, headers, preload_content=False, decode_content=False)
        response = connection.getresponse()
        if monotonic() >= until:
            raise TimeoutError  # cut in the middle of its head, which reads like the end of it
        return Answer(response.status, _body(response))
    except (HTTPError, HTTPException, OSError) as error:
        raise Unreachable(_why(goal, error)) from error
    finally:
        cut.cancel()
        connection.close()
        sock.close()


def is_public(address: str) -> bool:
    """Tell whether an IP address is one on the open internet, whatever it is wrapped in."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip.scope_id is not None or ip not in _PUBLIC_V6:
            return False
    own = any(ip in net for net in _NOT_PUBLIC if net.version == ip.version)
    return not own and not ip.is_private and not ip.is_multicast


# -- reading an address ------------------------------------------------------------------------------


def _host(written: str) -> str:
    """Return a host in its one form: a name in ASCII, or an IP address as it is usually written."""
    wrong = Refused(_("«%(host)s» er ikke et gyldig vertsnavn.", host=written))
    try:
        if written.startswith("["):
            return str(ipaddress.IPv6Address(written[1:-1]))
        if not written.isascii():
            if unicodedata.normalize("NFKC", written) != written or re.search(r"[^\D0-9]", written):
                raise wrong  # full stops and digits in fancy dress, or of other alphabets
            written = written.encode("idna").decode("ascii")
        host = written.lower()
        if _NUMBER_LAST.fullmatch(host):
            return str(ipaddress.IPv4Address(host))  # no octal, no hexadecimal, no short forms
    except ValueError:
        raise wrong from None
    if len(host) > LONGEST_HOST or not _NAME.fullmatch(host):
        raise wrong
    return host


def _literal(host: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


def _is_vouched_for(scheme: str, host: str, port: int) -> bool:
    """Tell whether the installation has named this host, with this port or the usual one, as its own."""
    shown = f"[{host}]" if ":" in host else host
    names = {f"{shown}:{port}"} | ({shown} if port == PORTS[scheme] else set())
    said = str(current_app.config["OUTBOUND_HOSTS"] or "").lower()
    return not names.isdisjoint(name.strip() for name in said.split(","))


def _inside() -> str:
    return _("Adressen hører til et internt nett, og dit sender Teamhub ikke.")


# -- reaching it -------------------------------------------------------------------------------------


def _left(until: float) -> float:
    """Return the seconds left, never none at all: to a socket that would mean «wait for ever»."""
    return max(until - monotonic(), 0.001)


def _addresses(goal: Goal, until: float) -> list[tuple[Any, Any]]:
    """Return family and address of each place the name stands for: asked once, and in time."""
    found: SimpleQueue[Any] = SimpleQueue()

    def ask() -> None:
        try:
            found.put(socket.getaddrinfo(goal.host, goal.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            found.put([])

    threading.Thread(target=ask, daemon=True).start()  # asking cannot be stopped, only left behind
    try:
        answers = found.get(timeout=_left(until))
    except Empty:
        answers = []
    if not answers:
        raise Unreachable(_("Fant ikke %(host)s.", host=goal.host))
    if not goal.vouched and not all(is_public(address[0]) for *_rest, address in answers):
        raise Refused(_inside())
    return [(family, address) for family, *_rest, address in answers][:MOST_ADDRESSES]


def _socket_to(goal: Goal, until: float) -> socket.socket:
    """Connect to the first of the goal's addresses that takes us."""
    places = _addresses(goal, until)
    for number, (family, address) in enumerate(places):
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.settimeout(_left(until) / (len(places) - number))
        try:
            sock.connect(address)
        except OSError:
            sock.close()
        else:
            return sock
    raise Unreachable(_("%(host)s svarer ikke.", host=goal.host))


class _Connected:
    """Makes urllib3 use the socket it is given, so that it looks no name up."""

    ready: socket.socket

    def _new_conn(self) -> socket.socket:
        return self.ready


class _Plain(_Connected, HTTPConnection):
    pass


class _Secure(_Connected, HTTPSConnection):
    pass


def _connection(goal: Goal, sock: socket.socket, until: float) -> _Plain | _Secure:
    connection: _Plain | _Secure
    if goal.scheme == "http":
        connection = _Plain(goal.host, goal.port, timeout=_left(until))
    else:
        connection = _Secure(goal.host, goal.port, timeout=_left(until), ssl_context=_tls())
    connection.ready = sock
    sock.settimeout(_left(until))
    connection.connect()
    return connection


def _tls() -> ssl.SSLContext:
    """Certificates and names are checked, by the machine's own list; no log of keys is kept."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_default_certs()
    return context


def _cut(sock: socket.socket) -> None:
    """End whatever is being sent or read: a timeout begins anew with every byte, this does not."""
    with suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _body(response: BaseHTTPResponse) -> bytes:
    body = b""
    with suppress(HTTPError, HTTPException, OSError):
        while len(body) < MOST_BYTES and (part := response.read1(MOST_BYTES - len(body))):
            body += part
    return body


def _why(goal: Goal, error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return _("Sertifikatet til %(host)s er ikke gyldig.", host=goal.host)
    return _("%(host)s svarer ikke.", host=goal.host)
