"""A process that imports files on an installation, each in a child that may die.

A line of its input is one order, `[verb, ...]`; a line of its output what the child
said, `null` where it was killed. It never opens the database itself: what a child finds
is what a process finds that was started after the other one's death.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from tests.web.kills.killer import dying_at

from donbay.web.imports.actions import import_file
from donbay.web.journal.models import Entry
from donbay.web.ledger.models import Batch, Observation
from donbay.web.ledger.queries import broken_batches
from donbay.web.results import preparing
from donbay.web.results.models import Evaluation


def imported(path: str, at: int, many: int) -> dict[str, object]:
    """With the points of what was done, if it lived so long.

    A file of more rows than `many` is judged before the programme is held.
    """
    preparing.MANY = many
    with dying_at(at) as points:
        done = import_file(Path(path), "water")
    return {"points": points.seen, "already": done.already}


def looked() -> dict[str, object]:
    kept = Evaluation.objects.filter(live=True).first()
    return {
        "batches": Batch.objects.count(),
        "rows": Observation.objects.count(),
        "entries": Entry.objects.filter(verb="import").count(),
        "judged": kept.seq if kept else 0,
        "broken": len(broken_batches()),
    }


VERBS: dict[str, Callable[..., dict[str, object]]] = {
    "import": imported,
    "look": looked,
}


def in_a_child(verb: str, *rest: object) -> str:
    """What it says, as a line of JSON."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        os.write(write, json.dumps(VERBS[verb](*rest)).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    return said if os.waitstatus_to_exitcode(status) == 0 else "null"


def main() -> None:
    for order in sys.stdin:
        sys.stdout.write(in_a_child(*json.loads(order)) + "\n")
        sys.stdout.flush()
