"""The contract of the four input files: their columns, and what a cell holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds."""

    ID = "id"
    TEXT = "text"
    TAGS = "tags"
    DATE = "date"
    MOMENT = "moment"
    PERIOD = "period"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `needed` in the header, `filled` in every row.

    An empty cell means `default`, where there is one.
    """

    name: str
    kind: Kind
    example: str
    meaning: str
    needed: bool = True
    filled: bool = True
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A file by its stem, with its columns in the order in which they are written."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    needed: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def _needed(name: str, kind: Kind, example: str, meaning: str) -> Column:
    return Column(name, kind, example, meaning)


def _empty(name: str, kind: Kind, example: str, meaning: str) -> Column:
    return Column(name, kind, example, meaning, filled=False)


def _optional(name: str, kind: Kind, example: str, meaning: str) -> Column:
    return Column(name, kind, example, meaning, needed=False, filled=False)


UNITS = Layout(
    "units",
    "Places. Several rows of one `id` are its versions, whose days may not overlap.",
    (
        _needed("id", Kind.ID, "c-phu-do", "stable name of the unit; never reused"),
        _optional("code", Kind.TEXT, "05716", "official code; empty: the `id`"),
        _needed("name", Kind.TEXT, "Xã Phú Đô", "name in this version"),
        _needed("level", Kind.ID, "commune", "a level of the pack; one per unit"),
        _empty("parent", Kind.ID, "p-thai-nguyen", "unit above, valid on all its days"),
        _optional("valid_from", Kind.DATE, "2025-07-01", "first day; empty: ever"),
        _optional("valid_to", Kind.DATE, "", "last day, included; empty: open"),
        _optional("region", Kind.ID, "NM", "region of the pack's thresholds"),
        _optional("tags", Kind.TAGS, "mountain;border", "words separated by `;`"),
        _optional("lat", Kind.NUMBER, "21.7206", "degrees north of a point in it"),
        _optional("lon", Kind.NUMBER, "105.9832", "degrees east; both or neither"),
    ),
)

SUCCESSIONS = Layout(
    "successions",
    "What became of a unit's territory when it ended or was divided.",
    (
        _needed(
            "date", Kind.DATE, "2025-07-01", "first day on which `to` holds the part"
        ),
        _needed(
            "from",
            Kind.ID,
            "c-phu-do-old",
            "unit that gives; a unit that stays has a row to itself",
        ),
        _needed("to", Kind.ID, "c-phu-do", "unit that receives"),
        _optional(
            "share",
            Kind.NUMBER,
            "1",
            "part of `from`, 0 to 1; all of one `from` given (sum 1) or all empty",
        ),
        _optional("basis", Kind.TEXT, "population", "what the share is a part of"),
        _optional("decision", Kind.TEXT, "1683/NQ-UBTVQH15", "the legal act"),
    ),
    needed=False,
)

OBSERVATIONS = Layout(
    "observations",
    "What was reported. Rows are only added: a later row corrects an earlier one.",
    (
        _needed("unit", Kind.ID, "c-phu-do", "a unit valid on the period's last day"),
        _needed("indicator", Kind.ID, "poor_households", "an indicator of the pack"),
        _needed(
            "period", Kind.PERIOD, "2025-Q3", "of the indicator's frequency: see below"
        ),
        _optional(
            "category", Kind.ID, "", "a declared category; empty: the total of all"
        ),
        _empty("value", Kind.NUMBER, "112", "empty: withdraws what was reported"),
        Column(
            "bound",
            Kind.CHOICE,
            "exact",
            "what the number says of the true one; empty: exact",
            needed=False,
            filled=False,
            default="exact",
        ),
        _needed(
            "recorded_at",
            Kind.MOMENT,
            "2025-10-08T09:30:00+07:00",
            "without a zone: the programme's; without a time: 00:00",
        ),
        _optional("source", Kind.TEXT, "report 14/BC-UBND", "where it was read"),
    ),
)

ACTS = Layout(
    "acts",
    "What was decided: recognitions, attestations, awards, revocations.",
    (
        _needed("unit", Kind.ID, "c-phu-do", "the unit decided upon"),
        _needed(
            "kind",
            Kind.ID,
            "attestation",
            "`attestation`, or the kind by which a set is recognised",
        ),
        _optional("subject", Kind.ID, "10.1", "of an attestation: the sub-criterion"),
        _optional("level", Kind.ID, "", "level recognised; empty: revokes"),
        _optional("result", Kind.CHOICE, "met", "of an attestation"),
        _optional("from", Kind.DATE, "2025-12-01", "first day in force; empty: `date`"),
        _optional("to", Kind.DATE, "", "last day in force; empty: open"),
        _optional("number", Kind.TEXT, "88/QĐ-UBND", "number of the decision"),
        _optional("authority", Kind.TEXT, "department_of_health", "who decided"),
        _needed("date", Kind.DATE, "2025-11-28", "day of the decision"),
    ),
    needed=False,
)

LAYOUTS = (UNITS, SUCCESSIONS, OBSERVATIONS, ACTS)
