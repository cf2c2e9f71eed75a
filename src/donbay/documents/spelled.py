"""Numbers written as words, and the words for vague ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from donbay.documents.folding import fold
from donbay.documents.lexicon import PREFIXES, Lexicon, alternatives, lexicon

TEN, HUNDRED = 10, 100


@dataclass(frozen=True, slots=True)
class Spelled:
    """A stretch of folded text and the number that it says."""

    start: int
    end: int
    value: int
    vague: bool = False


def spelled_in(lower: str, bare: str, words: Lexicon) -> Iterator[Spelled]:
    for match in _vague(words.language).finditer(bare):
        yield Spelled(*match.span("word"), words.vague[match["word"]], vague=True)
    for match in _sequence(words.language).finditer(lower):
        start, end = match.span("run")
        value = _value(lower[start:end], words)
        if value > 1 and _is_number(lower, match, words):
            yield Spelled(start, end, value)


@cache
def _vague(language: str) -> re.Pattern[str]:
    front = PREFIXES if language == "ar" else ""
    choice = alternatives(lexicon(language).vague)
    behind = "(?= )" if language == "ar" else "(?!\\w)"
    return re.compile(rf"(?<!\w){front}(?P<word>{choice})(?:{behind}|(?<=')(?=\w))")


@cache
def _sequence(language: str) -> re.Pattern[str]:
    words = lexicon(language)
    one = "|".join(sorted(map(re.escape, words.spelled), key=len, reverse=True))
    ands = "|".join(re.escape(a) for a in words.list_of("spelled_and"))
    front = PREFIXES if language == "ar" else ""
    return re.compile(
        rf"(?<![\w-]){front}(?P<run>(?:{one})"
        rf"(?:(?: |-| ?(?:{ands}) ?)(?:{one}))*)(?![\w-])"
    )


def _value(run: str, words: Lexicon) -> int:
    """Tens and units add up; what stands before a twenty or `mươi` multiplies."""
    if run in words.spelled:
        return words.spelled[run]
    total = 0
    tens = {"vi": {"mươi"}, "fr": {"vingt", "vingts"}}.get(words.language, set())
    for word in re.findall(r"[^\W\d_]+", run):
        number = words.spelled.get(word)
        if number is None and word.startswith("و"):
            number = words.spelled.get(word[1:])
        if number is None:
            continue
        total = total * number if word in tens and 0 < total < TEN else total + number
    return total if total < HUNDRED else 0


def _is_number(lower: str, match: re.Match[str], words: Lexicon) -> bool:
    """Something is counted: a word follows, and not one that joins sentences."""
    tail = lower[match.end("run") : match.end("run") + 30]
    if not re.match(r" [^\W\d_]", tail):
        return False
    if words.language == "vi" and "năm" in match["run"].split()[:1]:
        return False  # far more often the year than the number 5
    if words.phrases("not_counted").match(fold(tail[1:]).bare):
        return False
    return not (
        words.language == "vi"
        and match["run"] in {"tư", "ba", "mốt"}
        and _in_name(lower, match)
    )


def _in_name(lower: str, match: re.Match[str]) -> bool:
    """`thứ ba`, `đầu tư`, `tháng tư`: an ordinal or a part of a word."""
    head = lower[max(0, match.start("run") - 6) : match.start("run")]
    return match["run"] != "ba" or head.rstrip().endswith(("thứ", "tháng", "bên"))
