"""Figures of one text must fit each other; what does not can often be mended."""

from tests.documents.reading import reading, str_of

from donbay.documents import Relation


def relation(text: str, kind: str, language: str = "en") -> Relation:
    (found,) = [r for r in reading(text, language).relations if r.kind == kind]
    return found


def test_parts_that_add_up_hold() -> None:
    text = "Có 1.482 mô hình (trong đó 812 cấp tỉnh; 470 cấp huyện; 200 cấp xã)."
    found = relation(text, "sum", "vi")
    assert found.holds is True
    assert len(found.claims) == 4


def test_a_sum_that_fails_names_the_digit_that_would_mend_it() -> None:
    text = (
        "There are 2,146 services, of which 812 cost nothing, 664 little and 570 much."
    )
    found = relation(text, "sum")
    assert found.holds is False
    assert [(i, str_of(v)) for i, v in found.mends] == [
        (0, "2046"),
        (1, "912"),
        (2, "764"),
        (3, "670"),
    ]


def test_a_percentage_beside_its_parts_is_computed_anew() -> None:
    right = relation("The office issued 660/694 papers (95.1%).", "rate")
    wrong = relation("The office issued 660/694 papers (96.1%).", "rate")
    assert (right.holds, wrong.holds) == (True, False)
    assert [str_of(v) for _, v in wrong.mends] == ["95.1"]


def test_a_part_is_not_more_than_its_whole() -> None:
    text = "La ville compte 337 produits, dont 412 sont exportés."
    assert relation(text, "subset", "fr").holds is False


def test_a_level_and_its_rise_tell_the_level_before() -> None:
    text = "L'indice se classe au 17e rang sur 63 provinces, en hausse de 3 places."
    found = relation(text, "change", "fr")
    assert (found.holds, found.parameters["before"]) == (True, "20")


def test_a_rise_greater_than_the_level_cannot_be() -> None:
    text = "Income reached 9 million dong, an increase of 12 million dong."
    assert relation(text, "change").holds is False
