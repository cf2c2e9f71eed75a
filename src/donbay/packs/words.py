"""The kinds of scalar in a pack: how each is read, and what to write when it is not.

A kind's reader takes the text and returns the value, or raises `Unfit` with a
problem's code and parameters.
"""

from __future__ import annotations

import keyword
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from unicodedata import normalize
from zoneinfo import ZoneInfo

from donbay.domain.formulas import Formula, parse_formula
from donbay.domain.periods import Frequency, Period, parse_period

LONGEST_FORMULA = 1000
EARLIEST, LATEST = 1900, 2199
_ID = re.compile(r"[a-z][a-z0-9_]*")
_DOCUMENT = re.compile(r"[a-z0-9][a-z0-9_-]*")
_LABEL = re.compile(r"[^\W_][\w.\-]*")
_CATEGORY = re.compile(r"[a-z0-9_]+(/[a-z0-9_]+)*")
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_LINK = re.compile(r"https?://[^\s/]+(/\S*)?")
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


class Unfit(Exception):  # noqa: N818 -- it is an answer, as Refused is
    """The text is not of the kind asked for."""

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(code)
        self.code, self.parameters = code, parameters


@dataclass(frozen=True)
class Word:
    """A kind of scalar: its name and meaning for people, reader, and JSON Schema."""

    name: str
    says: str
    read: Callable[[str], object]
    json: Mapping[str, object] = field(default_factory=lambda: {"type": "string"})
    example: str = "..."


def _text(text: str) -> str:
    if not text.strip():
        raise Unfit("text_empty")
    return text.strip()


def suggested_id(text: str) -> str:
    """Letters without marks, lower case, joined by `_`."""
    bare = normalize("NFD", text.lower().replace("đ", "d"))
    found = re.sub(r"[^a-z0-9]+", "_", re.sub(r"[\u0300-\u036f]", "", bare)).strip("_")
    return found if found[:1].isalpha() else f"x_{found}".rstrip("_")


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise Unfit("id_form", value=text, suggestion=suggested_id(text))
    if keyword.iskeyword(text) or text == "at":
        raise Unfit("id_reserved", value=text, suggestion=f"{text}_")
    return text


def _matching(pattern: re.Pattern[str], code: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise Unfit(code, value=text)
        return text

    return read


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise Unfit("number_form", value=text, suggestion=_suggested_number(text))
    return float(text)


def _suggested_number(text: str) -> str:
    bare = re.sub(r"[%\s_]", "", text)
    if re.fullmatch(r"[+-]?[0-9]{1,3}([.,][0-9]{3}){2,}", bare):
        return re.sub(r"[.,]", "", bare)
    bare = bare.replace(",", ".")
    if _NUMBER.fullmatch(bare):
        return bare
    if re.fullmatch(r"[+-]?[0-9.]{1,12}[eE][+]?[0-9]", bare) and bare.count(".") < 2:  # noqa: PLR2004 -- one decimal point
        return str(int(float(bare)))
    return "12.5"


def _between(low: float, high: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        number = _number(text)
        if not low <= number <= high:
            raise Unfit("number_range", value=text, low=low, high=high)
        return number

    return read


def _positive(text: str) -> float:
    number = _number(text)
    if number <= 0:
        raise Unfit("number_positive", value=text)
    return number


def _limit(text: str) -> float | str:
    return text if text in {"province", "unknown"} else _number(text)


def _number_or_none(text: str) -> Decimal | None:
    """With the digits as written: they say how exactly it is meant."""
    if text in {"", "none"}:
        return None
    _number(text)
    return Decimal(text)


def _text_or_none(text: str) -> str | None:
    return None if text in {"", "none"} else _text(text)


def _share(text: str) -> float | None:
    return None if text in {"", "unknown"} else _between(0, 1)(text)


def _tags(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(";") if word.strip())


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = _between(low, high)(text)
        if not number.is_integer():
            raise Unfit("number_whole", value=text)
        return int(number)

    return read


def _yes_no(text: str) -> bool:
    if text not in _YES_NO:
        raise Unfit("yes_no", value=text)
    return _YES_NO[text]


def _date(text: str) -> date:
    try:
        found = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise Unfit("date_form", value=text, suggestion=_suggested_date(text))
    if not EARLIEST <= found.year <= LATEST:
        raise Unfit("date_range", value=text, low=EARLIEST, high=LATEST)
    return found


def _suggested_date(text: str) -> str:
    found = _DAY_FIRST.fullmatch(text)
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        day = None
    return str(day or "2025-12-31")


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Unfit("moment_form", value=text) from None
    if not EARLIEST <= found.year <= LATEST:
        raise Unfit("date_range", value=text, low=EARLIEST, high=LATEST)
    return found


def _period(text: str) -> Period:
    try:
        found = parse_period(text)
    except ValueError:
        raise Unfit("period_form", value=text) from None
    if not EARLIEST <= found.first.year <= LATEST:
        raise Unfit("date_range", value=text, low=EARLIEST, high=LATEST)
    return found


def _span(text: str) -> Period:
    found = _period(text)
    if found.frequency is not Frequency.SPAN:
        raise Unfit("span_form", value=text)
    return found


def _coarser(text: str) -> Frequency | Period:
    regular = [f.value for f in Frequency if f is not Frequency.SPAN]
    if text in regular:
        return Frequency(text)
    if not re.fullmatch(r"[12][0-9]{3}/[12][0-9]{3}", text):
        raise Unfit("coarser_form", value=text, choices=", ".join(regular))
    return _span(text)


def _regular(text: str) -> Frequency:
    regular = [f.value for f in Frequency if f is not Frequency.SPAN]
    if text not in regular:
        raise Unfit("choice", value=text, choices=", ".join(regular))
    return Frequency(text)


def _formula(text: str) -> Formula:
    if len(text) > LONGEST_FORMULA:
        raise Unfit("formula_long", most=LONGEST_FORMULA)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return parse_formula(text)
    except (ValueError, OverflowError, RecursionError, MemoryError) as problem:
        raise Unfit("formula_form", value=text, part=problem) from None


def _time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (OSError, ValueError, KeyError):
        raise Unfit("time_zone", value=text) from None
    return text


_SCALAR = ["string", "number", "integer"]
_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_PERIOD = r"^\d{4}(-(H[12]|Q[1-4]|\d{2})|/\d{4})?$"

TEXT = Word("text", "words", _text, {"type": _SCALAR}, example="...")
ID = Word(
    "id",
    "lower-case letters, digits and `_`, beginning with a letter",
    _id,
    {"type": "string", "pattern": f"^{_ID.pattern}$"},
    example="income_per_head",
)
DOCUMENT = Word(
    "document id",
    "lower-case letters, digits, `_` and `-`",
    _matching(_DOCUMENT, "document_form"),
    {"type": _SCALAR},
    example="qd318",
)
LABEL = Word(
    "label",
    "letters, digits, `.`, `_` and `-`, such as `10.1` or `NM`",
    _matching(_LABEL, "label_form"),
    {"type": _SCALAR},
    example="10.1",
)
CATEGORY = Word(
    "category",
    "lower-case letters, digits and `_`; parts joined by `/`, such as `budget/cash`",
    _matching(_CATEGORY, "category_form"),
    {"type": _SCALAR},
    example="budget/cash",
)
NUMBER = Word(
    "number",
    "a decimal point, no thousands mark",
    _number,
    {"type": "number"},
    example="12.5",
)
POSITIVE = Word(
    "positive number",
    "a number above 0",
    _positive,
    {"type": "number", "exclusiveMinimum": 0},
    example="100",
)
FRACTION = Word(
    "fraction",
    "a number from 0 to 1",
    _between(0, 1),
    {"type": "number", "minimum": 0, "maximum": 1},
    example="0.8",
)
LIMIT = Word(
    "limit",
    "a number, `province` (the province sets it) or `unknown`",
    _limit,
    {"anyOf": [{"type": "number"}, {"enum": ["province", "unknown"]}]},
    example="85",
)
PERCENT = Word(
    "percentage",
    "a number from 0 to 100 (85, not 0.85)",
    _between(0, 100),
    {"type": "number", "minimum": 0, "maximum": 100},
    example="85",
)
WHOLE = Word(
    "whole number",
    "1 or more",
    _whole(1, 10_000),
    {"type": "integer", "minimum": 1},
    example="3",
)
DECIMALS = Word(
    "decimals",
    "0 to 9",
    _whole(0, 9),
    {"type": "integer", "minimum": 0, "maximum": 9},
    example="1",
)
YEAR = Word(
    "year", "four digits", _whole(EARLIEST, LATEST), {"type": "integer"}, example="2025"
)
YES_NO = Word(
    "yes or no",
    "`yes` or `no`",
    _yes_no,
    {"enum": ["yes", "no", True, False]},
    example="yes",
)
DATE = Word(
    "date", "year-month-day, such as `2025-12-31`", _date, _DAY, example="2025-12-31"
)
MOMENT = Word(
    "moment",
    "a date, or a date with a time, such as `2025-07-10T08:00`",
    _moment,
    {"type": "string"},
    example="2025-07-10T08:00",
)
PERIOD = Word(
    "period",
    "`2024`, `2024-H1`, `2024-Q3`, `2024-06` or `2021/2025`",
    _period,
    {"type": _SCALAR, "pattern": _PERIOD},
    example="2025",
)
SPAN = Word(
    "span",
    "years with a slash, such as `2021/2025`",
    _span,
    {"type": "string", "pattern": r"^\d{4}/\d{4}$"},
    example="2021/2025",
)
COARSER = Word(
    "frequency or span",
    "`month`, `quarter`, `half`, `year`, or a span such as `2021/2025`",
    _coarser,
    example="year",
)
REGULAR = Word(
    "frequency",
    "`month`, `quarter`, `half` or `year`",
    _regular,
    {"enum": ["month", "quarter", "half", "year"]},
    example="year",
)
FORMULA = Word(
    "formula",
    '`+ - * /`, brackets, numbers, indicators, `staff["female"]`, `at(income, 1)` '
    '(one period back) and `at(income, "2020")`',
    _formula,
    {"type": _SCALAR},
    example="100 * poor / households",
)
TIME_ZONE = Word(
    "time zone",
    "a name such as `Asia/Ho_Chi_Minh`",
    _time_zone,
    example="Asia/Ho_Chi_Minh",
)
LINK = Word(
    "address",
    "`https://...`",
    _matching(_LINK, "link_form"),
    {"type": "string", "format": "uri"},
    example="https://example.org/",
)

# --- only in cases -----------------------------------------------------------------

NUMBER_OR_NONE = Word(
    "number or none",
    "a number, met to the last digit written if it has decimals; `none`: no value",
    _number_or_none,
    {"type": ["number", "string"]},
    example="12.5",
)
TEXT_OR_NONE = Word(
    "words or none", "as in the table; `none`: empty", _text_or_none, {"type": _SCALAR}
)
SHARE = Word(
    "share",
    "a number from 0 to 1, or `unknown`: not published",
    _share,
    {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"const": "unknown"}]},
    example="0.4",
)
TAGS = Word("tags", "words separated by `;`", _tags, example="mountain;border")
