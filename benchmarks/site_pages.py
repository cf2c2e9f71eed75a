"""`python -m benchmarks.site_pages`: fifty people read a province's pages.

Each asks for one page every five seconds, over HTTP from this machine; all kinds of
pages come equally often.
"""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.site_enter import arguments, opened, prepared
from benchmarks.worker import Clock

PEOPLE, EVERY = 50, 5.0
ROUNDS = 14  # pages of each person; the first two are not counted
UNTIMED = 2


def main() -> None:
    args = arguments()
    cluster = opened(args)
    try:
        print(json.dumps(measure(args), indent=1))
    finally:
        if cluster:
            cluster.stop()


def measure(args: object) -> dict[str, object]:
    from django.conf import settings  # noqa: PLC0415 -- as above
    from tests.web.servers import Server  # noqa: PLC0415 -- as above

    from benchmarks import site_people as people  # noqa: PLC0415 -- when Django is set up
    from donbay.domain.roles import RoleKind  # noqa: PLC0415 -- as above
    from donbay.web.programmes.models import Programme  # noqa: PLC0415 -- as above
    from donbay.web.results.actions import turn_day  # noqa: PLC0415 -- as above

    case = prepared(args)  # type: ignore[arg-type]  # as `arguments` gives them
    programme = Programme.objects.get()
    turn_day(programme)
    asked = people.quarter(programme)
    communes = case.unit_ids[: case.level_sizes[0]]
    top = "province-00"
    kinds = (RoleKind.PROGRAMME_OFFICE, RoleKind.REVIEWER, RoleKind.LEADER)
    crowd = []
    for n in range(PEOPLE):
        unit, number = communes[n], 0
        if n % 5:
            one = people.person(f"reporter-{n}", RoleKind.REPORTER, unit)
            number = people.report(asked, one, case, [float(n)] * 40, "draft").pk
        else:
            one = people.person(f"official-{n}", kinds[n // 5 % 3], top)
        crowd.append((one, unit, number))
    home = Path(settings.HOME)
    options = ("--processes", str(args.processes))  # type: ignore[attr-defined]  # as above
    server = Server(home, people.database(), options=options)
    server.start()

    def pages(unit: str, number: int) -> dict[str, str]:
        base = "/programmes/nation"
        found = {
            "work": "/work/",
            "matrix": f"{base}/rounds/{asked.pk}/",
            "form": f"/reports/{number}/fill/",
            "board": f"{base}/",
            "unit": f"{base}/places/{unit}/",
            "target": f"{base}/targets/s001_commune/",
            "why": f"{base}/why/{unit}/s001_commune/",
        }
        if not number:
            del found["form"]
        return found

    begun = time.monotonic() + 2

    def reads(n: int) -> list[tuple[str, int, float]]:
        one, unit, number = crowd[n]
        own = pages(unit, number)
        told = []
        for k, name in enumerate(
            islice(cycle([*own][n % len(own) :] + [*own][: n % len(own)]), ROUNDS)
        ):
            due = begun + EVERY * k + EVERY * n / PEOPLE
            time.sleep(max(0.0, due - time.monotonic()))
            got = people.ask(server.port, one.session, own[name])
            told.append((name, got.status, got.seconds))
        return told[UNTIMED:]

    clock = Clock()
    try:
        with ThreadPoolExecutor(PEOPLE) as pool:
            told = [line for some in pool.map(reads, range(PEOPLE)) for line in some]
    finally:
        server.stop()
    run = clock.stop()
    by_page = {
        name: {
            "requests": len(times),
            "p50_ms": round(median(times) * 1000, 1),
            "p95_ms": round(float(np.quantile(times, 0.95)) * 1000, 1),
        }
        for name in sorted({name for name, _, _ in told})
        if (times := [s for page, _, s in told if page == name])
    }
    seconds = [s for _, _, s in told]
    return {
        "requests": len(told),
        "statuses": sorted({status for _, status, _ in told}),
        "p50_ms": round(median(seconds) * 1000, 1),
        "p95_ms": round(float(np.quantile(seconds, 0.95)) * 1000, 1),
        "others": round(float(str(run["others"])), 2),
        "pages": by_page,
    }


if __name__ == "__main__":
    main()
