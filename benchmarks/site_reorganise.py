"""`python -m benchmarks.site_reorganise`: the merger of 2025 rehearsed, whole.

The site holds the places with their past; the rehearsal puts them back to the eve
and tells what the merger does: two evaluations of the whole ledger, every figure,
target and level before and after, and all that moves.
"""

import json
from datetime import date
from typing import Any

from benchmarks.site_enter import arguments, opened, prepared
from benchmarks.spec import MERGER
from benchmarks.worker import Clock


def main() -> None:
    args = arguments()
    cluster = opened(args)
    try:
        prepared(args)
        print(json.dumps({"scale": args.scale, **measure()}, indent=1))
    finally:
        if cluster:
            cluster.stop()


def measure(day: date = MERGER) -> dict[str, object]:
    from donbay.domain.reorganisations import (  # noqa: PLC0415 -- when Django is set up
        found_in,
        undone,
    )
    from donbay.web.programmes.models import Programme  # noqa: PLC0415 -- as above
    from donbay.web.reorganisations.planning import Plan  # noqa: PLC0415 -- as above
    from donbay.web.reorganisations.rehearsing import (  # noqa: PLC0415 -- as above
        rehearsal,
    )
    from donbay.web.territory.queries import territory  # noqa: PLC0415 -- as above

    after = territory()
    change, before = found_in(after, day)
    clock = Clock()
    plan = Plan(
        undone(after, change, before), after, change, tuple(Programme.objects.all())
    )
    told: dict[str, Any] = rehearsal(plan)
    run = clock.stop()
    places, totals = told["places"], told["programmes"][0]["totals"]
    return {
        "places": places,
        "figures": {k: totals[k] for k in ("same", "other", "lost", "gained")},
        "new": totals["new"],
        **run,
    }


if __name__ == "__main__":
    main()
