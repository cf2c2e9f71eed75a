"""Why: a verdict with its clause, and what each figure is made of.

A figure is explained by one step: the figures at the same place from which it is
computed, the same figure at the places below, its parts over time, and what was
reported for the place itself. Each has such a page of its own. Nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donbay.domain.formulas import operands
from donbay.domain.indicators import Indicator
from donbay.domain.periods import Frequency, Period, parse_period
from donbay.domain.verdicts import ValueRow
from donbay.web.ledger.models import Observation
from donbay.web.ledger.queries import reports_of
from donbay.web.look.charts import handed_out, shared
from donbay.web.look.lines import TargetLine, ValueLine
from donbay.web.look.rules import rules, rules_of
from donbay.web.look.titles import Titles
from donbay.web.look.trends import pace_points, trend_of
from donbay.web.offices.permissions import Closed
from donbay.web.portal.published import Seen, of_programme
from donbay.web.results import queries as results
from donbay.web.results.tallies import side_by_side

REPORT = "submission:"  # begins the source of a row that an approved report brought
MOST = 400  # places below that are listed on one page


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure at a place in a period; `named` tells it from those beside it."""

    value: ValueLine
    named: str

    @property
    def unit(self) -> str:
        return self.value.row.unit


@dataclass(frozen=True, slots=True)
class Reported:
    """A row of the ledger as everybody may see it: no person, no draft, no note."""

    titles: Titles
    row: Observation

    @property
    def place(self) -> str:
        return self.titles.place(self.row.unit_id)

    @property
    def category(self) -> str:
        part = self.row.category
        return self.titles.category(self.row.indicator, part) if part else ""

    @property
    def value(self) -> str:
        if self.row.value is None:
            return self.titles.words.say("board.withdrawn")
        amount = self.titles.amount(self.row.value, self.row.indicator)
        return self.titles.words.say(f"bound.{self.row.bound}", value=amount)

    @property
    def source(self) -> str:
        """What an import cites; a report's own number is of no use outside."""
        return "" if self.row.source.startswith(REPORT) else self.row.source


@dataclass(frozen=True)
class Made:
    """What a figure is made of, one step down."""

    indicator: Indicator
    value: ValueLine | None
    operands: Sequence[FigureLine]
    below: Sequence[FigureLine]
    over_time: Sequence[FigureLine]
    reports: Sequence[Reported]

    @property
    def roll_up(self) -> str:
        return self.indicator.roll_up.value


@of_programme
def figure(
    request: HttpRequest, seen: Seen, unit: str, indicator: str, period: str
) -> HttpResponse:
    """One value of a place in a period, and what it is made of."""
    titles = seen.titles
    promised = titles.pack.programme.indicators.get(indicator)
    when = _period(period)
    if promised is None or when is None or unit not in titles.territory.versions:
        raise Closed
    made = made_of(seen, unit, promised, when)
    if made.value is None and not made.reports:
        raise Closed
    given = {
        **seen.context,
        "unit": unit,
        "place": titles.place(unit),
        "title": titles.indicator(indicator),
        "period": when,
        "made": made,
        "rules": rules(titles, [promised.source]),
    }
    return render(request, "portal/figure.html", given)


def _period(text: str) -> Period | None:
    try:
        return parse_period(text.replace("_", "/"))
    except ValueError:
        return None


@of_programme
def why(request: HttpRequest, seen: Seen, unit: str, target: str) -> HttpResponse:
    """Why a promise stands where it stands at a place."""
    titles = seen.titles
    promised = titles.targets.get(target)
    rows = results.targets(seen.evaluation, unit=unit, target=target)
    if promised is None or not rows:
        raise Closed
    (row,) = rows
    indicator = titles.pack.programme.indicators[row.indicator]
    trend = trend_of(titles, seen.evaluation, promised, row)
    if answer := handed_out(request, [trend.figure]):
        return answer
    given = {
        **seen.context,
        **shared(request),
        "line": TargetLine(titles, promised, row, {}),
        "points": [
            (day, titles.amount(value, promised.indicator))
            for day, value in pace_points(promised, row)
        ],
        "trend": trend,
        "rules": rules_of(titles, promised),
        "made": row.period and made_of(seen, unit, indicator, row.period),
    }
    return render(request, "portal/why.html", given)


def made_of(seen: Seen, unit: str, indicator: Indicator, period: Period) -> Made:
    """Five queries at most, and one more for each few hundred places below."""
    titles = seen.titles
    here = {v.indicator: v for v in results.values(seen.evaluation, unit, period)}
    value = here.get(indicator.id)
    found = reports_of(seen.programme, places_of(titles, unit), indicator.id, period)
    return Made(
        indicator,
        ValueLine(titles, value) if value else None,
        [
            FigureLine(ValueLine(titles, here[name]), titles.indicator(name))
            for name in rests_on(indicator)
            if name in here
        ],
        _below(seen, unit, indicator, period),
        _over_time(seen, unit, indicator, period),
        [Reported(titles, row) for row in found],
    )


def rests_on(indicator: Indicator) -> list[str]:
    """What it is computed from at the same place and in the same period."""
    found = [indicator.numerator, indicator.denominator, indicator.weight]
    if indicator.formula is not None:
        found += [one.indicator for one in operands(indicator.formula)]
    return list(dict.fromkeys(name for name in found if name))


def places_of(titles: Titles, unit: str) -> list[str]:
    """A place, and those that it took over from: its figures before are theirs."""
    origins = [s.origin for s in titles.territory.successions if s.heir == unit]
    return list(dict.fromkeys([unit, *origins]))


def _below(
    seen: Seen, unit: str, indicator: Indicator, period: Period
) -> list[FigureLine]:
    """The same at the places directly below; of what counts places, what it asks."""
    titles = seen.titles
    units = [u for u, version in titles.ground.items() if version.parent == unit]
    asked = indicator.condition
    leaves = asked and all(titles.place_level(u) == indicator.level for u in units)
    name = asked.indicator if asked and leaves else indicator.id
    found = side_by_side(seen.evaluation, units[:MOST], name, period)
    return _lines(titles, ((titles.place(u), found[u]) for u in units if u in found))


def _over_time(
    seen: Seen, unit: str, indicator: Indicator, period: Period
) -> list[FigureLine]:
    if period.frequency is indicator.frequency or (
        indicator.frequency is Frequency.SPAN
    ):
        return []
    wanted = set(period.parts(indicator.frequency))
    words = seen.titles.words
    found = results.series(seen.evaluation, unit, indicator.id)
    rows = ((words.period(v.period), v) for v in found if v.period in wanted)
    return _lines(seen.titles, rows)


def _lines(titles: Titles, rows: Iterable[tuple[str, ValueRow]]) -> list[FigureLine]:
    return [FigureLine(ValueLine(titles, row), named) for named, row in rows]
