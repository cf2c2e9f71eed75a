"""What acts say held against what the figures say: levels that would be lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from donbay.domain.criteria import CriteriaSet, Result
from donbay.domain.verdicts import CriterionRow
from donbay.web.programmes import queries as programmes
from donbay.web.results.models import CriteriaVerdicts, Evaluation, LevelVerdict
from donbay.web.results.packing import unpack_criteria

SOME = 500


@dataclass(frozen=True, slots=True)
class Above:
    """A place recognised at a level that its figures do not reach.

    `fallen` are the criteria of that level and those below it that are not met,
    `unknown` those of which nothing can be said.
    """

    unit: str
    set: str
    recognised: str
    reached: str
    fallen: tuple[str, ...]
    unknown: tuple[str, ...]


def above_their_figures(evaluation: Evaluation) -> Iterator[Above]:
    """Set by set, in the order of the territory."""
    promise = programmes.promise(evaluation.programme, evaluation.on)
    for some in promise.criteria:
        found = [row for row in _recognised(evaluation, some.id) if _lost(some, row)]
        kept = _criteria(evaluation, some.id, [row.unit_id for row in found])
        for row in found:
            asked = _asked(some, row.recognised)
            rows = [one for one in kept.get(row.unit_id, ()) if one.criterion in asked]
            yield Above(
                *(row.unit_id, some.id, row.recognised, row.reached),
                _named(rows, Result.NOT_MET),
                _named(rows, Result.UNKNOWN),
            )


def _recognised(evaluation: Evaluation, name: str) -> Iterable[LevelVerdict]:
    rows = LevelVerdict.objects.filter(evaluation=evaluation, set=name)
    return rows.exclude(recognised="none").order_by("unit__order")


def _lost(some: CriteriaSet, row: LevelVerdict) -> bool:
    rungs = {level.id: place for place, level in enumerate(some.levels)}
    return rungs.get(row.recognised, -1) > rungs.get(row.reached, -1)


def _asked(some: CriteriaSet, recognised: str) -> frozenset[str]:
    """The criteria of a level and of those below it."""
    found: list[str] = []
    for level in some.levels:
        found += [criterion.id for criterion in level.criteria]
        if level.id == recognised:
            break
    return frozenset(found)


def _criteria(
    evaluation: Evaluation, name: str, units: list[str]
) -> dict[str, list[CriterionRow]]:
    found: dict[str, list[CriterionRow]] = {}
    for at in range(0, len(units), SOME):
        rows = CriteriaVerdicts.objects.filter(
            evaluation=evaluation, set=name, unit_id__in=units[at : at + SOME]
        )
        for row in rows:
            found[row.unit_id] = unpack_criteria(bytes(row.packed), row.unit_id, name)
    return found


def _named(rows: Iterable[CriterionRow], result: Result) -> tuple[str, ...]:
    return tuple(
        row.criterion
        for row in rows
        if row.sub_criterion is None and row.result == result
    )
