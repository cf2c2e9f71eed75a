"""Figures as the readers of each language write them."""

from datetime import date

import pytest

from donbay.domain.periods import parse_period
from donbay.texts import Wording, choose_language

SPACES = str.maketrans({"\xa0": " ", "\u202f": " ", "\u200f": "", "\u200e": ""})


def plain(text: str) -> str:
    return text.translate(SPACES)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("vi", "1.234.567,89"),
        ("en", "1,234,567.89"),
        ("fr", "1 234 567,89"),
        ("ar", "1,234,567.89"),
    ],
)
def test_a_number(language: str, expected: str) -> None:
    assert plain(Wording(language).number(1234567.891)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("vi", "99,99%"), ("en", "99.99%"), ("fr", "99,99 %"), ("ar", "99.99%")],
)
def test_a_percentage_is_85_and_not_a_fraction(language: str, expected: str) -> None:
    assert plain(Wording(language).percent(99.99)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("vi", "120.000 tỷ đồng"),
        ("en", "120,000 billion VND"),
        ("fr", "120 000 milliards de dongs"),
        ("ar", "120,000 مليار دونغ"),
    ],
)
def test_large_sums_are_said_as_they_are_printed(language: str, expected: str) -> None:
    assert plain(Wording(language).quantity(120e12, "dong")) == expected


def test_french_knows_one_from_many() -> None:
    assert Wording("fr").quantity(1.784e9, "VND") == "1,784 milliard de dongs"


def test_a_rank_is_not_counted() -> None:
    assert Wording("en").quantity(20, "rank", "rank") == "rank 20"


def test_sums_below_a_million_stand_as_they_are() -> None:
    assert Wording("en").quantity(950_000, "dong_per_person") == "950,000 VND"


def test_a_count_carries_its_unit() -> None:
    assert Wording("en").quantity(768, "cooperatives", "co-ops") == "768 co-ops"


def test_small_numbers_keep_what_matters() -> None:
    assert Wording("en").number(0.0123) == "0.0123"


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2025", "2025"),
        ("2025-H1", "H1 2025"),
        ("2025-Q3", "Q3 2025"),
        ("2025-06", "06/2025"),
        ("2021/2025", "2021-2025"),
    ],
)
def test_periods_in_words(period: str, expected: str) -> None:
    assert Wording("en").period(parse_period(period)) == expected


def test_a_day() -> None:
    assert plain(Wording("vi").day(date(2025, 12, 31))) == "31/12/2025"


@pytest.mark.parametrize(
    ("asked", "environment", "expected"),
    [
        ("fr", {"DONBAY_LANG": "vi"}, "fr"),
        (None, {"DONBAY_LANG": "vi", "LANG": "fr_FR.UTF-8"}, "vi"),
        (None, {"LANG": "ar_EG.UTF-8"}, "ar"),
        (None, {"LC_ALL": "C.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_language_asked_for_comes_first(
    asked: str | None, environment: dict[str, str], expected: str
) -> None:
    assert choose_language(asked, environment) == expected


def test_only_four_languages() -> None:
    with pytest.raises(ValueError, match="de"):
        Wording("de")
