"""Stories of the fast engine: some rows at first, others sent one after another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from tests.engine.worked import evaluated, story

from donbay.domain.acts import Act
from donbay.domain.ledger import Observation
from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory
from donbay.domain.verdicts import Days, Evaluation
from donbay.engine.fast import evaluate_rows, follow, log_of


def kept_and_full(given: str, *sent: str) -> tuple[Evaluation, Evaluation]:
    """What is kept current, and what a full run says; `given` ends with its reports."""
    case = story("\n  ".join([given.rstrip(), *sent]))
    kept = evaluated(case, partial(_followed, later=len(sent)))
    return kept, evaluated(case, evaluate_rows)


def _followed(
    programme: Programme,
    territory: Territory,
    rows: Sequence[Observation],
    acts: Sequence[Act],
    days: Days,
    *,
    later: int,
) -> Evaluation:
    log = log_of(programme, territory, rows[:-later])
    ends = [day for row in rows for day in (row.period.first, row.period.last)]
    live = follow(
        programme, territory, log, acts, days, first=min(ends), last=max(ends)
    )
    assert live.quick
    for row in rows[-later:]:
        element = (row.indicator, row.category)
        live.submit(row.unit, row.period, {element: row.value})
    return live.result.rows()
