"""The format of criteria: limits, sub-criteria and the nodes that join them."""

from __future__ import annotations

from donbay.domain.quantities import Comparator
from donbay.packs.shapes import Choice, Field, Later, ListOf, OneOf, Record
from donbay.packs.sources_schema import SOURCE
from donbay.packs.words import (
    CATEGORY,
    DATE,
    ID,
    LABEL,
    LIMIT,
    PERCENT,
    POSITIVE,
    REGULAR,
    WHOLE,
    YEAR,
    YES_NO,
)


def _node() -> OneOf:
    return NODE


_NODE = Later("node", _node)


TIMES = Record(
    "times",
    "A limit that is a multiple of another sub-criterion's.",
    (
        Field("factor", POSITIVE, "the multiple, such as 1.10", required=True),
        Field("set", ID, "the other's set; default this one"),
        Field("sub", LABEL, "the other sub-criterion", required=True),
    ),
)
LIMIT_RECORD = Record(
    "limit",
    "A threshold's number, for a region or for all, a year or from a date on.",
    (
        Field("region", LABEL, "only for this region"),
        Field("year", YEAR, "only for values of this year"),
        Field("from", DATE, "for values from this day on"),
        Field(
            "value", LIMIT, "the number; `province`: the province sets it; `unknown`"
        ),
        Field("times", TIMES, "instead of `value`"),
        Field("source", SOURCE, "default: the sub-criterion's"),
    ),
)
_SUB_FIELDS = (
    Field("sub", LABEL, "the sub-criterion's number, once in a set", required=True),
    Field("indicator", ID, "the indicator compared with the limits"),
    Field("category", CATEGORY, "one of its categories"),
    Field("comparator", Choice(Comparator), "how it is compared"),
    Field("period", REGULAR, "a coarser frequency than the indicator's"),
    Field("limits", ListOf(LIMIT_RECORD), "the numbers; a single one: `limit`"),
    Field("limit", LIMIT, "the one number for every place and period"),
    Field("measured_by", ID, "the authority that measures it"),
    Field("source", SOURCE, "where the sub-criterion is written"),
)
_ATTESTED = Field(
    "attested_by", ID, "the authority whose word decides, in place of an indicator"
)
SUB = Record(
    "sub-criterion",
    "A leaf: an indicator against limits, or an authority's attestation.",
    (*_SUB_FIELDS, _ATTESTED),
)
BOTH_SEXES = Record(
    "both_sexes",
    "A threshold on each of two categories; the worse counts.",
    (
        Field("categories", ListOf(CATEGORY, 2), "two categories", required=True),
        *_SUB_FIELDS,
    ),
)
AT_LEAST = Record(
    "at_least",
    "At least `count` of the parts.",
    (
        Field("count", WHOLE, "how many", required=True),
        Field("of", ListOf(_NODE), "the parts", required=True),
    ),
)
LEVEL_OF = Record(
    "level_of",
    "This unit has at least a level in a set.",
    (
        Field("set", ID, "a set for units of the same level", required=True),
        Field("level", ID, "one of its levels", required=True),
        Field("recognised", YES_NO, "as acts say, not as figures reach; default no"),
    ),
)
SHARE_OF_LOWER = Record(
    "share_of_lower",
    "At least a percentage of the units below have a level in a set.",
    (
        Field("unit_level", ID, "the level of those units", required=True),
        Field("set", ID, "a set for those units", required=True),
        Field("level", ID, "one of its levels", required=True),
        Field("percent", PERCENT, "the percentage", required=True),
        Field("recognised", YES_NO, "as acts say, not as figures reach; default no"),
        Field("source", SOURCE, "where the percentage is written", required=True),
    ),
)
NODE: OneOf = OneOf(
    "node",
    "A sub-criterion, or a rule over others. Told by one of these keys.",
    {
        "sub": SUB,
        "all": Record(
            "all",
            "Every part.",
            (Field("all", ListOf(_NODE), "the parts", required=True),),
        ),
        "any": Record(
            "any",
            "One part is enough.",
            (Field("any", ListOf(_NODE), "the parts", required=True),),
        ),
        "at_least": Record(
            "at_least",
            "Some of the parts.",
            (Field("at_least", AT_LEAST, "how many of which", required=True),),
        ),
        "if": Record(
            "if",
            "`then` where the condition holds, `else` (or not applicable) where not.",
            (
                Field("if", _NODE, "the condition", required=True),
                Field("then", _NODE, "where it holds", required=True),
                Field("else", _NODE, "where it does not"),
            ),
        ),
        "both_sexes": Record(
            "both_sexes",
            "Women and men alike.",
            (Field("both_sexes", BOTH_SEXES, "the threshold", required=True),),
        ),
        "level_of": Record(
            "level_of",
            "A level in a set.",
            (Field("level_of", LEVEL_OF, "which", required=True),),
        ),
        "share_of_lower": Record(
            "share_of_lower",
            "The units below.",
            (
                Field(
                    "share_of_lower", SHARE_OF_LOWER, "how many of which", required=True
                ),
            ),
        ),
    },
)
CRITERION = Record(
    "criterion",
    "A numbered criterion of a level.",
    (
        Field("id", LABEL, "the criterion's number, once in a set", required=True),
        Field("node", NODE, "what it asks", required=True),
        Field("source", SOURCE, "where it is written"),
    ),
)
LEVEL = Record(
    "level",
    "A rung of the ladder with its own criteria.",
    (
        Field("id", ID, "of the level", required=True),
        Field(
            "complete",
            YES_NO,
            "no: the sources do not give all criteria, so it is never met; default yes",
        ),
        Field("criteria", ListOf(CRITERION, 0), "all must be met", required=True),
        Field("source", SOURCE, "where the level is written"),
    ),
)
