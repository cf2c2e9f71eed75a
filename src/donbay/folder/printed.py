"""What a printed report is made from, out of a folder."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from donbay.domain.problems import Problem, Refused
from donbay.domain.verdicts import Days, Evaluation, LevelRow
from donbay.folder.study import Study
from donbay.reports.gathering import latest, places_below
from donbay.reports.matter import Matter, Order, Origins

TABLES = ("values", "targets", "criteria", "levels")


def matter_of(study: Study, order: Order, days: Days) -> Matter:
    """The verdicts of a place and of all places in it. Raises Refused."""
    asked = study.edition(days.on)
    ground = asked.territory.on(days.map)
    if order.unit not in ground:
        about = {"unit": order.unit}
        raise Refused([Problem("cli.no_unit", str(study.path), None, None, about)])
    found = asked.evaluation(days, TABLES)
    below = set(places_below(ground, order.unit))
    values_below = latest(
        (row for row in found.values if row.unit in below), order.period.last
    )
    matter = Matter(
        asked.programme,
        asked.pack.texts,
        ground,
        days,
        [row for row in found.targets if row.unit == order.unit],
        [row for row in found.values if row.unit == order.unit],
        below=[row for row in found.targets if row.unit in below],
        values_below=values_below,
        criteria=[row for row in found.criteria if row.unit == order.unit],
        levels=_levels(found, order.unit, below),
        money=[row for row in asked.money(days) if row.unit == order.unit],
        origins=_origins(asked, below | {order.unit}),
        synthetic=asked.synthetic,
    )
    return _with_before(study, order, days, matter)


def _levels(found: Evaluation, unit: str, below: Collection[str]) -> list[LevelRow]:
    return [row for row in found.levels if row.unit == unit or row.unit in below]


def _with_before(study: Study, order: Order, days: Days, matter: Matter) -> Matter:
    """Where the targets of the place stood when the period began, as known now."""
    day = order.period.first - timedelta(days=1)
    earlier = Days(day, day, days.known)
    before = study.edition(day).evaluation(earlier, ("targets",)).targets
    own = [row for row in before if row.unit == order.unit]
    return replace(matter, before=own, before_on=day)


def _origins(study: Study, units: Collection[str]) -> Origins:
    """Of each figure the source of its last report: its article, else as given."""
    last = {
        (row.unit, row.indicator, row.period): row.source
        for row in study.observations
        if row.unit in units and row.value is not None
    }
    told = {source: _told(study, source) for source in set(last.values())}
    return {key: told[source] for key, source in last.items()}


def _told(study: Study, source: str) -> str:
    article = study.shelf.article(source)
    if article is None:
        return source
    parts = (article.title, article.publisher, article.date, article.address)
    return ", ".join(part for part in parts if part)
