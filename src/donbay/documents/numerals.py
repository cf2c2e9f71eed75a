"""Digits: where a numeral stands and every number that it may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 40
"""No figure of a report has more digits; longer runs are not read."""

NUMERAL = re.compile(
    r"(?<![0-9])(?:[0-9]{1,3}(?: [0-9]{3})+(?:[.,٫][0-9]{1,4})?(?![0-9])"
    r"|[0-9]+(?:[.,'٫٬،][0-9]+)*)"
)
GROUP = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """One number that a numeral may be, and what its marks would be then."""

    value: Decimal
    decimal: str = ""
    thousands: str = ""


def readings(numeral: str) -> tuple[Reading, ...]:
    """All that the digits can mean; empty where the marks fit no way of writing."""
    if len(numeral) > LONGEST:
        return ()
    marks = [c for c in numeral if not c.isdigit()]
    if not marks:
        return (Reading(Decimal(numeral)),)
    if len(set(marks)) > 1:
        return _mixed(numeral, list(dict.fromkeys(marks)), marks)
    return _one_mark(numeral, marks[0])


def _one_mark(numeral: str, mark: str) -> tuple[Reading, ...]:
    """A mark that stands once before three digits can be either."""
    parts = numeral.split(mark)
    grouped = _grouped(parts)
    whole = Reading(Decimal("".join(parts)), thousands=mark)
    if mark in " '٬" or len(parts) > 2:  # noqa: PLR2004 -- a decimal mark stands once
        return (whole,) if grouped else ()
    part = Reading(Decimal(".".join(parts)), decimal=mark)
    return (part, whole) if grouped and mark != "٫" else (part,)


def _grouped(parts: list[str]) -> bool:
    head, *rest = parts
    return (
        len(head) <= GROUP
        and not (head.startswith("0"))
        and all(len(part) == GROUP for part in rest)
    )


def _mixed(numeral: str, kinds: list[str], marks: list[str]) -> tuple[Reading, ...]:
    """Two kinds of marks: the last begins the decimals."""
    first, last = kinds[0], kinds[-1]
    if len(kinds) > 2 or marks.count(last) > 1:  # noqa: PLR2004 -- as above
        return ()
    whole, _, rest = numeral.rpartition(last)
    if not _grouped(whole.split(first)):
        return ()
    return (Reading(Decimal(f"{whole.replace(first, '')}.{rest}"), last, first),)


@dataclass(frozen=True, slots=True)
class Style:
    """How a document writes figures, as far as its own clear cases show it."""

    decimal: dict[str, int]
    thousands: dict[str, int]
    bare: int

    def favours(self, reading: Reading) -> float:
        """Above 0 for, below 0 against."""
        if reading.decimal:
            mark = reading.decimal
            seen = self.decimal.get(mark, 0) - self.thousands.get(mark, 0)
            rivals = sum(n for m, n in self.decimal.items() if m != mark)
            return _capped(seen) + _capped(self.bare) / 3 - _capped(rivals) / 2
        if reading.thousands:
            mark = reading.thousands
            seen = self.thousands.get(mark, 0) - self.decimal.get(mark, 0)
            rivals = sum(n for m, n in self.thousands.items() if m != mark)
            return _capped(seen) - _capped(self.bare) / 3 - _capped(rivals) / 2
        return 0.0


def _capped(seen: float) -> float:
    return max(-3.0, min(3.0, seen))


def style_of(bare: str) -> Style:
    """What the unambiguous numerals of a text show."""
    decimal: dict[str, int] = {}
    thousands: dict[str, int] = {}
    plain = 0
    for found in NUMERAL.finditer(bare):
        numeral = found[0]
        some = readings(numeral)
        if len(some) != 1 or _is_date(bare, found):
            continue
        (only,) = some
        if only.decimal:
            decimal[only.decimal] = decimal.get(only.decimal, 0) + 1
        if only.thousands:
            thousands[only.thousands] = thousands.get(only.thousands, 0) + 1
        if not (only.decimal or only.thousands) and _is_ungrouped(numeral):
            plain += 1
    return Style(decimal, thousands, plain)


def _is_date(bare: str, found: re.Match[str]) -> bool:
    """20.8.2013 and 1.2 at the head of a line are no figures."""
    return found[0].count(".") > 1 or bare[found.start() - 1 : found.start()] == "/"


def _is_ungrouped(numeral: str) -> bool:
    """Four digits and more, and no year."""
    return len(numeral) > GROUP and not ("1900" <= numeral <= "2100")
