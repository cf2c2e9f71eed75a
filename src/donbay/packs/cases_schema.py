"""The format of cases: what is given, and what must follow."""

from __future__ import annotations

from collections.abc import Mapping

from donbay.domain.criteria import Result
from donbay.domain.quantities import Bound
from donbay.domain.verdicts import Status
from donbay.packs.shapes import Choice, Field, ListOf, Record
from donbay.packs.words import (
    CATEGORY,
    DATE,
    ID,
    LABEL,
    MOMENT,
    NUMBER_OR_NONE,
    PERIOD,
    SHARE,
    TAGS,
    TEXT,
    TEXT_OR_NONE,
    YES_NO,
)

UNIT = Record(
    "unit of a case",
    "As a row of units.csv.",
    (
        Field("id", LABEL, "of the unit", required=True),
        Field("code", LABEL, "default: the id"),
        Field("name", TEXT, "default: the id"),
        Field("level", ID, "a level of the programme", required=True),
        Field("parent", LABEL, "the unit above"),
        Field("valid_from", DATE, "its first day; default: always"),
        Field("valid_to", DATE, "its last day; default: always"),
        Field("region", LABEL, "as limits name it"),
        Field("tags", TAGS, "words separated by `;`"),
    ),
)
SUCCESSION = Record(
    "succession of a case",
    "As a row of successions.csv.",
    (
        Field("date", DATE, "from when", required=True),
        Field("from", LABEL, "the unit that gives", required=True),
        Field("to", LABEL, "the unit that receives", required=True),
        Field("share", SHARE, "default: 1 for one heir, unknown for several"),
        Field("basis", TEXT, "what the share is of"),
        Field("decision", TEXT, "the legal act"),
    ),
)
OBSERVATION = Record(
    "observation of a case",
    "As a row of observations.csv.",
    (
        Field("unit", LABEL, "the unit that reports", required=True),
        Field("indicator", ID, "what it reports", required=True),
        Field("period", PERIOD, "for when", required=True),
        Field("category", CATEGORY, "default: the total"),
        Field("value", NUMBER_OR_NONE, "the figure; `none` withdraws", required=True),
        Field("bound", Choice(Bound), "default exact"),
        Field("recorded_at", MOMENT, "default: the period's last day"),
        Field("source", TEXT, "default: the case"),
    ),
)
ACT = Record(
    "act of a case",
    "As a row of acts.csv.",
    (
        Field("unit", LABEL, "the unit concerned", required=True),
        Field("kind", ID, "`attestation`, or a kind that recognises", required=True),
        Field("subject", LABEL, "the sub-criterion attested"),
        Field("level", TEXT_OR_NONE, "the level recognised; `none` revokes"),
        Field("result", Choice(Result), "of an attestation"),
        Field("from", DATE, "default: its date"),
        Field("to", DATE, "default: for ever"),
        Field("number", TEXT, "as printed"),
        Field("authority", LABEL, "who decided"),
        Field("date", DATE, "when it was decided", required=True),
    ),
)
GIVEN = Record(
    "given",
    "The places, reports and acts, and the days of the judgement.",
    (
        Field("on", DATE, "the day judged", required=True),
        Field("known", MOMENT, "what was known; a day counts to its end"),
        Field("map", DATE, "the map used; default: `on`"),
        Field("units", ListOf(UNIT), "the places", required=True),
        Field("successions", ListOf(SUCCESSION), "how they changed"),
        Field("observations", ListOf(OBSERVATION), "the reports, in order"),
        Field("acts", ListOf(ACT), "the decisions, in order"),
    ),
)
_ABSENT = Field("absent", YES_NO, "yes: there must be no such row")


def _numbers(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, NUMBER_OR_NONE, "as in the table") for name in names)


def _unit() -> Field:
    return Field("unit", LABEL, "the unit", required=True)


TABLES: Mapping[str, Record] = {
    "values": Record(
        "expected value",
        "A row of the table `values`.",
        (
            _unit(),
            Field("indicator", ID, "the indicator", required=True),
            Field("period", PERIOD, "the period", required=True),
            *_numbers("value", "low", "high", "coverage", "stated"),
            Field("reason", TEXT_OR_NONE, "a reason's code"),
            _ABSENT,
        ),
    ),
    "targets": Record(
        "expected target",
        "A row of the table `targets`.",
        (
            _unit(),
            Field("target", ID, "the target", required=True),
            Field("status", Choice(Status), "where it stands"),
            Field("reason", TEXT_OR_NONE, "a reason's code, such as `stale`"),
            Field("period", PERIOD, "the period of the value"),
            *_numbers(
                "value",
                "coverage",
                "target_value",
                "baseline",
                "pace",
                "progress",
                "exceeded",
            ),
            Field("first_met", PERIOD, "the first period that met it"),
            _ABSENT,
        ),
    ),
    "criteria": Record(
        "expected criterion",
        "A row of the table `criteria`; without `sub_criterion` the criterion's own.",
        (
            _unit(),
            Field("set", ID, "the set", required=True),
            Field("criterion", LABEL, "the criterion", required=True),
            Field("sub_criterion", TEXT_OR_NONE, "the sub-criterion"),
            *_numbers("value", "threshold"),
            Field("result", Choice(Result), "the judgement"),
            Field("reason", TEXT_OR_NONE, "a reason's code"),
            Field("verified", YES_NO, "whether all thresholds have a source"),
            _ABSENT,
        ),
    ),
    "levels": Record(
        "expected level",
        "A row of the table `levels`.",
        (
            _unit(),
            Field("set", ID, "the set", required=True),
            Field("reached", ID, "a level, `none` or `unknown`"),
            Field("possible", ID, "a level or `none`"),
            Field("recognised", ID, "a level or `none`"),
            _ABSENT,
        ),
    ),
}
THEN = Record(
    "then",
    "Rows that must follow, each with the columns that matter.",
    tuple(Field(name, ListOf(row), row.says) for name, row in TABLES.items()),
)
CASE = Record(
    "case",
    "A worked example, run by both engines. A file holds one case or a list of them.",
    (
        Field("name", TEXT, "what it shows, in a sentence", required=True),
        Field("given", GIVEN, "what is the case", required=True),
        Field("then", THEN, "what follows", required=True),
    ),
)
