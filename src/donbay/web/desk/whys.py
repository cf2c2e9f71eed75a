"""Why: a verdict's value, rule and source, and the very rows down to who sent them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donbay.web.desk.asked import Shown, on_asked_days
from donbay.web.desk.trails import reports_of
from donbay.web.look.charts import handed_out, shared
from donbay.web.look.lines import TargetLine, ValueLine
from donbay.web.look.rules import rules_of
from donbay.web.look.trends import pace_points, trend_of
from donbay.web.offices.permissions import Closed
from donbay.web.results.explaining import explain


@on_asked_days
def why(request: HttpRequest, shown: Shown, unit: str, target: str) -> HttpResponse:
    """Why a target stands where it stands at a place."""
    promised = shown.titles.targets.get(target)
    found = promised and explain(shown.evaluation, unit, target)
    if not promised or not found:
        raise Closed
    line = TargetLine(shown.titles, promised, found.row, {})
    trend = trend_of(shown.titles, shown.evaluation, promised, found.row)
    if answer := handed_out(request, [trend.figure]):
        return answer
    given = {
        **shown.context,
        **shared(request),
        "line": line,
        "found": found,
        "value": ValueLine(shown.titles, found.value) if found.value else None,
        "points": [
            (day, shown.titles.amount(value, promised.indicator))
            for day, value in pace_points(promised, found.row)
        ],
        "trend": trend,
        "rules": rules_of(shown.titles, promised),
        "reports": reports_of(shown, found.reports),
    }
    return render(request, "desk/why.html", given)
