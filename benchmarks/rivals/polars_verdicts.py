"""polars: targets and levels from the long table of values."""

import polars as pl

from benchmarks.relations import DAYS
from benchmarks.spec import (
    AT_RISK,
    BASELINE,
    FRESH,
    LAST,
    MIN_COVERAGE,
    PERCENT,
    REACHED,
    REASONS,
    STATUSES,
    TOLERANCE,
)

C = pl.col
ROW = ["unit", "ind"]
CODE = {word: n for n, word in enumerate(STATUSES)}
WHY = {word: n for n, word in enumerate(REASONS)}
FULL = C("coverage") >= 1 - TOLERANCE
ENOUGH = C("coverage") >= MIN_COVERAGE - TOLERANCE
AFTER = ~C("from_baseline") | (C("period") > BASELINE)
Tables = dict[str, pl.DataFrame]


def slack(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    return TOLERANCE * pl.max_horizontal(1.0, a.abs(), b.abs())


def meets(x: pl.Expr, edge: pl.Expr) -> pl.Expr:
    return (x - edge) * C("sign") >= -slack(x, edge)


def _cells(values: pl.LazyFrame, n: int) -> pl.LazyFrame:
    """One indicator of the wide values as rows."""
    return values.select(
        "unit",
        "period",
        pl.lit(n, pl.Int16).alias("ind"),
        C(f"v{n}").alias("value"),
        C(f"c{n}").alias("coverage"),
    )


def recent(values: pl.DataFrame, indicators: int) -> pl.DataFrame:
    """Rows of the last two quarters and of the baseline's."""
    few = values.filter((C("period") >= FRESH) | (C("period") == BASELINE)).lazy()
    return pl.concat([_cells(few, n) for n in range(indicators)]).collect()


def targets(values: pl.DataFrame, recent: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Most targets are settled by the last two quarters; only the rest look back."""
    goals = _goals(recent, tables).collect()
    fresh = recent.filter(C("period") >= FRESH)
    settled = _last(fresh.lazy().join(goals.lazy(), on=ROW)).collect()
    unsettled = goals.join(settled, on=ROW, how="anti")
    past = values.filter(C("period") < FRESH).lazy()
    looked = pl.concat(
        _cells(past.filter(C("unit").is_in(rows["unit"].implode())), ind)
        for (ind,), rows in unsettled.partition_by("ind", as_dict=True).items()
    )
    cells = pl.concat([looked, fresh.lazy().select(looked.collect_schema().names())])
    cells = cells.join(unsettled.lazy(), on=ROW)
    reported = C("coverage") > 0
    seen = cells.group_by(ROW).agg(
        before=reported.any(), later=(reported & AFTER).any()
    )
    found = pl.concat([settled.lazy(), _last(cells)])
    rows = goals.lazy().join(found, on=ROW, how="left").join(seen, on=ROW, how="left")
    return _explained(rows).collect()


def _last(cells: pl.LazyFrame) -> pl.LazyFrame:
    """The last usable value of each target, with its pace and status."""
    return (
        cells.filter(AFTER & C("value").is_not_null() & (~C("pair") | ENOUGH))
        .with_columns(pace=_pace())
        .with_columns(status=_status(C("value")))
        .filter(_usable())
        .select(*ROW, "period", "value", "coverage", "pace", "status")
        .group_by(ROW)
        .agg(pl.all().exclude("period").max_by("period"), C("period").max())
    )


def _goals(recent: pl.DataFrame, tables: Tables) -> pl.LazyFrame:
    """A row per unit and indicator, with the unit's own baseline where it has one."""
    facts = tables["indicator"].lazy().select("ind", "sign", "pair", "shared")
    goals = tables["unit"].lazy().join(tables["goal"].lazy(), on="level")
    exact = FULL | (C("pair") & ENOUGH)
    first = recent.lazy().filter(C("period") == BASELINE)
    base = pl.when(C("from_baseline") & exact).then(C("value"))
    return (
        goals.join(facts, on="ind")
        .join(first.drop("period"), on=ROW)
        .with_columns(baseline=base)
        .drop("value", "coverage", "level")
    )


def _pace() -> pl.Expr:
    days = pl.lit(pl.Series(DAYS, dtype=pl.Float64))
    day = days.gather(C("period").cast(pl.UInt32))
    part = (day - DAYS[BASELINE]) / (C("deadline") - DAYS[BASELINE])
    line = C("baseline") + (C("target") - C("baseline")) * part
    return pl.when(meets(C("baseline"), C("target"))).then(C("target")).otherwise(line)


def _status(x: pl.Expr) -> pl.Expr:
    pace, base = C("pace"), C("baseline")
    ahead = (pace - base) * C("sign") > slack(pace, base)
    part = (x - base) / (pace - base)
    return (
        pl.when(meets(x, C("target")))
        .then(CODE["achieved"])
        .when(C("passed"))
        .then(CODE["missed"])
        .when(base.is_null())
        .then(CODE["open"])
        .when(meets(x, pace))
        .then(CODE["on_track"])
        .when(ahead & (part >= AT_RISK - TOLERANCE))
        .then(CODE["at_risk"])
        .otherwise(CODE["off_track"])
    )


def _usable() -> pl.Expr:
    """A range is usable when every number in it gives one status."""
    low = C("value") * C("coverage")
    high = low + PERCENT * (1 - C("coverage"))
    worst = [CODE[word] for word in ("missed", "open", "off_track")]
    return (
        pl.when(FULL | C("pair"))
        .then(pl.lit(value=True))
        .when(C("shared"))
        .then(_status(low) == _status(high))
        .when(C("sign") > 0)
        .then(C("status") == CODE["achieved"])
        .otherwise(C("status").is_in(worst))
    )


def _explained(rows: pl.LazyFrame) -> pl.LazyFrame:
    none = C("period").is_null()
    reason = (
        pl.when(none & C("later"))
        .then(WHY["partial"])
        .when(none & C("before"))
        .then(WHY["before_baseline"])
        .when(none)
        .then(WHY["never"])
        .when(C("period") < FRESH)
        .then(WHY["stale"])
        .when(C("passed") & (C("period") < LAST))
        .then(WHY["awaiting_final"])
        .otherwise(0)
    )
    span = C("target") - C("baseline")
    progress = pl.when(span != 0).then((C("value") - C("baseline")) / span)
    return rows.with_columns(reason=reason, progress=progress).with_columns(
        status=pl.when(C("reason") == 0).then(C("status")).otherwise(0)
    )


def levels(recent: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    facts = tables["indicator"].lazy().select("ind", "sign", "pair")
    fresh = recent.lazy().filter((C("period") >= FRESH) & C("value").is_not_null())
    fresh = fresh.join(facts, on="ind").filter(~C("pair") | ENOUGH)
    fresh = fresh.group_by(ROW).agg(C("value").max_by("period"))
    tests = tables["tree"].lazy().select("unit", "region")
    tests = tests.join(tables["threshold"].lazy(), on="region").join(facts, on="ind")
    tests = tests.join(fresh, on=ROW, how="left").with_columns(
        failed=(~meets(C("value"), C("edge"))).fill_null(value=False),
        unknown=C("value").is_null(),
    )
    for group in (["unit", "step", "criterion"], ["unit", "step"]):
        tests = tests.group_by(group).agg(C("failed").any(), C("unknown").any())
    top = C("step").max() + 1
    short = C("failed") | C("unknown")
    waits = (C("unknown") & ~C("failed") & (C("step") == 0)).any()
    reached = C("step").filter(short).min().fill_null(top)
    return (
        tests.group_by("unit")
        .agg(
            reached=pl.when(waits).then(REACHED.index("unknown")).otherwise(reached),
            possible=C("step").filter(C("failed")).min().fill_null(top),
        )
        .collect()
    )
