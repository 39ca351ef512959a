"""Jobs in real worker processes: killed, hanging, stale (quality.md R55), and under one supervisor."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select, update

from teamhub import create_app
from teamhub.core.db import db
from teamhub.jobs.models import Job
from teamhub.jobs.states import MOST_ATTEMPTS
from tests.databases import DATABASES
from tests.unit.jobs.conftest import add

ROOT = Path(__file__).parents[2]
PATIENCE_S = 40
LEASE_S = 2

pytestmark = pytest.mark.timeout(120)

# A consumer whose jobs say what they do on its output: one that is quick, and some that are poison.
CONSUMER = """
import config, os, signal, sys, time
from teamhub import create_app
from teamhub.jobs import consumer
from teamhub.jobs.work import work

class Settings(config.Test):
    DATABASE_URL = sys.argv[1]
    INSTANCE_PATH = sys.argv[2]
    JOBS_WAKE = True
    JOBS_LEASE_S = float(sys.argv[3])

def say(ticket):
    os.write(1, f"{ticket.name} {ticket.id} {os.getpid()}\\n".encode())

def hang(ticket):
    say(ticket)
    time.sleep(600)

def deaf(ticket):
    say(ticket)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    time.sleep(600)

def killed(ticket):
    say(ticket)
    os.kill(os.getpid(), signal.SIGKILL)  # as the kernel does when memory runs out

app = create_app(Settings)
work("quick", say)
work("hang", hang, outside=True)
work("deaf", deaf, outside=True)
work("killed", killed, outside=True)
consumer.run(app, workers=2)
"""


@pytest.fixture
def own_app(settings, tmp_path):
    """An app on a database of its own that wakes the workers."""

    class Settings(settings):
        DATABASE_URL = DATABASES.new()
        INSTANCE_PATH = str(tmp_path)
        JOBS_WAKE = True

    app = create_app(Settings)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
        yield app
        db.session.remove()
        db.engine.dispose()
        for bell in app.extensions.get("teamhub.jobs", {}).values():
            bell.huey.storage.close()


@pytest.fixture
def consumer(own_app, tmp_path):
    """Start consumers; what their jobs said is in ``said()``."""
    log, running = tmp_path / "said", []

    def start(lease_s=LEASE_S):
        config = own_app.config
        arguments = [config["DATABASE_URL"], config["INSTANCE_PATH"], str(lease_s)]
        with log.open("a") as out:
            running.append(
                subprocess.Popen(
                    [sys.executable, "-c", CONSUMER, *arguments],
                    cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
                    stdout=out, stderr=subprocess.DEVNULL,
                )
            )  # fmt: skip
        return running[-1]

    start.said = lambda: [line.split() for line in log.read_text().splitlines()]
    yield start
    for process in running:
        process.kill()
        process.wait()


def until(true):
    end = time.monotonic() + PATIENCE_S
    while not (found := true()):
        assert time.monotonic() < end, "nothing came of it"
        time.sleep(0.05)
    return found


def alive(pid):
    """Whether a process runs; one that only waits to be fetched by its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def states(name):
    db.session.rollback()
    return list(db.session.scalars(select(Job.state).where(Job.name == name).order_by(Job.id)))


def job(name):
    db.session.rollback()
    return db.session.scalar(select(Job).where(Job.name == name).execution_options(populate_existing=True))


def hurry(name):
    """Let what waits for its next attempt be due now."""
    db.session.rollback()
    db.session().info["writes_allowed"] = True
    db.session.execute(update(Job).where(Job.name == name, Job.state == "waiting").values(due=1.0))
    db.session.commit()


def test_a_job_cut_off_by_kill_is_taken_again_when_its_lease_is_out(consumer):
    first = consumer()
    add("hang")
    ((_name, _id, worker),) = until(consumer.said)
    first.kill()
    first.wait()
    until(lambda: not alive(int(worker)))  # a worker does not outlive its consumer
    consumer()

    until(lambda: len(consumer.said()) == 2)
    assert job("hang").attempts == 2


def test_a_job_that_hangs_is_stopped_and_the_others_go_on(consumer):
    add("quick", count=5)  # written while nobody worked
    running = consumer(lease_s=30)  # stopped long after the others are done, on a busy machine too
    until(lambda: states("quick") == ["done"] * 5)
    add("hang")
    until(lambda: len(consumer.said()) == 6)
    add("quick", count=20)
    until(lambda: states("quick") == ["done"] * 25)
    assert states("hang") == ["running"]

    until(lambda: states("hang") == ["waiting"])
    assert job("hang").error.startswith("JobTimeout")
    hurry("hang")
    until(lambda: states("hang") == ["running"])
    running.send_signal(signal.SIGINT)
    assert running.wait(PATIENCE_S) == 0
    # Given back, and that try does not count; on a machine too busy for that, its lease runs out instead.
    assert (job("hang").state, job("hang").attempts) in {("waiting", 1), ("running", 2)}
    assert not any(alive(int(line[2])) for line in consumer.said())


def test_jobs_that_take_their_workers_with_them_are_dead_after_five_and_the_workers_replaced(consumer):
    consumer(lease_s=1)
    add("deaf")
    add("killed")
    until(lambda: states("deaf") + states("killed") == ["dead", "dead"])

    assert (job("deaf").error, job("killed").error) == ("lost", "lost")
    for poison in ("deaf", "killed"):
        assert len([line for line in consumer.said() if line[0] == poison]) == MOST_ATTEMPTS
    add("quick", count=5)
    until(lambda: states("quick") == ["done"] * 5)


# -- one supervisor: `flask serve` -------------------------------------------------------------------


def children(pid):
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def family(pid):
    return [pid] + [each for child in children(pid) for each in family(child)]


@pytest.fixture
def serving(own_app):
    """`flask serve` on a port of its own, with a server, a consumer and their workers."""
    if sys.platform != "linux":
        pytest.skip("reads /proc")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {key: value for key, value in os.environ.items() if not key.startswith("TEAMHUB_")}
    env |= {"TEAMHUB_ENV": "development", "TEAMHUB_DATABASE_URL": own_app.config["DATABASE_URL"]}
    env |= {f"TEAMHUB_{name}": own_app.config[name] for name in ("INSTANCE_PATH", "SECRET_KEY")}
    command = [sys.executable, "-m", "flask", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    until(lambda: len(family(process.pid)) == 7)
    process.stdout.readline()  # where it answers: the server is ready
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_consumer_that_dies_is_started_again_and_told_to_stop_all_end(serving, own_app):
    server, consumer = children(serving.pid)
    os.kill(consumer, signal.SIGKILL)
    until(lambda: children(serving.pid) not in ([server, consumer], [server]))
    assert children(serving.pid)[0] == server

    add("jobs.sweep")
    until(lambda: states("jobs.sweep")[-1:] == ["done"])
    told = own_app.test_cli_runner().invoke(args=["jobs", "status", "--json"]).output
    assert json.loads(told)["done_last_hour"] >= 1

    everybody = family(serving.pid)
    serving.terminate()
    assert serving.wait(PATIENCE_S) == 0
    assert [pid for pid in everybody if alive(pid)] == []


def test_when_the_server_dies_all_end_with_an_error(serving):
    everybody = family(serving.pid)
    os.kill(children(serving.pid)[0], signal.SIGKILL)

    assert serving.wait(PATIENCE_S) == 128 + signal.SIGKILL
    until(lambda: not any(alive(pid) for pid in everybody))


def test_nobody_outlives_a_supervisor_that_is_killed(serving):
    everybody = family(serving.pid)
    serving.kill()
    serving.wait()

    until(lambda: not any(alive(pid) for pid in everybody))
