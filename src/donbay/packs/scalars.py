"""Readers of scalars: the value that a text stands for, or what to write instead.

Each returns the value, or raises `Unfit` with a problem's code and parameters.
"""

from __future__ import annotations

import keyword
import re
import warnings
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from unicodedata import normalize
from zoneinfo import ZoneInfo

from donbay.domain.formulas import Formula, Operand, parse_formula
from donbay.domain.periods import Frequency, Period, parse_period

LONGEST_FORMULA = 1000
EARLIEST, LATEST = 1900, 2199
ID = re.compile(r"[a-z][a-z0-9_]*")
_DOCUMENT = re.compile(r"[a-z0-9][a-z0-9_-]*")
_LABEL = re.compile(r"[^\W_][\w.\-]*")
_CATEGORY = re.compile(r"[a-z0-9_]+(/[a-z0-9_]+)*")
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_DAYS = re.compile(r"[+-]?[0-9]{1,3}")
_LINK = re.compile(r"https?://[^\s/]+(/\S*)?")
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


class Unfit(Exception):  # noqa: N818 -- it is an answer, as Refused is
    """The text is not of the kind asked for."""

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(code)
        self.code, self.parameters = code, parameters


def read_text(text: str) -> str:
    if not text.strip():
        raise Unfit("text_empty")
    return text.strip()


def suggested_id(text: str) -> str:
    """Letters without marks, lower case, joined by `_`."""
    bare = normalize("NFD", text.lower().replace("đ", "d"))
    found = re.sub(r"[^a-z0-9]+", "_", re.sub(r"[\u0300-\u036f]", "", bare)).strip("_")
    return found if found[:1].isalpha() else f"x_{found}".rstrip("_")


def read_identifier(text: str) -> str:
    if not ID.fullmatch(text):
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


def read_number(text: str) -> float:
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


def between(low: float, high: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        number = read_number(text)
        if not low <= number <= high:
            raise Unfit("number_range", value=text, low=low, high=high)
        return number

    return read


def read_positive(text: str) -> float:
    number = read_number(text)
    if number <= 0:
        raise Unfit("number_positive", value=text)
    return number


def read_limit(text: str) -> float | str:
    if text in {"province", "unknown"}:
        return text
    if not re.search(r"[0-9]", text):
        raise Unfit("limit_form", value=text)
    return read_number(text)


def read_number_or_none(text: str) -> Decimal | None:
    """With the digits as written: they say how exactly it is meant."""
    if text in {"", "none"}:
        return None
    read_number(text)
    return Decimal(text)


def read_text_or_none(text: str) -> str | None:
    return None if text in {"", "none"} else read_text(text)


def read_share(text: str) -> float | None:
    return None if text in {"", "unknown"} else between(0, 1)(text)


def read_tags(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(";") if word.strip())


def whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = between(low, high)(text)
        if not number.is_integer():
            raise Unfit("number_whole", value=text)
        return int(number)

    return read


def read_yes_no(text: str) -> bool:
    if text not in _YES_NO:
        raise Unfit("yes_no", value=text)
    return _YES_NO[text]


def read_day(text: str) -> date:
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


def read_moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Unfit("moment_form", value=text) from None
    if not EARLIEST <= found.year <= LATEST:
        raise Unfit("date_range", value=text, low=EARLIEST, high=LATEST)
    return found


def read_period(text: str) -> Period:
    try:
        found = parse_period(text)
    except ValueError:
        raise Unfit("period_form", value=text) from None
    if not EARLIEST <= found.first.year <= LATEST:
        raise Unfit("date_range", value=text, low=EARLIEST, high=LATEST)
    return found


def read_span(text: str) -> Period:
    found = read_period(text)
    if found.frequency is not Frequency.SPAN:
        raise Unfit("span_form", value=text)
    return found


def read_coarser(text: str) -> Frequency | Period:
    regular = [f.value for f in Frequency if f is not Frequency.SPAN]
    if text in regular:
        return Frequency(text)
    if not re.fullmatch(r"[12][0-9]{3}/[12][0-9]{3}", text):
        raise Unfit("coarser_form", value=text, choices=", ".join(regular))
    return read_span(text)


def read_regular(text: str) -> Frequency:
    regular = [f.value for f in Frequency if f is not Frequency.SPAN]
    if text not in regular:
        raise Unfit("choice", value=text, choices=", ".join(regular))
    return Frequency(text)


def read_formula(text: str) -> Formula:
    if len(text) > LONGEST_FORMULA:
        raise Unfit("formula_long", most=LONGEST_FORMULA)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return parse_formula(text)
    except (ValueError, OverflowError, RecursionError, MemoryError) as problem:
        raise Unfit("formula_form", value=text, part=problem) from None


def read_figure(text: str) -> Operand:
    found = read_formula(text)
    if not isinstance(found, Operand) or found.lag or found.period:
        raise Unfit("figure_form", value=text)
    return found


def read_days(text: str) -> int | date:
    if _DAYS.fullmatch(text):
        return int(text)
    try:
        return read_day(text)
    except Unfit:
        raise Unfit("days_form", value=text) from None


def read_factor(text: str) -> float:
    number = read_number(text)
    if number <= 1:
        raise Unfit("factor_form", value=text)
    return number


def read_time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (OSError, ValueError, KeyError):
        raise Unfit("time_zone", value=text) from None
    return text


read_document = _matching(_DOCUMENT, "document_form")
read_label = _matching(_LABEL, "label_form")
read_category = _matching(_CATEGORY, "category_form")
read_link = _matching(_LINK, "link_form")
