"""Why a verdict is what it is: the value, the rule, its source, and the very rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from donbay.domain.criteria import (
    CriteriaSet,
    Criterion,
    Limit,
    SubCriterion,
    Threshold,
    sub_criteria,
)
from donbay.domain.indicators import Indicator
from donbay.domain.ledger import Observation
from donbay.domain.problems import Problem, Refused
from donbay.domain.sources import Document, Source
from donbay.domain.targets import Target
from donbay.domain.territory import Version
from donbay.domain.verdicts import CriterionRow, Days, TargetRow, ValueRow
from donbay.folder.engines import plain_rows
from donbay.folder.sources import Article

if TYPE_CHECKING:
    from donbay.folder.study import Study


@dataclass(frozen=True, slots=True)
class Report:
    """A row of the ledger behind a verdict: its line in the file and its article."""

    line: int
    observation: Observation
    unit_name: str
    article: Article | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A citation, with the legal document that it names."""

    source: Source
    document: Document | None


@dataclass(frozen=True)
class Explanation:
    """A target's verdict and everything it follows from."""

    days: Days
    unit: str
    version: Version | None
    target: Target
    indicator: Indicator
    row: TargetRow
    value: ValueRow | None
    rules: tuple[Rule, ...]
    pace: tuple[tuple[date, float], ...]
    reports: tuple[Report, ...]
    synthetic: bool


@dataclass(frozen=True)
class CriterionExplanation:
    """A criterion's result, its sub-criteria's, and what they follow from."""

    days: Days
    unit: str
    version: Version | None
    set: CriteriaSet
    criterion: Criterion
    rows: tuple[CriterionRow, ...]
    leaves: tuple[SubCriterion, ...]
    rules: tuple[Rule, ...]
    reports: tuple[Report, ...]
    synthetic: bool


def explain_target(study: Study, unit: str, target: str, days: Days) -> Explanation:
    """Raises Refused where there is no such target, or no row of it for the unit."""
    promised = _target(study, target)
    found = plain_rows(study, days, ("values", "targets"), frozenset({unit}))
    rows = {(r.unit, r.target): r for r in found.targets}
    if (unit, target) not in rows:
        judged = study.evaluation(days, ("targets",), engine="plain").targets
        raise _no_row(
            study, unit, target, [r.unit for r in judged if r.target == target]
        )
    row = rows[unit, target]
    return Explanation(
        days,
        unit,
        study.territory.version(unit, days.map),
        promised,
        study.programme.indicators[promised.indicator],
        row,
        _value(found.values, row),
        rules(study, [promised.source, *(m.source for m in promised.milestones)]),
        pace_line(promised, row),
        reports(study, found.evidence.get(("targets", unit, target), ())),
        study.synthetic,
    )


def _target(study: Study, wanted: str) -> Target:
    for target in study.programme.targets:
        if target.id == wanted:
            return target
    known = ", ".join(t.id for t in study.programme.targets)
    about = {"target": wanted, "targets": known}
    raise Refused([Problem("cli.no_target", str(study.path), None, None, about)])


def _no_row(study: Study, unit: str, what: str, units: Sequence[str]) -> Refused:
    about = {"unit": unit, "what": what, "units": ", ".join(units[:10])}
    return Refused([Problem("cli.no_row", str(study.path), None, None, about)])


def _value(values: Iterable[ValueRow], row: TargetRow) -> ValueRow | None:
    key = (row.unit, row.indicator, row.period)
    return next((v for v in values if (v.unit, v.indicator, v.period) == key), None)


def pace_line(target: Target, row: TargetRow) -> tuple[tuple[date, float], ...]:
    """The days and values that the pace runs through; empty without a baseline."""
    if row.baseline is None:
        return ()
    start = _start(target)
    return (
        (start, row.baseline),
        *((m.day, m.value) for m in target.milestones),
        (target.deadline, target.value),
    )


def _start(target: Target) -> date:
    if target.window is not None:
        return target.window.first - timedelta(days=1)
    baseline = target.baseline
    if baseline is None:
        return target.deadline
    if baseline.period is not None:
        return baseline.period.last
    return baseline.day or target.deadline


def rules(study: Study, sources: Iterable[Source | None]) -> tuple[Rule, ...]:
    """Each citation once, with its document."""
    documents = {d.id: d for d in study.programme.documents}
    return tuple(
        Rule(s, documents.get(s.document) if s.document else None)
        for s in dict.fromkeys(s for s in sources if s is not None)
    )


def reports(study: Study, rows: Iterable[int]) -> tuple[Report, ...]:
    """Rows of the ledger by their position, in the order of the file."""
    return tuple(_report(study, study.observations[row]) for row in sorted(rows))


def _report(study: Study, observation: Observation) -> Report:
    version = study.territory.version(observation.unit, observation.period.last)
    return Report(
        study.tables.ledger.line(observation.row),
        observation,
        version.name if version else observation.unit,
        study.shelf.article(observation.source),
    )


def explain_criterion(
    study: Study, unit: str, wanted_set: str, criterion: str, days: Days
) -> CriterionExplanation:
    """Raises Refused where there is no such criterion, or no row of it for the unit."""
    chosen, rung = _criterion(study, wanted_set, criterion)
    found = plain_rows(study, days, ("criteria",), frozenset({unit}))
    key = (unit, wanted_set, criterion)
    rows = tuple(r for r in found.criteria if (r.unit, r.set, r.criterion) == key)
    if not rows:
        judged = study.evaluation(days, ("criteria",), engine="plain").criteria
        units = dict.fromkeys(r.unit for r in judged if r.set == wanted_set)
        raise _no_row(study, unit, f"{wanted_set} {criterion}", list(units))
    leaves = sub_criteria(rung.node)
    behind = {
        position
        for name in found.evidence
        if name[:4] == ("criteria", *key)
        for position in found.evidence[name]
    }
    return CriterionExplanation(
        days,
        unit,
        study.territory.version(unit, days.map),
        chosen,
        rung,
        rows,
        leaves,
        rules(study, [chosen.source, rung.source, *_leaf_sources(leaves)]),
        reports(study, behind),
        study.synthetic,
    )


def _leaf_sources(leaves: Iterable[SubCriterion]) -> Iterable[Source | None]:
    for leaf in leaves:
        yield leaf.source
        yield from (limit.source for limit in limits(leaf))


def limits(leaf: SubCriterion) -> tuple[Limit, ...]:
    return leaf.rule.limits if isinstance(leaf.rule, Threshold) else ()


def _criterion(
    study: Study, wanted: str, criterion: str
) -> tuple[CriteriaSet, Criterion]:
    for found in study.programme.criteria:
        if found.id == wanted:
            for level in found.levels:
                for rung in level.criteria:
                    if rung.id == criterion:
                        return found, rung
    known = ", ".join(s.id for s in study.programme.criteria)
    about = {"set": wanted, "criterion": criterion, "sets": known}
    raise Refused([Problem("cli.no_criterion", str(study.path), None, None, about)])
