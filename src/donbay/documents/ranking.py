"""Which of the numbers that digits may be is the likeliest, and how likely."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp

from donbay.documents.lexicon import Lexicon
from donbay.documents.numerals import Reading, Style
from donbay.documents.scanning import Mention

BILLION, TEN_TRILLION, HUNDRED = Decimal(10**9), Decimal(10**13), Decimal(100)
WHOLE_UNITS = {"", "years", "months", "weeks", "days", "places", "stars", "age"}
IMPOSSIBLE, HABIT, SLIGHT = 6.0, 1.5, 0.5


@dataclass(frozen=True, slots=True)
class Ranked:
    """The readings of a mention, the likeliest first, each with its probability."""

    readings: tuple[tuple[Reading, float], ...]

    @property
    def best(self) -> Reading:
        return self.readings[0][0]

    @property
    def sure(self) -> float:
        return self.readings[0][1]


def rank(mentions: Sequence[Mention], words: Lexicon, style: Style) -> list[Ranked]:
    """One mark is mostly used in one way through a document, so its cases vote."""
    scores = [[_score(r, m, words, style) for r in m.readings] for m in mentions]
    votes: dict[str, float] = defaultdict(float)
    for mention, some in zip(mentions, scores, strict=True):
        if len(some) > 1:
            gap = max(-3.0, min(3.0, some[0] - some[1]))
            votes[mention.readings[0].decimal] += gap
    return [
        _ranked(mention, some, votes)
        for mention, some in zip(mentions, scores, strict=True)
    ]


def _ranked(mention: Mention, some: list[float], votes: dict[str, float]) -> Ranked:
    if len(some) < 2:  # noqa: PLR2004 -- nothing to choose from
        return Ranked(tuple((r, 1.0) for r in mention.readings))
    others = votes[mention.readings[0].decimal] - max(-3.0, min(3.0, some[0] - some[1]))
    gap = some[0] - some[1] + max(-2.0, min(2.0, others))
    first = 1 / (1 + exp(-gap))
    pairs = list(zip(mention.readings, (first, 1 - first), strict=True))
    return Ranked(tuple(sorted(pairs, key=lambda pair: -pair[1])))


def _score(reading: Reading, mention: Mention, words: Lexicon, style: Style) -> float:
    """What the language, the document and plain sense say for a reading."""
    marks = words.words["marks"]
    score = style.favours(reading)
    if reading.decimal and reading.decimal == marks["decimal"]:
        score += HABIT
    if reading.thousands and reading.thousands == marks["thousands"]:
        score += HABIT
    return score + _sense(reading, mention)


def _sense(reading: Reading, mention: Mention) -> float:
    value = reading.value * mention.magnitude
    if mention.unit == "%":
        return -IMPOSSIBLE if value > HUNDRED and reading.thousands else SLIGHT
    if mention.magnitude == 1 and mention.unit in WHOLE_UNITS:
        return -IMPOSSIBLE if reading.decimal else 0.0
    if reading.thousands:
        whole = str(reading.value)
        score = (
            2.0 if whole.endswith("000") else SLIGHT if whole.endswith("00") else 0.0
        )
        return score - (1.0 if value > TEN_TRILLION else 0.0)
    return SLIGHT if mention.magnitude >= BILLION else 0.0
