"""What makes a number unsure is said with it: never read in silence."""

import pytest
from tests.documents.reading import claims, only, reading, str_of


def doubts(text: str, language: str) -> set[str]:
    return {doubt.code for claim in claims(text, language) for doubt in claim.doubts}


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        (
            "fr",
            "Les recettes ont dépassé 274,615 milliards de dongs.",
            "ambiguous_mark",
        ),
        ("ar", "بلغت التبرعات ٤١,٢٧٥ مليار دونغ.", "ambiguous_mark"),
        ("en", "The fund holds 1,204 billion VND.", "ambiguous_mark"),
        ("fr", "Le taux de pauvreté est de 5,418 %.", "ambiguous_mark"),
        ("fr", "Le programme compte 07 groupes de solutions.", "leading_zero"),
        ("en", "The office issued dozens of decisions.", "vague"),
        ("fr", "Des centaines de chantiers ont été ouverts.", "vague"),
        ("ar", "شارك 250 مندوبًا وبلغ العدد ٣٨ بلدية.", "mixed_digits"),
        ("en", "Water reached 104% of homes.", "over_hundred"),
        ("fr", "Après 6 réponses de travail, tout est fini.", "hollow"),
        ("en", "There are 9 poor household items left.", "hollow"),
        ("vi", "Xã không còn hộ nghèo.", "zero_in_words"),
    ],
)
def test_a_doubt_is_told(language: str, text: str, code: str) -> None:
    assert code in doubts(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "La commune compte 274 coopératives et 61 ménages pauvres."),
        ("en", "There are 9 poor households left, and 83.79 million VND."),
        ("vi", "Toàn xã có 274 hộ nghèo, đạt 12,5 %."),
        ("ar", "بلغ عدد البلديات 38 بلدية."),
    ],
)
def test_what_is_clear_has_no_doubt(language: str, text: str) -> None:
    assert not doubts(text, language)


@pytest.mark.parametrize(
    ("language", "text", "counted"),
    [
        ("en", "The province no longer has any poor households.", "poor households"),
        ("en", "In five years there were no hot spots.", "hot spots"),
        ("fr", "La commune ne compte plus de ménages pauvres.", "ménages pauvres"),
        ("vi", "Đến nay huyện không còn hộ nghèo.", "hộ nghèo"),
        ("ar", "لم يعد هناك أي أسرة فقيرة في البلدية.", "أسرة فقيرة"),
    ],
)
def test_none_is_a_zero_that_is_less_than_sure(
    language: str, text: str, counted: str
) -> None:
    (found,) = [c for c in claims(text, language) if c.value == 0]
    assert found.counted == counted
    assert found.confidence < 0.9


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "There are no more than 5 such villages.", "5"),
        ("vi", "Hồ sơ cũ không còn phù hợp, phải lập lại 12 hồ sơ.", "12"),
        ("fr", "Cela ne fait plus de doute : 40 foyers sont reliés.", "40"),
    ],
)
def test_what_only_looks_like_none_is_no_zero(
    language: str, text: str, value: str
) -> None:
    assert str_of(only(text, language).value) == value


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("language_tag", "Le bilan est bon.\nFrançais Renforcer les contrôles."),
        ("repeats", "La commune compte 12 hameaux.\nLa commune compte 12 hameaux."),
        ("overrides", "La commune compte \u202e21\u202c hameaux."),
    ],
)
def test_what_is_wrong_with_the_whole_text_is_told(code: str, text: str) -> None:
    assert code in reading(text, "fr").document.doubts
