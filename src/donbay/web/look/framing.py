"""What stands around a picture of a programme's figures: titles, units, sources."""

from __future__ import annotations

from donbay.domain.targets import Target
from donbay.reports.charts import Frame
from donbay.web.look.titles import Titles


def frame_of(titles: Titles, indicator: str, unit: str, period: str) -> Frame:
    """Of one indicator at one place."""
    words, found = titles.words, titles.pack.programme.indicators[indicator]
    title = words.say(
        "chart.trend", indicator=titles.indicator(indicator), place=titles.place(unit)
    )

    def number(value: float) -> str:
        return words.quantity(value, found.unit, "", found.decimals)

    return Frame(
        title,
        titles.unit_of_measure(indicator),
        period,
        source_of(titles),
        number,
        words.right_to_left,
    )


def frame_of_target(titles: Titles, target: Target) -> Frame:
    """Of a target at all its places."""
    words = titles.words
    unit = titles.unit_of_measure(target.indicator)
    title = words.say("map.title", target=titles.target(target.id))
    return frame_of_map(titles, title, unit)


def frame_of_map(titles: Titles, title: str, unit: str) -> Frame:
    """Its period is the day judged, and the day of the places where that is another."""
    words, days = titles.words, titles.days
    when = words.day(days.on)
    if days.map != days.on:
        when = words.say("map.as_of", on=when, map=words.day(days.map))
    return Frame(
        title, unit, when, source_of(titles), words.number, words.right_to_left
    )


def source_of(titles: Titles) -> str:
    """Whose figures, and up to when they were known."""
    words, promise = titles.words, titles.pack.programme
    name = promise.title.in_(words.language, promise.id)
    if titles.days.known is None:
        return words.say("chart.source_all", programme=name)
    known = words.day(titles.days.known.date())
    return words.say("chart.source", programme=name, known=known)
