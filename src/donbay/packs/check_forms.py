"""Checks of forms: that each question can be asked of those who are asked."""

from __future__ import annotations

from itertools import pairwise

from donbay.domain.forms import FieldKind
from donbay.domain.formulas import Formula, Number, Operand, Operation, operands
from donbay.domain.indicators import RollUp
from donbay.domain.periods import Frequency
from donbay.packs.book import by_id
from donbay.packs.check_indicators import check_category
from donbay.packs.checking import Checking
from donbay.packs.form_rows import FieldRow, rows_of
from donbay.packs.places import Place
from donbay.packs.reader import Found

Figure = tuple[str, str | None]


def check_forms(c: Checking) -> None:
    for name, form in c.book.forms.items():
        _name(c, name, form)
        c.refer(form, "level", "unknown_level", c.book.level_ids)
        c.scope(form)
        _review(c, form)
        by_id(list(form.all("sections", Found)), c.problems)
        rows = list(rows_of(form))
        _repeated(c, rows)
        for row in rows:
            if row.kind is FieldKind.FIGURE:
                _figure(c, form, row)
        _checks(c, form, rows)


def _name(c: Checking, name: str, form: Found) -> None:
    """The texts of forms of reporting and of forms of money stand under one word."""
    money = {
        str(said.value)
        for some in c.book.listed("mobilisation")
        for _, said in some.pairs("forms")
    }
    if name in money:
        c.add(form.place, "form_id_taken", id=name)


def _review(c: Checking, form: Found) -> None:
    c.refer_all(form, "review", "unknown_level", c.book.level_ids)
    levels = list(form.each("review", str))
    own = form.get("level", str)
    for level, place in levels:
        if level == own or c.deeper(level, own):
            c.add(place, "review_not_above", level=level, own=own)
    for (one, _), (other, place) in pairwise(levels):
        if c.deeper(other, one):
            c.add(place, "review_order", one=one, other=other)


def _repeated(c: Checking, rows: list[FieldRow]) -> None:
    first: dict[object, Place] = {}
    for row in rows:
        keys: list[object] = [row.id] if row.id else []
        if row.indicator:
            keys.append((row.indicator, row.category))
        before = next((first[key] for key in keys if key in first), None)
        if before:
            c.add(row.place, "field_repeated", id=row.id, first=before.line)
        for key in keys:
            first.setdefault(key, row.place)


def _figure(c: Checking, form: Found, row: FieldRow) -> None:
    c.refer(row.found, "indicator", "unknown_indicator", c.indicator_ids())
    indicator = c.book.indicators.get(row.indicator or "")
    if indicator is None:
        return
    place = row.found.at("indicator")
    check_category(c, row.indicator or "", row.category, row.found.at("category"))
    roll_up = indicator.get("roll_up", RollUp)
    if roll_up and not roll_up.collected:
        c.add(place, "form_computed", indicator=row.indicator, roll_up=roll_up)
        return
    for key, kind, code in (
        ("level", str, "form_level"),
        ("frequency", Frequency, "form_frequency"),
    ):
        own, its = form.get(key, kind), indicator.get(key, kind)
        said = key != "level" or {own, its} <= set(c.book.level_ids)
        if own and its and own != its and said:
            c.add(place, code, indicator=row.indicator, its=its, own=own)


def _checks(c: Checking, form: Found, rows: list[FieldRow]) -> None:
    checks = form.all("checks", Found)
    by_id(list(checks), c.problems)
    asked = {(row.indicator, row.category) for row in rows if row.indicator}
    for check in checks:
        if check.branch == "parts_equal_total":
            _parts(c, check, asked)
        for key in ("part", "whole", "left", "right"):
            for operand in _operands(check, key):
                _operand(c, check.at(key), operand, asked)
        if check.branch == "left" and not [
            *_operands(check, "left"),
            *_operands(check, "right"),
        ]:
            c.add(check.at("left"), "formula_constant")
        part, whole = check.values.get("part"), check.values.get("whole")
        if part and whole and part.value == whole.value:
            c.add(check.at("whole"), "check_itself")


def _parts(c: Checking, check: Found, asked: set[Figure]) -> None:
    name = check.get("parts_equal_total", str) or ""
    indicator = c.book.indicators.get(name)
    c.refer(check, "parts_equal_total", "unknown_indicator", c.indicator_ids())
    if indicator is None:
        return
    wanted = [None, *indicator.all("categories", str)]
    missing = [x or "total" for x in wanted if (name, x) not in asked]
    if missing or len(wanted) == 1:
        said = ", ".join(missing) or "categories"
        c.add(check.at("parts_equal_total"), "check_parts", id=name, missing=said)


def _operands(check: Found, key: str) -> list[Operand]:
    said = check.values.get(key)
    formula: Formula | None = (
        said.value
        if said and isinstance(said.value, Number | Operand | Operation)
        else None
    )
    return list(operands(formula)) if formula else []


def _operand(
    c: Checking,
    place: Place,
    operand: Operand,
    asked: set[Figure],
) -> None:
    shown = operand.indicator + (f"[{operand.category}]" if operand.category else "")
    if (operand.indicator, operand.category) not in asked:
        known = ", ".join(
            sorted({f"{i}[{k}]" if k else str(i) for i, k in asked}, key=str)
        )
        c.add(place, "check_outside_form", figure=shown, known=known or "-")
    elif operand.period is not None or operand.lag > 1:
        c.add(place, "check_at", figure=shown)
