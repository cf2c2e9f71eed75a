"""polars by hand: a pivot that keeps the last version, then sums of columns."""

from pathlib import Path

import polars as pl

from benchmarks.case import Case
from benchmarks.engines import Engine
from benchmarks.relations import relations
from benchmarks.results import Results
from benchmarks.rivals import polars_verdicts
from benchmarks.spec import (
    FIRST_ON_NEW_MAP,
    MIN_COVERAGE,
    PERCENT,
    PERIODS,
    TOLERANCE,
    Indicator,
    Kind,
)

C = pl.col
AT = ["unit", "period"]
LEVELS_ABOVE = ("district", "province", "country")


class Polars(Engine):
    """Holds the log as codes; lazy queries collected stage by stage."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.tables = {name: pl.DataFrame(t) for name, t in relations(case).items()}

    def load(self, log: Path) -> None:
        case = self.case
        self.log = (
            pl.scan_parquet(log)
            .select(
                source=_codes("unit", case.source_ids, pl.Int32),
                series=_codes("indicator", list(case.series_ids), pl.Int16),
                period=_codes("period", list(PERIODS), pl.Int16),
                value=C("value"),
                at=C("recorded_at"),
            )
            .collect(engine="streaming")
        )

    def roll_up(self) -> None:
        communes = self._communes(self._wide())
        self.values = self._shown(self._up_the_tree(communes))

    def verdicts(self) -> None:
        recent = polars_verdicts.recent(self.values, len(self.case.indicators))
        self.targets = polars_verdicts.targets(self.values, recent, self.tables)
        self.levels = polars_verdicts.levels(recent, self.tables)

    def _wide(self) -> pl.DataFrame:
        log = self.log
        if not log["at"].is_sorted():
            log = log.sort("at", maintain_order=True)
        wide = log.pivot(
            on="series",
            index=["source", "period"],
            values="value",
            aggregate_function="last",
        )
        return wide.rename(lambda name: f"s{name}" if name.isdigit() else name)

    def _communes(self, wide: pl.DataFrame) -> pl.LazyFrame:
        """Numerators n, denominators d and reporters r of each commune of the map."""
        items = self.case.indicators
        share = C("share")
        terms, sums = [], []
        for n, item in enumerate(items):
            v = C(f"s{item.of}")
            w = pl.lit(1.0) if item.over is None else C(f"s{item.over}")
            both = v.is_not_null() & w.is_not_null()
            if item.kind is Kind.MAX:
                terms.append(v.alias(f"n{n}"))
                sums.append(C(f"n{n}").max())
            else:
                num = v * w if item.kind in (Kind.MEAN, Kind.SHARE) else v
                terms.append(pl.when(both).then(share * num).alias(f"n{n}"))
                sums.append(C(f"n{n}").sum())
            terms.append(pl.when(both).then(share).alias(f"r{n}"))
            sums.append(C(f"r{n}").sum())
            if item.over is not None:
                terms.append(pl.when(both).then(share * w).alias(f"d{n}"))
                sums.append(C(f"d{n}").sum())
        crosswalk = self.tables["crosswalk"].lazy()
        cells = wide.lazy().join(crosswalk, on="source").select(*AT, *terms)
        cells = cells.group_by(AT).agg(sums)
        tested = [t for n, item in enumerate(items) for t in _tested(n, item)]
        return self._grid().join(cells, on=AT, how="left").with_columns(tested)

    def _grid(self) -> pl.LazyFrame:
        crosswalk, tree = self.tables["crosswalk"], self.tables["tree"]
        old = C("source") < self.case.old_communes
        before = crosswalk.filter(old).group_by("unit").agg(C("share").sum())
        on_new = C("period") >= FIRST_ON_NEW_MAP
        grid = tree.join(before, on="unit")
        grid = grid.join(self.tables["quarter"].select("period"), how="cross")
        return grid.lazy().with_columns(
            expected=pl.when(on_new).then(1.0).otherwise(C("share")),
            whole=C("whole") | on_new,
            communes=pl.lit(1.0),
        )

    def _up_the_tree(self, communes: pl.LazyFrame) -> list[pl.DataFrame]:
        columns = ["expected", "communes"]
        for n, item in enumerate(self.case.indicators):
            columns += [f"n{n}", f"r{n}"]
            if item.kind in (Kind.RATIO, Kind.MEAN):
                columns.append(f"d{n}")
        tops = {
            f"n{n}" for n, i in enumerate(self.case.indicators) if i.kind is Kind.MAX
        }
        up = [C(c).max() if c in tops else C(c).sum() for c in columns]
        here = communes.select(*AT, "whole", *LEVELS_ABOVE, *columns).collect()
        made = [here]
        for level, above in enumerate(LEVELS_ABOVE, start=1):
            keys = [C(above).alias("unit"), C("period"), *LEVELS_ABOVE[level:]]
            here = here.group_by(keys).agg(up).with_columns(whole=pl.lit(value=True))
            made.append(here)
        return made

    def _shown(self, levels: list[pl.DataFrame]) -> pl.DataFrame:
        shown = [x for n, i in enumerate(self.case.indicators) for x in _shown(n, i)]
        return pl.concat([here.select(*AT, *shown) for here in levels])

    def clear(self) -> None:
        for name in ("values", "targets", "levels"):
            self.__dict__.pop(name, None)

    def results(self) -> Results:
        out = Results.empty(self.case)
        unit, period = (self.values[name].to_numpy() for name in AT)
        for n in range(len(self.case.indicators)):
            out.value[unit, n, period] = self.values[f"v{n}"].to_numpy()
            out.coverage[unit, n, period] = self.values[f"c{n}"].to_numpy()
        t = self.targets
        rows = (t["unit"].to_numpy(), t["ind"].to_numpy())
        for name in ("status", "reason", "pace", "progress"):
            getattr(out, name)[rows] = t[name].to_numpy()
        out.period[rows] = t["period"].fill_null(-1).to_numpy()
        out.judged[rows] = t["value"].to_numpy()
        out.judged_coverage[rows] = t["coverage"].to_numpy()
        at = self.levels["unit"].to_numpy()
        out.reached[at] = self.levels["reached"].to_numpy()
        out.possible[at] = self.levels["possible"].to_numpy()
        return out


def _codes(name: str, words: list[str], kind: type[pl.DataType]) -> pl.Expr:
    return C(name).cast(pl.Enum(words)).to_physical().cast(kind)


def _tested(n: int, item: Indicator) -> list[pl.Expr]:
    """A share asks its question of the communes of the map, where they know."""
    if item.condition is None:
        return []
    word, edge = item.condition
    sign = 1 if word == "at_least" else -1
    value = C(f"n{n}") if item.over is None else C(f"n{n}") / C(f"d{n}")
    slack = TOLERANCE * pl.max_horizontal(1.0, value.abs(), abs(edge))
    yes = (value - edge) * sign >= -slack
    if item.over is None:
        whole = C("expected") - C(f"r{n}") <= TOLERANCE
        sure = whole | (yes if sign > 0 else ~yes)
    else:
        sure = C(f"r{n}") >= (MIN_COVERAGE - TOLERANCE) * C("expected")
    sure = sure & (C(f"r{n}") > 0)
    return [
        pl.when(sure).then(yes.cast(pl.Float64)).alias(f"n{n}"),
        pl.when(sure).then(1.0).alias(f"r{n}"),
    ]


def _shown(n: int, item: Indicator) -> list[pl.Expr]:
    num, den, rep = C(f"n{n}"), C(f"d{n}"), C(f"r{n}")
    if item.kind is Kind.RATIO:
        value = pl.when(den != 0).then(PERCENT * num / den)
    elif item.kind is Kind.MEAN:
        value = pl.when(den != 0).then(num / den)
    elif item.kind is Kind.SHARE:
        value = pl.when(rep > 0).then(PERCENT * num / rep)
    elif item.kind is Kind.MAX:
        value = pl.when(C("whole")).then(num)
    else:
        value = pl.when(rep > 0).then(num)
    everyone = C("communes") if item.kind is Kind.SHARE else C("expected")
    return [
        value.alias(f"v{n}"),
        (rep.fill_null(0.0) / everyone).alias(f"c{n}"),
    ]
