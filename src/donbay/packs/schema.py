"""The format of a pack, declared once.

The reader, the JSON Schemas for editors and docs/reference/packs.md follow from here.
"""

from __future__ import annotations

from collections.abc import Mapping

from donbay.domain.indicators import Direction, Measure, OverTime, RollUp
from donbay.domain.periods import Frequency
from donbay.domain.quantities import Comparator
from donbay.domain.sources import Verification
from donbay.packs.criteria_schema import LEVEL
from donbay.packs.forms_schema import CALL, FORM
from donbay.packs.shapes import Choice, Field, ListOf, MapOf, Record, Shape
from donbay.packs.sources_schema import SOURCE
from donbay.packs.words import (
    CATEGORY,
    COARSER,
    DATE,
    DECIMALS,
    DOCUMENT,
    FORMULA,
    FRACTION,
    ID,
    LABEL,
    LINK,
    NUMBER,
    PERIOD,
    POSITIVE,
    SPAN,
    TEXT,
    TIME_ZONE,
    YEAR,
    YES_NO,
)

_SCOPE = Field("scope", ListOf(LABEL), "only over units with any of these tags")
_SOURCE = Field("source", SOURCE, "where it is written")
_OBJECTIVE = Field("objective", ID, "the objective that it serves")

UNIT_LEVEL = Record(
    "unit level",
    "A level of the tree of units.",
    (
        Field("id", ID, "as in units.csv", required=True),
        Field("end", DATE, "its last day, where the level was abolished"),
    ),
)
DOCUMENT_RECORD = Record(
    "document",
    "A legal act. Its title is in the texts.",
    (
        Field("id", DOCUMENT, "named by sources", required=True),
        Field("number", TEXT, "as printed, such as `318/QĐ-TTg`", required=True),
        Field("issuer", TEXT, "who issued it", required=True),
        Field("date", DATE, "when it was signed"),
        Field("in_force", DATE, "from when it holds"),
        Field("implements", ListOf(DOCUMENT), "documents that it carries out"),
        Field("amends", ListOf(DOCUMENT), "documents that it changes"),
        Field("replaces", ListOf(DOCUMENT), "documents that it ends"),
        Field("href", LINK, "where it can be read"),
        Field(
            "verification",
            Choice(Verification),
            "how far it was checked",
            required=True,
        ),
    ),
)
OBJECTIVE = Record(
    "objective",
    "An objective, or a target group under one.",
    (
        Field("id", ID, "named by targets and tasks", required=True),
        Field("parent", ID, "the objective above"),
        _SOURCE,
    ),
)
FUNDING = Record(
    "funding source",
    "Where money comes from.",
    (
        Field("id", ID, "named by `mobilisation`", required=True),
        Field("budget", YES_NO, "whether it is state budget; default no"),
    ),
)
MOBILISATION = Record(
    "mobilisation",
    "An indicator of resources whose categories are read as source and form.",
    (
        Field("indicator", ID, "of the amount", required=True),
        Field(
            "sources",
            MapOf(CATEGORY, ID),
            "each category's funding source; needed where it has categories",
        ),
        Field("forms", MapOf(CATEGORY, ID), "a category's form (cash, labour, land)"),
        Field(
            "shares",
            MapOf(ID, ID),
            "by funding source, the indicator of a share that was published in % "
            "without its amount",
        ),
        Field("leverage", ID, "the indicator of a leverage published as such"),
    ),
)
CLAIM = Record(
    "claim",
    "A published judgement without the figures behind it; never computed with.",
    (
        Field("id", ID, "its text is in the texts", required=True),
        Field("value", NUMBER, "the number claimed (21 in `21 of 25`)"),
        Field("of", NUMBER, "the number that it is out of (25)"),
        Field("source", SOURCE, "where it was published", required=True),
    ),
)
PROGRAMME = Record(
    "programme.yaml",
    "What the programme is, and the words that all other files use.",
    (
        Field("id", DOCUMENT, "of the programme", required=True),
        Field(
            "extends", DOCUMENT, "the national pack that this provincial one builds on"
        ),
        Field("edition", TEXT, "what this edition is called"),
        Field("in_force", DATE, "its first day"),
        Field("until", DATE, "its last day"),
        Field("time_zone", TIME_ZONE, "default `Asia/Ho_Chi_Minh`"),
        Field("synthetic", YES_NO, "made up for demonstration; shown everywhere"),
        Field("levels", ListOf(UNIT_LEVEL), "the tree's levels, from the top down"),
        Field("regions", ListOf(LABEL), "regions that limits may name"),
        Field("tags", ListOf(LABEL), "tags that scopes may name"),
        _SCOPE,
        Field("documents", ListOf(DOCUMENT_RECORD), "the legal acts"),
        Field("objectives", ListOf(OBJECTIVE), "objectives and target groups"),
        Field("funding", ListOf(FUNDING), "funding sources"),
        Field("mobilisation", ListOf(MOBILISATION), "resources by source and form"),
        Field("claims", ListOf(CLAIM), "published judgements, kept apart"),
        Field(
            "calendar",
            ListOf(CALL),
            "when forms are called in; without it each form after each of its periods",
        ),
    ),
)
CONDITION = Record(
    "condition",
    "What a `share` or `count` asks of each unit.",
    (
        Field("indicator", ID, "the indicator tested", required=True),
        Field("category", CATEGORY, "one of its categories"),
        Field("comparator", Choice(Comparator), "the test", required=True),
        Field("value", NUMBER, "the number compared with", required=True),
    ),
)
RANGE = Record(
    "range",
    "Plausible values; a number outside is questioned, in a pack refused.",
    (
        Field("low", NUMBER, "the lowest plausible value"),
        Field("high", NUMBER, "the highest plausible value"),
    ),
)
INDICATOR = Record(
    "indicators/<id>.yaml",
    "One quantity. The file's name is its id.",
    (
        Field(
            "level",
            ID,
            "where it is collected (share, count: tested; formula: lowest computed)",
            required=True,
        ),
        Field(
            "frequency", Choice(Frequency), "how often it is reported", required=True
        ),
        Field("spans", ListOf(SPAN), "the periods, where the frequency is `span`"),
        Field(
            "roll_up",
            Choice(RollUp),
            "how a unit's value follows from those below",
            required=True,
        ),
        Field(
            "measure",
            Choice(Measure),
            "a level on a day, or what happened in a period; default stock",
        ),
        Field(
            "over_time", Choice(OverTime), "how a coarser period follows from its parts"
        ),
        Field("direction", Choice(Direction), "which way is better; default higher"),
        Field(
            "unit",
            TEXT,
            "of measurement, such as `%` or `VND`; put in words in the texts",
            required=True,
        ),
        Field("numerator", ID, "of a ratio: an indicator that rolls up by sum"),
        Field("denominator", ID, "of a ratio: an indicator that rolls up by sum"),
        Field("scale", POSITIVE, "of a ratio (default 1) or share (default 100)"),
        Field(
            "weight",
            ID,
            "of a mean: an indicator that rolls up by sum; none: each unit weighs 1",
        ),
        Field("condition", CONDITION, "of a share or count"),
        Field("formula", FORMULA, "of a formula"),
        Field(
            "carry",
            ListOf(ID),
            "parts, weight or operands of which the last value is taken, however old",
        ),
        Field("categories", ListOf(CATEGORY), "into which it may be broken down"),
        Field("non_negative", YES_NO, "never below 0; default yes"),
        Field(
            "min_coverage",
            FRACTION,
            "reporting units needed to judge a ratio or mean; default 0.8",
        ),
        _SCOPE,
        Field("decimals", DECIMALS, "digits shown after the decimal point"),
        Field("range", RANGE, "plausible values"),
        _SOURCE,
    ),
)
BASELINE = Record(
    "baseline",
    "Where the road begins: `value` with `day`, or each unit's own at `period`.",
    (
        Field("value", NUMBER, "the starting value"),
        Field("day", DATE, "the day on which it held"),
        Field("period", PERIOD, "a period: each unit's own value there"),
        Field("source", SOURCE, "default: the target's"),
    ),
)
MILESTONE = Record(
    "milestone",
    "A value to have reached on a day, between baseline and target.",
    (
        Field("day", DATE, "the day", required=True),
        Field("value", NUMBER, "the value", required=True),
        Field("source", SOURCE, "default: the target's"),
    ),
)
TARGET = Record(
    "target",
    "A promise: a value of an indicator by a deadline.",
    (
        Field("id", ID, "its title is in the texts", required=True),
        Field("indicator", ID, "what is judged", required=True),
        Field("category", CATEGORY, "one of its categories"),
        Field("comparator", Choice(Comparator), "what is good", required=True),
        Field("value", NUMBER, "the number promised", required=True),
        Field("deadline", DATE, "the last day of a period", required=True),
        Field("baseline", BASELINE, "where the road begins"),
        Field("milestones", ListOf(MILESTONE), "stations on the road, in order"),
        Field("period", COARSER, "a coarser period than the indicator's"),
        Field("window", PERIOD, "of a flow: the time over which it adds up"),
        Field("by", ListOf(ID), "levels each of whose units is judged"),
        Field("units", ListOf(LABEL), "units that are judged; neither: the top level"),
        _SCOPE,
        _OBJECTIVE,
        Field("owner", ID, "an authority"),
        Field("source", SOURCE, "where it was promised", required=True),
    ),
)
TASK_MILESTONE = Record(
    "task milestone",
    "A dated step of a task.",
    (
        Field("id", ID, "its title is in the texts", required=True),
        Field("due", DATE, "by when", required=True),
    ),
)
TASK = Record(
    "task",
    "Something that an owner must do by a deadline.",
    (
        Field("id", ID, "its title is in the texts", required=True),
        Field("owner", ID, "an authority", required=True),
        Field("deadline", DATE, "by when"),
        Field("milestones", ListOf(TASK_MILESTONE), "dated steps, in order"),
        _OBJECTIVE,
        Field("source", SOURCE, "where it was ordered", required=True),
    ),
)
CRITERIA_SET = Record(
    "criteria/<set>.yaml",
    "Criteria joined into a ladder of levels. The file's name is the set's id.",
    (
        Field("id", ID, "the file's name", required=True),
        Field("unit_level", ID, "the level of the units judged", required=True),
        Field("recognised_by", ID, "the kind of act that recognises a level"),
        _SCOPE,
        Field(
            "region_of_tag",
            MapOf(LABEL, LABEL),
            "units with the tag are judged by that region's limits; the first match",
        ),
        Field("levels", ListOf(LEVEL), "from the lowest up", required=True),
        _SOURCE,
    ),
)
TIGHTEN = Record(
    "tightened limit",
    "A province's number: fills a `province` or `unknown` limit, or tightens one.",
    (
        Field("set", ID, "the criteria set of the national pack", required=True),
        Field("sub", LABEL, "the sub-criterion", required=True),
        Field("region", LABEL, "as in a limit"),
        Field("year", YEAR, "as in a limit"),
        Field("from", DATE, "as in a limit"),
        Field("value", NUMBER, "the province's number", required=True),
        Field("source", SOURCE, "the province's decision", required=True),
    ),
)

FILES: Mapping[str, Shape] = {
    "programme": PROGRAMME,
    "indicator": INDICATOR,
    "targets": ListOf(TARGET),
    "tasks": ListOf(TASK),
    "criteria": CRITERIA_SET,
    "form": FORM,
    "tighten": ListOf(TIGHTEN),
}
