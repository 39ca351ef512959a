"""Every check the project has, in order: `make test`, or `make lint` for the first of them.

Borrows Chromium and PostgreSQL from the machine, installs them where it may, and says last what it
had to leave out. Standard library only, apart from the tools it starts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers import chromium, postgres_binaries

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BESIDE_PYTHON = Path(PYTHON).parent

NOTHING_COLLECTED = 5  # pytest's exit code
INTERRUPTED = 130

# What is missing → the Debian packages that bring it.
PACKAGES = {"Chromium": ["chromium", "fonts-liberation"], "PostgreSQL": ["postgresql"]}
FINDERS = {"Chromium": chromium, "PostgreSQL": postgres_binaries}


@dataclass
class Step:
    """One command that must succeed. ``needs`` is a program it cannot do without."""

    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)
    needs: str | None = None
    may_be_empty: bool = False

    def run(self) -> bool:
        done = subprocess.run(self.command, cwd=ROOT, env=os.environ | self.env, check=False)
        return done.returncode == 0 or (self.may_be_empty and done.returncode == NOTHING_COLLECTED)


@dataclass
class Outcome:
    """How a step went: its mark, and how long it took or why it was left out."""

    name: str
    mark: str
    remark: str


def lint_steps() -> list[Step]:
    """Style, layout, types, import rules, templates."""
    return [
        Step("ruff", [PYTHON, "-m", "ruff", "check", "."]),
        Step("ruff format", [PYTHON, "-m", "ruff", "format", "--check", "."]),
        Step("mypy", [PYTHON, "-m", "mypy"]),
        Step("import rules", [str(BESIDE_PYTHON / "lint-imports"), "--no-logo"]),
        Step("templates", [PYTHON, "-m", "djlint", "--lint", "--quiet", "templates"]),
    ]


def test_steps(arguments: list[str]) -> list[Step]:
    """The suite on SQLite, the same suite on PostgreSQL, then the browser."""

    def suite(name: str, *options: str, needs: str | None = None, database: str = "sqlite") -> Step:
        command = [PYTHON, "-m", "pytest", *options, *arguments]
        env = {"TEAMHUB_TEST_DATABASE": database}
        return Step(name, command, env, needs, may_be_empty=bool(arguments))

    on_postgresql = ("-n", "2", "-m", "not browser and not once")
    return [
        suite("tests on SQLite", "-n", "2", "-m", "not browser"),
        suite("tests on PostgreSQL", *on_postgresql, needs="PostgreSQL", database="postgresql"),
        suite("tests in Chromium", "-n", "2", "-m", "browser", needs="Chromium"),
    ]


def install_missing() -> dict[str, str]:
    """Install what is missing where we may. Return what is still missing, with the reason."""
    missing = [name for name, find in FINDERS.items() if find() is None]
    if not missing:
        return {}
    if not (apt_get := shutil.which("apt-get")):
        return dict.fromkeys(missing, "not found, and there is no apt-get to install it with")
    as_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if as_root and not _succeeds([*as_root, "true"]):
        return {name: f"not found; sudo apt-get install {' '.join(PACKAGES[name])}" for name in missing}
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", apt_get, "--quiet", "--yes"]
    _succeeds([*apt, "update"])
    for name in missing:
        print(f"Installing {name}", flush=True)
        _succeeds([*apt, "install", "--no-install-recommends", *PACKAGES[name]])
    chromium.cache_clear()
    return {
        name: "not found, and apt-get could not install it" for name in missing if FINDERS[name]() is None
    }


def _succeeds(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError:
        return False
    if done.returncode != 0:
        sys.stderr.buffer.write(done.stderr)
    return done.returncode == 0


def carry_out(steps: list[Step], missing: dict[str, str]) -> list[Outcome]:
    """Run all the steps that can be run, also after one has failed."""
    outcomes = []
    for step in steps:
        if step.needs in missing:
            outcomes.append(Outcome(step.name, "skipped", f"{step.needs} {missing[step.needs]}"))
            continue
        print(f"\n── {step.name}", flush=True)
        start = time.monotonic()
        mark = "ok" if step.run() else "FAILED"
        outcomes.append(Outcome(step.name, mark, f"{time.monotonic() - start:.1f} s"))
    return outcomes


def summary(outcomes: list[Outcome]) -> str:
    """Return one line for each step, the skipped ones last."""
    lines = sorted(outcomes, key=lambda outcome: outcome.mark == "skipped")
    text = "\n".join(f"{line.mark:8}{line.name:22}{line.remark}" for line in lines)
    left_out = sum(line.mark == "skipped" for line in lines)
    return f"\n── summary\n{text}\n{f'{left_out} skipped' if left_out else 'nothing was skipped'}"


def main(arguments: list[str]) -> int:
    """Run `lint`, or `test` with what pytest is to be told. Return the exit code."""
    if not arguments or arguments[0] not in {"lint", "test"}:
        print("usage: python -m tools.check lint | test [pytest arguments]", file=sys.stderr)
        return 2
    task, *rest = arguments
    missing = install_missing() if task == "test" else {}
    steps = [] if rest else lint_steps()
    if task == "test":
        steps += test_steps(rest)
    outcomes = carry_out(steps, missing)
    print(summary(outcomes))
    return int(any(outcome.mark == "FAILED" for outcome in outcomes))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
