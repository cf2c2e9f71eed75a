"""Days, months, quarters, years and spans of years as documents write them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from donbay.documents.folding import folded
from donbay.documents.lexicon import Lexicon, alternatives, lexicon

YEAR = r"(?:19|20)[0-9]{2}"
_SPAN = re.compile(
    rf"(?<![0-9.,/])(?P<a>{YEAR})\s?(?:-|/|a|to|den|الي)\s?(?P<b>{YEAR})(?![0-9])"
)
_NUMERIC = re.compile(
    rf"(?<![0-9.,/])(?P<d>[0-9]{{1,2}})(?P<m1>[/.-])(?P<m>[0-9]{{1,2}})(?P=m1)"
    rf"(?P<y>{YEAR})(?![0-9])"
)
_ISO = re.compile(
    rf"(?<![0-9/-])(?P<y>{YEAR})-(?P<m>[0-9]{{2}})-(?P<d>[0-9]{{2}})(?![0-9])"
)
_MONTH_YEAR = re.compile(rf"(?<![0-9.,/])(?P<m>0?[1-9]|1[0-2])/(?P<y>{YEAR})(?![0-9])")
_YEAR = re.compile(
    rf"(?<![0-9.,/'-])(?P<y>{YEAR})(?![0-9]|[.,/ ][0-9]{{3}}(?![0-9])|\s?%)"
)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Dated:
    """A stretch of folded text that says when; `value` is ISO, as far as known."""

    start: int
    end: int
    value: str
    sure: bool = True
    day: bool = False


def dates_in(bare: str, words: Lexicon, year: int | None = None) -> list[Dated]:
    """All in order, none inside another."""
    found: list[Dated] = []
    taken = bytearray(len(bare))
    for dated in _candidates(bare, words, year):
        if not any(taken[dated.start : dated.end]):
            taken[dated.start : dated.end] = b"\1" * (dated.end - dated.start)
            found.append(dated)
    return sorted(found, key=lambda d: d.start)


def _candidates(bare: str, words: Lexicon, year: int | None) -> Iterator[Dated]:
    """The surest forms first."""
    told: list[tuple[re.Match[str], str | None, bool]] = []
    for pattern in (_ISO, _NUMERIC):
        told += ((m, _day(m, words, year), True) for m in pattern.finditer(bare))
    told += ((m, _span(m), False) for m in _SPAN.finditer(bare))
    for kind, pattern in _patterns(words.language):
        for match in pattern.finditer(bare):
            told.append((match, _worded(kind, match, words, year), kind == "day"))
    for match in _MONTH_YEAR.finditer(bare):
        told.append((match, f"{match['y']}-{int(match['m']):02d}", False))
    yield from (Dated(*m.span(), value, day=day) for m, value, day in told if value)
    years = _year_words(words.language)
    for match in _YEAR.finditer(bare):
        yield Dated(*match.span(), match["y"], _is_year(bare, match, years, words))


@cache
def _patterns(language: str) -> list[tuple[str, re.Pattern[str]]]:
    words = lexicon(language)
    month = rf"(?P<month>{alternatives(words.months)})"
    return [
        (kind, re.compile(rf"(?<![\w]){_bare(text).replace('{month}', month)}(?!\w)"))
        for kind, some in words.words["dates"].items()
        for text in some
    ]


def _bare(pattern: str) -> str:
    """Patterns are written folded already, but for the letters of Arabic."""
    return "".join(folded(c) if "\u0600" <= c <= "\u06ff" else c for c in pattern)


@cache
def _year_words(language: str) -> re.Pattern[str]:
    some = lexicon(language).list_of("year_before")
    return re.compile(rf"(?<!\w)(?:{alternatives(some)})\s?$")


def _is_year(
    bare: str, match: re.Match[str], before: re.Pattern[str], words: Lexicon
) -> bool:
    """Four digits are a year unless something is counted and nothing says when."""
    head = bare[max(0, match.start() - 30) : match.start()]
    if before.search(head) or head.rstrip().endswith(("(", "-", "/")):
        return True
    tail = bare[match.end() : match.end() + 30]
    if words.magnitude.match(tail) or words.unit.match(tail):
        return False
    return not re.match(r" \w", tail) or bool(
        words.phrases("not_counted").match(tail[1:])
    )


def _day(match: re.Match[str], words: Lexicon, year: int | None) -> str | None:
    groups = match.groupdict()
    month = _month(groups, words)
    told = groups.get("y") or (str(year) if year else None)
    number = int(groups["d"])
    if not (1 <= month <= MONTHS and 1 <= number <= 31):  # noqa: PLR2004 -- days
        return None
    if told is None:
        return f"--{month:02d}-{number:02d}"
    if number > calendar.monthrange(int(told), month)[1]:
        return None
    return f"{told}-{month:02d}-{number:02d}"


def _month(groups: dict[str, str | None], words: Lexicon) -> int:
    name = groups.get("month")
    return words.months[name] if name else int(groups.get("m") or 0)


def _span(match: re.Match[str]) -> str | None:
    first, last = match["a"], match["b"]
    return f"{first}/{last}" if first < last else None


def _worded(
    kind: str, match: re.Match[str], words: Lexicon, year: int | None
) -> str | None:
    if kind == "day":
        return _day(match, words, year)
    groups = match.groupdict()
    told = groups["y"]
    if kind == "month":
        month = _month(groups, words)
        return f"{told}-{month:02d}" if 1 <= month <= MONTHS else None
    order = {folded(k): int(v) for k, v in words.words["ordinals"].items()}
    if kind == "quarter":
        return f"{told}-Q{groups.get('q') or order.get(groups['qw'] or '', 1)}"
    return f"{told}-H{order.get(groups['hw'] or '', 1)}"
