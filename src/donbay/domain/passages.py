"""The wording of printed reports: texts with named fields, which offices may change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class ReportKind(StrEnum):
    """Which report is printed."""

    QUARTERLY = "quarterly"
    HALF_YEAR = "half_year"
    ANNUAL = "annual"
    MID_TERM = "mid_term"
    FINAL = "final"
    PLACE = "place"


_WHERE = frozenset({"programme", "place", "period", "on"})
_COUNTS = frozenset(
    {
        *("total", "achieved", "on_track", "at_risk", "off_track"),
        *("missed", "open", "no_data"),
    }
)
PASSAGES: Mapping[str, frozenset[str]] = {
    "above": frozenset({"place"}),
    "state": frozenset({"place"}),
    "number": frozenset({"number"}),
    "seat_and_day": frozenset({"seat", "day"}),
    **{f"title_{kind}": _WHERE for kind in ReportKind},
    "introduction": _WHERE,
    "basis": _WHERE,
    "summary": _WHERE | _COUNTS,
    "changes": _WHERE | {"before", "better", "worse", "other", "same"},
    "no_changes": _WHERE | {"before"},
    "behind": _WHERE | {"count"},
    "none_behind": _WHERE,
    "tasks": _WHERE | {"count", "over"},
    "money": _WHERE | {"count"},
    "no_money": _WHERE,
    "places": _WHERE | {"count"},
    "remarks": _WHERE | {"count", "reporters"},
    "no_remarks": _WHERE,
    "closing": _WHERE,
    "annex_place": _WHERE | {"count"},
    "annex_places": _WHERE | {"count", "places"},
    "recipients": _WHERE,
}
"""Each passage with the fields that it may name in braces."""
LONGEST = 4_000  # characters of a passage
_PARTS = re.compile(r"\{(?P<name>[a-z_]+)\}|(?P<brace>[{}])")


@dataclass(frozen=True, slots=True)
class WordingFault:
    """What is wrong with a passage; `code` is put in words by the catalogues."""

    code: str
    found: str
    known: tuple[str, ...]


def faults_of(passage: str, text: str) -> Iterator[WordingFault]:
    """Everything that would not be filled in, or would show as it stands."""
    if passage not in PASSAGES:
        yield WordingFault("unknown_passage", passage, tuple(PASSAGES))
        return
    known = tuple(sorted(PASSAGES[passage]))
    if len(text) > LONGEST:
        yield WordingFault("too_long", str(len(text)), (str(LONGEST),))
    for part in _PARTS.finditer(text):
        if part["brace"]:
            around = text[max(0, part.start() - 10) : part.end() + 10].strip()
            yield WordingFault("stray_brace", around, known)
        elif part["name"] not in known:
            yield WordingFault("unknown_field", part["name"], known)


def filled(text: str, fields: Mapping[str, str]) -> str:
    """The passage with its fields; their own text is never read for fields."""
    return _PARTS.sub(lambda part: fields.get(part["name"] or "", part[0]), text)
