"""Forms and the calendar built from checked records."""

from __future__ import annotations

from datetime import date

from donbay.domain.calls import CLOSES, DUE, OPENS, Call, RoundKind
from donbay.domain.forms import (
    Check,
    Choice,
    Comparison,
    Field,
    Form,
    PartOfWhole,
    PartsEqualTotal,
    Rule,
    Section,
)
from donbay.domain.formulas import Formula, Number, Operand, Operation
from donbay.domain.indicators import Texts
from donbay.domain.periods import Frequency, Period
from donbay.domain.quantities import Comparator
from donbay.packs.form_rows import FieldRow, rows_of_section
from donbay.packs.reader import Found
from donbay.packs.records import Words, need


class FormBuilder:
    """Builds the forms of one book."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def build(self, name: str, found: Found) -> Form:
        return Form(
            name,
            need(found, "level", str),
            need(found, "frequency", Frequency),
            tuple(self._section(name, s) for s in found.all("sections", Found)),
            self.words.of("forms", name),
            found.all("review", str),
            tuple(self._check(name, check) for check in found.all("checks", Found)),
            frozenset(found.all("scope", str)),
        )

    def _section(self, form: str, found: Found) -> Section:
        name = need(found, "id", str)
        fields = tuple(self._field(form, row) for row in rows_of_section(found))
        return Section(name, fields, self.words.of("forms", form, "sections", name))

    def _field(self, form: str, row: FieldRow) -> Field:
        path = ("forms", form, "fields", row.id)
        choices = tuple(
            Choice(one, self.words.of(*path, "choices", one))
            for one in row.found.all("choices", str)
        )
        return Field(
            row.id,
            row.kind,
            row.indicator,
            row.category,
            row.found.get("required", bool) or False,
            choices,
            self._title(path, row),
            self.words.of(*path, "help"),
            row.found.get("jump", float),
        )

    def _title(self, path: tuple[str, ...], row: FieldRow) -> Texts:
        """A figure is called as its indicator or category, unless the form says."""
        if row.indicator is None:
            return self.words.of(*path)
        usual: tuple[str, ...] = ("indicators", row.indicator)
        if row.category is not None:
            usual = (*usual, "categories", row.category)
        return self.words.of(*path, instead=usual)

    def _check(self, form: str, found: Found) -> Check:
        name = need(found, "id", str)
        text = self.words.of("forms", form, "checks", name)
        return Check(name, _rule(found), text, found.get("hard", bool) is not False)


def _rule(found: Found) -> Rule:
    if found.branch == "parts_equal_total":
        return PartsEqualTotal(need(found, "parts_equal_total", str))
    if found.branch == "part":
        return PartOfWhole(need(found, "part", Operand), need(found, "whole", Operand))
    return Comparison(
        _formula(found, "left"),
        need(found, "comparator", Comparator),
        _formula(found, "right"),
    )


def _formula(found: Found, key: str) -> Formula:
    value = need(found, key, object)
    if isinstance(value, Number | Operand | Operation):
        return value
    msg = f"{found.place}: {key}"
    raise LookupError(msg)


def built_call(found: Found) -> Call:
    return Call(
        need(found, "id", str),
        need(found, "kind", RoundKind),
        need(found, "form", str),
        _day(found, "opens", OPENS),
        _day(found, "due", DUE),
        _day(found, "closes", CLOSES),
        found.get("period", Period),
    )


def _day(found: Found, key: str, default: int) -> int | date:
    said = found.values.get(key)
    value = said.value if said else None
    return value if isinstance(value, int | date) else default
