"""The charts of the public pages: how places stand, what changed, ladders, money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from donbay.domain.periods import Period
from donbay.domain.quantities import equal
from donbay.domain.targets import Target
from donbay.reports.amounts import over, scale_of, scaled, surely
from donbay.reports.charts import (
    Change,
    Frame,
    Sides,
    bars_by_place,
    changes,
    levels,
    mobilisation,
    statuses_by_place,
)
from donbay.reports.palette import SERIES
from donbay.texts import Wording
from donbay.texts.wording import PERCENT
from donbay.web.look.charts import Cell, Figure, figure, plain
from donbay.web.look.framing import frame_of, frame_of_map
from donbay.web.look.grounds import of_one_level
from donbay.web.look.lines import WORST_FIRST, TargetLine
from donbay.web.look.money import MoneyLine
from donbay.web.look.titles import Titles
from donbay.web.portal.promises import Promise

MOST_PROMISES = 12  # side by side, as in print
MOST_PLACES = 30  # bars below each other; of more, those that are furthest behind
LARGE = 1_000
FEWEST = 2  # of one alone there is nothing to compare


def standing(titles: Titles, lines: Sequence[TargetLine]) -> Figure | None:
    """Of each promise that places have: how many stand where; the worst first."""
    words = titles.words
    shown = [line for line in lines if line.many][:MOST_PROMISES]
    if not shown:
        return None
    present = [s for s in WORST_FIRST if any(line.counts.get(s) for line in shown)]
    named = {str(s): words.say(f"status.{s}") for s in present}
    title = words.say("chart.standing")
    frame = frame_of_map(titles, title, words.say("printed.places_unit"))
    bars = [(x.title, {str(s): n for s, n in x.counts.items()}) for x in shown]
    summary = words.say("chart.standing_summary", count=words.number(len(shown)))
    rows = [
        [plain(x.title), *(_count(titles, x.counts.get(s)) for s in present)]
        for x in shown
    ]
    headings = [words.say("heading.target"), *named.values()]
    chart = statuses_by_place(frame, bars, named, summary)
    return Figure("standing", headings, rows, chart)


def _count(titles: Titles, count: int | None) -> Cell:
    """That no place stands there is known, for all that are judged stand somewhere."""
    return figure(titles.words.number(count or 0), count or 0)


# --- what changed ------------------------------------------------------------------


def changed(titles: Titles, promises: Sequence[Promise]) -> list[Figure]:
    """One picture for each unit of measure in which several promises changed."""
    groups: dict[str, list[Promise]] = {}
    for one in promises:
        if one.change is not None:
            groups.setdefault(_measure(titles, one), []).append(one)
    some = [(unit, found) for unit, found in groups.items() if len(found) >= FEWEST]
    some.sort(key=lambda group: -len(group[1]))
    return [
        _changed(titles, f"changes-{number}", unit, found)
        for number, (unit, found) in enumerate(some, 1)
    ]


def _measure(titles: Titles, one: Promise) -> str:
    """Between percentages lie points."""
    indicator = titles.pack.programme.indicators[one.line.target.indicator]
    if indicator.unit in PERCENT:
        return titles.words.say("chart.points")
    return titles.unit_of_measure(indicator.id)


def _changed(titles: Titles, name: str, unit: str, found: Sequence[Promise]) -> Figure:
    say = titles.words.say
    ways = {True: "good", False: "warning", None: "open"}
    sides = Sides(*(say(f"portal.way.{way}") for way in ways.values()))
    frame = frame_of_map(titles, say("chart.changes"), unit)
    bars, rows = [], []
    for one in found:
        if change := one.change:
            bars.append(Change(one.line.title, change.by, change.better))
            rows.append(
                [
                    plain(one.line.title),
                    figure(one.changed_by, change.by),
                    plain(say(f"portal.way.{ways[change.better]}")),
                    Cell(titles.words.period(change.since), str(change.since)),
                ]
            )
    counts = {
        way: titles.words.number(sum(bar.better is better for bar in bars))
        for better, way in ways.items()
    }
    summary = say("chart.changes_summary", unit=unit, **counts)
    heads = ("heading.target", "portal.change", "chart.way", "chart.since")
    headings = [say(head) for head in heads]
    return Figure(name, headings, rows, changes(frame, bars, sides, summary))


# --- ladders -----------------------------------------------------------------------


Rung = tuple[str, int, int | None]
"""Its name, how many places reach it, and how many are recognised there."""


def ladder(titles: Titles, name: str, rungs: Sequence[Rung]) -> Figure:
    """How many places stand on each rung, from the highest: reached and recognised."""
    words, set_title = titles.words, titles.set(name)
    title = words.say("chart.ladder", set=set_title)
    frame = frame_of_map(titles, title, words.say("printed.places_unit"))
    upwards = rungs[::-1]
    series = [
        (words.say("heading.reached"), [_bar(one[1]) for one in upwards]),
        (words.say("heading.recognised"), [_bar(one[2]) for one in upwards]),
    ]
    summary = words.say("chart.ladder_summary", set=set_title)
    chart = levels(frame, [one[0] for one in upwards], series, summary)
    heads = ("board.level", "portal.places_reach", "portal.places_recognised")
    rows = [
        [plain(rung), *(_places(titles, n) for n in counts)] for rung, *counts in rungs
    ]
    return Figure(f"levels-{name}", [words.say(head) for head in heads], rows, chart)


def _bar(count: int | None) -> float | None:
    return None if count is None else float(count)


def _places(titles: Titles, count: int | None) -> Cell:
    return figure("" if count is None else titles.words.number(count), count)


# --- resources ---------------------------------------------------------------------


Groups = Sequence[tuple[str, Period, Sequence[MoneyLine]]]


def money(titles: Titles, unit: str, groups: Groups) -> Iterator[Figure]:
    """Of each kind of resources, by source over time."""
    for number, indicator in enumerate(dict.fromkeys(one for one, _, _ in groups), 1):
        some = {period: lines for one, period, lines in groups if one == indicator}
        years = dict(sorted(some.items()))
        if found := _money(titles, f"money-{number}", indicator, unit, years):
            yield found


def _money(
    titles: Titles,
    name: str,
    indicator: str,
    unit: str,
    years: Mapping[Period, Sequence[MoneyLine]],
) -> Figure | None:
    """None where no source is known, or where looks would run out."""
    amounts = [
        {x.row.source or "": surely(x.row.amount) for x in lines if x.row.form is None}
        for lines in years.values()
    ]
    found = dict.fromkeys(
        s for some in amounts for s, n in some.items() if s and n is not None
    )
    if not found or len(found) > len(SERIES):
        return None
    words, scale = titles.words, scale_of(v for some in amounts for v in some.values())
    frame = _money_frame(titles, indicator, unit, years, scale)
    series = [
        (titles.funding(one), [over(some.get(one), scale) for some in amounts])
        for one in found
    ]
    totals = [over(some.get(""), scale) for some in amounts]
    told = [words.period(period) for period in years]
    summary = words.say("chart.money_summary", title=frame.title, span=frame.period)
    chart = mobilisation(frame, told, series, totals, summary)
    headings = [
        words.say("heading.period"),
        *(one for one, _ in series),
        words.say("portal.money_total"),
    ]
    rows = [
        [Cell(words.period(period), str(period)), *_amounts(lines, [*found, None])]
        for period, lines in years.items()
    ]
    return Figure(name, headings, rows, chart)


def _money_frame(
    titles: Titles,
    indicator: str,
    unit: str,
    years: Mapping[Period, Sequence[MoneyLine]],
    scale: float,
) -> Frame:
    """Says so where bars are what there is at the least."""
    words, periods = titles.words, list(years)
    measure = scaled(words, titles.unit_of_measure(indicator), scale)
    if any(_bound(line) for lines in years.values() for line in lines):
        measure = words.say("chart.at_least", unit=measure)
    ends = dict.fromkeys(words.period(period) for period in (periods[0], periods[-1]))
    found = frame_of(titles, indicator, unit, " – ".join(ends))
    return replace(found, unit=measure, number=partial(_short, words))


def _bound(line: MoneyLine) -> bool:
    amount = line.row.amount
    return amount.number is not None and not equal(amount.range.low, amount.range.high)


def _short(words: Wording, value: float) -> str:
    """In a bar there is no room for parts of large numbers."""
    return words.number(value, 0 if abs(value) >= LARGE else 2)


def _amounts(
    lines: Sequence[MoneyLine], sources: Sequence[str | None]
) -> Iterator[Cell]:
    """Of each source, and of the whole."""
    own = {line.row.source: line for line in lines if line.row.form is None}
    for source in sources:
        line = own.get(source)
        yield figure(line.amount, surely(line.row.amount)) if line else figure("", None)


# --- places ------------------------------------------------------------------------


def at_places(
    titles: Titles, target: Target, lines: Sequence[TargetLine]
) -> Figure | None:
    """The value of each place of one level; of many, those that are furthest behind."""
    level = set(of_one_level(titles, [line.unit for line in lines]))
    here = [x for x in lines if x.unit in level and x.row]
    known = [x for x in here if x.row and x.row.value is not None]
    if len(known) < FEWEST:
        return None
    known.sort(key=_value, reverse=not target.comparator.upward)
    shown = known[:MOST_PLACES]
    words, name = titles.words, titles.target(target.id)
    said = "chart.places" if len(known) == len(shown) else "chart.places_behind"
    count = words.number(len(shown))
    title = words.say(said, target=name, count=count)
    usual = frame_of(titles, target.indicator, shown[0].unit, words.day(titles.days.on))
    lacks = words.number(len(here) - len(known))
    summary = words.say("chart.places_summary", title=title, count=count, lacks=lacks)
    chart = bars_by_place(
        replace(usual, title=title),
        [(x.place, _value(x)) for x in shown],
        words.say("heading.value"),
        summary,
    )
    heads = ("unit_name", "value", "period", "status")
    headings = [words.say(f"heading.{head}") for head in heads]
    return Figure("places", headings, [_place(titles, x) for x in shown], chart)


def _value(line: TargetLine) -> float:
    found = line.row.value if line.row else None
    return 0.0 if found is None else found  # only of lines that have one


def _place(titles: Titles, line: TargetLine) -> list[Cell]:
    period = line.row.period if line.row else None
    return [
        plain(line.place),
        figure(line.value, _value(line)),
        Cell(titles.words.period(period) if period else "", str(period or "")),
        Cell(line.status_word, line.status),
    ]
