"""Numbers as officers type them: read, or both readings given, or refused with why."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donbay.domain.answers import read_answer
from donbay.domain.forms import Field, FieldKind
from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.periods import Frequency
from donbay.domain.typed_numbers import Ambiguous, NotANumber, read_number
from donbay.texts import LANGUAGES, Wording

NARROW, HARD_SPACE, TO_THE_RIGHT = "\u202f", "\u00a0", "\u200f"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("12", "12"),
        ("007", "7"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234,5", "1234.5"),
        (f"1{NARROW}234{NARROW}567,25", "1234567.25"),
        (f"1{HARD_SPACE}234", "1234"),
        ("1'234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,890", "1234567.890"),
        ("1234,567", "1234.567"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("12,5", "12.5"),
        (".5", "0.5"),
        ("-3,25", "-3.25"),
        ("\u22123.25", "-3.25"),
        ("+7", "7"),
        ("٩٥٬٥٣٩", "95539"),
        ("٩٥٬٥٣٩٫٢٥", "95539.25"),
        ("٣٫٥", "3.5"),
        (f"{TO_THE_RIGHT}١٢", "12"),
        ("۱۲", "12"),
        ("１２", "12"),
    ],
)
def test_every_office_reads_the_marks_of_every_language(
    text: str, number: str, language: str
) -> None:
    assert read_number(text, language) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "language", "first", "second"),
    [
        ("398,925", "vi", "398.925", "398925"),
        ("398,925", "fr", "398.925", "398925"),
        ("398,925", "en", "398925", "398.925"),
        ("398.925", "vi", "398925", "398.925"),
        ("398.925", "en", "398.925", "398925"),
        ("٣٩٨،٩٢٥", "ar", "398925", "398.925"),
        ("-1,000", "en", "-1000", "-1.000"),
    ],
)
def test_what_may_be_two_numbers_is_given_back_as_two(
    text: str, language: str, first: str, second: str
) -> None:
    read = read_number(text, language)
    assert isinstance(read, Ambiguous)
    assert read.readings == (Decimal(first), Decimal(second))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("-", "dash"),
        ("–", "dash"),
        ("85 %", "letters"),
        ("12 triệu", "letters"),
        ("1e3", "letters"),
        ("3-4", "letters"),
        ("nan", "not_finite"),
        ("-Infinity", "not_finite"),
        ("1,23,456", "marks"),
        ("12 34", "marks"),
        ("1.2.3", "marks"),
        ("1,234,56", "marks"),
        ("5,", "marks"),
        ("9" * 41, "too_long"),
    ],
)
def test_what_is_no_number_is_refused_with_why(text: str, code: str) -> None:
    assert read_number(text, "vi") == NotANumber(text, code)


def test_households_are_whole_so_only_one_reading_is_possible() -> None:
    field = Field("households", FieldKind.FIGURE, "households")
    households = Indicator(
        "households", "commune", Frequency.YEAR, RollUp.SUM, decimals=0
    )
    assert read_answer(field, "1.234", "en", households) == Decimal(1234)
    assert isinstance(read_answer(field, "1.234", "en"), Ambiguous)
    assert read_answer(field, "  ", "en", households) is None


@given(
    number=st.decimals(-(10**12), 10**12, places=4),
    decimals=st.integers(0, 4),
    language=st.sampled_from(LANGUAGES),
)
def test_what_the_page_writes_is_read_again(
    number: Decimal, decimals: int, language: str
) -> None:
    shown = Decimal(repr(round(float(number), decimals)))
    written = Wording(language).number(float(shown), decimals)
    read = read_number(written, language)
    first = read.readings[0] if isinstance(read, Ambiguous) else read
    assert first == shown


@given(number=st.decimals(0, 10**12, places=2))
def test_arabic_figures_are_read_as_the_same_number(number: Decimal) -> None:
    arabic = f"{number:,}".translate(
        {**{ord("0") + i: 0x660 + i for i in range(10)}, ord(","): "٬", ord("."): "٫"}
    )
    assert read_number(arabic, "ar") == number


@given(text=st.text(max_size=60), language=st.sampled_from(LANGUAGES))
def test_nothing_that_is_typed_breaks_the_reader(text: str, language: str) -> None:
    read = read_number(text, language)
    assert isinstance(read, Decimal | Ambiguous | NotANumber)
    if isinstance(read, Ambiguous):
        assert read.readings[0] != read.readings[1]
