"""SQL of the DuckDB rival: wide tables, a row per unit and period, a column per series.

Found by trial to be its fastest layout here: one pivot that also keeps the last
version (in slices, so that each row meets few CASEs), then plain sums of columns.
"""

from benchmarks.case import Case
from benchmarks.relations import DAYS, offsets
from benchmarks.spec import (
    AT_RISK,
    BASELINE,
    FIRST_ON_NEW_MAP,
    FRESH,
    LAST,
    MIN_COVERAGE,
    PERCENT,
    REACHED,
    REASONS,
    STATUSES,
    TOLERANCE,
    Indicator,
    Kind,
)

SLICE = 10
VERDICTS = [
    *("recent", "goals", "settled", "unsettled", "history", "looked_back"),
    *("verdict", "tested", "ladder"),
]
CODE = {word: n for n, word in enumerate(STATUSES)}
WHY = {word: n for n, word in enumerate(REASONS)}
FULL = 1 - TOLERANCE
ENOUGH = MIN_COVERAGE - TOLERANCE
NEAR = AT_RISK - TOLERANCE


# A table of its own because DuckDB 2.0.0 fails on the join inside a join (its #24807).
GRID = f"""CREATE TABLE grid AS
  WITH behind AS (SELECT unit, sum(share) AS before
    FROM crosswalk WHERE source < ? GROUP BY unit)
  SELECT unit, period, district, province, country,
    period >= {FIRST_ON_NEW_MAP} OR whole AS whole,
    CASE WHEN period < {FIRST_ON_NEW_MAP} THEN before ELSE 1.0 END AS expected
  FROM tree JOIN behind USING (unit), quarter"""


def pivot(series: int) -> list[str]:
    """The last version of every cell, a row per source and period."""
    made = []
    for start in range(0, series, SLICE):
        stop = min(start + SLICE, series)
        last = ", ".join(
            f"arg_max_null(value, CASE WHEN series = {n} THEN seq END) AS s{n}"
            for n in range(start, stop)
        )
        made.append(
            f"CREATE TABLE slice{start} AS SELECT source, period, {last} FROM log "
            f"WHERE series BETWEEN {start} AND {stop - 1} GROUP BY ALL"
        )
    joins = " ".join(
        f"FULL JOIN slice{start} USING (source, period)"
        for start in range(SLICE, series, SLICE)
    )
    made.append(f"CREATE TABLE wide AS FROM slice0 {joins}")
    return made


def _parts(n: int, item: Indicator) -> list[str]:
    """Sums over the sources of one commune: n numerator, d denominator, r reporters."""
    v, w = f"s{item.of}", f"s{item.over}"
    one = "CASE WHEN {} IS NOT NULL THEN share * {} END"
    both = f"{v} IS NOT NULL AND {w} IS NOT NULL"
    if item.kind is Kind.MAX:
        return [f"max({v}) AS n{n}", f"sum({one.format(v, 1)}) AS r{n}"]
    if item.over is None:
        return [f"sum(share * {v}) AS n{n}", f"sum({one.format(v, 1)}) AS r{n}"]
    num = one.format(w, v) if item.kind is Kind.RATIO else f"share * {v} * {w}"
    return [
        f"sum({num}) AS n{n}",
        f"sum({one.format(v, w)}) AS d{n}",
        f"sum(CASE WHEN {both} THEN share END) AS r{n}",
    ]


def _kept(n: int, item: Indicator) -> list[str]:
    """The columns that travel up the tree; a share counts yes among those who know."""
    if item.condition is None:
        pair = item.kind in (Kind.RATIO, Kind.MEAN)
        return [f"n{n}", f"d{n}", f"r{n}"] if pair else [f"n{n}", f"r{n}"]
    word, edge = item.condition
    value = f"n{n} / d{n}" if item.over is not None else f"n{n}"
    sign = 1 if word == "at_least" else -1
    yes = f"({_meets(value, str(edge), str(sign))})"
    if item.over is not None:
        sure = f"r{n} >= {ENOUGH} * expected"
    else:
        whole = f"expected - r{n} <= {TOLERANCE}"
        sure = f"({whole} OR {yes if sign > 0 else f'NOT {yes}'})"
    return [
        f"CASE WHEN {sure} THEN {yes}::INT::DOUBLE END AS n{n}",
        f"CASE WHEN {sure} THEN 1.0 END AS r{n}",
    ]


def _upward(n: int, item: Indicator) -> list[str]:
    names = [part.split(" AS ")[-1] for part in _kept(n, item)]
    tops = {f"n{n}"} if item.kind is Kind.MAX else set()
    return [f"{'max' if c in tops else 'sum'}({c}) AS {c}" for c in names]


def _meets(x: str, edge: str, sign: str) -> str:
    slack = f"{TOLERANCE} * greatest(1, abs({x}), abs({edge}))"
    return f"({x} - {edge}) * {sign} >= -{slack}"


def cube(case: Case) -> list[str]:
    """Crosswalk, roll-up, division: `cube` has v and c of each indicator."""
    items = case.indicators
    parts = ", ".join(p for n, i in enumerate(items) for p in _parts(n, i))
    kept = ", ".join(p for n, i in enumerate(items) for p in _kept(n, i))
    up = ", ".join(p for n, i in enumerate(items) for p in _upward(n, i))
    made = [
        f"""CREATE TABLE communes AS SELECT unit, period, district, province, country,
          expected, 1.0 AS members, whole, {kept}
        FROM (SELECT unit, period, {parts} FROM wide JOIN crosswalk USING (source)
              GROUP BY ALL) RIGHT JOIN grid USING (unit, period)"""
    ]
    below = "communes"
    for level, above in (
        ("district", "province, country, "),
        ("province", "country, "),
        ("country", ""),
    ):
        made.append(
            f"CREATE TABLE {level}s AS SELECT {level} AS unit, period, {above}"
            f"sum(expected) AS expected, sum(members) AS members, true AS whole, {up} "
            f"FROM {below} GROUP BY ALL"
        )
        below = f"{level}s"
    shown = ", ".join(_shown(n, item) for n, item in enumerate(items))
    made.append(
        f"CREATE TABLE cube AS SELECT unit, period, {shown} FROM (FROM communes"
        " UNION ALL BY NAME FROM districts UNION ALL BY NAME FROM provinces"
        " UNION ALL BY NAME FROM countrys)"
    )
    return made


def _shown(n: int, item: Indicator) -> str:
    value = {
        Kind.SUM: f"n{n}",
        Kind.MAX: f"CASE WHEN whole THEN n{n} END",
        Kind.MEAN: f"n{n} / nullif(d{n}, 0)",
        Kind.RATIO: f"{PERCENT} * n{n} / nullif(d{n}, 0)",
        Kind.SHARE: f"{PERCENT} * n{n} / r{n}",
    }[item.kind]
    all_ = "members" if item.kind is Kind.SHARE else "expected"
    return f"{value} AS v{n}, coalesce(r{n}, 0) / {all_} AS c{n}"


def _status(x: str) -> str:
    slack = f"{TOLERANCE} * greatest(1, abs(pace), abs(baseline))"
    ahead = f"(pace - baseline) * sign > {slack}"
    return f"""CASE WHEN {_meets(x, "target", "sign")} THEN {CODE["achieved"]}
      WHEN passed THEN {CODE["missed"]}
      WHEN baseline IS NULL THEN {CODE["open"]}
      WHEN {_meets(x, "pace", "sign")} THEN {CODE["on_track"]}
      WHEN {ahead} AND ({x} - baseline) / (pace - baseline) >= {NEAR}
      THEN {CODE["at_risk"]} ELSE {CODE["off_track"]} END"""


def _unnested(first: int, stop: int, where: str) -> str:
    """A row per unit, indicator and period, of some indicators."""
    values = ", ".join(f"v{n}" for n in range(first, stop))
    coverages = ", ".join(f"c{n}" for n in range(first, stop))
    return (
        f"SELECT unit, period, ind::SMALLINT AS ind, value, coverage FROM (SELECT "
        f"unit, period, unnest(range({first}, {stop})) AS ind, "
        f"unnest([{values}]) AS value, "
        f"unnest([{coverages}]) AS coverage FROM cube WHERE {where})"
    )


def _judged(source: str) -> str:
    """Each value with its pace, its status and whether it may be judged."""
    days = ", ".join(str(day) for day in DAYS)
    worst = ", ".join(str(CODE[word]) for word in ("missed", "open", "off_track"))
    base_day = DAYS[BASELINE]
    low = "(value * coverage)"
    high = f"(value * coverage + {PERCENT} * (1 - coverage))"
    return f"""SELECT *, after AND value IS NOT NULL AND CASE
        WHEN coverage >= {FULL} THEN true
        WHEN pair THEN coverage >= {ENOUGH}
        WHEN shared THEN ({_status(low)}) = ({_status(high)})
        WHEN sign > 0 THEN status = {CODE["achieved"]}
        ELSE status IN ({worst}) END AS usable,
        {{'value': value, 'coverage': coverage, 'pace': pace, 'status': status}}
        AS found
      FROM (SELECT *, {_status("value")} AS status FROM (SELECT unit, ind, period,
        value, coverage, pair, shared, sign, target, passed, baseline,
        NOT from_baseline OR period > {BASELINE} AS after,
        CASE WHEN {_meets("baseline", "target", "sign")} THEN target
          ELSE baseline + (target - baseline) * ([{days}][period + 1] - {base_day})
            / (deadline - {base_day}) END AS pace
        FROM ({source}) JOIN goals USING (unit, ind)))"""


def targets(case: Case) -> list[str]:
    """Most targets are settled by the last two quarters; only the rest look back."""
    count = len(case.indicators)
    half = count // 2
    past = f"period < {FRESH}"
    every = (
        "FROM history UNION ALL BY NAME (FROM recent SEMI JOIN unsettled "
        f"USING (unit, ind) WHERE period >= {FRESH})"
    )
    return [
        f"""CREATE TABLE recent AS
            {_unnested(0, count, f"period >= {FRESH} OR period = {BASELINE}")}""",
        f"""CREATE TABLE goals AS SELECT unit, g.*, pair, shared, sign,
            CASE WHEN from_baseline AND (coverage >= {FULL}
              OR pair AND coverage >= {ENOUGH}) THEN value END AS baseline
            FROM unit JOIN goal g USING (level) JOIN indicator USING (ind)
            JOIN recent USING (unit, ind) WHERE recent.period = {BASELINE}""",
        f"""CREATE TABLE settled AS SELECT unit, ind, max(period) AS period,
            arg_max(found, period) AS found
            FROM ({_judged(f"SELECT * FROM recent WHERE period >= {FRESH}")})
            WHERE usable GROUP BY ALL""",
        """CREATE TABLE unsettled AS SELECT unit, ind FROM goals
            ANTI JOIN settled USING (unit, ind)""",
        f"""CREATE TABLE history AS FROM ({_unnested(0, half, past)} UNION ALL
            {_unnested(half, count, past)}) SEMI JOIN unsettled USING (unit, ind)""",
        f"""CREATE TABLE looked_back AS SELECT unit, ind,
            max(CASE WHEN usable THEN period END) AS period,
            arg_max(found, CASE WHEN usable THEN period END) AS found,
            bool_or(coverage > 0) AS before, bool_or(coverage > 0 AND after) AS later
            FROM ({_judged(every)}) GROUP BY ALL""",
        f"""CREATE TABLE verdict AS SELECT unit, ind, period, found.value AS value,
            found.coverage AS coverage, found.pace AS pace, reason,
            (found.value - baseline) / nullif(target - baseline, 0) AS progress,
            CASE WHEN reason = 0 THEN found.status ELSE {CODE["no_data"]} END AS status
            FROM (SELECT *, CASE
              WHEN period IS NULL AND later THEN {WHY["partial"]}
              WHEN period IS NULL AND before THEN {WHY["before_baseline"]}
              WHEN period IS NULL THEN {WHY["never"]}
              WHEN period < {FRESH} THEN {WHY["stale"]}
              WHEN passed AND period < {LAST} THEN {WHY["awaiting_final"]}
              ELSE 0 END AS reason
              FROM (FROM settled UNION ALL BY NAME FROM looked_back)
              JOIN goals USING (unit, ind))""",
    ]


def levels(case: Case) -> list[str]:
    first_district = offsets(case)[1]
    return [
        f"""CREATE TABLE tested AS
        WITH fresh AS (SELECT unit, ind, arg_max(value, period) AS value
            FROM recent JOIN indicator USING (ind)
            WHERE period >= {FRESH} AND unit < {first_district} AND value IS NOT NULL
              AND (NOT pair OR coverage >= {ENOUGH}) GROUP BY ALL),
        sub AS (SELECT tree.unit, step, criterion, value IS NULL AS unknown,
            coalesce(NOT ({_meets("value", "edge", "sign")}), false) AS failed
            FROM tree JOIN
              (SELECT t.*, sign FROM threshold t JOIN indicator USING (ind))
              USING (region) LEFT JOIN fresh USING (unit, ind)),
        criterion AS (SELECT unit, step, criterion, bool_or(failed) AS failed,
            bool_or(unknown) AS unknown FROM sub GROUP BY ALL)
        SELECT unit, step, bool_or(failed) AS failed, bool_or(unknown) AS unknown
        FROM criterion GROUP BY ALL""",
        f"""CREATE TABLE ladder AS SELECT unit,
            CASE WHEN bool_or(step = 0 AND unknown AND NOT failed)
              THEN {REACHED.index("unknown")}
              ELSE coalesce(min(CASE WHEN failed OR unknown THEN step END), 3)
            END AS reached,
            coalesce(min(CASE WHEN failed THEN step END), 3) AS possible
        FROM tested GROUP BY unit""",
    ]
