"""The two big things tests borrow from the machine: a PostgreSQL server of their own, and Chromium.

Standard library only: tools/check.py reads this before anything is known to be installed.
"""

from __future__ import annotations

import functools
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

# Sorted by code point, as SQLite does; upper and lower case known also beyond ASCII.
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
SUPERUSER = "teamhub"
PATIENCE_S = 60

# Nothing here outlives the test run, so nothing has to survive a power cut.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "shared_buffers": "32MB",
    "dynamic_shared_memory_type": "mmap",
}


class ServerError(RuntimeError):
    """PostgreSQL would not do as told. The message holds what it said."""


def _postgres_folders() -> Iterator[Path]:
    """Yield where server programs may be: what pg_config says, Debian's folders newest first, PATH."""
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            yield Path(answer.stdout.strip())
    versions = [folder for folder in Path("/usr/lib/postgresql").glob("*") if folder.name.isdigit()]
    yield from (folder / "bin" for folder in sorted(versions, key=lambda f: int(f.name), reverse=True))
    if initdb := shutil.which("initdb"):
        yield Path(initdb).resolve().parent


def postgres_binaries() -> Path | None:
    """Return the folder that holds initdb and its companions, None when no server is installed."""
    needed = ("initdb", "pg_ctl", "postgres", "createdb")
    for folder in _postgres_folders():
        if all((folder / name).is_file() for name in needed):
            return folder
    return None


@functools.cache
def chromium() -> Path | None:
    """Return a Chromium or Chrome that starts, None when there is none.

    Asking its version tells it from Ubuntu's stand-in, which only says that a snap is needed.
    """
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = [Path(path) for name in names if (path := shutil.which(name))]
    found += Path("/Applications").glob("*/Contents/MacOS/Google Chrome")
    for path in found:
        try:
            subprocess.run([path, "--version"], capture_output=True, check=True, timeout=PATIENCE_S)
        except (OSError, subprocess.SubprocessError):
            continue
        return path
    return None


def _server_account() -> pwd.struct_passwd | None:
    """Return who the server runs as when we are root (it refuses to be root itself), else None."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    message = "PostgreSQL will not run as root, and there is no account «postgres» or «nobody» to lend it"
    raise ServerError(message)


class PostgresServer:
    """A PostgreSQL server in a temporary folder, for as long as the ``with`` block lasts.

    It is reached through a socket in that folder only, so any number of them run side by side
    (one for each xdist worker), and nobody outside the machine can reach it: trust is enough.
    """

    def __init__(self, binaries: Path | None = None) -> None:
        found = binaries or postgres_binaries()
        if found is None:
            message = "no PostgreSQL server programs on this machine"
            raise ServerError(message)
        self._binaries = found
        self._account = _server_account()
        self._home = Path()

    def __enter__(self) -> Self:
        self._home = Path(tempfile.mkdtemp(prefix="th-pg-"))  # short: a socket's path has 103 characters
        try:
            if self._account:
                os.chown(self._home, self._account.pw_uid, self._account.pw_gid)
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def url(self, database: str) -> str:
        """Return the address of ``database``, fit for SQLAlchemy, psycopg and PostgreSQL's own tools."""
        return f"postgresql://{SUPERUSER}@/{quote(database, safe='')}?host={quote(str(self._home), safe='/')}"

    def create_database(self, name: str, *, template: str | None = None) -> None:
        """Make an empty database, or a copy of ``template`` (which nobody may be connected to)."""
        copy_of = ["--template", template] if template else []
        self._run("createdb", "--host", str(self._home), "--username", SUPERUSER, *copy_of, name)

    def stop(self) -> None:
        """Stop the server without ceremony and remove its folder. Harmless when it never started."""
        if self._home == Path():
            return
        try:
            self._run("pg_ctl", "stop", "--pgdata", str(self._data), "--mode", "immediate", "--silent")
        except (ServerError, OSError, subprocess.SubprocessError):
            self._kill()
        shutil.rmtree(self._home, ignore_errors=True)
        self._home = Path()

    @property
    def _data(self) -> Path:
        return self._home / "data"

    def _start(self) -> None:
        self._run(
            "initdb", "--pgdata", str(self._data), "--username", SUPERUSER, "--auth", "trust",
            "--encoding", "UTF8", "--locale", LOCALE, "--no-sync",
        )  # fmt: skip
        settings = SETTINGS | {"unix_socket_directories": str(self._home)}
        with (self._data / "postgresql.conf").open("a") as file:
            file.writelines(f"{key} = '{value}'\n" for key, value in settings.items())
        self._run(
            "pg_ctl", "start", "--pgdata", str(self._data), "--log", str(self._home / "log"),
            "--wait", "--timeout", str(PATIENCE_S), "--silent",
        )  # fmt: skip

    def _kill(self) -> None:
        """End a server that does not listen to pg_ctl, by the process id it wrote down."""
        try:
            pid = int((self._data / "postmaster.pid").read_text().split()[0])
            os.kill(pid, signal.SIGQUIT)
            time.sleep(0.5)
            os.kill(pid, signal.SIGKILL)
        except (OSError, ValueError, IndexError):
            return

    def _run(self, program: str, *arguments: str) -> None:
        """Run one of the server's programs as its account, with none of the caller's PG* settings."""
        env = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        who = self._account
        output = self._home / f"{program}.out"  # a file: the server inherits it, and would keep a pipe open
        with output.open("w") as file:
            done = subprocess.run(
                [self._binaries / program, *arguments],
                cwd=self._home, env=env | {"LC_ALL": LOCALE}, stdin=subprocess.DEVNULL, stdout=file,
                stderr=subprocess.STDOUT, check=False, timeout=2 * PATIENCE_S,
                **({"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if who else {}),
            )  # fmt: skip
        if done.returncode != 0:
            log = self._home / "log"
            said = output.read_text() + (log.read_text() if program == "pg_ctl" and log.exists() else "")
            message = f"{program} ended with {done.returncode}:\n{said.strip()}"
            raise ServerError(message)
