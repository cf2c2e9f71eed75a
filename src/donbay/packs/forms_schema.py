"""The format of forms and of the calendar, as schema.py declares the rest of a pack."""

from __future__ import annotations

from donbay.domain.calls import CLOSES, DUE, OPENS, RoundKind
from donbay.domain.periods import Frequency
from donbay.domain.quantities import Comparator
from donbay.packs.shapes import Choice, Field, ListOf, OneOf, Record
from donbay.packs.words import (
    CATEGORY,
    DAYS,
    FACTOR,
    FIGURE,
    FORMULA,
    ID,
    LABEL,
    PERIOD,
    YES_NO,
)

_REQUIRED = Field("required", YES_NO, "nothing is sent without it; default no")
_HARD = Field(
    "hard", YES_NO, "broken, it stops the sending; `no`: asks for a note; default yes"
)
_CHECK = Field("id", ID, "its words are in the texts: what must hold", required=True)

CALL = Record(
    "call",
    "When a form is called in. Days count from the last day of the period.",
    (
        Field("id", ID, "names the call", required=True),
        Field("kind", Choice(RoundKind), "what the round is for", required=True),
        Field("form", ID, "the form that is called in", required=True),
        Field(
            "period", PERIOD, "the one period called; needed for `mid_term` and `final`"
        ),
        Field("opens", DAYS, f"first day to report; default {OPENS}"),
        Field("due", DAYS, f"last day in time; default {DUE}"),
        Field("closes", DAYS, f"last day on which it is taken; default {CLOSES}"),
    ),
)
FIELD = OneOf(
    "field",
    "One question. The first key says of which kind it is.",
    {
        "indicator": Record(
            "figure",
            "A figure of an indicator of the form's level and frequency.",
            (
                Field("indicator", ID, "what is asked", required=True),
                Field("category", CATEGORY, "one of its categories; none: the total"),
                Field("id", ID, "default: the indicator, or `indicator/category`"),
                _REQUIRED,
                Field(
                    "jump",
                    FACTOR,
                    "how many times more or less than in the period before is "
                    "questioned; default 2 for a stock, 5 for a flow",
                ),
            ),
        ),
        "text": Record(
            "words",
            "Words: difficulties, causes, proposals.",
            (Field("text", ID, "the field's id", required=True), _REQUIRED),
        ),
        "choice": Record(
            "choice",
            "One of several answers.",
            (
                Field("choice", ID, "the field's id", required=True),
                Field(
                    "choices",
                    ListOf(ID, at_least=2),
                    "the answers; their words are in the texts",
                    required=True,
                ),
                _REQUIRED,
            ),
        ),
        "date": Record(
            "day",
            "A date.",
            (Field("date", ID, "the field's id", required=True), _REQUIRED),
        ),
    },
)
SECTION = Record(
    "section",
    "Fields that belong together, in the order in which they are asked.",
    (
        Field("id", ID, "its title is in the texts", required=True),
        Field("fields", ListOf(FIELD), "the questions", required=True),
    ),
)
CHECK = OneOf(
    "check",
    "What must hold between the figures of one report. What is missing breaks nothing.",
    {
        "parts_equal_total": Record(
            "parts equal total",
            "The categories of an indicator add up to its total.",
            (
                _CHECK,
                Field("parts_equal_total", ID, "the indicator", required=True),
                _HARD,
            ),
        ),
        "part": Record(
            "part of whole",
            "A part is never more than its whole.",
            (
                _CHECK,
                Field("part", FIGURE, "such as poor households", required=True),
                Field("whole", FIGURE, "such as households", required=True),
                _HARD,
            ),
        ),
        "left": Record(
            "comparison",
            "Two formulas over the form's figures compared.",
            (
                _CHECK,
                Field("left", FORMULA, "one side", required=True),
                Field("comparator", Choice(Comparator), "what holds", required=True),
                Field("right", FORMULA, "the other side", required=True),
                _HARD,
            ),
        ),
    },
)
FORM = Record(
    "forms/<id>.yaml",
    "What each unit of a level reports for each period. The file's name is its id.",
    (
        Field("level", ID, "who reports", required=True),
        Field("frequency", Choice(Frequency), "how often", required=True),
        Field("scope", ListOf(LABEL), "only units with any of these tags"),
        Field(
            "review",
            ListOf(ID),
            "levels whose reviewers approve, nearest first; one that has ended is "
            "passed over; default: the nearest level above",
        ),
        Field("sections", ListOf(SECTION), "the questions in order", required=True),
        Field("checks", ListOf(CHECK), "what must hold between figures"),
    ),
)
