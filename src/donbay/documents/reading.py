"""A document in, its claims out: what each number says, of what, where and when."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from donbay.documents import context as words_around
from donbay.documents.folding import OVERRIDES, Folded, fold, folded
from donbay.documents.indicators import Match, Matcher
from donbay.documents.lexicon import Lexicon, lexicon
from donbay.documents.model import Claim, Document, Doubt, Kind
from donbay.documents.numerals import style_of
from donbay.documents.places import Gazetteer, gazetteer, main_place, places_in
from donbay.documents.ranking import Ranked, rank
from donbay.documents.scanning import Mention, Scanner
from donbay.documents.scopes import Scopes
from donbay.documents.sentences import Sentences
from donbay.documents.times import Times

CERTAIN = {
    "numeral": 0.97, "ratio": 0.97, "range": 0.93, "ordinal": 0.93, "day": 0.97,
    "period": 0.96, "name": 0.92, "spelled": 0.85, "vague": 0.6, "zero": 0.6,
    "unread": 0.1,
}  # fmt: skip
IN_WORDS = {"vague": "vague", "zero": "zero_in_words"}
WHOLE = 100
LONE, LEAST, CLOSE = 0.85, 0.01, 70
SHORT_DECIMALS = 3


@dataclass(frozen=True)
class Known:
    """What the reader brings along: places, indicators, the year of the document."""

    places: Gazetteer = field(default_factory=lambda: gazetteer(()))
    indicators: Matcher = field(default_factory=Matcher)
    year: int | None = None


def claims_of(document: Document, known: Known) -> tuple[Claim, ...]:
    return _Reader(document, known).claims()


class _Reader:
    def __init__(self, document: Document, known: Known) -> None:
        self.document, self.known = document, known
        self.words: Lexicon = lexicon(document.language)
        self.text: Folded = fold(document.text)
        self.sentences = Sentences(document.text, document.blocks)
        scanner = Scanner(self.text, self.words, known.year)
        self.mentions = scanner.scan()
        self.scopes = Scopes(self.text, self.sentences, self.mentions, self.words)
        named = places_in(self.text, self.words, known.places)
        self.places = sorted(named, key=lambda p: p.start)
        self.named_at = [p.start for p in self.places]
        self.main = main_place(self.places)
        self.times = Times(scanner.dates, self.text, self.words, known.year)
        self.repeated = sorted(
            (b.start, b.end) for b in document.blocks if b.repeats is not None
        )
        self.mixed = len(set(re.findall("[0-9]", document.text))) > 1 and bool(
            re.search("[٠-٩۰-۹]", document.text)
        )

    def claims(self) -> tuple[Claim, ...]:
        ranked = rank(self.mentions, self.words, style_of(self.text.bare))
        pairs = zip(self.mentions, ranked, strict=True)
        found: list[Claim] = []
        for mention, order in pairs:
            if not mention.readings:
                found.append(self._bare(mention))
            elif not (found and _is_whole_of(found[-1], mention, self.text)):
                found.append(self._claim(mention, order))
        return tuple(found)

    def _bare(self, mention: Mention) -> Claim:
        """A date, a name, or digits that could not be read."""
        start, end = self.text.place(mention.start, mention.end)
        dated = mention.form in {"day", "period"}
        doubts = [] if mention.form != "unread" else [Doubt("unread")]
        if mention.iso.startswith("--"):
            doubts.append(Doubt("year_missing"))
        return Claim(
            start,
            end,
            self.document.text[start:end],
            Kind.DATE if dated else Kind.NAME,
            unit="date" if dated else "",
            time=mention.iso or None,
            place=self._place(mention) if dated else None,
            confidence=CERTAIN[mention.form],
            doubts=tuple(doubts),
            sentence=self.sentences.sentence(start),
            repeated=self._is_repeated(start),
        )

    def _claim(self, mention: Mention, ranked: Ranked) -> Claim:
        start, end = self.text.place(mention.start, mention.end)
        sentence = self.sentences.sentence(start)
        near = words_around.around(
            mention, self.text, self.sentences.clause(start), sentence
        )
        bound = words_around.bound_of(mention, near, self.words)
        kind = words_around.kind_of(mention, near, self.words)
        value, upper = self._value(mention, ranked)
        claim = Claim(
            start,
            end,
            self.document.text[start:end],
            kind,
            value,
            of=self._whole(mention, near, kind),
            unit=self._unit(mention, near, kind),
            counted=words_around.counted_of(mention, near, self.text, self.words),
            bound=bound,
            alternatives=tuple(
                r.value * mention.magnitude for r, _ in ranked.readings[1:]
            ),
            sentence=sentence,
            repeated=self._is_repeated(start),
            falling=kind is Kind.CHANGE and words_around.is_falling(near, self.words),
        )
        claim = _bounded(claim, upper)
        if kind is not Kind.NAME:
            claim = self._attached(claim, mention)
        return self._judged(claim, mention, ranked)

    def _value(
        self, mention: Mention, ranked: Ranked
    ) -> tuple[Decimal, Decimal | None]:
        value = ranked.best.value * mention.magnitude
        if not mention.upper:
            return value, None
        upper = next(
            (r for r in mention.upper if bool(r.decimal) == bool(ranked.best.decimal)),
            mention.upper[0],
        )
        return value, upper.value * mention.magnitude

    def _whole(
        self, mention: Mention, near: words_around.Around, kind: Kind
    ) -> Decimal | None:
        """`25th of 63`: the number behind the word for out of."""
        if mention.of is not None or kind is not Kind.RANK:
            return mention.of
        found = self.words.phrases("of_total").search(near.after[:40])
        digits = (
            re.match(r"\s?(?:ال)?([0-9]{1,4})", near.after[found.end() :])
            if found
            else None
        )
        return Decimal(digits[1]) if digits else None

    def _unit(self, mention: Mention, near: words_around.Around, kind: Kind) -> str:
        if kind is Kind.RANK:
            return "rank"
        unit = mention.unit
        if unit in {"VND", "USD", "EUR"}:
            return unit + self._per(mention, near)
        if unit == "%" and kind is Kind.CHANGE and self._is_points(near):
            return "pp"
        if unit or kind is Kind.NAME:
            return unit
        return "count"

    def _is_points(self, near: words_around.Around) -> bool:
        return bool(re.match(r"\s?(?:points?|diem)", near.after))

    def _per(self, mention: Mention, near: words_around.Around) -> str:
        """Money a head and a year, as printed behind it or said before it."""
        printed = self.text.bare[mention.stop : mention.end]
        heads = self.words.phrases("per_head")
        behind = re.split("[,;.]", near.after[:40])[0]
        if "/" in printed:
            if not re.search(
                r"/\s?(?:nguoi|person|personne|hab\w*|capita|شخص|فرد|lao dong)", printed
            ):
                return ""
            monthly = re.search(r"/\s?(?:thang|month|mois|شهر)", printed)
            return f"/person/{'month' if monthly else 'year'}"
        said = words_around.last(heads, near.sentence)
        if said is None and not heads.search(behind):
            return ""
        monthly = re.search(r"thang|month|mois|شهر", behind)
        return f"/person/{'month' if monthly else 'year'}"

    def _attached(self, claim: Claim, mention: Mention) -> Claim:
        match = self._indicator(claim, mention)
        clause = self.sentences.clause(claim.start)
        when = self.times.of(mention, clause, claim.sentence, self._before(claim))
        claim = replace(
            claim,
            indicator=match.id if match else None,
            place=self._place(mention),
            time=when,
        )
        return self._plausible(claim) if match else claim

    def _indicator(self, claim: Claim, mention: Mention) -> Match | None:
        timed = claim.kind is Kind.DURATION or claim.unit in words_around.TIMES
        if timed or not self.known.indicators.candidates:
            return None
        return self.known.indicators.one(self.scopes.said(mention), claim.unit)

    def _plausible(self, claim: Claim) -> Claim:
        """Of several readings, one inside the indicator's range beats one outside."""
        candidate = self.known.indicators.candidates[str(claim.indicator)]
        values = (claim.value, *claim.alternatives)
        inside = [
            v
            for v in values
            if v is not None
            and (candidate.low is None or v >= candidate.low)
            and (candidate.high is None or v <= candidate.high)
        ]
        if not inside or claim.value in inside or claim.kind is Kind.CHANGE:
            return claim
        others = tuple(v for v in values if v is not None and v != inside[0])
        return replace(claim, value=inside[0], alternatives=others)

    def _before(self, claim: Claim) -> tuple[int, int] | None:
        """The sentence before in the same block, whose time may go on."""
        number = self.sentences.number(claim.start)
        if number == 0:
            return None
        previous = self.sentences.sentences[number - 1]
        gap = self.document.text[previous[1] : claim.sentence[0]]
        return None if "\n" in gap else previous

    def _place(self, mention: Mention) -> str | None:
        """The nearest named before in the sentence, else what the text is about."""
        start, _ = self.text.place(mention.start, mention.stop)
        first, last = (self.text.find(p) for p in self.sentences.sentence(start))
        begin, stop = (bisect_left(self.named_at, at) for at in (first, last))
        here = self.places[begin:stop]
        before = [p for p in here if p.end <= mention.start]
        if before:
            return before[-1].place
        after = [p for p in here if mention.end <= p.start and p.end <= last]
        close = [p for p in after if p.start - mention.end < CLOSE]
        return close[0].place if close else self.main

    def _is_repeated(self, start: int) -> bool:
        number = bisect_right(self.repeated, (start, start)) - 1
        at = max(0, number)
        near = self.repeated[at : at + 2]
        return any(first <= start < end for first, end in near)

    def _judged(self, claim: Claim, mention: Mention, ranked: Ranked) -> Claim:
        doubts = tuple(self._doubts(claim, mention))
        sure = CERTAIN[mention.form] * ranked.sure
        if claim.unit == "count" and not claim.counted:
            sure *= LONE
        heavy = {"hidden_characters", "over_hundred", "year_or_count"}
        if any(d.code in heavy for d in doubts):
            sure *= 0.6
        return replace(claim, doubts=doubts, confidence=round(max(LEAST, sure), 3))

    def _doubts(self, claim: Claim, mention: Mention) -> Sequence[Doubt]:
        found: list[Doubt] = []
        printed = self.document.text[claim.start : claim.end]
        digits = self.text.bare[mention.start : mention.stop]
        if claim.alternatives:
            others = ", ".join(plain(v) for v in claim.alternatives)
            found.append(Doubt("ambiguous_mark", {"others": others}))
        elif (
            re.search(rf"[.,][0-9]{{{SHORT_DECIMALS}}}$", digits) and claim.unit == "%"
        ):
            found.append(Doubt("many_decimals"))
        found += self._said_in_words(claim, mention)
        if re.match(r"0[0-9]", digits) and claim.kind is not Kind.NAME:
            found.append(Doubt("leading_zero"))
        around = self.document.text[max(0, claim.start - 2) : claim.end + 2]
        if set(around) & OVERRIDES or re.search("[\u200b-\u200d\u2060]", printed):
            found.append(Doubt("hidden_characters"))
        if self.mixed and re.search("[٠-٩۰-۹]", printed):
            found.append(Doubt("mixed_digits"))
        if (
            claim.unit == "%"
            and (claim.value or 0) > WHOLE
            and claim.kind is not Kind.CHANGE
        ):
            found.append(Doubt("over_hundred"))
        if mention.form == "numeral" and re.fullmatch("(?:19|20)[0-9]{2}", digits):
            found.append(Doubt("year_or_count"))
        if claim.repeated:
            found.append(Doubt("repeated_block"))
        return found

    def _said_in_words(self, claim: Claim, mention: Mention) -> Iterator[Doubt]:
        if mention.form in IN_WORDS:
            yield Doubt(IN_WORDS[mention.form])
        if self.words.phrases("hollow").search(folded(claim.counted)):
            yield Doubt("hollow")


def _is_whole_of(rank: Claim, mention: Mention, text: Folded) -> bool:
    """The 63 in `25th of 63` was read with the rank before it."""
    near = text.at[mention.start] - rank.end < 30  # noqa: PLR2004 -- a few words
    return rank.kind is Kind.RANK and near and mention.readings[0].value == rank.of


def _bounded(claim: Claim, upper: Decimal | None) -> Claim:
    """What the bound says of the least and the most."""
    value = claim.value
    if upper is not None:
        return replace(claim, low=value, high=upper)
    if claim.bound in {"more_than", "at_least"}:
        return replace(claim, low=value)
    if claim.bound in {"under", "at_most", "nearly"}:
        return replace(claim, high=value)
    return replace(claim, low=value, high=value) if claim.bound == "exact" else claim


def plain(number: Decimal) -> str:
    """Without exponent and without zeros that say nothing."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
