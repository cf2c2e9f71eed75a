"""Resources brought together: by source and form, what they drew in, over the years."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donbay.domain.periods import Period
from donbay.web.look.charts import handed_out, shared
from donbay.web.look.money import MONEY_COLUMNS, MoneyLine, by_period
from donbay.web.look.places import line_above
from donbay.web.look.tables import Table
from donbay.web.look.titles import Titles
from donbay.web.offices.permissions import Closed
from donbay.web.portal import charts
from donbay.web.portal.published import Seen, of_programme
from donbay.web.results.mobilised import mobilised

MOST_LINES = 1_000


@of_programme
def mobilisation(
    request: HttpRequest, seen: Seen, unit: str | None = None
) -> HttpResponse:
    """Of the place at the top, or of one that is asked for."""
    titles = seen.titles
    where = unit or top(titles)
    if not titles.pack.programme.mobilisation or where not in titles.ground:
        raise Closed
    rows = mobilised(seen.evaluation, where)
    groups = by_period(titles, rows or ())
    table = Table(
        request,
        [line for _, _, lines in groups for line in lines],
        MONEY_COLUMNS,
        size=MOST_LINES,
        file=f"{seen.programme.pk}-{where}-money",
    )
    if table.exports:
        return table.csv()
    pictures = list(charts.money(titles, where, groups))
    if answer := handed_out(request, pictures):
        return answer
    given = {
        **seen.context,
        **shared(request),
        "charts": pictures,
        "unit": where,
        "name": titles.place(where),
        "groups": [(titles.indicator(i), period, some) for i, period, some in groups],
        "years": _totals(groups),
        "too_many": rows is None,
        "table": table,
        "below": _below(titles, where),
        "line_above": line_above(titles, where),
    }
    return render(request, "portal/mobilisation.html", given)


def top(titles: Titles) -> str:
    """The one place without another above it; of several the first."""
    found = (u for u, version in titles.ground.items() if version.parent is None)
    return next(found, "")


def _totals(groups: Sequence[tuple[str, Period, list[MoneyLine]]]) -> list[MoneyLine]:
    """Over time: the totals alone, the newest first."""
    return [line for _, _, lines in groups for line in lines if line.row.is_total]


def _below(titles: Titles, unit: str) -> list[tuple[str, str]]:
    found = [
        (one, version.name)
        for one, version in titles.ground.items()
        if version.parent == unit
    ]
    return sorted(found, key=lambda one: one[1])
