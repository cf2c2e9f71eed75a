"""The pack's worked examples as domain objects, so that any engine can run them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from donbay.domain.acts import Act
from donbay.domain.criteria import Result
from donbay.domain.ledger import Observation
from donbay.domain.periods import Period
from donbay.domain.problems import Refused
from donbay.domain.programmes import Programme
from donbay.domain.quantities import Bound, equal
from donbay.domain.territory import Succession, Version
from donbay.domain.verdicts import CriterionRow, Days, LevelRow, TargetRow, ValueRow
from donbay.packs.cases_checks import check_case
from donbay.packs.cases_schema import CASE, TABLES
from donbay.packs.files import find_files
from donbay.packs.nodes import Items, read_nodes
from donbay.packs.places import Place, Problems
from donbay.packs.reader import Found, Said, read
from donbay.packs.records import need

Row = ValueRow | TargetRow | CriterionRow | LevelRow
Cell = str | bool | Decimal | None
_KEYS_OF = {
    "values": ("unit", "indicator", "period"),
    "targets": ("unit", "target"),
    "criteria": ("unit", "set", "criterion", "sub_criterion"),
    "levels": ("unit", "set"),
}


@dataclass(frozen=True, slots=True)
class Expected:
    """A row that must follow, or must not exist (`absent`)."""

    table: str
    file: str
    line: int
    columns: Mapping[str, Cell]
    absent: bool = False

    def is_about(self, row: Row) -> bool:
        """Whether the row of the same table is for the same thing."""
        keys = _KEYS_OF[self.table]
        return all(_same(self.columns.get(key), getattr(row, key)) for key in keys)

    def differences(self, row: Row) -> dict[str, tuple[Cell, object]]:
        """Per column that differs: what was expected, and what was found."""
        return {
            name: (wanted, getattr(row, name))
            for name, wanted in self.columns.items()
            if not _same(wanted, getattr(row, name))
        }


def _same(wanted: Cell, found: object) -> bool:
    if wanted is None or found is None:
        return wanted is None and found is None
    if isinstance(wanted, Decimal) and isinstance(found, int | float):
        digits = -int(wanted.as_tuple().exponent)
        slack = 0.5 * 10.0**-digits if digits > 0 else 0.0
        return equal(float(wanted), found) or abs(float(wanted) - found) <= slack
    if isinstance(wanted, bool):
        return wanted is found
    return str(wanted) == str(found)


@dataclass(frozen=True)
class Case:
    """What is given and what must follow."""

    name: str
    file: str
    line: int
    versions: tuple[Version, ...]
    successions: tuple[Succession, ...]
    observations: tuple[Observation, ...]
    acts: tuple[Act, ...]
    days: Days
    expected: tuple[Expected, ...]


def read_cases(path: Path, programme: Programme, on: date | None = None) -> list[Case]:
    """The cases of a pack folder, checked against its programme.

    Raises Refused with every problem found.
    """
    problems = Problems()
    found = []
    for file in find_files(Path(path), on, problems).of("cases"):
        node = read_nodes(file.path, file.shown, problems)
        if node is None:
            continue
        place = Place(file.shown, node.line)
        nodes = node.items if isinstance(node, Items) else (node,)
        for number, one in enumerate(nodes, start=1):
            here = place.item(str(number), one.line)
            said = read(CASE, one, here, problems)
            found += [said.value] if said and isinstance(said.value, Found) else []
    for case in found:
        check_case(case, programme, problems)
    if problems.found:
        raise Refused(problems.in_order())
    zone = ZoneInfo(programme.time_zone)
    return [_case(case, zone) for case in found]


def _case(found: Found, zone: ZoneInfo) -> Case:
    given, then = need(found, "given", Found), need(found, "then", Found)
    rows = given.all("observations", Found)
    return Case(
        need(found, "name", str),
        found.place.file,
        found.place.line or 1,
        tuple(_version(unit) for unit in given.all("units", Found)),
        tuple(_successions(given.all("successions", Found))),
        tuple(_observation(row, i, zone) for i, row in enumerate(rows)),
        tuple(_act(act) for act in given.all("acts", Found)),
        _days(given, zone),
        tuple(_expected(then)),
    )


def _days(given: Found, zone: ZoneInfo) -> Days:
    on = need(given, "on", date)
    known = given.get("known", datetime)
    if known and known.time() == time():
        known += timedelta(days=1) - timedelta(microseconds=1)
    return Days(on, given.get("map", date) or on, known and _aware(known, zone))


def _aware(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _version(found: Found) -> Version:
    name = need(found, "id", str)
    return Version(
        name,
        found.get("code", str) or name,
        found.get("name", str) or name,
        need(found, "level", str),
        found.get("parent", str),
        found.get("valid_from", date) or date.min,
        found.get("valid_to", date) or date.max,
        found.get("region", str),
        found.get("tags", frozenset) or frozenset(),
    )


def _successions(rows: tuple[Found, ...]) -> Iterator[Succession]:
    heirs = [(row.get("date", date), row.get("from", str)) for row in rows]
    for row in rows:
        day, origin = need(row, "date", date), need(row, "from", str)
        share = row.get("share", float)
        if not row.has("share") and heirs.count((day, origin)) == 1:
            share = 1.0
        yield Succession(
            day,
            origin,
            need(row, "to", str),
            share,
            row.get("basis", str),
            row.get("decision", str),
        )


def _observation(found: Found, row: int, zone: ZoneInfo) -> Observation:
    period = need(found, "period", Period)
    value = found.get("value", Decimal)
    recorded = found.get("recorded_at", datetime)
    return Observation(
        need(found, "unit", str),
        need(found, "indicator", str),
        period,
        None if value is None else float(value),
        _aware(recorded or datetime.combine(period.last, time()), zone),
        row,
        found.get("category", str),
        found.get("bound", Bound) or Bound.EXACT,
        found.get("source", str) or "case",
    )


def _act(found: Found) -> Act:
    return Act(
        need(found, "unit", str),
        need(found, "kind", str),
        need(found, "date", date),
        found.get("subject", str),
        found.get("level", str),
        found.get("result", Result),
        found.get("from", date),
        found.get("to", date),
        found.get("number", str),
        found.get("authority", str),
    )


def _expected(then: Found) -> Iterator[Expected]:
    for table in TABLES:
        for row in then.all(table, Found):
            columns = {
                name: _cell(said)
                for name, said in row.values.items()
                if name != "absent"
            }
            absent = row.get("absent", bool) or False
            yield Expected(table, row.place.file, row.place.line or 1, columns, absent)


def _cell(said: Said) -> Cell:
    value = said.value
    if value is None or isinstance(value, bool | Decimal):
        return value
    return str(value)
