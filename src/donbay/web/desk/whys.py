"""Why: a verdict's value, rule and source, and the very rows down to who sent them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from donbay.domain.sources import Document, Source
from donbay.domain.targets import Target
from donbay.domain.verdicts import TargetRow, ValueRow
from donbay.web.desk.asked import Shown, on_asked_days
from donbay.web.desk.lines import TargetLine, ValueLine
from donbay.web.desk.trails import reports_of
from donbay.web.look.pictures import Trend
from donbay.web.offices.permissions import Closed
from donbay.web.results import queries as results


@dataclass(frozen=True, slots=True)
class Rule:
    """A citation with the legal document that it names."""

    source: Source
    document: Document | None
    title: str


def rules(shown: Shown, sources: Iterable[Source | None]) -> list[Rule]:
    """Each citation once."""
    documents = {d.id: d for d in shown.titles.pack.programme.documents}
    found = []
    for source in dict.fromkeys(s for s in sources if s is not None):
        document = documents.get(source.document or "")
        named = shown.titles.document(document) if document else source.document
        found.append(Rule(source, document, source.title or named or ""))
    return found


def pace_points(target: Target, row: TargetRow) -> list[tuple[date, float]]:
    """The days and values that the pace runs through; none without a baseline."""
    if row.baseline is None:
        return []
    steps = [(milestone.day, milestone.value) for milestone in target.milestones]
    end = (target.deadline, row.target_value)
    return [(_start(target), row.baseline), *steps, end]


def _start(target: Target) -> date:
    if target.window is not None:
        return target.window.first - timedelta(days=1)
    baseline = target.baseline
    if baseline is None:
        return target.deadline
    if baseline.period is not None:
        return baseline.period.last
    return baseline.day or target.deadline


@dataclass(frozen=True, slots=True)
class TrendOf:
    """A place's values of a target's indicator, as a picture and as a table."""

    picture: SafeString
    lines: Sequence[ValueLine]


def trend_of(shown: Shown, target: Target, row: TargetRow) -> TrendOf:
    values = _judged(shown, row)
    points = [(v.period.last, v.value) for v in values if v.value is not None]
    titles = shown.titles
    indicator, place = titles.indicator(row.indicator), titles.place(row.unit)
    label = titles.words.say("board.trend", indicator=indicator, place=place)
    trend = Trend(points, pace_points(target, row), row.target_value, label)
    picture = trend.draw(titles.words.number)
    return TrendOf(picture, [ValueLine(titles, value) for value in reversed(values)])


def _judged(shown: Shown, row: TargetRow) -> list[ValueRow]:
    """Values by the periods in which the target is judged, oldest first."""
    found = results.series(shown.evaluation, row.unit, row.indicator)
    kept = [v for v in found if v.period.last <= shown.days.on]
    if row.period is not None:
        kept = [v for v in kept if v.period.frequency is row.period.frequency]
    return sorted(kept, key=lambda v: v.period)


@on_asked_days
def why(request: HttpRequest, shown: Shown, unit: str, target: str) -> HttpResponse:
    """Why a target stands where it stands at a place."""
    promised = shown.titles.targets.get(target)
    found = promised and results.explain(shown.evaluation, unit, target)
    if not promised or not found:
        raise Closed
    line = TargetLine(shown.titles, promised, found.row, {})
    given = {
        **shown.context,
        "line": line,
        "found": found,
        "value": ValueLine(shown.titles, found.value) if found.value else None,
        "points": [
            (day, shown.titles.amount(value, promised.indicator))
            for day, value in pace_points(promised, found.row)
        ],
        "trend": trend_of(shown, promised, found.row),
        "rules": rules(
            shown, [promised.source, *(m.source for m in promised.milestones)]
        ),
        "reports": reports_of(shown, found.reports),
    }
    return render(request, "desk/why.html", given)
