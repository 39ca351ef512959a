"""The command line, as an administrator uses it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def flask(app, db):
    """Run a `flask` command inside the test's own transaction."""

    def run(*arguments, stdin=None):
        result = app.test_cli_runner().invoke(args=[str(each) for each in arguments], input=stdin)
        db.session.expire_all()
        return result

    return run


@pytest.fixture
def installation(tmp_path):
    """An installation of its own, migrated: for what needs a process to itself. Returns how to call flask."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("TEAMHUB_")}
    env |= {
        "TEAMHUB_ENV": "development",
        "TEAMHUB_INSTANCE_PATH": str(tmp_path / "instance"),
        "LC_ALL": "C.UTF-8",
    }

    def command(*arguments):
        return [sys.executable, "-m", "flask", *(str(each) for each in arguments)]

    def run(*arguments, **more):
        return subprocess.run(
            command(*arguments),
            cwd=ROOT,
            env=env | more,
            capture_output=True,
            text=True,
            check=False,
            timeout=50,
        )

    run.command, run.env, run.root = command, env, ROOT
    assert run("db", "upgrade").returncode == 0
    return run
