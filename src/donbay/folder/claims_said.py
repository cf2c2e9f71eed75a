"""Claims of documents, and how they hang together, in words for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from donbay.documents import Claim, Reading, Relation
from donbay.documents.comparing import Pair
from donbay.documents.ledger_check import Checked
from donbay.texts import Wording

PLAIN = {"count", "ratio", "rank", ""}
MANY_DECIMALS = 6


class Said:
    """Puts claims in the words of one language."""

    def __init__(self, words: Wording) -> None:
        self.words = words

    def number(self, value: Decimal | None) -> str:
        return "" if value is None else self.words.number(float(value), MANY_DECIMALS)

    def value(self, claim: Claim) -> str:
        """The number with its bound and unit."""
        if claim.value is None:
            return claim.time or ""
        say = self.words.say
        number = self.number(claim.value)
        if claim.of is not None:
            number = say("documents.of", number=number, whole=self.number(claim.of))
        if claim.bound != "exact":
            high = self.number(claim.high)
            number = say(f"documents.bound.{claim.bound}", number=number, high=high)
        if claim.unit in PLAIN:
            return number
        code = f"currency.{claim.unit}"
        unit = say(code) if code in self.words else claim.unit
        return f"{number} {unit}"

    def doubts(self, claim: Claim) -> str:
        return "; ".join(
            self.words.say(f"documents.doubt.{d.code}", **self._written(d.parameters))
            for d in claim.doubts
        )

    def _written(self, parameters: Mapping[str, str]) -> dict[str, str]:
        """Machines' numbers as readers of the language write them."""
        return {
            name: "; ".join(self._number_in(part) for part in given.split(", "))
            for name, given in parameters.items()
        }

    def _number_in(self, text: str) -> str:
        bare = text.removeprefix("-").replace(".", "", 1)
        return self.number(Decimal(text)) if bare.isdecimal() else text

    def row(self, claim: Claim, found: Checked | None) -> list[str]:
        return [
            " ".join(claim.text.split()),
            self.value(claim),
            claim.counted,
            self.words.say(f"documents.kind.{claim.kind.value}"),
            claim.place or "",
            claim.time or "",
            claim.indicator or "",
            self.words.percent(claim.confidence * 100, 0),
            self.ledger(found),
            self.doubts(claim),
        ]

    def ledger(self, found: Checked | None) -> str:
        if found is None:
            return ""
        figure = found.figure
        return self.words.say(
            f"documents.ledger.{found.verdict}",
            by=self.number(found.by),
            figure=self.number(figure.value) if figure else "",
            indicator=figure.indicator if figure else "",
            period=figure.period if figure else "",
            source=figure.source if figure else "",
        )

    def relation(self, relation: Relation, reading: Reading) -> str:
        """The claims, the arithmetic, whether it holds, and what would mend it."""
        say = self.words.say
        texts = " · ".join(reading.claims[i].text for i in relation.claims)
        told = say(
            f"documents.relation.{relation.kind}",
            claims=texts,
            **self._written(relation.parameters),
        )
        sign = {True: "holds", False: "fails", None: "open"}[relation.holds]
        parts = [told, say(f"documents.{sign}")]
        for claim, value in relation.mends:
            text = reading.claims[claim].text
            parts.append(say("documents.mend", claim=text, value=self.number(value)))
        return " — ".join(parts)

    def compared(
        self, pairs: Sequence[Pair], one: Reading, other: Reading
    ) -> Iterator[str]:
        say = self.words.say
        agreed = sum(p.sort == "agreement" for p in pairs)
        yield say("documents.agreements", count=self.words.number(agreed))
        for pair in pairs:
            left = one.claims[pair.one] if pair.one is not None else None
            right = other.claims[pair.other] if pair.other is not None else None
            if left and right and pair.differs:
                fields = ", ".join(say(f"documents.field.{f}") for f in pair.differs)
                yield say(
                    "documents.pair.conflict",
                    one=_with_words(left),
                    other=_with_words(right),
                    fields=fields,
                )
            elif left is None or right is None:
                reading, claim = (one, left) if left else (other, right)
                if claim:
                    name = reading.document.name
                    yield say(
                        "documents.pair.alone", document=name, claim=_with_words(claim)
                    )


def _with_words(claim: Claim) -> str:
    return f"“{claim.text} {claim.counted}”".replace(" ”", "”")
