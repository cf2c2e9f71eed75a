"""A place's values of a target's indicator over time, and the pace they should keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from donbay.domain.remaining import start_of
from donbay.domain.targets import Target
from donbay.domain.verdicts import TargetRow, ValueRow
from donbay.reports.charts import Chart, Names, Point, trend
from donbay.web.look.charts import Cell, Figure, plain
from donbay.web.look.charts import figure as number
from donbay.web.look.framing import frame_of
from donbay.web.look.lines import ValueLine
from donbay.web.look.titles import Titles
from donbay.web.results import queries as results
from donbay.web.results.models import Evaluation


def pace_points(target: Target, row: TargetRow) -> list[tuple[date, float]]:
    """The days and values that the pace runs through; none without a baseline."""
    if row.baseline is None:
        return []
    steps = [(milestone.day, milestone.value) for milestone in target.milestones]
    end = (target.deadline, row.target_value)
    return [(start_of(target) or target.deadline, row.baseline), *steps, end]


@dataclass(frozen=True, slots=True)
class TrendOf:
    """A place's values of a target's indicator, as a picture and as a table."""

    lines: Sequence[ValueLine]
    figure: Figure


def trend_of(
    titles: Titles, evaluation: Evaluation, target: Target, row: TargetRow
) -> TrendOf:
    values = judged(titles, evaluation, row)
    pace = pace_points(target, row)
    lines = [ValueLine(titles, value) for value in values]
    chart = _chart(titles, row, values, pace)
    headings = [
        titles.words.say(f"heading.{name}")
        for name in ("period", "value", "pace", "coverage", "reason")
    ]
    rows = [
        *((line.row.period.last, _value_cells(line)) for line in lines),
        *((day, _pace_cells(titles, row, day, value)) for day, value in pace),
    ]
    rows.sort(key=lambda one: one[0], reverse=True)
    shown = Figure("trend", headings, [cells for _, cells in rows], chart)
    return TrendOf(lines[::-1], shown)


def _chart(
    titles: Titles,
    row: TargetRow,
    values: Sequence[ValueRow],
    pace: Sequence[tuple[date, float]],
) -> Chart:
    words = titles.words
    points = [
        Point(
            v.period.last,
            v.value,
            words.period(v.period),
            whole=v.coverage in {None, 1},
        )
        for v in values
        if v.value is not None
    ]
    names = Names(
        words.say("heading.value"),
        words.say("heading.pace"),
        words.say("heading.target_value"),
        words.say("chart.partial"),
    )
    steps = [Point(day, value, words.day(day)) for day, value in pace]
    frame = frame_of(titles, row.indicator, row.unit, _span(points))
    summary = _summary(titles, row, points) if points else ""
    return trend(frame, names, points, steps, target=row.target_value, summary=summary)


def _span(points: Sequence[Point]) -> str:
    """From the first period to the last."""
    ends = dict.fromkeys(point.named for point in (*points[:1], *points[-1:]))
    return " – ".join(ends)


def _summary(titles: Titles, row: TargetRow, points: Sequence[Point]) -> str:
    say, last = titles.words.say, points[-1]
    whole = say(
        "chart.trend_summary",
        indicator=titles.indicator(row.indicator),
        place=titles.place(row.unit),
        first=points[0].named,
        last=last.named,
        target=titles.amount(row.target_value, row.indicator),
    )
    value = titles.amount(last.value, row.indicator)
    return f"{whole} {say('chart.trend_last', value=value, period=last.named)}"


def _value_cells(line: ValueLine) -> list[Cell]:
    row, words = line.row, line.titles.words
    covered = "" if row.coverage is None else words.share(row.coverage)
    return [
        Cell(words.period(row.period), str(row.period)),
        number(line.value, row.value),
        number("", None),
        number(covered, row.coverage),
        plain(line.reason),
    ]


def _pace_cells(titles: Titles, row: TargetRow, day: date, value: float) -> list[Cell]:
    amount = titles.amount(value, row.indicator)
    empty = [number("", None), number(amount, value), number("", None), plain("")]
    return [Cell(titles.words.day(day), day.isoformat()), *empty]


def judged(titles: Titles, evaluation: Evaluation, row: TargetRow) -> list[ValueRow]:
    """Values by the periods in which the target is judged, oldest first."""
    found = results.series(evaluation, row.unit, row.indicator)
    kept = [v for v in found if v.period.last <= titles.days.on]
    if row.period is not None:
        kept = [v for v in kept if v.period.frequency is row.period.frequency]
    return sorted(kept, key=lambda v: v.period)
