"""The plain engine: slow and obviously right. It checks the fast one.

It shares nothing with the fast engine but `domain`: scalar numbers, dictionaries, and
the rules written out one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from donbay.domain.acts import Act
from donbay.domain.ledger import Observation
from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory
from donbay.domain.verdicts import Days, Evaluation
from donbay.engine.plain import tables as table
from donbay.engine.plain.criteria import Criteria
from donbay.engine.plain.evidence import Evidence, Row
from donbay.engine.plain.values import Values
from donbay.engine.plain.world import World

TABLES = ("values", "targets", "criteria", "levels")


def evaluate(
    programme: Programme,
    territory: Territory,
    observations: Sequence[Observation],
    acts: Sequence[Act],
    days: Days,
    *,
    tables: Collection[str] = TABLES,
    units: Collection[str] | None = None,
) -> Evaluation:
    """The tables asked for, with rows for `units` (None: all) alone."""
    values = Values(World(programme, territory, observations, acts, days))
    criteria = Criteria(values)
    who = frozenset(territory.versions if units is None else units)
    found = Evaluation(
        days=days,
        values=tuple(table.value_rows(values, who)) if "values" in tables else (),
        targets=tuple(table.target_rows(values, who)) if "targets" in tables else (),
        criteria=tuple(table.criterion_rows(criteria, who))
        if "criteria" in tables
        else (),
        levels=tuple(table.level_rows(criteria, who)) if "levels" in tables else (),
    )
    rows: list[Row] = [*found.values, *found.targets, *found.criteria, *found.levels]
    return replace(found, evidence=Evidence(values, rows))
