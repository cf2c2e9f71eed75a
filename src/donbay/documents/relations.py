"""How the claims of one document hang together, checked; and what would mend them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from donbay.documents.folding import folded
from donbay.documents.lexicon import lexicon
from donbay.documents.model import Claim, Document, Kind, Relation
from donbay.documents.reading import plain

HALF, HUNDRED = Decimal("0.5"), Decimal(100)
APART = 400
FEWEST, MOST, PAIR = 2, 12, 2
TENTH, STEM = Decimal("0.1"), 5
PARTED = {Kind.PART, Kind.SHARE}


def relations_of(document: Document, claims: Sequence[Claim]) -> tuple[Relation, ...]:
    """In order of the first claim of each."""
    kept = [
        (i, c) for i, c in enumerate(claims) if c.value is not None and not c.repeated
    ]
    found: list[Relation] = []
    for one, two in pairwise(kept):
        found += _rate(one, two)
    found += _sums(document, kept)
    found += _shares(kept)
    found += _subsets(document, kept)
    found += _changes(kept)
    found += _cadences(document, kept)
    found += _flows(document, kept)
    return tuple(sorted(found, key=lambda r: r.claims))


Numbered = tuple[int, Claim]


def _rate(one: Numbered, two: Numbered) -> Iterator[Relation]:
    """`660/694 (95.1 %)`: the percentage is that of the parts."""
    (i, ratio), (j, rate) = one, two
    if ratio.unit != "ratio" or rate.unit != "%" or rate.start - ratio.end > 60:  # noqa: PLR2004 -- side by side
        return
    if ratio.value is None or not ratio.of or rate.value is None:
        return
    real = ratio.value / ratio.of * HUNDRED
    holds = abs(real - rate.value) <= rounding(rate)
    about = {"computed": plain(round(real, 2)), "printed": plain(rate.value)}
    mends = () if holds else ((j, round(real, decimals(rate))),)
    yield Relation("rate", (i, j), holds, about, mends)


def _sums(document: Document, kept: Sequence[Numbered]) -> Iterator[Relation]:
    """A total and the parts that follow it in its sentence."""
    for at, (i, total) in enumerate(kept):
        if total.kind in {Kind.CHANGE, Kind.RANK, Kind.NAME, Kind.DURATION} or total.of:
            continue
        behind = (kept[n] for n in range(at + 1, len(kept)))  # no copy of the rest
        parts = list(_parts_after(document, total, behind))
        if len(parts) < FEWEST:
            continue
        whole = sum((_value(c) for _, c in parts), Decimal())
        if _exact([total, *(c for _, c in parts)]) is False:
            continue
        holds = abs(whole - _value(total)) <= rounding(total)
        if not holds and not _announced(total, [c for _, c in parts]):
            continue
        about = {"sum": plain(whole), "total": plain(_value(total))}
        mends = () if holds else tuple(_mends((i, total), parts))
        yield Relation("sum", (i, *(j for j, _ in parts)), holds, about, mends)


def _parts_after(
    document: Document, total: Claim, rest: Iterable[Numbered]
) -> Iterator[Numbered]:
    """Claims of the same unit behind a total, until the sentence or bracket ends."""
    opened = False
    for j, claim in rest:
        between = document.text[total.end : claim.start]
        if len(between) > APART or "\n" in between:
            return
        opened = opened or "(" in between
        if opened and ")" in between.rsplit("(", 1)[-1]:
            return
        if claim.kind is Kind.NAME:
            continue
        if (
            claim.unit != total.unit
            or claim.of
            or claim.kind in {Kind.CHANGE, Kind.RANK}
        ):
            return
        if claim.sentence != total.sentence and claim.unit != "VND":
            return
        if _value(claim) >= _value(total):
            return
        yield j, claim


def _announced(total: Claim, parts: Sequence[Claim]) -> bool:
    """A sum that fails is told only where all were said to be parts and near it."""
    whole = sum((_value(c) for c in parts), Decimal())
    if total.kind is Kind.PART:
        return False
    near = abs(whole - _value(total)) <= _value(total) / 4
    return near and all(c.kind is Kind.PART for c in parts) and len(parts) <= MOST


def _mends(total: Numbered, parts: Sequence[Numbered]) -> Iterator[tuple[int, Decimal]]:
    """Single digits that would make the sum right."""
    whole = sum((_value(c) for _, c in parts), Decimal())
    if one_digit_apart(_value(total[1]), whole):
        yield total[0], whole
    for j, part in parts:
        needed = _value(total[1]) - whole + _value(part)
        if one_digit_apart(_value(part), needed):
            yield j, needed


def one_digit_apart(one: Decimal, other: Decimal) -> bool:
    """Of one length, with one digit changed or two neighbours swapped."""
    a, b = plain(one), plain(other)
    if len(a) != len(b) or other < 0:
        return False
    places = [k for k, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(places) == 1:
        return True
    first, last = (places[0], places[-1]) if places else (0, 0)
    return len(places) == PAIR == last - first + 1 and a[first : last + 1] == (
        b[last] + b[first]
    )


def _shares(kept: Sequence[Numbered]) -> Iterator[Relation]:
    """Shares said one after the other in a sentence add up to at most 100."""
    for (i, one), (j, two) in pairwise(kept):
        pair = one.kind is Kind.SHARE and two.kind is Kind.SHARE
        if not pair or one.sentence != two.sentence:
            continue
        whole = _value(one) + _value(two)
        if not (HUNDRED - 5 < whole < HUNDRED + 5):
            continue
        loose = {one.bound, two.bound} != {"exact"}
        holds = True if whole == HUNDRED else None if loose else False
        yield Relation("shares", (i, j), holds, {"sum": plain(whole)})


def _subsets(document: Document, kept: Sequence[Numbered]) -> Iterator[Relation]:
    """What is said to be of a number is not more than it."""
    part = lexicon(document.language).phrases("part")
    for (i, whole), (j, inner) in pairwise(kept):
        if inner.kind not in PARTED or whole.unit != inner.unit or inner.of:
            continue
        between = folded(document.text[whole.end : inner.start])
        if not part.search(between) or "\n" in between:
            continue
        if whole.unit == "%" and whole.bound != "exact":
            continue
        holds = _value(inner) <= _value(whole)
        about = {"part": plain(_value(inner)), "whole": plain(_value(whole))}
        yield Relation("subset", (i, j), holds, about)


def _changes(kept: Sequence[Numbered]) -> Iterator[Relation]:
    """A level and its change give the level before, which must make sense."""
    for (i, level), (j, change) in pairwise(kept):
        if change.kind is not Kind.CHANGE or level.sentence != change.sentence:
            continue
        both = level.kind in {Kind.LEVEL, Kind.RANK}
        if not both or not _same_measure(level, change):
            continue
        value, by = _value(level), _value(change)
        up = change.falling if level.kind is not Kind.RANK else not change.falling
        before = value + by if up else value - by
        top = level.of or (HUNDRED if level.unit == "%" else None)
        holds = before >= 0 and (top is None or before <= top)
        yield Relation("change", (i, j), holds, {"before": plain(before)})


def _cadences(document: Document, kept: Sequence[Numbered]) -> Iterator[Relation]:
    """So many meetings in so many years, said to be held every month or quarter."""
    words = lexicon(document.language)
    often = {folded(k): int(n) for k, n in words.words["cadences"].items()}
    said = words.phrases("cadences")
    for (i, one), (j, other) in pairwise(kept):
        (c, count), (d, years) = sorted(
            ((i, one), (j, other)), key=lambda n: n[1].kind is Kind.DURATION
        )
        if years.unit != "years" or count.unit != "count" or count.of:
            continue
        if one.sentence != other.sentence or years.kind is not Kind.DURATION:
            continue
        sentence = folded(document.text[one.sentence[0] : one.sentence[1]])
        found = said.search(sentence)
        rate = often.get(found[0].strip()) if found else None
        if rate:
            due = rate * _value(years)
            holds = abs(_value(count) - due) <= due * TENTH
            about = {"count": plain(_value(count)), "expected": plain(due)}
            yield Relation("cadence", (c, d), holds, about)


def _flows(document: Document, kept: Sequence[Numbered]) -> Iterator[Relation]:
    """What came in a year is not more than what there is of it by now."""
    words = lexicon(document.language)
    now, during = words.phrases("now"), words.phrases("during")
    told = [(n, _head(n[1]), _clause(document, n[1])) for n in kept]
    for at, ((i, flow), head, clause) in enumerate(told):
        if not head or flow.unit != "count" or not during.search(clause):
            continue
        for (j, stock), other, later in told[at + 1 : at + 1 + MOST]:
            if other != head or not now.search(later) or stock.unit != "count":
                continue
            if stock.start - flow.end > APART:
                break
            holds = _value(flow) <= _value(stock)
            about = {"flow": plain(_value(flow)), "stock": plain(_value(stock))}
            yield Relation("flow", (i, j), holds, about)
            break


def _head(claim: Claim) -> str:
    """The beginning of the noun that is counted, which stays when endings change."""
    found = re.findall(r"[^\W\d_]+", folded(claim.counted))
    return found[0][:STEM] if found else ""


def _clause(document: Document, claim: Claim) -> str:
    """The sentence up to the number."""
    return folded(document.text[claim.sentence[0] : claim.start])


def _same_measure(level: Claim, change: Claim) -> bool:
    if level.unit == "rank":
        return change.unit == "places"
    return level.unit == change.unit or (level.unit == "%" and change.unit == "pp")


def _exact(claims: Iterable[Claim]) -> bool:
    return all(c.bound in {"exact", "about"} for c in claims)


def _value(claim: Claim) -> Decimal:
    return claim.value if claim.value is not None else Decimal()


def decimals(claim: Claim) -> int:
    """Digits behind the decimal mark, as the value was printed."""
    exponent = _value(claim).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rounding(claim: Claim) -> Decimal:
    """Half of the last digit that was printed; whole counts are not rounded."""
    digits = decimals(claim)
    if digits or claim.unit == "%":
        return HALF * Decimal(1).scaleb(-digits)
    return Decimal()
