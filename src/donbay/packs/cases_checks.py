"""Checks of a case against its programme: every name must mean something."""

from __future__ import annotations

from datetime import date

from donbay.domain.periods import Frequency, Period
from donbay.domain.programmes import Programme
from donbay.packs.places import Problems, nearest
from donbay.packs.reader import Found


def check_case(case: Found, programme: Programme, problems: Problems) -> None:
    given, then = case.get("given", Found), case.get("then", Found)
    if given:
        _given(given, programme, problems)
    units = {u.get("id", str) for u in given.all("units", Found)} if given else set()
    names = {
        "unit": ("case_unit", {unit for unit in units if unit}),
        "indicator": ("unknown_indicator", set(programme.indicators)),
        "target": ("unknown_target", {target.id for target in programme.targets}),
        "set": ("unknown_set", {found.id for found in programme.criteria}),
    }
    for record in _rows(given) + _rows(then):
        for key, (code, known) in names.items():
            _known(record, key, code, known, problems)
    for row in given.all("observations", Found) if given else ():
        _period(row, programme, problems)
    if then is not None and not then.values:
        problems.add(then.place, "case_expects_nothing")


def _rows(found: Found | None) -> list[Found]:
    keys = found.values if found else ()
    return [row for key in keys if found for row in found.all(key, Found)]


def _given(given: Found, programme: Programme, problems: Problems) -> None:
    units = list(given.all("units", Found))
    names = {name for unit in units if (name := unit.get("id", str))}
    for unit in units:
        _known(unit, "level", "unknown_level", set(programme.level_ids), problems)
        _known(unit, "parent", "case_unit", names, problems)
        first, last = unit.get("valid_from", date), unit.get("valid_to", date)
        if first and last and first > last:
            said = {"first": "valid_from", "second": "valid_to"}
            place = unit.at("valid_to")
            problems.add(place, "dates_order", **said, one=first, other=last)
    for row in given.all("successions", Found):
        for key in ("from", "to"):
            _known(row, key, "case_unit", names, problems)


def _known(
    record: Found, key: str, code: str, known: set[str], problems: Problems
) -> None:
    value = record.get(key, str)
    if value is not None and value not in known:
        near = nearest(value, known)
        problems.add(record.at(key), code, value=value, nearest=near)


def _period(row: Found, programme: Programme, problems: Problems) -> None:
    period = row.get("period", Period)
    indicator = programme.indicators.get(row.get("indicator", str) or "")
    if period is None or indicator is None:
        return
    right = period.frequency is indicator.frequency
    if indicator.frequency is Frequency.SPAN:
        right = period in indicator.spans
    if not right:
        said = {"period": period, "indicator": indicator.id}
        problems.add(
            row.at("period"), "case_period", **said, frequency=indicator.frequency
        )
    category = row.get("category", str)
    if category and category not in indicator.categories:
        near = nearest(category, indicator.categories)
        place = row.at("category")
        problems.add(place, "unknown_category", value=category, nearest=near)
