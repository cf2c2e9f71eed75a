"""A place's values of a target's indicator over time, and the pace they should keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from donbay.domain.remaining import start_of
from donbay.domain.targets import Target
from donbay.domain.verdicts import TargetRow, ValueRow
from donbay.web.look.lines import ValueLine
from donbay.web.look.pictures import Trend
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

    picture: SafeString
    lines: Sequence[ValueLine]


def trend_of(
    titles: Titles, evaluation: Evaluation, target: Target, row: TargetRow
) -> TrendOf:
    values = judged(titles, evaluation, row)
    points = [(v.period.last, v.value) for v in values if v.value is not None]
    indicator, place = titles.indicator(row.indicator), titles.place(row.unit)
    label = titles.words.say("board.trend", indicator=indicator, place=place)
    trend = Trend(points, pace_points(target, row), row.target_value, label)
    picture = trend.draw(titles.words.number)
    return TrendOf(picture, [ValueLine(titles, value) for value in reversed(values)])


def judged(titles: Titles, evaluation: Evaluation, row: TargetRow) -> list[ValueRow]:
    """Values by the periods in which the target is judged, oldest first."""
    found = results.series(evaluation, row.unit, row.indicator)
    kept = [v for v in found if v.period.last <= titles.days.on]
    if row.period is not None:
        kept = [v for v in kept if v.period.frequency is row.period.frequency]
    return sorted(kept, key=lambda v: v.period)
