"""openfisca-core on its part: targets and levels from values rolled up before."""

from dataclasses import replace

import numpy as np
from openfisca_core.simulations import Simulation, SimulationBuilder

from benchmarks.case import Case
from benchmarks.results import Results
from benchmarks.rivals import openfisca_rules as rules
from benchmarks.spec import (
    BASELINE,
    LADDER,
    LAST,
    LAST_DAYS,
    LEVELS,
    PERIODS,
    Floats,
    Kind,
)


class OpenFisca:
    """A population of figures, one per unit and indicator."""

    def __init__(self, case: Case, rolled_up: Results) -> None:
        self.case, self.rolled_up = case, rolled_up
        self.shape = rolled_up.status.shape
        self.system = rules.system()
        self.inputs = _facts(case, rolled_up) | _edges(case, self.shape)

    def prepare(self) -> None:
        """A new simulation with its inputs in memory; not timed."""
        units, items = self.shape
        builder = SimulationBuilder()
        builder.create_entities(self.system)
        builder.declare_person_entity("figure", np.arange(units * items))
        places = builder.declare_entity("place", np.arange(units))
        member = np.repeat(np.arange(units), items)
        builder.join_with_persons(places, member, np.zeros(member.size, np.int64))
        made: Simulation = builder.build(self.system)
        made.max_spiral_loops = len(PERIODS)  # a carried value asks the month before
        for name, values in self.inputs.items():
            made.set_input(name, "eternity", values.ravel())
        for n in range(len(PERIODS)):
            value, coverage = self.rolled_up.value, self.rolled_up.coverage
            made.set_input("value", rules.month(n), value[:, :, n].ravel())
            made.set_input("coverage", rules.month(n), coverage[:, :, n].ravel())
        self.simulation = made

    def verdicts(self) -> None:
        with np.errstate(invalid="ignore", divide="ignore"):
            self.found: dict[str, Floats] = {
                name: self.simulation.calculate(name, rules.month(LAST))
                for name in (
                    "verdict",
                    "reason",
                    "last_value",
                    "last_coverage",
                    "last_quarter",
                    "last_pace",
                    "progress",
                    "reached",
                    "possible",
                )
            }

    def results(self) -> Results:
        communes = self.case.level_sizes[0]

        def rows(name: str) -> Floats:
            return np.reshape(self.found[name], self.shape)

        quarter = rows("last_quarter")
        return replace(
            self.rolled_up,
            status=rows("verdict").astype(np.int8),
            reason=rows("reason").astype(np.int8),
            judged=rows("last_value"),
            period=np.where(np.isnan(quarter), -1, quarter).astype(np.int8),
            judged_coverage=rows("last_coverage"),
            pace=rows("last_pace"),
            progress=rows("progress"),
            reached=self.found["reached"][:communes].astype(np.int8),
            possible=self.found["possible"][:communes].astype(np.int8),
        )


def _facts(case: Case, rolled_up: Results) -> dict[str, Floats]:
    """What is fixed for each figure: its target and its own baseline."""
    level = np.repeat(np.arange(len(LEVELS)), case.level_sizes)
    items, shape = case.indicators, rolled_up.status.shape

    def row(values: list[float]) -> Floats:
        return np.broadcast_to(np.array(values, float), shape)

    pair = row([item.kind in (Kind.RATIO, Kind.MEAN) for item in items])
    paced = row([goal.from_baseline for goal in case.goals])
    coverage = rolled_up.coverage[:, :, BASELINE]
    exact = (coverage >= rules.FULL) | ((pair > 0) & (coverage >= rules.ENOUGH))
    own = np.where(exact & (paced > 0), rolled_up.value[:, :, BASELINE], np.nan)
    days = [(goal.deadline - LAST_DAYS[0]).days for goal in case.goals]
    return {
        "target": np.array([goal.values for goal in case.goals]).T[level],
        "deadline": row([float(day) for day in days]),
        "passed": row([goal.passed for goal in case.goals]),
        "from_baseline": paced,
        "baseline": own,
        "sign": row([item.sign for item in items]),
        "pair": pair,
        "shared": row([item.kind is Kind.SHARE for item in items]),
    }


def _edges(case: Case, shape: tuple[int, ...]) -> dict[str, Floats]:
    """Thresholds of the communes, by their region, where an indicator has any."""
    made = {f"edge_{step}": np.full(shape, np.nan) for step in LADDER}
    communes = case.level_sizes[0]
    for sub in case.subs:
        for step, row in zip(LADDER, sub.thresholds, strict=True):
            edge = np.array(row)[case.region_of]
            made[f"edge_{step}"][:communes, sub.indicator] = edge
    return made
