"""The kinds of scalar in a pack, for the reader, editors and the reference page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from donbay.packs import scalars


@dataclass(frozen=True)
class Word:
    """A kind of scalar: its name and meaning for people, reader, and JSON Schema."""

    name: str
    says: str
    read: Callable[[str], object]
    json: Mapping[str, object] = field(default_factory=lambda: {"type": "string"})
    example: str = "..."


_SCALAR = ["string", "number", "integer"]
_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_PERIOD = r"^\d{4}(-(H[12]|Q[1-4]|\d{2})|/\d{4})?$"

TEXT = Word("text", "words", scalars.read_text, {"type": _SCALAR}, example="...")
ID = Word(
    "id",
    "lower-case letters, digits and `_`, beginning with a letter",
    scalars.read_identifier,
    {"type": "string", "pattern": f"^{scalars.ID.pattern}$"},
    example="income_per_head",
)
DOCUMENT = Word(
    "document id",
    "lower-case letters, digits, `_` and `-`",
    scalars.read_document,
    {"type": _SCALAR},
    example="qd318",
)
LABEL = Word(
    "label",
    "letters, digits, `.`, `_` and `-`, such as `10.1` or `NM`",
    scalars.read_label,
    {"type": _SCALAR},
    example="10.1",
)
CATEGORY = Word(
    "category",
    "lower-case letters, digits and `_`; parts joined by `/`, such as `budget/cash`",
    scalars.read_category,
    {"type": _SCALAR},
    example="budget/cash",
)
NUMBER = Word(
    "number",
    "a decimal point, no thousands mark",
    scalars.read_number,
    {"type": "number"},
    example="12.5",
)
POSITIVE = Word(
    "positive number",
    "a number above 0",
    scalars.read_positive,
    {"type": "number", "exclusiveMinimum": 0},
    example="100",
)
FRACTION = Word(
    "fraction",
    "a number from 0 to 1",
    scalars.between(0, 1),
    {"type": "number", "minimum": 0, "maximum": 1},
    example="0.8",
)
LIMIT = Word(
    "limit",
    "a number, `province` (the province sets it) or `unknown`",
    scalars.read_limit,
    {"anyOf": [{"type": "number"}, {"enum": ["province", "unknown"]}]},
    example="85",
)
PERCENT = Word(
    "percentage",
    "a number from 0 to 100 (85, not 0.85)",
    scalars.between(0, 100),
    {"type": "number", "minimum": 0, "maximum": 100},
    example="85",
)
WHOLE = Word(
    "whole number",
    "1 or more",
    scalars.whole(1, 10_000),
    {"type": "integer", "minimum": 1},
    example="3",
)
DECIMALS = Word(
    "decimals",
    "0 to 9",
    scalars.whole(0, 9),
    {"type": "integer", "minimum": 0, "maximum": 9},
    example="1",
)
YEAR = Word(
    "year",
    "four digits",
    scalars.whole(scalars.EARLIEST, scalars.LATEST),
    {"type": "integer"},
    example="2025",
)
YES_NO = Word(
    "yes or no",
    "`yes` or `no`",
    scalars.read_yes_no,
    {"enum": ["yes", "no", True, False]},
    example="yes",
)
DATE = Word(
    "date",
    "year-month-day, such as `2025-12-31`",
    scalars.read_day,
    _DAY,
    example="2025-12-31",
)
MOMENT = Word(
    "moment",
    "a date, or a date with a time, such as `2025-07-10T08:00`",
    scalars.read_moment,
    {"type": "string"},
    example="2025-07-10T08:00",
)
PERIOD = Word(
    "period",
    "`2024`, `2024-H1`, `2024-Q3`, `2024-06` or `2021/2025`",
    scalars.read_period,
    {"type": _SCALAR, "pattern": _PERIOD},
    example="2025",
)
SPAN = Word(
    "span",
    "years with a slash, such as `2021/2025`",
    scalars.read_span,
    {"type": "string", "pattern": r"^\d{4}/\d{4}$"},
    example="2021/2025",
)
COARSER = Word(
    "frequency or span",
    "`month`, `quarter`, `half`, `year`, or a span such as `2021/2025`",
    scalars.read_coarser,
    example="year",
)
REGULAR = Word(
    "frequency",
    "`month`, `quarter`, `half` or `year`",
    scalars.read_regular,
    {"enum": ["month", "quarter", "half", "year"]},
    example="year",
)
FORMULA = Word(
    "formula",
    '`+ - * /`, brackets, numbers, indicators, `staff["female"]`, `at(income, 1)` '
    '(one period back) and `at(income, "2020")`',
    scalars.read_formula,
    {"type": _SCALAR},
    example="100 * poor / households",
)
FIGURE = Word(
    "figure",
    'an indicator, or one of its categories: `staff["female"]`',
    scalars.read_figure,
    {"type": "string"},
    example="households",
)
DAYS = Word(
    "days or date",
    "days after the last day of the period (`15`; before it: `-5`), or a date",
    scalars.read_days,
    {"anyOf": [{"type": "integer"}, _DAY]},
    example="15",
)
FACTOR = Word(
    "factor",
    "a number above 1",
    scalars.read_factor,
    {"type": "number", "exclusiveMinimum": 1},
    example="2",
)
TIME_ZONE = Word(
    "time zone",
    "a name such as `Asia/Ho_Chi_Minh`",
    scalars.read_time_zone,
    example="Asia/Ho_Chi_Minh",
)
LINK = Word(
    "address",
    "`https://...`",
    scalars.read_link,
    {"type": "string", "format": "uri"},
    example="https://example.org/",
)

# --- only in cases -----------------------------------------------------------------

NUMBER_OR_NONE = Word(
    "number or none",
    "a number, met to the last digit written if it has decimals; `none`: no value",
    scalars.read_number_or_none,
    {"type": ["number", "string"]},
    example="12.5",
)
TEXT_OR_NONE = Word(
    "words or none",
    "as in the table; `none`: empty",
    scalars.read_text_or_none,
    {"type": _SCALAR},
)
SHARE = Word(
    "share",
    "a number from 0 to 1, or `unknown`: not published",
    scalars.read_share,
    {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"const": "unknown"}]},
    example="0.4",
)
TAGS = Word(
    "tags", "words separated by `;`", scalars.read_tags, example="mountain;border"
)
