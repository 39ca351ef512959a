"""Two nodes on one PostgreSQL, two consumers each; `python -m tools.bench_nodes` does it with 1,000 jobs."""

from __future__ import annotations

import pytest

from tests.servers import postgres_binaries
from tools.bench_nodes import over_two_nodes

pytestmark = [pytest.mark.timeout(120), pytest.mark.once]


@pytest.mark.skipif(postgres_binaries() is None, reason="no PostgreSQL server binaries")
def test_a_node_that_dies_loses_nothing():
    outcome = over_two_nodes(60, kill_one=True)

    assert (outcome.lost, outcome.waiting, outcome.unmarked) == (0, 0, 0)
    assert (outcome.distinct_duplicates, outcome.unexplained) == (0, 0)
