"""The charts of a report, drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from donbay.domain.mobilisation import MobilisationRow
from donbay.domain.periods import Frequency, Period
from donbay.domain.remaining import start_of
from donbay.domain.targets import Target
from donbay.domain.verdicts import Status, TargetRow
from donbay.reports.amounts import over, scale_of, scaled, surely
from donbay.reports.charts import (
    Chart,
    Frame,
    Names,
    Point,
    mobilisation,
    statuses_by_place,
    trend,
)
from donbay.reports.model import Picture
from donbay.reports.palette import SERIES
from donbay.reports.telling import Teller

Draw = Callable[[Chart], bytes]
"""A chart as PNG."""
MOST = 10  # trends; the tables hold every target
WIDE = 14.0  # cm
LARGE = 1_000
PLACES = 12  # targets beside each other in a chart of places


def statuses_chart(teller: Teller, counts: Mapping[Status, int], draw: Draw) -> Picture:
    """How many targets stand where, in one bar."""
    title = teller.say("printed.tally")
    place = teller.names.place(teller.order.unit)
    bar = {str(status): count for status, count in counts.items()}
    frame = _frame(teller, title, teller.say("printed.targets"))
    chart = statuses_by_place(
        frame, [(place, bar)], _statuses(teller), _tally(teller, bar)
    )
    return _picture(teller, chart, draw)


def places_chart(
    teller: Teller, below: Mapping[str, Sequence[TargetRow]], draw: Draw
) -> Picture:
    """Of each target that places have: how many stand where."""
    title = teller.say("printed.places_by_target")
    frame = _frame(teller, title, teller.say("printed.places_unit"))
    bars = [
        (
            teller.names.target(name),
            {str(s): n for s, n in Counter(row.status for row in rows).items()},
        )
        for name, rows in below.items()
        if name in teller.names.targets
    ][:PLACES]
    comma = teller.say("printed.comma")
    said = comma.join(f"{name}: {_tally(teller, bar)}" for name, bar in bars)
    chart = statuses_by_place(frame, bars, _statuses(teller), said)
    return _picture(teller, chart, draw)


def _statuses(teller: Teller) -> dict[str, str]:
    return {str(status): teller.say(f"status.{status}") for status in Status}


def _tally(teller: Teller, counts: Mapping[str, int]) -> str:
    """The counts in words, for who does not see the bar."""
    said = (
        f"{teller.say(f'status.{status}')} {teller.words.number(count)}"
        for status, count in counts.items()
        if count
    )
    return teller.say("printed.comma").join(said)


# --- trends ---


def trend_charts(teller: Teller, draw: Draw) -> Iterator[Picture]:
    """Of the first targets that have a line to draw."""
    made = 0
    for row in teller.matter.targets:
        if made == MOST:
            return
        target = teller.names.targets.get(row.target)
        if target is None or target.window is not None:
            continue  # its running total is not among the values
        chart = _trend(teller, row)
        if not chart.empty:
            made += 1
            yield _picture(teller, chart, draw)


def _trend(teller: Teller, row: TargetRow) -> Chart:
    names, words = teller.names, teller.words
    target = names.targets[row.target]
    frequency = _frequency(teller, target)
    values = [
        Point(value.period.last, value.value, words.period(value.period))
        for value in teller.matter.values
        if value.indicator == row.indicator
        and value.value is not None
        and value.period.frequency is frequency
        and value.period.last <= teller.order.period.last
    ]
    said = teller.say("printed.comma").join(
        f"{point.named} {names.amount(point.value, row.indicator)}" for point in values
    )
    frame = _frame(
        teller, names.target(row.target), names.unit_of_measure(row.indicator)
    )
    called = Names(
        teller.say("heading.value"),
        teller.say("heading.pace"),
        teller.say("heading.target_value"),
    )
    pace = list(_pace(teller, target, row))
    return trend(frame, called, values, pace, target=target.value, summary=said)


def _frequency(teller: Teller, target: Target) -> Frequency:
    """Of the periods that the target judges."""
    own = teller.matter.programme.indicators[target.indicator].frequency
    judged = target.period or own
    return judged.frequency if isinstance(judged, Period) else judged


def _pace(teller: Teller, target: Target, row: TargetRow) -> Iterator[Point]:
    """The corners of the line that the target should follow."""
    if row.baseline is None or target.baseline is None:
        return
    corners: list[tuple[date, float]] = []
    if start := start_of(target):
        corners.append((start, row.baseline))
    corners += [(m.day, m.value) for m in target.milestones]
    corners.append((target.deadline, target.value))
    for day, value in corners:
        yield Point(day, value, teller.words.day(day))


# --- money ---


def money_chart(
    teller: Teller,
    indicator: str,
    periods: Mapping[Period, Sequence[MobilisationRow]],
    draw: Draw,
) -> Picture | None:
    """By source over time; none where no source is known, or looks would run out."""
    words, names = teller.words, teller.names
    sources = dict.fromkeys(
        row.source
        for rows in periods.values()
        for row in rows
        if row.source and surely(row.amount) is not None
    )
    if not sources or len(sources) > len(SERIES):
        return None
    amounts = [
        {row.source or "": surely(row.amount) for row in rows if row.form is None}
        for rows in periods.values()
    ]
    scale, unit = _money_unit(teller, indicator, amounts)
    series = [
        (names.funding(one), [over(some.get(one), scale) for some in amounts])
        for one in sources
    ]
    totals = [over(some.get(""), scale) for some in amounts]
    said = teller.say("printed.comma").join(
        f"{words.period(period)} {names.amount(total, indicator)}"
        for period, some in zip(periods, amounts, strict=True)
        if (total := some.get("")) is not None
    )
    frame = _frame(teller, names.indicator(indicator), unit)
    years = [words.period(period) for period in periods]
    return _picture(teller, mobilisation(frame, years, series, totals, said), draw)


def _money_unit(
    teller: Teller, indicator: str, amounts: Sequence[Mapping[str, float | None]]
) -> tuple[float, str]:
    named = teller.names.unit_of_measure(indicator)
    scale = scale_of(v for some in amounts for v in some.values())
    return scale, scaled(teller.words, named, scale)


# --- around a chart ---


def _frame(teller: Teller, title: str, unit: str) -> Frame:
    return Frame(
        title,
        unit,
        teller.words.period(teller.order.period),
        teller.names.programme,
        partial(_short, teller),
        right_to_left=teller.words.right_to_left,
    )


def _short(teller: Teller, value: float) -> str:
    """On a scale there is no room for parts of large numbers."""
    return teller.words.number(value, 0 if abs(value) >= LARGE else 2)


def _picture(teller: Teller, chart: Chart, draw: Draw) -> Picture:
    """Title, unit, period and source stand in the caption, as text."""
    frame = chart.frame
    caption = teller.say(
        "printed.caption",
        title=frame.title,
        under=frame.under,
        source=frame.source,
    )
    told = frame.title
    if chart.summary:
        summary = chart.summary
        told = teller.say("printed.alternative", title=frame.title, summary=summary)
    return Picture(draw(chart), caption, told, WIDE)
