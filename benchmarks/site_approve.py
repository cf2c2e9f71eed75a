"""`python -m benchmarks.site_approve`: 60 values approved through HTTP.

Timed from sending the form of review to the answer, which comes after the commit: then
the figures are in the ledger and every verdict above them is current. Reports are put
in their sent state beforehand. At the end a full run must say what is kept.
"""

import json
from http import HTTPStatus
from pathlib import Path

import numpy as np

from benchmarks.case import Case
from benchmarks.increments import VALUES
from benchmarks.site_enter import arguments, differences, opened, prepared
from benchmarks.worker import Clock

UNTIMED = 5  # the first reads the whole ledger
REPORTS = 100


def main() -> None:
    args = arguments()
    cluster = opened(args)
    try:
        line = measure(prepared(args), min(args.repeat, REPORTS))
        if not args.no_full:
            line["different"] = differences()
        print(json.dumps(line, indent=1))
    finally:
        if cluster:
            cluster.stop()


def measure(case: Case, count: int) -> dict[str, object]:
    from django.conf import settings  # noqa: PLC0415 -- when Django is set up
    from tests.web.servers import Server  # noqa: PLC0415 -- as above

    from benchmarks import site_people as people  # noqa: PLC0415 -- as above
    from donbay.web.results.actions import turn_day  # noqa: PLC0415 -- as above

    clock = Clock()
    turn_day(people.programme())
    day = clock.stop()
    server = Server(Path(settings.HOME), people.database())
    server.start()
    try:
        clock = Clock()
        seconds = [_approved(case, n, server.port) for n in range(count + UNTIMED)]
        run = clock.stop()
    finally:
        server.stop()
    timed = np.array(seconds[UNTIMED:])
    return {
        "reports": count,
        "values": VALUES,
        "p50_ms": round(float(np.quantile(timed, 0.5)) * 1000, 1),
        "p95_ms": round(float(np.quantile(timed, 0.95)) * 1000, 1),
        "worst_ms": round(float(timed.max()) * 1000, 1),
        "first_s": round(seconds[0], 1),
        "day_turned_s": day["wall"],
        "others": run["others"],
    }


def _approved(case: Case, n: int, port: int) -> float:
    """A report of one commune, in the last quarter, with figures of its own."""
    from benchmarks import site_people as people  # noqa: PLC0415 -- when Django is set up
    from donbay.domain.roles import RoleKind  # noqa: PLC0415 -- as above
    from donbay.web.submissions.models import Submission  # noqa: PLC0415 -- as above

    asked = people.quarter(people.programme())
    commune = n * 37 % case.level_sizes[0]
    unit = case.unit_ids[commune]
    province = f"province-{case.province_of[case.district_of[commune]]:02d}"
    before = Submission.objects.count()  # or a second run would change no verdict
    rng = np.random.default_rng([n, before])
    values = np.round(rng.uniform(1, 100, VALUES), 1).tolist()
    reporter = people.person(f"reporter-{unit}", RoleKind.REPORTER, unit)
    reviewer = people.person(f"reviewer-{province}", RoleKind.REVIEWER, province)
    sent = people.report(asked, reporter, case, values, "sent")
    path = f"/reports/{sent.pk}/review/"
    told = people.ask(
        port, reviewer.session, path, {"seen": str(sent.revision), "approve": "1"}
    )
    sent.refresh_from_db()
    assert told.status == HTTPStatus.FOUND, told
    assert sent.state == "approved", sent.state
    return told.seconds


if __name__ == "__main__":
    main()
