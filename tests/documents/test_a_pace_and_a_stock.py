"""Meetings as often as is said, and no more new products than there are by now."""

import pytest
from tests.documents.reading import reading

from donbay.documents import Relation


def relation(text: str, kind: str, language: str) -> Relation:
    (found,) = [r for r in reading(text, language).relations if r.kind == kind]
    return found


@pytest.mark.parametrize(
    ("language", "text", "holds"),
    [
        (
            "fr",
            "Le comité tient une réunion trimestrielle : 36 réunions en 9 ans.",
            True,
        ),
        ("fr", "Le comité tient une réunion mensuelle : 36 réunions en 9 ans.", False),
        ("en", "It meets every month: 118 meetings in 10 years.", True),
        ("vi", "Ban họp hằng quý, 24 cuộc họp trong 6 năm.", True),
        ("ar", "يعقد المجلس اجتماعات شهرية: 60 اجتماعًا خلال 5 سنوات.", True),
    ],
)
def test_so_many_meetings_fit_how_often_they_are_held(
    language: str, text: str, *, holds: bool
) -> None:
    assert relation(text, "cadence", language).holds is holds


@pytest.mark.parametrize(
    ("language", "text", "holds"),
    [
        (
            "en",
            "In the year 40 products were added. So far there are 128 products.",
            True,
        ),
        (
            "en",
            "In the year 140 products were added. So far there are 128 products.",
            False,
        ),
        (
            "vi",
            "Trong năm có 28 sản phẩm được công nhận. Đến nay có 61 sản phẩm.",
            True,
        ),
    ],
)
def test_what_came_in_the_year_is_not_more_than_what_there_is(
    language: str, text: str, *, holds: bool
) -> None:
    found = relation(text, "flow", language)
    assert found.holds is holds
    assert found.claims == (0, 1)
