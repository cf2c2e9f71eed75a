"""Of indicators with like names, the one that names what is counted is taken."""

import pytest

from donbay.documents import Known, read, text_document, units
from donbay.documents.folding import folded
from donbay.documents.indicators import Candidate, Matcher, rivals
from donbay.documents.stems import forms_in

NAMES = (
    Candidate("households", ("Households", "Hộ dân", "Ménages", "الأسر")),
    Candidate(
        "poor", ("Poor households", "Hộ nghèo", "Ménages pauvres", "الأسر الفقيرة")
    ),
    Candidate(
        "near_poor",
        ("Near-poor households", "Hộ cận nghèo", "Ménages quasi pauvres"),
    ),
    Candidate("markets", ("Markets", "Chợ", "Marchés", "الأسواق")),
    Candidate("poverty", ("Poverty rate", "Tỷ lệ hộ nghèo", "Taux de pauvreté"), "%"),
    Candidate("near", ("Near-poverty rate", "Taux de quasi-pauvreté"), "%"),
    Candidate("invested", ("Investment in markets", "Investissement"), "VND"),
    Candidate("reform", ("Rank by the reform index", "Rang à l’indice"), "rank"),
)
KNOWN = Known(indicators=Matcher(NAMES))


def named(text: str, language: str) -> list[str | None]:
    claims = read(text_document(text, "a.txt", language), KNOWN).claims
    return [claim.indicator for claim in claims]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "en",
            "There are 940 households, 61 poor households and 83 near-poor households.",
            ["households", "poor", "near_poor"],
        ),
        (
            "fr",
            "On compte 61 ménages pauvres et 83 ménages quasi pauvres.",
            ["poor", "near_poor"],
        ),
        ("vi", "Xã có 61 hộ nghèo.", ["poor"]),
        ("ar", "في البلدية 57 سوقا.", ["markets"]),
        (
            "fr",
            "Le taux de pauvreté est de 4,2 % et le taux de quasi-pauvreté de 5,1 %.",
            ["poverty", "near"],
        ),
        ("en", "They bought 14 tractors.", [None]),
        ("en", "The rate reached 14%.", [None]),
    ],
)
def test_a_number_is_of_what_it_counts(
    language: str, text: str, names: list[str | None]
) -> None:
    assert named(text, language) == names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مدرسة", "المدارس"),
        ("ترميم", "المرممة"),
        ("حافظت", "المحافظة"),
        ("تستوفي", "باستيفائها"),
        ("بلدية", "البلديات"),
        ("لبناء", "المبنية"),
        ("reforested", "reforestation"),
        ("réparation", "réparations"),
    ],
)
def test_forms_of_one_word_are_known_for_one(one: str, other: str) -> None:
    assert set(forms_in(folded(one))[0]) & set(forms_in(folded(other))[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [("مجموع", "مجموعة"), ("مدرسة", "مدينة"), ("market", "marina")],
)
def test_other_words_are_not(one: str, other: str) -> None:
    assert not set(forms_in(folded(one))[0]) & set(forms_in(folded(other))[0])


@pytest.mark.parametrize(
    ("wanted", "unit", "fits"),
    [
        ("km", "m", True),
        ("thousand hectares", "ha", True),
        ("communes", "ratio", True),
        ("%", "ratio", True),
        ("km", "count", False),
        ("communes", "km", False),
        ("VND", "USD/person/year", True),
        ("households", "VND", False),
        ("", "t", True),
    ],
)
def test_a_number_belongs_to_what_is_told_in_its_kind_of_unit(
    wanted: str, unit: str, *, fits: bool
) -> None:
    assert units.fits(wanted, unit) == fits


def test_names_that_are_nearly_alike_are_rivals() -> None:
    found = rivals(KNOWN.indicators)
    assert "near" in found["poverty"] or "poverty" in found["near"]
    assert not found["invested"]
