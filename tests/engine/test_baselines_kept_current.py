"""A baseline follows what is sent, though its period may not be over yet."""

from collections.abc import Sequence
from functools import partial

import pytest
from tests.engine.worked import evaluated, story

from donbay.domain.acts import Act
from donbay.domain.ledger import Observation
from donbay.domain.periods import parse_period
from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory
from donbay.domain.verdicts import Days, Evaluation
from donbay.engine.fast import evaluate_rows, follow, log_of

GIVEN = """
indicators: {served: {}}
targets:
  t:
    indicator: served
    comparator: at_least
    value: 40
    deadline: 2025-12-31
    by: commune
    baseline: {period: 2023}
units: |
  id  level     parent
  P   province
  A   commune   P
  B   commune   P
on: 2022-07-03
reports: |
  unit  indicator  period  value
  A     served     2021    10
  B     served     2021    10
  A     served     2023    20
"""
Sent = tuple[str, float | None]
AHEAD = parse_period("2023")


def kept(
    programme: Programme,
    territory: Territory,
    rows: Sequence[Observation],
    acts: Sequence[Act],
    days: Days,
    *,
    sent: Sequence[Sent],
) -> Evaluation:
    """The fast engine's, with figures of 2023 that are sent one after another."""
    log = log_of(programme, territory, rows)
    ends = [day for p in log.periods for day in (p.first, p.last)]
    live = follow(
        programme, territory, log, acts, days, first=min(ends), last=max(ends)
    )
    assert live.quick
    for unit, value in sent:
        live.submit(unit, AHEAD, {("served", None): value})
    return live.result.rows()


@pytest.mark.parametrize(
    ("sent", "row"),
    [
        (("B", 5.0), "B served 2023 5"),
        (("A", 21.0), "A served 2023 21"),
        (("A", None), "A served 2023 -"),
    ],
    ids=["first sent", "sent again", "taken back"],
)
def test_it_is_as_in_a_full_run(sent: Sent, row: str) -> None:
    found = evaluated(story(GIVEN), partial(kept, sent=[sent]))
    full = evaluated(story(f"{GIVEN.rstrip()}\n  {row}"), evaluate_rows)
    assert found == full
    assert {r.unit: r.baseline for r in found.targets}[sent[0]] == sent[1]
