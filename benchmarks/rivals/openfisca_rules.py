"""The verdicts written as openfisca-core variables.

The person is a figure (one indicator of one unit), the group is the unit. A quarter
stands as a month, the nearest period that openfisca-core has.
"""

from collections.abc import Callable

import numpy as np
from openfisca_core.entities import Entity, build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.relations import DAYS
from benchmarks.spec import (
    AT_RISK,
    BASELINE,
    FRESH,
    LADDER,
    LAST,
    MIN_COVERAGE,
    PERCENT,
    REACHED,
    REASONS,
    STATUSES,
    TOLERANCE,
    Bools,
    Floats,
    Ints,
)

CODE = {word: n for n, word in enumerate(STATUSES)}
WHY = {word: n for n, word in enumerate(REASONS)}
ENOUGH, FULL = MIN_COVERAGE - TOLERANCE, 1 - TOLERANCE
FIRST_YEAR = 2001

# A formula is called with a population and a period of a library without types.
Formula = Callable[..., object]


def month(quarter: int) -> str:
    return f"{FIRST_YEAR + quarter // 12}-{quarter % 12 + 1:02d}"


def quarter_of(period: object) -> int:
    first = period.start  # type: ignore[attr-defined]
    return int((first.year - FIRST_YEAR) * 12 + first.month - 1)


def meets(x: Floats, edge: Floats, sign: Floats) -> Bools:
    slack = TOLERANCE * np.maximum(1, np.maximum(np.abs(x), np.abs(edge)))
    return np.asarray((x - edge) * sign >= -slack)


def status_of(x: Floats, facts: dict[str, Floats], pace: Floats) -> Ints:
    base, sign = facts["baseline"], facts["sign"]
    slack = TOLERANCE * np.maximum(1, np.maximum(np.abs(pace), np.abs(base)))
    near = ((pace - base) * sign > slack) & (
        (x - base) / (pace - base) >= AT_RISK - TOLERANCE
    )
    return np.select(
        [
            meets(x, facts["target"], sign),
            facts["passed"] > 0,
            np.isnan(base),
            meets(x, pace, sign),
            near,
        ],
        [CODE[w] for w in ("achieved", "missed", "open", "on_track", "at_risk")],
        CODE["off_track"],
    )


FACTS = ("target", "deadline", "passed", "from_baseline", "baseline", "sign")
KINDS = ("pair", "shared")


def facts_of(figure: Callable[..., Floats], period: object) -> dict[str, Floats]:
    return {name: figure(name, period) for name in (*FACTS, *KINDS)}


def pace(figure: Callable[..., Floats], period: object) -> Floats:
    facts = facts_of(figure, period)
    base, target = facts["baseline"], facts["target"]
    day = DAYS[quarter_of(period)] - DAYS[BASELINE]
    line = base + (target - base) * day / (facts["deadline"] - DAYS[BASELINE])
    return np.where(meets(base, target, facts["sign"]), target, line)


def status(figure: Callable[..., Floats], period: object) -> Ints:
    pace = figure("pace", period)
    return status_of(figure("value", period), facts_of(figure, period), pace)


def judged(figure: Callable[..., Floats], period: object) -> Bools:
    """Usable: every number the value may be gives one status."""
    facts, pace = facts_of(figure, period), figure("pace", period)
    value, coverage = figure("value", period), figure("coverage", period)
    found = figure("status", period)
    low = value * coverage
    high = low + PERCENT * (1 - coverage)
    same = status_of(low, facts, pace) == status_of(high, facts, pace)
    worst = np.isin(found, [CODE[w] for w in ("missed", "open", "off_track")])
    bound = np.where(facts["sign"] > 0, found == CODE["achieved"], worst)
    sure = np.where(facts["shared"] > 0, same, bound)
    sure = np.where(facts["pair"] > 0, coverage >= ENOUGH, sure)
    after = (facts["from_baseline"] == 0) | (quarter_of(period) > BASELINE)
    return np.asarray((sure | (coverage >= FULL)) & after & ~np.isnan(value))


def carried(name: str) -> Formula:
    """The figure at the last usable quarter up to this one."""

    def formula(figure: Callable[..., Floats], period: object) -> Floats:
        now = figure(name, period)
        if quarter_of(period) == 0:
            return np.where(figure("usable", period), now, np.nan)
        before = figure(f"last_{name}", period.last_month)  # type: ignore[attr-defined]
        return np.where(figure("usable", period), now, before)

    return formula


def quarter(figure: Callable[..., Floats], period: object) -> Floats:
    return np.full(figure("value", period).size, float(quarter_of(period)))


def reported(figure: Callable[..., Floats], period: object) -> Ints:
    """2 when anything was reported for a quarter after the baseline, 1 before it."""
    at = quarter_of(period)
    after = (figure("from_baseline", period) == 0) | (at > BASELINE)
    now = np.where(figure("coverage", period) > 0, np.where(after, 2, 1), 0)
    if at == 0:
        return now
    last = period.last_month  # type: ignore[attr-defined]
    return np.maximum(now, figure("reported", last))


def reason(figure: Callable[..., Floats], period: object) -> Ints:
    at, seen = figure("last_quarter", period), figure("reported", period)
    none = np.isnan(at)
    return np.select(
        [
            none & (seen == 2),
            none & (seen == 1),
            none,
            at < FRESH,
            (figure("passed", period) > 0) & (at < LAST),
        ],
        [
            WHY[word]
            for word in (
                "partial",
                "before_baseline",
                "never",
                "stale",
                "awaiting_final",
            )
        ],
        0,
    )


def verdict(figure: Callable[..., Floats], period: object) -> Floats:
    none = figure("reason", period) > 0
    return np.where(none, CODE["no_data"], figure("last_status", period))


def progress(figure: Callable[..., Floats], period: object) -> Floats:
    base = figure("baseline", period)
    span = figure("target", period) - base
    span = np.where(span == 0, np.nan, span)
    return np.asarray((figure("last_value", period) - base) / span)


def fresh(figure: Callable[..., Floats], period: object) -> Floats:
    """The value that criteria judge: of this quarter, else of the one before."""
    pair = figure("pair", period) > 0

    def of(when: object) -> Floats:
        thin = pair & (figure("coverage", when) < ENOUGH)
        return np.where(thin, np.nan, figure("value", when))

    now = of(period)
    return np.where(np.isnan(now), of(period.last_month), now)  # type: ignore[attr-defined]


def failed(step: str) -> Formula:
    def formula(figure: Callable[..., Floats], period: object) -> Bools:
        value, edge = figure("fresh", period), figure(f"edge_{step}", period)
        comparable = ~np.isnan(edge) & ~np.isnan(value)
        return comparable & ~meets(value, edge, figure("sign", period))

    return formula


def unknown(figure: Callable[..., Floats], period: object) -> Bools:
    asked = ~np.isnan(figure(f"edge_{LADDER[0]}", period))
    return np.asarray(asked & np.isnan(figure("fresh", period)))


def _ladder(place: object, period: object) -> tuple[list[Bools], Bools]:
    members = place.members  # type: ignore[attr-defined]
    some = place.any  # type: ignore[attr-defined]
    fails = [some(members(f"failed_{step}", period)) for step in LADDER]
    return fails, some(members("unknown", period))


def reached(place: object, period: object) -> Ints:
    fails, waits = _ladder(place, period)
    met = np.cumprod([~fail & ~waits for fail in fails], axis=0).sum(axis=0)
    return np.where(waits & ~fails[0], REACHED.index("unknown"), met)


def possible(place: object, period: object) -> Ints:
    fails, _ = _ladder(place, period)
    return np.asarray(np.cumprod([~fail for fail in fails], axis=0).sum(axis=0))


def system() -> TaxBenefitSystem:
    """Every variable; floats are widened, as openfisca-core keeps only 32 bits."""
    figure = build_entity(key="figure", plural="figures", label="", is_person=True)
    place = build_entity(
        key="place", plural="places", label="", roles=[{"key": "of", "plural": "ofs"}]
    )
    made = TaxBenefitSystem([figure, place])

    def add(name: str, of: Entity, kind: type, formula: Formula | None = None) -> None:
        parts: dict[str, object] = {
            "value_type": kind,
            "entity": of,
            "definition_period": DateUnit.MONTH,
            "label": name,
        }
        if formula is None and name not in ("value", "coverage"):
            parts["definition_period"] = DateUnit.ETERNITY
        if formula is not None:
            parts["formula"] = formula
        made.add_variable(type(name, (Variable,), parts))

    for name in ("value", "coverage", *FACTS, *KINDS):
        add(name, figure, float)
    for step in LADDER:
        add(f"edge_{step}", figure, float)
        add(f"failed_{step}", figure, bool, failed(step))
    for name in ("value", "coverage", "pace", "status", "quarter"):
        add(f"last_{name}", figure, float, carried(name))
    for formula, kind in (
        (pace, float),
        (status, int),
        (quarter, float),
        (reported, int),
        (reason, int),
        (verdict, int),
        (progress, float),
        (fresh, float),
        (unknown, bool),
    ):
        add(formula.__name__, figure, kind, formula)
    add("usable", figure, bool, judged)
    add("reached", place, int, reached)
    add("possible", place, int, possible)
    for variable in made.variables.values():
        if variable.value_type is float:
            variable.dtype = np.float64
    return made
