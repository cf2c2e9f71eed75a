"""Turns the rows of observations into columns of codes, checking every one."""

from __future__ import annotations

from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from donbay.domain.ledger import Log
from donbay.domain.periods import Frequency, Period
from donbay.domain.quantities import Bound
from donbay.tables.arrays import as_kind, filled, missing
from donbay.tables.calendar import read_period
from donbay.tables.cells import EMPTY, Cells, coded, decode, report
from donbay.tables.coding import Coding
from donbay.tables.findings import Fault, Findings, Ints, fault
from donbay.tables.moments import implausible, read_moments, to_utc
from donbay.tables.numbers import parse_number
from donbay.tables.relations import Relations
from donbay.tables.vocabulary import Vocabulary
from donbay.tables.word_codes import WordCodes

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Codes: TypeAlias = npt.NDArray[Any]  # of the smallest integers that hold them

BOUNDS = tuple(Bound)
NEEDED = ("unit", "indicator", "period", "value", "recorded_at")
KINDS: dict[str, Any] = {
    "unit": np.int32,
    "indicator": np.int16,
    "period": np.int16,
    "category": np.int16,
    "bound": np.int8,
    "value": np.float64,
    "recorded_at": np.int64,
}
YEARS = range(1900, 2200)


class LogReader:
    """Reads one file's cells in their order; what it finds goes to `findings`.

    `units` None: the file of units could not be read, so every name may be right.
    """

    def __init__(
        self,
        coding: Coding,
        units: Vocabulary | None,
        findings: Findings,
        notices: Findings,
    ) -> None:
        self._coding, self._units = coding, units
        self._findings = findings
        self._zone = ZoneInfo(coding.programme.time_zone)
        self._relations = Relations(coding, findings, notices)
        self._spans = {span for i in coding.indicators for span in i.spans}
        self._words = self._vocabularies()
        self._latest = np.iinfo(np.int64).min
        self._periods: tuple[Period, ...] = ()
        self._indicator_ids = tuple(coding.indicator_code)

    def _vocabularies(self) -> dict[str, WordCodes]:
        coding, units = self._coding, self._units
        indicators = Vocabulary(coding.indicator_code, "indicator_unknown")
        categories = Vocabulary(coding.category_code, "category_unknown")
        bounds = Vocabulary(BOUNDS, "bound_unknown", listed=True)
        bound_code = {str(bound): code for code, bound in enumerate(BOUNDS)}

        def look_up(codes: dict[str, int], names: Vocabulary) -> Any:  # noqa: ANN401
            def code(word: str) -> int | Fault:
                found = codes.get(word)
                return names.unknown(word) if found is None else found

            return code

        unit = look_up(coding.unit_code, units) if units else lambda _: 0
        columns = {
            "unit": (unit, None),
            "indicator": (look_up(coding.indicator_code, indicators), None),
            "period": (self._period, None),
            "category": (look_up(coding.category_code, categories), -1),
            "bound": (look_up(bound_code, bounds), 0),
        }
        return {
            name: WordCodes(name, read, self._findings, empty=empty)
            for name, (read, empty) in columns.items()
        }

    def _period(self, word: str) -> int | Fault:
        period = read_period(word)
        if isinstance(period, Fault):
            return period
        if period.frequency is Frequency.SPAN and period not in self._spans:
            expected = ", ".join(map(str, sorted(self._spans)))
            return fault("span_unknown", found=word, expected=expected)
        if period.index // 12 not in YEARS:
            return fault("period_range", found=word)
        return self._coding.add_period(period)

    def read(self, cells: Cells) -> Log | None:
        """None where the file lacks a needed column; refused rows hold code 0."""
        columns: dict[str, Codes] = {}
        bad: Bools | None = None
        for name, words in self._words.items():
            if name in cells.columns:
                columns[name], wrong = words.read(cells, KINDS[name])
                bad = _either(bad, wrong)
        if "value" in cells.columns:
            columns["value"], wrong = self._value(cells)
            bad = _either(bad, wrong)
        if "recorded_at" in cells.columns:
            columns["recorded_at"] = self._moment(cells)
        if any(name not in columns for name in NEEDED):
            return None
        log = self._log(columns)
        self._relations.check(
            log,
            cells,
            bad,
            *(self._words[n].present() for n in ("indicator", "period")),
        )
        return log

    def _log(self, columns: dict[str, Codes]) -> Log:
        coding = self._coding
        if len(self._periods) != len(coding.periods):
            self._periods = tuple(coding.periods)
        category, bound = columns.get("category"), columns.get("bound")
        return Log(
            coding.units,
            self._indicator_ids,
            self._periods,
            coding.categories,
            columns["unit"],
            columns["indicator"],
            columns["period"],
            columns["value"],
            columns["recorded_at"],
            category if category is not None and (category >= 0).any() else None,
            bound if bound is not None and bound.any() else None,
            ordered=self._in_order(columns["recorded_at"]),
        )

    def _in_order(self, moment: Ints) -> bool:
        """Whether no row was recorded before one above it, in earlier cells too."""
        if not len(moment):
            return True
        first, self._latest = self._latest, max(self._latest, int(moment.max()))
        return bool(first <= moment[0] and (moment[1:] >= moment[:-1]).all())

    def _value(self, cells: Cells) -> tuple[Floats, Bools | None]:
        array = cells.columns["value"]
        kind = array.type
        if not (pa.types.is_dictionary(kind) or pa.types.is_string(kind)):
            return self._numbers(array, cells)
        if not pa.types.is_dictionary(kind):
            array = array.dictionary_encode()
        return self._texts(array, cells)

    def _numbers(self, array: pa.Array, cells: Cells) -> tuple[Floats, Bools | None]:
        if array.type != pa.float64():
            array = array.cast(pa.float64(), safe=False)
        numbers = filled(array, np.float64, np.nan)
        odd = ~np.isfinite(numbers)
        if np.count_nonzero(odd) == array.null_count:
            return numbers, None
        empty = missing(array)
        codes = (odd if empty is None else odd & ~empty).astype(np.int8)
        wrong = {1: fault("number_not_finite", found="NaN / Infinity")}
        return numbers, report(self._findings, "value", cells, codes, wrong)

    def _texts(self, array: pa.Array, cells: Cells) -> tuple[Floats, Bools | None]:
        column = coded(array)
        read, faults = decode(column, parse_number)
        lut = np.array([np.nan if x is None else x for x in read], np.float64)
        bad = report(self._findings, "value", cells, column.codes, faults)
        return lut[column.codes], bad if faults else None

    def _moment(self, cells: Cells) -> Ints:
        """Microseconds since 1970 UTC; what is refused here is 0."""
        array = cells.columns["recorded_at"]
        kind = array.type
        if not (pa.types.is_timestamp(kind) or pa.types.is_date(kind)):
            return self._moment_texts(array, cells)
        if (empty := missing(array)) is not None:
            report(
                self._findings, "recorded_at", cells, empty.astype(np.int8), {1: EMPTY}
            )
        zoned = pa.types.is_timestamp(kind) and kind.tz is not None
        whole = pa.timestamp("us", kind.tz if zoned else None)
        try:
            moments: Ints = filled(as_kind(array, whole), np.int64, 0)
        except pa.ArrowInvalid:  # a second so far off that microseconds cannot count it
            moments = np.full(len(array), np.iinfo(np.int64).max)
        if not zoned:
            moments = to_utc(moments, self._zone)
        outside = implausible(moments)
        if len(outside):
            first = np.datetime64(int(moments[outside[0]]), "us")
            wrong = fault("moment_range", found=first)
            self._findings.at(wrong, "recorded_at", cells.lines_at(outside))
        return moments

    def _moment_texts(self, array: pa.Array, cells: Cells) -> Ints:
        column = coded(array)
        *words, _ = column.words
        moments, faults = read_moments(words, self._zone)
        faults[len(words)] = EMPTY
        report(self._findings, "recorded_at", cells, column.codes, faults)
        return np.append(moments, 0)[column.codes]


def _either(one: Bools | None, other: Bools | None) -> Bools | None:
    if one is None or other is None:
        return other if one is None else one
    return one | other
