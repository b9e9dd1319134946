"""Eight processes write in the journal at once, on SQLite and on PostgreSQL: none is lost, none is
refused, even when each transaction writes in two chains, in one order or in the other. (`make
bench` does it with 8 000 lines, and says how many a second.)"""

import pytest
from django.db import connection

from benchmarks import journal, postgres

LINES = 400


@pytest.fixture
def environment(tmp_path):
    if connection.vendor == "postgresql":
        with postgres.cluster() as address:
            yield journal.environment_of(str(tmp_path), address)
    else:
        yield journal.environment_of(str(tmp_path))


def test_eight_writers_lose_nothing_and_are_never_refused(environment):
    done = journal.write_at_once(environment, LINES, both=True)

    assert done["refused"] == []
    assert done["written"] == done["lines"] == LINES
    assert done["faults"] == []
