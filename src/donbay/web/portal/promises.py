"""A promise as the public reads it: what changed, and what it would take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from donbay.domain.periods import Frequency, Period
from donbay.domain.targets import Target
from donbay.domain.verdicts import Status, TargetRow, ValueRow
from donbay.web.look.boards import board_lines
from donbay.web.look.lines import TargetLine
from donbay.web.portal.published import Seen
from donbay.web.results import queries as results
from donbay.web.results.tallies import first_met

QUARTER = 3  # months
Values = Mapping[tuple[str, Period], ValueRow]


@dataclass(frozen=True, slots=True)
class Change:
    """How far a value moved since the quarter before, or the last longer period."""

    since: Period
    by: float
    better: bool | None  # None: it did not move

    @property
    def look(self) -> str:
        return {True: "good", False: "warning", None: "open"}[self.better]


def before(period: Period) -> Period:
    """A quarter earlier; of longer periods the one before."""
    if period.frequency is Frequency.MONTH:
        return period.shift(-QUARTER)
    return period.shift(-1)


def change_of(target: Target, row: TargetRow, values: Values) -> Change | None:
    """None where the value before is not known, or is not of the same thing."""
    if row.period is None or row.value is None or target.category or target.scope:
        return None
    earlier = before(row.period)
    if target.window is not None:
        step = values.get((row.indicator, row.period))
        by = step.value if step else None
    else:
        then = values.get((row.indicator, earlier))
        by = None if then is None or then.value is None else row.value - then.value
    if by is None:
        return None
    return Change(earlier, by, (by > 0) is target.comparator.upward if by else None)


@dataclass(frozen=True)
class Promise:
    """A line of the public board."""

    line: TargetLine
    change: Change | None
    met_anew: int

    @property
    def changed_by(self) -> str:
        found = self.change
        titles = self.line.titles
        return titles.step(found.by, self.line.target.indicator) if found else ""

    @property
    def still(self) -> int | None:
        """At how many of its places it is not met; None of one place."""
        if not self.line.many:
            return None
        return self.line.places - self.line.counts.get(Status.ACHIEVED, 0)

    @property
    def takes(self) -> Sequence[str]:
        """What it would take, in short sentences."""
        return self.line.takes


def promises(seen: Seen) -> list[Promise]:
    """All targets of a programme, the ones that need attention first."""
    lines = board_lines(seen.titles, seen.evaluation)
    values = _values(seen, {line.row.unit for line in lines if line.row})
    anew = first_met(seen.evaluation)
    found = [promise_of(line, values.get(line.unit, {}), anew) for line in lines]
    return sorted(found, key=lambda one: (one.line.order, one.line.title))


def promise_of(
    line: TargetLine, values: Values, anew: Mapping[tuple[str, str], int]
) -> Promise:
    row, target = line.row, line.target
    if row is None:
        return Promise(line, None, 0)
    met = anew.get((target.id, str(row.period)), 0)
    change = change_of(target, row, values)
    return Promise(line, change, met)


def _values(
    seen: Seen, units: set[str]
) -> dict[str, dict[tuple[str, Period], ValueRow]]:
    """A query for each place at the top, of which there is mostly one."""
    return {
        unit: {
            (row.indicator, row.period): row
            for row in results.values(seen.evaluation, unit)
        }
        for unit in units
    }
