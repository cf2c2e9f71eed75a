"""Short texts read in tests."""

from decimal import Decimal

from donbay.documents import Claim, Kind, Known, Reading, read, text_document

QUIET = {Kind.NAME, Kind.DATE}


def reading(
    text: str, language: str | None = None, known: Known | None = None
) -> Reading:
    return read(text_document(text, "report.txt", language), known)


def claims(text: str, language: str | None = None) -> list[Claim]:
    """The figures of a text, without names and dates."""
    return [c for c in reading(text, language).claims if c.kind not in QUIET]


def only(text: str, language: str | None = None) -> Claim:
    (claim,) = claims(text, language)
    return claim


def values(text: str, language: str | None = None) -> list[tuple[str, str]]:
    return [(str_of(c.value), c.unit) for c in claims(text, language)]


def str_of(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
