"""Every trap of number or unit that the five source articles hold is told."""

from dataclasses import dataclass
from functools import cache

import pytest
from tests.documents.articles import SEEDS

from donbay.documents import Claim, Reading, open_document, read
from donbay.documents.comparing import compare


@dataclass(frozen=True)
class Trap:
    """Digits as printed in an article, and the doubt that must stand with them."""

    article: str
    printed: str
    code: str


TRAPS = (
    Trap("quang-ninh-resolution-06.fr", "5", "hollow"),
    Trap("quang-ninh-resolution-06.fr", "des dizaines de", "vague"),
    Trap("quang-ninh-resolution-06.fr", "des centaines de", "vague"),
    Trap("quang-ninh-resolution-06.fr", "ne comptera plus de", "zero_in_words"),
    Trap("quang-ninh-resolution-06.en", "dozens of", "vague"),
    Trap("quang-ninh-resolution-06.en", "8", "hollow"),
    Trap("quang-ninh-resolution-06.en", "1,197", "hollow"),
    Trap("quang-ninh-resolution-06.en", "1,197", "ambiguous_mark"),
    Trap("quang-ninh-resolution-06.en", "118,100", "ambiguous_mark"),
    Trap("quang-ninh-resolution-06.en", "118,000", "ambiguous_mark"),
    Trap("quang-ninh-resolution-06.en", "120,000", "ambiguous_mark"),
    Trap("thai-nguyen-13-communes.fr", "398,925", "ambiguous_mark"),
    Trap("thai-nguyen-13-communes.fr", "6,623", "ambiguous_mark"),
    Trap("ha-tinh-new-rural-2024.ar", "٩٥,٥٣٩", "ambiguous_mark"),
    Trap("ha-tinh-new-rural-2024.ar", "١٥,٧٣٩", "mixed_digits"),
    Trap("ha-tinh-new-rural-2024.ar", "٧٩,٨٠٠", "mixed_digits"),
    Trap("ninh-binh-resolution-25.fr", "05", "leading_zero"),
)
WHOLE = (
    ("quang-ninh-resolution-06.fr", "language_tag"),
    ("ninh-binh-resolution-25.fr", "language_tag"),
    ("thai-nguyen-13-communes.fr", "repeats"),
)
NAMES_ONLY = (
    ("quang-ninh-resolution-06.fr", "341"),
    ("thai-nguyen-13-communes.fr", "11"),
)


@cache
def article(name: str) -> Reading:
    path = SEEDS / f"{name}.txt"
    return read(open_document(path.read_bytes(), path.name))


def printed(name: str, text: str) -> list[Claim]:
    return [
        c
        for c in article(name).claims
        if c.text == text or c.text.startswith(f"{text} ")
    ]


@pytest.mark.parametrize("trap", TRAPS, ids=str)
def test_a_trap_is_told(trap: Trap) -> None:
    found = printed(trap.article, trap.printed)
    assert any(d.code == trap.code for c in found for d in c.doubts)


@pytest.mark.parametrize(("name", "code"), WHOLE)
def test_what_is_wrong_with_an_article_is_told(name: str, code: str) -> None:
    assert code in article(name).document.doubts


@pytest.mark.parametrize(("name", "text"), NAMES_ONLY)
def test_a_number_that_is_a_name_is_no_figure(name: str, text: str) -> None:
    assert {c.kind.value for c in printed(name, text)} == {"name"}


@pytest.mark.parametrize(
    ("digits", "fields"), [("5", {"unit", "kind"}), ("16 %", {"bound"})]
)
def test_what_a_translation_lost_is_a_conflict(digits: str, fields: set[str]) -> None:
    french, english = (article(f"quang-ninh-resolution-06.{x}") for x in ("fr", "en"))
    told = [
        set(pair.differs)
        for pair in compare(french, english)
        if pair.one is not None and french.claims[pair.one].text == digits
    ]
    assert fields in told


def test_words_for_many_are_no_conflict_between_languages() -> None:
    french, english = (article(f"quang-ninh-resolution-06.{x}") for x in ("fr", "en"))
    vague = [
        pair
        for pair in compare(french, english)
        if pair.one is not None and french.claims[pair.one].text.startswith("des ")
    ]
    assert {pair.sort for pair in vague} == {"agreement"}
