"""The published programmes, a programme's board, and one promise over its places."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from donbay.web.look.boards import COLUMNS, board_filters, by_level, each, tally, top_of
from donbay.web.look.charts import handed_out, shared
from donbay.web.look.doors import public
from donbay.web.look.lines import TargetLine
from donbay.web.look.maps import map_of
from donbay.web.look.rules import rules_of
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.look.tasks import tasks_of
from donbay.web.look.trends import trend_of
from donbay.web.look.words import current
from donbay.web.offices.permissions import Closed
from donbay.web.portal import charts
from donbay.web.portal.caching import kept, mark, page
from donbay.web.portal.known import known_when
from donbay.web.portal.maps import (
    late_map,
    of_programme_with_maps,
    on_asked_map,
    page_of,
)
from donbay.web.portal.passing import passing
from donbay.web.portal.promises import Promise, change_of, promises
from donbay.web.portal.published import Seen
from donbay.web.programmes import queries as published
from donbay.web.results import queries as results


@public
@require_safe
def entrance(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django's call
    """To the pages in the reader's language, which have addresses of their own."""
    answer = redirect("portal:programmes", current().language)
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return answer


@public
@require_safe
def programmes(request: HttpRequest, language: str) -> HttpResponseBase:
    """All that are published."""
    found = published.published()
    made_of = [(p.pk, p.published_at, published.edition(p).checksum) for p in found]

    def answer() -> HttpResponse:
        given = {"programmes": found}
        return page(render(request, "portal/programmes.html", given), language)

    return kept(request, mark(*made_of), answer)


@of_programme_with_maps
def board(request: HttpRequest, seen: Seen) -> HttpResponse:
    """Every promise, those behind first, with what changed and what it would take."""
    found = promises(seen)
    table = Table(
        request,
        found,
        BOARD,
        [_of_line(choice) for choice in board_filters(seen.titles) if choice.value],
        Search(lambda one: f"{one.line.title} {one.line.owner}"),
        file=f"{seen.programme.pk}-board",
        size=100,
    )
    if table.exports:
        return table.csv()
    on = on_asked_map(request, seen)
    places = late_map(on.seen)
    standing = charts.standing(seen.titles, [one.line for one in found])
    changes = charts.changed(seen.titles, found)
    if answer := handed_out(request, [places, standing, *changes]):
        return answer
    given = {
        **seen.context,
        **shared(request),
        "map": places,
        "standing": standing,
        "changes": changes,
        "slider": on.slider,
        "table": table,
        "tally": tally([one.line for one in found], table),
        "moved": _moved(found),
        "tasks": tasks_of(seen.titles),
    }
    return render(request, "portal/board.html", given)


def _of_line(choice: Choice) -> Choice:
    """A filter of the lines of boards, over promises."""
    value = choice.value
    if value is None:
        return choice
    return Choice(
        *(choice.name, choice.label, choice.options), lambda one: value(one.line)
    )


BOARD = (
    Column(
        *("status", "heading.status", lambda x: x.line.order),
        exported=lambda x: x.line.status_word,
    ),
    Column("target", "heading.target", lambda x: x.line.title),
    Column(
        *("value", "heading.value", lambda x: x.line.row and x.line.row.value),
        number=True,
    ),
    Column("change", "portal.change", lambda x: x.change and x.change.by),
    Column(
        *("asked", "portal.promised", lambda x: x.line.target.value),
        exported=lambda x: x.line.asked,
    ),
    Column("deadline", "heading.deadline", lambda x: x.line.target.deadline),
    Column(
        *("takes", "portal.takes", lambda x: x.line.left and x.line.left.each),
        exported=lambda x: " ".join(x.takes),
        may_hide=True,
    ),
    Column("still", "portal.still", lambda x: x.still, number=True, may_hide=True),
    Column(
        *("period", "heading.period", lambda x: x.line.row and x.line.row.period),
        of_file=True,
    ),
    Column("unit", "board.unit", lambda x: x.line.unit_of_measure, of_file=True),
    Column("place", "heading.unit_name", lambda x: x.line.place, of_file=True),
    Column("owner", "board.owner", lambda x: x.line.owner, of_file=True),
    Column("on", "heading.on", lambda x: x.line.titles.days.on, of_file=True),
)


def _moved(found: Sequence[Promise]) -> dict[str, list[Promise]]:
    """The promises by the way in which their values went since the quarter before."""
    moved: dict[str, list[Promise]] = {"better": [], "worse": [], "same": []}
    for one in found:
        if one.change is not None:
            better = one.change.better
            way = "same" if better is None else "better" if better else "worse"
            moved[way].append(one)
    return moved


@of_programme_with_maps
def target(request: HttpRequest, seen: Seen, target: str) -> HttpResponse:
    """One promise: its trend, its places, its legal clause, and what was known when."""
    promised = seen.titles.targets.get(target)
    if promised is None:
        raise Closed
    lines = each(seen.titles, results.targets(seen.evaluation, target=target))
    lines.sort(key=lambda line: (line.order, line.place))
    table = _at_places(request, seen, target, lines)
    if table.exports:
        return table.csv()
    top = top_of(seen.titles, lines)
    row = top.row if top else None
    line = TargetLine(seen.titles, promised, row, {})
    trend = trend_of(seen.titles, seen.evaluation, promised, row) if row else None

    on = on_asked_map(request, seen)
    there = lines
    if on.seen is not seen:
        rows = results.targets(on.seen.evaluation, target=target)
        there = each(on.seen.titles, rows)
    places = map_of(on.seen.titles, promised, there, page_of(on.seen))
    bars = charts.at_places(seen.titles, promised, lines)
    if answer := handed_out(request, [trend.figure if trend else None, places, bars]):
        return answer
    given = {
        **seen.context,
        **shared(request),
        "table": table,
        "map": places,
        "slider": on.slider,
        "tally": tally(lines, table),
        "line": line,
        "promise": _promise(seen, line),
        "trend": trend,
        "bars": bars,
        "rules": rules_of(seen.titles, promised),
        "passing": row and passing(seen, promised, row),
        "known": row and known_when(seen, row),
    }
    return render(request, "portal/target.html", given)


def _at_places(
    request: HttpRequest, seen: Seen, target: str, lines: Sequence[TargetLine]
) -> Table:
    own = {"target", "asked", "deadline", "owner", "known", "map"}
    return Table(
        request,
        lines,
        [column for column in COLUMNS if column.name not in own],
        [
            *(f for f in board_filters(seen.titles) if f.name == "status"),
            by_level(seen.titles, lines),
        ],
        Search(lambda line: line.place),
        file=f"{seen.programme.pk}-{target}",
    )


def _promise(seen: Seen, line: TargetLine) -> Promise | None:
    if line.row is None:
        return None
    found = results.values(seen.evaluation, line.row.unit)
    values = {(row.indicator, row.period): row for row in found}
    change = change_of(line.target, line.row, values)
    return Promise(line, change, 0)
