"""The programmes, a programme's board, and one target over all its places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donbay.domain.verdicts import TargetRow
from donbay.web.desk.asked import Shown, on_asked_days
from donbay.web.desk.lines import DAYS, WORST_FIRST, TargetLine
from donbay.web.desk.whys import trend_of
from donbay.web.look.tables import Choice, Column, Search, Table
from donbay.web.offices.permissions import Closed, by, reads
from donbay.web.programmes.models import Programme
from donbay.web.results import queries as results

FEW = 1  # of so many places a board shows each, of more how many stand where


def programmes(request: HttpRequest) -> HttpResponse:
    """Those in which the person has a role."""
    user = by(request).user
    found = [p for p in Programme.objects.order_by("id") if reads(user, p)]
    return render(request, "desk/programmes.html", {"programmes": found})


@on_asked_days
def board(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Every target, the ones that need attention first."""
    lines = _lines(shown, request.GET.get("level", ""), request.GET.get("place", ""))
    table = Table(
        request,
        sorted(lines, key=lambda line: (line.order, line.title)),
        COLUMNS,
        _filters(shown),
        Search(lambda line: f"{line.title} {line.place} {line.owner}"),
        file=f"{shown.programme.pk}-targets",
    )
    if table.exports:
        return table.csv()
    given = {**shown.context, "table": table, "tally": _tally(lines, table)}
    return render(request, "desk/board.html", given)


COLUMNS = (
    Column(
        *("status", "heading.status", lambda x: x.order),
        exported=lambda x: x.status_word,
    ),
    Column("target", "heading.target", lambda x: x.title),
    Column("place", "heading.unit_name", lambda x: x.place),
    Column("asked", "heading.target_value", lambda x: x.target.value, number=True),
    Column("value", "heading.value", lambda x: x.row and x.row.value, number=True),
    Column(
        *("pace", "heading.pace", lambda x: x.row and x.row.pace),
        number=True,
        may_hide=True,
    ),
    Column("deadline", "heading.deadline", lambda x: x.target.deadline),
    Column("owner", "board.owner", lambda x: x.owner, may_hide=True),
    Column("reason", "heading.reason", lambda x: x.why, sorts=False, may_hide=True),
    Column("period", "heading.period", lambda x: x.row and x.row.period, of_file=True),
    Column("unit", "board.unit", lambda x: x.unit_of_measure, of_file=True),
    Column("share", "board.coverage", lambda x: x.row and x.row.coverage, of_file=True),
    *DAYS,
)


def _lines(shown: Shown, level: str, place: str) -> list[TargetLine]:
    """A line for each target; for each of its places where these were asked for."""
    if place or level:
        rows = results.targets(
            shown.evaluation, unit=place or None, level=level or None
        )
        return each(shown, rows)
    counts = results.tally(shown.evaluation)
    few = {name for name, some in counts.items() if sum(some.values()) <= FEW}
    lines = each(shown, results.of_targets(shown.evaluation, few))
    top = _top_rows(shown)
    targets = shown.titles.targets
    many = (targets[name] for name in counts if name in targets and name not in few)
    return lines + [
        TargetLine(shown.titles, t, top.get(t.id), counts[t.id]) for t in many
    ]


def _top_rows(shown: Shown) -> dict[str, TargetRow]:
    """By target, where the whole stands: the one place at the highest level."""
    titles = shown.titles
    for level in titles.pack.programme.level_ids:
        here = [u for u, v in titles.ground.items() if v.level == level]
        if len(here) == 1:
            rows = results.targets(shown.evaluation, unit=here[0])
            return {row.target: row for row in rows}
        if here:
            break
    return {}


def each(shown: Shown, rows: Iterable[TargetRow]) -> list[TargetLine]:
    titles = shown.titles
    return [
        TargetLine(titles, titles.targets[row.target], row, {row.status: 1})
        for row in rows
        if row.target in titles.targets
    ]


def _filters(shown: Shown) -> list[Choice]:
    titles = shown.titles
    promise = titles.pack.programme
    statuses = [(s, titles.words.say(f"status.{s}")) for s in WORST_FIRST]
    levels = [(name, titles.level(name)) for name in promise.level_ids]
    aims = {t.objective for t in promise.targets if t.objective}
    objectives = sorted((name, titles.objective(name)) for name in aims)
    filters = [
        Choice("status", "heading.status", statuses, lambda x: x.status),
        Choice("level", "board.level", levels),
        Choice("place", "heading.unit_name", _places(shown)),
    ]
    if objectives:
        filters.append(
            Choice(
                *("objective", "board.objective", objectives),
                lambda x: x.target.objective,
            )
        )
    return filters


MOST_PLACES = 400  # more are found by the search of places, not in a menu


def _places(shown: Shown) -> list[tuple[str, str]]:
    """Top down as far as a menu is of use."""
    ground = shown.titles.ground
    found: list[tuple[str, str]] = []
    for level in shown.titles.pack.programme.level_ids:
        here = [(u, v.name) for u, v in ground.items() if v.level == level]
        if len(found) + len(here) > MOST_PLACES:
            break
        found += sorted(here, key=lambda one: one[1])
    return found


def _tally(lines: Sequence[TargetLine], table: Table) -> list[tuple[str, int, str]]:
    """How many lines have each status, with the address that shows these alone."""
    counts = Counter(line.status for line in lines)
    return [
        (status, counts[status], table.address(status=status, page=""))
        for status in WORST_FIRST
        if counts[status]
    ]


@on_asked_days
def target(request: HttpRequest, shown: Shown, target: str) -> HttpResponse:
    """One target: where it stands at every place that it is judged for."""
    promised = shown.titles.targets.get(target)
    if promised is None:
        raise Closed
    lines = each(shown, results.targets(shown.evaluation, target=target))
    lines.sort(key=lambda line: (line.order, line.place))
    table = Table(
        request,
        lines,
        [c for c in COLUMNS if c.name not in {"target", "asked", "deadline", "owner"}],
        [f for f in _filters(shown) if f.name == "status"] + [_by_level(shown, lines)],
        Search(lambda line: line.place),
        file=f"{shown.programme.pk}-{target}",
    )
    if table.exports:
        return table.csv()
    top = _top(shown, lines)
    given = {
        **shown.context,
        "table": table,
        "tally": _tally(lines, table),
        "line": TargetLine(shown.titles, promised, top.row if top else None, {}),
        "trend": trend_of(shown, promised, top.row) if top and top.row else None,
    }
    return render(request, "desk/target.html", given)


def _by_level(shown: Shown, lines: Sequence[TargetLine]) -> Choice:
    present = {line.level for line in lines}
    options = [
        (name, shown.titles.level(name))
        for name in shown.titles.pack.programme.level_ids
        if name in present
    ]
    return Choice("level", "board.level", options, lambda x: x.level)


def _top(shown: Shown, lines: Sequence[TargetLine]) -> TargetLine | None:
    """The one place at the highest level, where there is one."""
    for level in shown.titles.pack.programme.level_ids:
        here = [line for line in lines if line.level == level]
        if here:
            return here[0] if len(here) == 1 else None
    return None
