"""Where the numbers of a text stand, and what each is by its form alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from donbay.documents.dates import Dated, dates_in
from donbay.documents.folding import Folded, folded
from donbay.documents.lexicon import PREFIXES, Lexicon, alternatives, lexicon
from donbay.documents.numerals import NUMERAL, Reading, readings
from donbay.documents.spelled import spelled_in

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_ACT = re.compile(
    r"(?<![\w/])[0-9]{1,5}(?:/[0-9]{4})?(?:-|/| - )[a-z]{2,6}[-/][a-z]{2,8}(?![a-z])"
    r"|(?<![\w/])[0-9]{1,5}/[0-9]{4}/[a-z]{2,6}[0-9]{0,2}(?![a-z])"
)
_GLUED = re.compile(r"[a-z]-?$|[a-z]{2,}\.$")
_LIST_MARK = re.compile(
    r"(?:^|\n)\s*[0-9]{1,2}[.)](?=\s)|(?<=[;:.] )[0-9]{1,2}\.(?=\s[^0-9])"
)
_CURRENCY = re.compile(r"(?P<word>vnd|vnđ|usd|us\$|eur|\$|€)\s?$")
_COUNTED = re.compile(r" (?!ال)[\u0621-\u064a]{2,}ا(?!\w)")
"""What Arabic counts by eleven and more: a noun without article, in the accusative."""
NAME_DIGITS = 5
YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of folded text. `end` is past the unit, `stop` past the digits."""

    start: int
    stop: int
    end: int
    form: str
    readings: tuple[Reading, ...] = ()
    of: Decimal | None = None
    upper: tuple[Reading, ...] = ()
    magnitude: Decimal = Decimal(1)
    unit: str = ""
    iso: str = ""
    sure: bool = True


class Scanner:
    """Finds mentions from the surest form to the least; none lies inside another."""

    def __init__(self, folded: Folded, words: Lexicon, year: int | None) -> None:
        self.bare, self.lower, self.words = folded.bare, folded.lower, words
        self.dates = dates_in(self.bare, words, year)
        self.found: list[Mention] = []
        self._taken = bytearray(len(self.bare) + 1)

    def scan(self) -> list[Mention]:
        for pattern in (_ADDRESS, _LIST_MARK):
            for match in pattern.finditer(self.bare):
                self._take(match.start(), match.end())
        for match in _ACT.finditer(self.bare):
            self._keep(self._named(match.start(), match.end()))
        for dated in self.dates:
            self._keep(self._dated(dated))
        steps: tuple[Callable[[], Iterator[Mention | None]], ...] = (
            self._names,
            self._ratios,
            self._ordinals,
            self._ranges,
            self._numerals,
            self._zeros,
            self._words,
        )
        for step in steps:
            for mention in step():
                self._keep(mention)
        return sorted(self.found, key=lambda m: m.start)

    def _take(self, start: int, end: int) -> None:
        self._taken[start:end] = b"\1" * (end - start)

    def _keep(self, mention: Mention | None) -> None:
        if mention and not any(self._taken[mention.start : mention.stop]):
            self._take(mention.start, mention.end)
            self.found.append(mention)

    def _dated(self, dated: Dated) -> Mention | None:
        if not dated.sure:
            return None
        form = "day" if dated.day else "period"
        return Mention(dated.start, dated.end, dated.end, form, iso=dated.value)

    def _named(self, start: int, end: int) -> Mention:
        digits = re.search(r"[0-9]+", self.bare[start:end])
        value = Decimal(digits[0]) if digits and len(digits[0]) <= NAME_DIGITS else None
        some = () if value is None else (Reading(value),)
        return Mention(start, end, end, "name", some)

    def _names(self) -> Iterator[Mention | None]:
        for match in _named_patterns(self.words.language).finditer(self.bare):
            start, end = match.span("n")
            tail = self.bare[end : end + 30]
            if self._taken[start] or re.match(r"[.,/ ]?[0-9]|\s?%", tail):
                continue
            measured = (
                self.words.unit.match(tail)
                or self.words.magnitude.match(tail)
                or _COUNTED.match(tail)
            )
            if not measured or match["mark"]:
                yield self._named(start, end)

    def _ratios(self) -> Iterator[Mention | None]:
        for match in _ratio(self.words.language).finditer(self.bare):
            n, whole = _integer(match["n"]), _integer(match["N"])
            if n is None or whole is None or self._glued(match.start()):
                continue
            if match["said"] and (n > whole or whole in YEARS):
                continue
            if n > whole or whole == 0:
                yield self._named(*match.span())
                continue
            yield Mention(
                *match.span(),
                match.end(),
                "ratio",
                (Reading(n),),
                of=whole,
                unit="ratio",
            )

    def _ordinals(self) -> Iterator[Mention | None]:
        pattern = _ordinal(self.words.language)
        for match in pattern.finditer(self.bare):
            end = match.end()
            some = (Reading(Decimal(match["n"])),)
            if len(match["n"]) <= NAME_DIGITS - 2:
                yield Mention(
                    match.start("n"), end, end, "ordinal", some, unit="ordinal"
                )

    def _ranges(self) -> Iterator[Mention | None]:
        for match in _range(self.words.language).finditer(self.bare):
            low, high = readings(match["low"]), readings(match["high"])
            if not low or not high or low[0].value >= high[0].value:
                continue
            if self._glued(match.start("low")):
                continue
            start, stop = match.start("low"), match.end("high")
            made = self._measured(start, stop, low, "range")
            yield Mention(
                *(made.start, made.stop, made.end, "range", low),
                upper=high,
                magnitude=made.magnitude,
                unit=made.unit,
            )

    def _numerals(self) -> Iterator[Mention | None]:
        for match in NUMERAL.finditer(self.bare):
            start, stop = match.span()
            if self._taken[start]:
                continue
            some = readings(match[0])
            if self._glued(start):
                yield self._named(start, stop)
            elif some:
                yield self._measured(start, stop, some, "numeral")
            else:
                yield Mention(start, stop, stop, "unread")

    def _words(self) -> Iterator[Mention | None]:
        for found in spelled_in(self.lower, self.bare, self.words):
            some = (Reading(Decimal(found.value)),)
            form = "vague" if found.vague else "spelled"
            yield self._measured(found.start, found.end, some, form)

    def _zeros(self) -> Iterator[Mention | None]:
        """That there are none of something is a number too; "no more than" is not."""
        for match in _zero(self.words.language).finditer(self.bare):
            yield Mention(*match.span(), match.end(), "zero", (Reading(Decimal()),))

    def _glued(self, start: int) -> bool:
        """Digits written on to letters are part of a name, except of money."""
        head = self.bare[max(0, start - 6) : start]
        return bool(_GLUED.search(head)) and not _CURRENCY.search(head)

    def _measured(
        self, start: int, stop: int, some: tuple[Reading, ...], form: str
    ) -> Mention:
        """With the magnitudes and the unit that follow, or money that precedes."""
        end, magnitude = stop, Decimal(1)
        while found := self.words.magnitude.match(self.bare, end):
            if found.start("word") - end > 1:
                break
            magnitude *= self.words.magnitudes[found["word"]]
            end = found.end()
        unit = ""
        after = self.words.unit.match(self.bare, end)
        if after and self._is_unit(after, start):
            unit, end = self.words.units[after["word"]], after.end()
            end = self._per(end)
        elif before := _CURRENCY.search(self.bare[max(0, start - 5) : start]):
            unit = {"$": "USD", "us$": "USD", "€": "EUR"}.get(
                before["word"], before["word"].upper().replace("Đ", "D")
            )
        return Mention(start, stop, end, form, some, magnitude=magnitude, unit=unit)

    def _per(self, end: int) -> int:
        """Past `/person/year` and the like."""
        found = re.compile(r"(?:\s?/\s?[^\W\d]+){1,2}").match(self.bare, end)
        return found.end() if found else end

    def _is_unit(self, found: re.Match[str], start: int) -> bool:
        """Words that are also plain nouns count as units only where they can be."""
        word, unit = found["word"], self.words.units[found["word"]]
        if unit == "pp" and word == "points":
            head = self.bare[max(0, start - 45) : start]
            return bool(self.words.phrases("change").search(head))
        return not (
            unit == "VND" and word == "dong" and self._is_noun(found.start("word"))
        )

    def _is_noun(self, at: int) -> bool:
        """Vietnamese `đông` and `động` are no money."""
        return self.words.language == "vi" and self.lower[at : at + 4] not in {
            "đồng",
            "dong",
        }


def _integer(numeral: str) -> Decimal | None:
    """The whole number that a numeral may be."""
    whole = [r.value for r in readings(numeral) if not r.decimal]
    return whole[0] if whole else None


@cache
def _named_patterns(language: str) -> re.Pattern[str]:
    words = lexicon(language)
    nouns = alternatives(words.list_of("named"))
    legal = alternatives(words.list_of("legal"))
    marks = "|".join(words.list_of("numbered"))
    small = alternatives(words.list_of("not_counted") + words.list_of("common"))
    front = PREFIXES if language == "ar" else ""
    noun = rf"{front}(?:(?:{nouns})(?: (?!(?:{small}) )[^\W\d]+)?|(?:{legal}))(?: |-)"
    return re.compile(
        rf"(?<!\w)(?:{noun}|(?P<mark>(?:{marks})\s?))"
        rf"(?P<n>[0-9]{{1,{NAME_DIGITS}}})(?![0-9])"
    )


@cache
def _zero(language: str) -> re.Pattern[str]:
    """The words that deny, before what is counted by them."""
    words = lexicon(language)
    some = sorted(map(folded, words.list_of("zeros")), key=len, reverse=True)
    # Vietnamese names what is counted with the denial, for these deny much else.
    said = "|".join(
        re.escape(head) + rf"(?= {re.escape(noun)}(?!\w))"
        if language == "vi"
        else re.escape(one)
        for one in some
        for head, _, noun in [one.rpartition(" ")]
    )
    more = alternatives(words.list_of("comparing"))
    return re.compile(rf"(?<!\w)(?:{said})(?= [^\W\d])(?! (?:{more})(?!\w))")


@cache
def _ratio(language: str) -> re.Pattern[str]:
    """n/N, or in words before what is counted: 9 of 12 villages."""
    number, said = NUMERAL.pattern, alternatives(lexicon(language).words["of_total"])
    between = rf"\s?/\s?|\s(?P<said>{said})\s(?:(?:the|les|tong so)\s)?"
    return re.compile(
        rf"(?P<n>{number})(?:{between})(?P<N>{number})(?(said)(?=\s[^\W\d]))"
    )


@cache
def _ordinal(language: str) -> re.Pattern[str]:
    pattern = lexicon(language).words["ordinal"]
    return re.compile(rf"(?<![\w.,/]){pattern}(?!\w)")


@cache
def _range(language: str) -> re.Pattern[str]:
    known = lexicon(language).words["range"]
    joins = "|".join(re.escape(j) for j in known["to"] if j != known["between"][1])
    first, second = known["between"]
    numeral = NUMERAL.pattern
    return re.compile(
        rf"(?:(?<!\w){first} (?=[^,;.]{{1,30}} {second} )(?P<b>))?(?P<low>{numeral})"
        rf"\s?(?:{joins}|(?(b){second}|(?!)))\s?(?P<high>{numeral})(?![0-9])"
    )
