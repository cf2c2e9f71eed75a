"""Reads the worked cases of docs/reference/meaning.md, and what they ask of an engine.

A case is a fenced block: YAML whose tables are written as text, a header and rows,
split at spaces; `-` is an empty cell. Every scalar is read as text and typed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import yaml
from tests.engine import definitions

from donbay.domain.acts import Act
from donbay.domain.ledger import Observation
from donbay.domain.periods import parse_period
from donbay.domain.programmes import Programme, UnitLevel
from donbay.domain.quantities import Bound, equal
from donbay.domain.territory import Succession, Territory, Version
from donbay.domain.verdicts import Days, Evaluation

Cells = Mapping[str, str | None]
Engine = Callable[
    [Programme, Territory, Sequence[Observation], Sequence[Act], Days], Evaluation
]
ZONE = "Asia/Ho_Chi_Minh"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
BLOCK = re.compile(r"^```case\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{2,4} (?P<title>.+)$", re.MULTILINE)
TABLES = ("values", "targets", "criteria", "levels")


@dataclass(frozen=True)
class Case:
    """One block: what is given, and what must follow."""

    title: str
    line: int
    given: Mapping[str, object]
    then: Mapping[str, str]

    def __str__(self) -> str:
        return f"line {self.line}: {self.title}"


def cases(page: str) -> Iterator[Case]:
    """Every block in order; one that says `again` builds on the one before it."""
    before: Mapping[str, object] = {}
    for block in BLOCK.finditer(page):
        told = yaml.load(block["text"], Loader=yaml.BaseLoader)  # noqa: S506 -- text only
        then = told.pop("then")
        given = {**before, **told} if told.pop("again", None) else told
        before = given
        headings = [h for h in HEADING.finditer(page) if h.start() < block.start()]
        title = headings[-1]["title"] if headings else ""
        yield Case(title, page[: block.start()].count("\n") + 1, given, then)


def story(text: str) -> Case:
    """A case that a test tells itself."""
    return next(cases(f"```case\n{text.strip()}\nthen: {{}}\n```"))


# --- what is given -------------------------------------------------------------------


def table(text: str) -> list[Cells]:
    """A header and rows; cells left out at the end of a row are empty."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    header, rows = lines[0], lines[1:]
    for row in rows:
        assert len(row) <= len(header), f"more cells than columns: {row}"
    return [
        {
            name: None if cell == "-" else cell
            for name, cell in zip(header, row + ["-"] * len(header), strict=False)
        }
        for row in rows
    ]


def evaluated(case: Case, engine: Engine) -> Evaluation:
    given = case.given
    text = {key: value for key, value in given.items() if isinstance(value, str)}
    return engine(
        programme(given),
        Territory(
            [version(row) for row in table(text["units"])],
            [succession(row) for row in table(text.get("successions", "date"))],
        ),
        [
            observation(number, row)
            for number, row in enumerate(table(text.get("reports", "unit")))
        ],
        [act(row) for row in table(text.get("acts", "unit"))],
        days(text),
    )


def programme(given: Mapping[str, object]) -> Programme:
    levels = str(given.get("levels", "province commune")).split()
    read = definitions.Reader(lowest=levels[-1])
    return Programme(
        id="worked",
        levels=tuple(UnitLevel(level) for level in levels),
        indicators={
            name: read.indicator(name, told or {})
            for name, told in definitions.mapping(given["indicators"]).items()
        },
        targets=tuple(
            read.target(name, told)
            for name, told in definitions.mapping(given.get("targets", {})).items()
        ),
        criteria=tuple(
            read.criteria_set(name, told)
            for name, told in definitions.mapping(given.get("criteria", {})).items()
        ),
        scope=frozenset(str(given.get("scope", "")).split()),
        time_zone=ZONE,
    )


def day(text: str | None, default: date) -> date:
    return date.fromisoformat(text) if text else default


def moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(ZONE))


def days(text: Mapping[str, str]) -> Days:
    """`known` is the end of its day."""
    on = date.fromisoformat(text["on"])
    known = None
    if "known" in text:
        known = moment(text["known"]) + timedelta(days=1, microseconds=-1)
    return Days(on=on, map=day(text.get("map"), on), known=known)


def version(row: Cells) -> Version:
    unit = row["id"] or ""
    return Version(
        unit=unit,
        code=unit,
        name=unit,
        level=row["level"] or "",
        parent=row.get("parent"),
        valid_from=day(row.get("from"), date.min),
        valid_to=day(row.get("to"), date.max),
        region=row.get("region"),
        tags=frozenset((row.get("tags") or "").split(",")) - {""},
    )


def succession(row: Cells) -> Succession:
    return Succession(
        date=date.fromisoformat(row["date"] or ""),
        origin=row["from"] or "",
        heir=row["to"] or "",
        share=float(row["share"] or "") if row.get("share") else None,
    )


def observation(number: int, row: Cells) -> Observation:
    recorded = row.get("recorded_at")
    return Observation(
        unit=row["unit"] or "",
        indicator=row["indicator"] or "",
        period=parse_period(row["period"] or ""),
        category=row.get("category"),
        value=float(row["value"] or "") if row.get("value") else None,
        bound=Bound(row.get("bound") or "exact"),
        recorded_at=moment(recorded) if recorded else LONG_AGO,
        row=number,
    )


def act(row: Cells) -> Act:
    signed = date.fromisoformat(row["date"] or "")
    return Act(
        unit=row["unit"] or "",
        kind=row["kind"] or "",
        date=signed,
        subject=row.get("subject"),
        level=row.get("level"),
        result=row.get("result"),
        start=day(row["from"], signed) if row.get("from") else None,
        end=day(row["to"], signed) if row.get("to") else None,
        authority=row.get("authority"),
    )


# --- what must follow ----------------------------------------------------------------


def faults(case: Case, found: Evaluation) -> list[str]:
    """Where the engine says something else; empty when it agrees."""
    told = []
    for name, text in case.then.items():
        rows = getattr(found, name.removeprefix("no "))
        if text.strip() == "none":
            told += [f"{name}: {row}" for row in rows]
        elif name.startswith("no "):
            told += [f"{name}: {row}" for row in table(text) if matching(row, rows)]
        else:
            told += [f"{name}: {f}" for row in table(text) for f in misses(row, rows)]
    return told


KEYS = {"unit", "indicator", "period", "target", "set", "criterion", "sub_criterion"}


def matching(expected: Cells, rows: Sequence[object]) -> list[object]:
    """By unit, indicator and so on, as far as the table has these columns."""
    keys = KEYS & expected.keys()
    if rows and hasattr(rows[0], "status"):
        keys -= {"period"}
    return [
        row for row in rows if all(shown(getattr(row, k)) == expected[k] for k in keys)
    ]


def misses(expected: Cells, rows: Sequence[object]) -> Iterator[str]:
    found = matching(expected, rows)
    if len(found) != 1:
        yield f"{expected} has {len(found)} rows"
        return
    for name, wanted in expected.items():
        value = getattr(found[0], name)
        if not agrees(wanted, value):
            yield f"{expected}: {name} is {shown(value)}"


def agrees(wanted: str | None, value: object) -> bool:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return wanted is not None and equal(float(Fraction(wanted)), float(value))
    return shown(value) == wanted


def shown(value: object) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else str(value)
