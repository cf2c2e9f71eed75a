"""The programmes, a programme's board, and one target over all its places."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from donbay.web.desk.asked import Shown, on_asked_days
from donbay.web.look.boards import (
    COLUMNS,
    board_filters,
    board_lines,
    by_level,
    each,
    tally,
    top_of,
)
from donbay.web.look.charts import handed_out, shared
from donbay.web.look.lines import TargetLine
from donbay.web.look.maps import map_of, steps_of
from donbay.web.look.tables import Search, Table
from donbay.web.look.trends import trend_of
from donbay.web.offices.permissions import Closed, by, reads
from donbay.web.programmes.models import Programme
from donbay.web.programmes.queries import today
from donbay.web.results import queries as results


def programmes(request: HttpRequest) -> HttpResponse:
    """Those in which the person has a role."""
    user = by(request).user
    found = [p for p in Programme.objects.order_by("id") if reads(user, p)]
    return render(request, "desk/programmes.html", {"programmes": found})


@on_asked_days
def board(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Every target, the ones that need attention first."""
    lines = board_lines(
        shown.titles,
        shown.evaluation,
        request.GET.get("level", ""),
        request.GET.get("place", ""),
    )
    table = Table(
        request,
        sorted(lines, key=lambda line: (line.order, line.title)),
        COLUMNS,
        board_filters(shown.titles),
        Search(lambda line: f"{line.title} {line.place} {line.owner}"),
        file=f"{shown.programme.pk}-targets",
    )
    if table.exports:
        return table.csv()
    given = {**shown.context, "table": table, "tally": tally(lines, table)}
    return render(request, "desk/board.html", given)


@on_asked_days
def target(request: HttpRequest, shown: Shown, target: str) -> HttpResponse:
    """One target: where it stands at every place that it is judged for."""
    promised = shown.titles.targets.get(target)
    if promised is None:
        raise Closed
    lines = each(shown.titles, results.targets(shown.evaluation, target=target))
    lines.sort(key=lambda line: (line.order, line.place))
    table = Table(
        request,
        lines,
        [c for c in COLUMNS if c.name not in {"target", "asked", "deadline", "owner"}],
        [
            *(f for f in board_filters(shown.titles) if f.name == "status"),
            by_level(shown.titles, lines),
        ],
        Search(lambda line: line.place),
        file=f"{shown.programme.pk}-{target}",
    )
    if table.exports:
        return table.csv()
    top = top_of(shown.titles, lines)
    trend = (
        trend_of(shown.titles, shown.evaluation, promised, top.row)
        if top and top.row
        else None
    )
    steps = steps_of(
        shown.titles.territory,
        shown.days.map,
        today(shown.programme),
        request,
    )

    def page(unit: str) -> str:
        address = reverse("desk:place", args=[shown.programme.pk, unit])
        return f"{address}{shown.asked.query}"

    places = map_of(shown.titles, promised, lines, page, steps)
    if answer := handed_out(request, [trend.figure if trend else None, places]):
        return answer
    given = {
        **shown.context,
        **shared(request),
        "table": table,
        "tally": tally(lines, table),
        "line": TargetLine(shown.titles, promised, top.row if top else None, {}),
        "trend": trend,
        "map": places,
    }
    return render(request, "desk/target.html", given)
