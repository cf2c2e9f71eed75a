"""Two processes, with two threads each, enter figures of one province at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.web.databases import environment, run_python

EACH = 6
INSTALL = """
import shutil
from tests.web import people
from django.conf import settings
people.water()
"""
ENTERS = f"""
import sys, threading, django
django.setup()
from django.db import connection
from donbay.web.journal.actions import NOBODY, acting
from donbay.web.programmes.models import Programme
from donbay.web.results.actions import Row, enter

def enters(unit):
    for n in range({EACH}):
        programme = Programme.objects.get()
        with acting(NOBODY, programme.chain) as act:
            rows = [Row(unit, "homes", "2026-Q3", 1000.0 + n),
                    Row(unit, "served", "2026-Q3", 500.0 + n)]
            enter(act, programme, rows, origin="import", reference=unit)
    connection.close()

threads = [threading.Thread(target=enters, args=(unit,)) for unit in sys.argv[1:]]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""
TELLS = """
from donbay.web.journal.actions import NOBODY
from donbay.web.journal.queries import broken_chains
from donbay.web.ledger.models import Batch, Observation
from donbay.web.ledger.queries import broken_batches
from donbay.web.programmes.models import Programme
from donbay.web.results import queries as results
from donbay.web.results.actions import carry_out, full_run
programme = Programme.objects.get()
run = full_run(NOBODY, programme)
carry_out(run)
live = results.live(programme)
(share,) = [v.value for v in results.series(live, "tn", "served")
            if str(v.period) == "2026-Q3"]
print(Batch.objects.count(), Observation.objects.count(), share,
      run.differences, broken_batches(), broken_chains())
"""


@pytest.mark.kills
def test_nothing_is_lost_and_every_verdict_is_current(
    database: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    run_python(database, home, INSTALL)
    writers = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", ENTERS, *units],
            env=environment(database, home),
            stderr=subprocess.PIPE,
            text=True,
        )
        for units in (("tx", "lh"), ("hn", "tx"))
    ]
    for writer in writers:
        _, wrong = writer.communicate(timeout=120)
        assert writer.returncode == 0, wrong
        assert not wrong
    batches, rows = 4 * EACH, 8 * EACH
    total = 3 * (500.0 + EACH - 1)
    said = run_python(database, home, TELLS).strip()
    assert said == f"{batches} {rows} {total} [] [] []"
