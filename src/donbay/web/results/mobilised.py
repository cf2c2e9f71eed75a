"""Resources by source and form, which kept values do not tell: computed when asked."""

from __future__ import annotations

from collections import OrderedDict

from donbay.domain.mobilisation import MobilisationRow
from donbay.domain.programmes import Programme as Promise
from donbay.engine.fast import evaluate_rows
from donbay.folder.money import rows_of, with_parts
from donbay.web.programmes import queries as programmes
from donbay.web.results.explaining import below, needed, reported, rows_for
from donbay.web.results.models import Evaluation
from donbay.web.results.queries import days_of, world_of
from donbay.web.territory.queries import part_of

MOST = 500  # places whose reports are read for one answer
KEPT = 64  # answers
_kept: OrderedDict[tuple[object, ...], tuple[MobilisationRow, ...]] = OrderedDict()


def mobilised(evaluation: Evaluation, unit: str) -> tuple[MobilisationRow, ...] | None:
    """Of one place over all periods; None where too many places lie below it."""
    territory = programmes.territory_of(evaluation.programme)
    places = below(territory, unit)
    if len(places) > MOST:
        return None
    world, on = world_of(evaluation.programme, evaluation.on)
    key = (evaluation.pk, evaluation.seq, world, on, unit)
    if key not in _kept:
        _kept[key] = _computed(evaluation, unit, places)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return _kept[key]


def _computed(
    evaluation: Evaluation, unit: str, places: frozenset[str]
) -> tuple[MobilisationRow, ...]:
    programme = evaluation.programme
    promise = programmes.promise(programme, evaluation.on)
    rows = rows_for(programme, _rests_on(promise), places, None)
    found = evaluate_rows(
        with_parts(promise),
        part_of(programmes.territory_of(programme), places),
        [reported(row) for row in rows.values()],
        (),
        days_of(evaluation),
    )
    values = [value for value in found.values if value.unit == unit]
    return tuple(rows_of(promise, values))


def _rests_on(promise: Promise) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for one in promise.mobilisation:
        names = (one.indicator, *one.shares.values(), one.leverage)
        found = found.union(*(needed(promise, name) for name in names if name))
    return found
