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


LEFT_TO_RIGHT = "\u200e"


def test_signs_stay_at_their_side_of_a_number_in_arabic() -> None:
    """As CLDR has them; bare, -5.2% would be read with its minus behind it."""
    words = Wording("ar")
    percent = f"{LEFT_TO_RIGHT}%{LEFT_TO_RIGHT}"
    assert words.percent(-5.2) == f"{LEFT_TO_RIGHT}-5.2{percent}"
    assert words.number(-1234.5) == f"{LEFT_TO_RIGHT}-1,234.5"
    assert words.signed(5.2, words.percent(5.2)) == f"{LEFT_TO_RIGHT}+5.2{percent}"
    assert Wording("vi").percent(-5.2) == "-5,2%"


def test_spaces_in_french_figures_never_break() -> None:
    assert Wording("fr").number(1234.5) == "1\u202f234,5"
    assert Wording("fr").percent(12) == "12\xa0%"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "0 يوم"),
        (1, "يوم واحد"),
        (2, "يومين"),
        (3, "3 أيام"),
        (10, "10 أيام"),
        (11, "11 يومًا"),
        (99, "99 يومًا"),
        (100, "100 يوم"),
        (102, "102 يوم"),
        (103, "103 أيام"),
        (1111, "1,111 يومًا"),
        (1.5, "1.5 يوم"),
    ],
)
def test_arabic_counts_in_six_forms(count: float, expected: str) -> None:
    words = Wording("ar")
    said = words.say("suspicion_why.missing", days=words.number(count))
    assert said == f"التقرير ناقص منذ {expected}."


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("en", 1, "1 day."),
        ("en", 0, "0 days."),
        ("fr", 1, "1 jour."),
        ("fr", 0, "0 jour."),
        ("fr", 1.5, "1,5 jour."),
        ("fr", 2000, "2 000 jours."),
        ("vi", 1, "1 ngày."),
    ],
)
def test_one_is_told_from_many(language: str, count: float, expected: str) -> None:
    words = Wording(language)
    said = plain(words.say("suspicion_why.missing", days=words.number(count)))
    assert said.endswith(f" {expected}")


def test_a_count_that_was_not_given_keeps_its_place() -> None:
    said = Wording("en").say("suspicion_why.missing", other="1")
    assert said == "The report has been missing for {days} days."


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(3e9, "3 مليارات دونغ"), (11e6, "11 مليون دونغ"), (4e6, "4 ملايين دونغ")],
)
def test_arabic_money_counts_too(amount: float, expected: str) -> None:
    assert Wording("ar").quantity(amount, "dong") == expected


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
