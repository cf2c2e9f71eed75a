"""Our engine behind the benchmark's interface: the one file that knows both sides."""

import gc
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.case import Case
from benchmarks.increments import Incremental, Submission
from benchmarks.our_pack import pack_of, territory_of
from benchmarks.results import Results
from benchmarks.spec import LAST_DAYS, ON, PERIODS, REACHED, REASONS, STATUSES
from donbay.domain.ledger import Column, Log
from donbay.domain.periods import parse_period
from donbay.domain.verdicts import Days
from donbay.engine.fast import leaves
from donbay.engine.fast.columns import Coded, Columns
from donbay.engine.fast.criteria import Sets
from donbay.engine.fast.forms import Element
from donbay.engine.fast.live import Live
from donbay.engine.fast.results import Result
from donbay.engine.fast.run import Run
from donbay.engine.fast.sheets import Request
from donbay.engine.fast.targets import Targets
from donbay.tables.coding import Coding
from donbay.tables.ledger import Ledger
from donbay.tables.vocabulary import Vocabulary

READY = True


class Ours(Incremental):
    """The fast engine: warm from codes in memory, cold from the file as it comes."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.territory = territory_of(case)
        self.programme = pack_of(case)
        self.days = Days(ON, ON)
        self.run: Run
        self.result: Result

    def load(self, log: Path) -> None:
        self.log = self._ledger(log).log()

    def _ledger(self, log: Path) -> Ledger:
        units = tuple(self.territory.versions)
        coding = Coding(self.programme, self.territory, units)
        return Ledger(log, coding, Vocabulary(units, "unit_unknown"))

    def follow(self) -> None:
        """Evaluate once more, so that submissions can follow."""
        run = self._opened(LAST_DAYS[0], LAST_DAYS[-1], keep=True)
        run.load(self.log)
        self._plan(run)
        self.live = Live(run)
        self.result = self.live.result
        self.quarters = [parse_period(text) for text in PERIODS]
        self.elements: list[Element] = [(name, None) for name in self.case.series_ids]
        gc.collect()
        gc.freeze()  # as a process that serves does once it has loaded

    def roll_up(self) -> None:
        run = self._opened(LAST_DAYS[0], LAST_DAYS[-1])
        run.load(self.log)
        self._fill(run)

    def _opened(self, first: date, last: date, *, keep: bool = False) -> Run:
        run = Run(
            self.programme,
            self.territory,
            self.days,
            before=getattr(self, "run", None),
            keep=keep,
        )
        run.open(first, last)
        return run

    def _plan(self, run: Run) -> None:
        judged = [Request(i.id, None, frozenset()) for i in self.case.indicators]
        asked = [*judged, *Targets.requests(self.programme.targets)]
        run.plan([*asked, *leaves.requests(self.programme.criteria)])
        self.run = run

    def _fill(self, run: Run) -> None:
        self._plan(run)
        run.fill()

    def verdicts(self) -> None:
        sets, judged = Sets(self.run, ()), Targets(self.run)
        sets.begin()
        judged.prepare()
        self.result = Result(self.run, judged, sets)

    def stream(self, log: Path) -> None:
        ledger = self._ledger(log)
        years = ledger.years()
        assert years is not None, "a Parquet file tells its years"
        run = self._opened(date(years[0], 1, 1), date(years[1], 12, 31))
        run.load_all(ledger.chunks)
        self._fill(run)
        self.verdicts()

    def results(self) -> Results:
        found = Results.empty(self.case)
        place = {unit: i for i, unit in enumerate(self.case.unit_ids)}
        at = np.array([place[unit] for unit in self.run.places.units])
        for n, item in enumerate(self.case.indicators):
            sheet, column = self.run.at[
                self.run.widened(Request(item.id, None, frozenset()))
            ]
            stack = sheet.room()
            found.value[at, n] = stack.value[:, :, column].T
            found.coverage[at, n] = stack.coverage[:, :, column].T
        self._targets(found, at)
        ladder = self.result.sets[0]
        names = [level.id for level in ladder.found.levels] + ["unknown", "none"]
        rows = at[ladder.rows]
        found.reached[rows] = [REACHED.index(names[r]) for r in ladder.reached]
        found.possible[rows] = [REACHED.index(names[r]) for r in ladder.possible]
        return found

    def _targets(self, found: Results, at: np.ndarray) -> None:
        columns = self.result.targets()
        place = {item.id: n for n, item in enumerate(self.case.indicators)}
        of = np.array([place[t.indicator] for t in self.programme.targets])
        rows, items = (
            at[coded(columns, "unit").codes],
            of[coded(columns, "target").codes],
        )
        status = coded(columns, "status")
        codes = np.array([STATUSES.index(name) for name in status.names])
        found.status[rows, items] = codes[status.codes]
        reason = coded(columns, "reason")
        told = [REASONS.index(n) if n in REASONS else 0 for n in reason.names]
        why = np.where(reason.codes >= 0, np.array(told)[reason.codes], 0)
        found.reason[rows, items] = why
        period = coded(columns, "period")
        names = np.array([PERIODS.index(name) for name in period.names] + [-1])
        found.period[rows, items] = names[period.codes]
        for ours, theirs in (
            ("value", found.judged),
            ("coverage", found.judged_coverage),
            ("pace", found.pace),
            ("progress", found.progress),
        ):
            theirs[rows, items] = numbers(columns, ours)

    def submit(self, submission: Submission) -> None:
        unit = self.case.source_ids[submission.source]
        elements = map(self.elements.__getitem__, submission.series.tolist())
        values = dict(zip(elements, submission.values.tolist(), strict=True))
        self.live.submit(unit, self.quarters[submission.period], values)

    def full(self, submissions: list[Submission]) -> Results:
        """A full run on the log with the submissions behind it."""
        other = Ours(self.case)
        other.log = self._with(submissions)
        other.evaluate()
        return other.results()

    def _with(self, submissions: list[Submission]) -> Log:
        """The log with the submissions behind it, recorded after everything else."""
        log, units = self.log, {unit: n for n, unit in enumerate(self.log.units)}
        names = {name: n for n, name in enumerate(log.indicators)}
        periods = {str(period): n for n, period in enumerate(log.periods)}
        series = np.array([names[name] for name in self.case.series_ids])
        size = [len(one.series) for one in submissions]
        unit = [units[self.case.source_ids[one.source]] for one in submissions]
        period = [periods[PERIODS[one.period]] for one in submissions]
        last = int(np.asarray(log.recorded_at)[-1])
        more = {
            "unit": np.repeat(unit, size),
            "indicator": series[np.concatenate([one.series for one in submissions])],
            "period": np.repeat(period, size),
            "value": np.concatenate([one.values for one in submissions]),
            "recorded_at": np.full(sum(size), last),
        }
        return replace(
            log,
            unit=_after(log.unit, more["unit"]),
            indicator=_after(log.indicator, more["indicator"]),
            period=_after(log.period, more["period"]),
            value=_after(log.value, more["value"]),
            recorded_at=_after(log.recorded_at, more["recorded_at"]),
        )


def _after(column: Column, more: np.ndarray) -> np.ndarray:
    """A column with further rows behind it, of the same type."""
    first = np.asarray(column)
    return np.concatenate([first, more.astype(first.dtype)])


def coded(columns: Columns, name: str) -> Coded:
    found = columns[name]
    assert isinstance(found, Coded)
    return found


def numbers(columns: Columns, name: str) -> np.ndarray:
    found = columns[name]
    assert not isinstance(found, Coded)
    return found
