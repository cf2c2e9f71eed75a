"""A submission says where rows may have changed, and outside it none has."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from tests.engine.quick_worlds import quick
from tests.engine.test_live import LATER, exact, started
from tests.engine.worlds.world import SEEDS, SIZES, Sizes, make

from donbay.domain.verdicts import Evaluation
from donbay.engine.fast import evaluate_rows

Kept = dict[tuple[object, ...], object]


def keyed(found: Evaluation) -> Kept:
    rows: Kept = {("value", v.unit, v.indicator, v.period): v for v in found.values}
    rows |= {("target", t.unit, t.target): t for t in found.targets}
    rows |= {("level", x.unit, x.set): x for x in found.levels}
    return rows | {
        ("criterion", c.unit, c.set, c.criterion, c.sub_criterion): c
        for c in found.criteria
    }


@settings(max_examples=20)
@given(seed=SEEDS, sizes=SIZES)
def test_rows_kept_by_what_is_said_are_those_of_a_full_run(
    seed: int, sizes: Sizes
) -> None:
    world = exact(quick(make(seed, sizes)))
    ordered = tuple(sorted(world.observations, key=lambda o: (o.recorded_at, o.row)))
    live = started(world, ordered[:-LATER])
    kept = keyed(live.result.rows())
    for sent in ordered[-LATER:]:
        element = (sent.indicator, sent.category)
        only = live.submit(sent.unit, sent.period, {element: sent.value})
        if only is None:
            kept = keyed(live.result.rows())
        else:
            some = keyed(live.result.rows(only))
            assert some.keys() <= kept.keys()
            kept |= some
    programme, territory, _, acts, days = world.given
    days = replace(days, known=None)
    full = evaluate_rows(programme, territory, ordered, acts, days)
    assert repr(kept) == repr(keyed(full))
