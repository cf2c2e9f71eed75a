"""The printed table: engines side by side, with ratios."""

from statistics import median

from benchmarks.measure import Measured
from benchmarks.results import Difference

HEADER = (
    f"{'':10} {'best s':>8} {'median s':>9} {'runs':>5} {'CPU s':>8} "
    f"{'peak MB':>8} {'ratio':>7} {'CPU ratio':>10} {'others':>7}"
)


def section(title: str, rows: list[Measured], against: str) -> str:
    """One block; ratios are to the engine `against`, or to the fastest without it."""
    if not rows:
        return ""
    named = [row for row in rows if row.engine == against]
    base = named[0] if named else min(rows, key=lambda row: row.best)
    lines = [f"\n{title}", HEADER]
    for row in sorted(rows, key=lambda row: row.best):
        ratio, cpu = row.best / base.best, row.cpu / base.cpu
        lines.append(
            f"{row.engine:10} {row.best:8.2f} {row.median:9.2f} {len(row.walls):5d} "
            f"{row.cpu:8.2f} {row.peak_mb:8,.0f} {ratio:6.1f}x {cpu:9.1f}x "
            f"{row.others:7.0%}"
        )
    return "\n".join(lines)


def differences(name: str, found: list[Difference]) -> str:
    """One line when all agree; else every column that differs, with examples."""
    bad = [one for one in found if one.rows]
    rows = sum(one.of for one in found)
    if not bad:
        return f"{name}: 0 differences in {rows:,} compared cells"
    lines = [f"{name}: DIFFERENT"]
    for one in bad:
        lines.append(f"  {one.column}: {one.rows:,} of {one.of:,}")
        lines += [f"    {example}" for example in one.examples]
    return "\n".join(lines)


def writing(row: Measured) -> str:
    line = row.more["writing"]
    return f"\nWriting the rows, {row.engine}: {line['rows']:,} in {line['wall']:.2f} s"


def increment(row: Measured) -> str:
    """The time of one submission, and if what it left equals a full run."""
    line = row.more
    bad = ", ".join(line["different"])
    equal = f"DIFFERENT from a full run in {bad}" if bad else "equal to a full run"
    return (
        f"\nOne commune's 60 values through to the country, {row.engine}, "
        f"{len(line['p99'])} rounds of {line['submissions']:,}: "
        f"p50 {_rounds(line['p50'])}, p99 {_rounds(line['p99'])}, "
        f"worst of all {line['worst'] * 1000:.2f} ms; {equal}, bit for bit"
    )


def _rounds(seconds: list[float]) -> str:
    best, middle = min(seconds) * 1000, median(seconds) * 1000
    return f"best {best:.2f} median {middle:.2f} ms"
