"""Figures as four languages write them, and what stands around them."""

import pytest
from tests.documents.reading import claims, only, reading, str_of, values

from donbay.documents import Kind

WRITTEN = [
    ("vi", "Xã Bình Minh thu được 3.240 triệu đồng.", "3240000000", "VND"),
    ("vi", "Xã thu được 3,24 tỷ đồng.", "3240000000", "VND"),
    ("vi", "Tỉnh đầu tư 45 nghìn tỷ đồng.", "45000000000000", "VND"),
    ("vi", "Tinh dau tu 45 nghin ty dong vao cac xa.", "45000000000000", "VND"),
    ("vi", "Có mười hai trường học.", "12", "count"),
    ("vi", "Thu nhập 61,5 triệu đồng/người/năm.", "61500000", "VND/person/year"),
    ("en", "The commune has 3,240 farms.", "3240", "count"),
    ("en", "It costs VND 7.35 billion.", "7350000000", "VND"),
    ("en", "They planted 412.75 hectares.", "412.75", "ha"),
    ("en", "Twenty-seven bridges were built.", "27", "count"),
    ("fr", "La commune compte 3 240 fermes.", "3240", "count"),
    ("fr", "La commune compte 3\u202f240 fermes.", "3240", "count"),
    ("fr", "Le coût est de 7,35 milliards de dongs.", "7350000000", "VND"),
    ("fr", "Le coût est de 45 000 milliards de dongs.", "45000000000000", "VND"),
    ("fr", "On a bâti soixante-dix ponts.", "70", "count"),
    ("ar", "في البلدية ٣٬٢٤٠ مزرعة.", "3240", "count"),
    ("ar", "بلغت التكلفة ٧٫٣٥ مليار دونج.", "7350000000", "VND"),
    ("ar", "تم بناء ثلاثة جسور.", "3", "count"),
    ("ar", "في البلدية ۴۵ مدرسة.", "45", "count"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "value", "unit"), WRITTEN)
def test_a_number_is_read_in_base_units(
    language: str, text: str, value: str, unit: str
) -> None:
    claim = only(text, language)
    assert str_of(claim.value) == value
    assert claim.unit == unit


BOUNDS = [
    ("vi", "Có hơn 85% hộ dùng nước sạch.", "more_than"),
    ("vi", "Có ít nhất 20 xã đạt chuẩn.", "at_least"),
    ("vi", "Có gần 300 hộ nghèo.", "nearly"),
    ("en", "Fewer than 30 households remain.", "under"),
    ("en", "Up to 40 places are free.", "at_most"),
    ("en", "About 12 % of the land is left.", "about"),
    ("fr", "Le taux est passé sous la barre des 9,5 %.", "under"),
    ("fr", "Plus de 600 familles y vivent.", "more_than"),
    ("ar", "حضر أكثر من 900 مندوب.", "more_than"),
    ("ar", "يوجد ما لا يقل عن 30 جسرا.", "at_least"),
]


@pytest.mark.parametrize(("language", "text", "bound"), BOUNDS)
def test_the_words_before_a_number_bound_it(
    language: str, text: str, bound: str
) -> None:
    assert only(text, language).bound == bound


KINDS = [
    ("vi", "Tỷ lệ hộ nghèo giảm 3,1% so với năm trước.", Kind.CHANGE),
    ("vi", "Tỷ lệ hộ nghèo giảm xuống còn 3,1%.", Kind.LEVEL),
    ("vi", "Tỉnh xếp thứ 12/63 tỉnh, thành phố.", Kind.RANK),
    ("vi", "Phấn đấu có 40 xã đạt chuẩn.", Kind.TARGET),
    ("en", "Income rose by 4 million dong.", Kind.CHANGE),
    ("en", "The work took 14 months.", Kind.DURATION),
    ("en", "The province ranked 8th out of 63.", Kind.RANK),
    ("fr", "L'indice est en hausse de 5 places.", Kind.CHANGE),
    ("fr", "La ville s'efforce d'ouvrir 30 écoles.", Kind.TARGET),
    ("ar", "تسعى المقاطعة إلى بناء 30 مدرسة.", Kind.TARGET),
    ("ar", "بلغ الدخل 4 مليون دونج بزيادة.", Kind.LEVEL),
]


@pytest.mark.parametrize(("language", "text", "kind"), KINDS)
def test_a_number_has_its_kind(language: str, text: str, kind: Kind) -> None:
    assert only(text, language).kind is kind


NAMES = [
    ("vi", "Nghị quyết số 31-NQ/TU được ban hành."),
    ("vi", "Quốc lộ 32 được mở rộng."),
    ("en", "Decision No. 415/QD-UBND was issued."),
    ("en", "The campaign “4 no, 2 clean” goes on."),
    ("fr", "Le typhon n° 7 a frappé la côte."),
    ("fr", "La route provinciale 256 est ouverte."),
    ("ar", "صدر القرار رقم 17-NQ/TU."),
]


@pytest.mark.parametrize(("language", "text"), NAMES)
def test_a_number_may_be_only_a_name(language: str, text: str) -> None:
    assert not claims(text, language)
    assert all(c.kind is Kind.NAME for c in reading(text, language).claims)


def test_what_arabic_counts_behind_a_noun_is_no_name_of_it() -> None:
    assert values("في المنطقة 418 مصباحا.", "ar") == [("418", "count")]
    assert values("تقع المنطقة 5 في الجنوب.", "ar") == []


def test_a_mark_before_three_digits_is_never_read_in_silence() -> None:
    """Communes take billions of dong; only a megacity takes trillions."""
    claim = only("Les recettes ont dépassé 274,615 milliards de VND.", "fr")
    assert str_of(claim.value) == "274615000000"
    assert [str_of(v) for v in claim.alternatives] == ["274615000000000"]
    assert [d.code for d in claim.doubts] == ["ambiguous_mark"]


def test_a_percentage_with_three_decimals_is_not_thousands() -> None:
    claim = only("Le taux de pauvreté est de 4,817 %.", "fr")
    assert str_of(claim.value) == "4.817"
    assert claim.doubts


def test_a_document_that_writes_thousands_bare_uses_the_comma_for_decimals() -> None:
    text = "حضر 6500 مندوب. بلغ المبلغ ٨٤,٣١٧ مليار دونج."
    assert str_of(claims(text, "ar")[-1].value) == "84317000000"


def test_a_document_of_households_in_thousands_reads_its_comma_so() -> None:
    text = "في المقاطعة 2,350 أسرة و1,180 مزرعة. بلغ المبلغ 84,317 مليار دونج."
    assert [str_of(c.value) for c in claims(text, "ar")][:2] == ["2350", "1180"]
    assert claims(text, "ar")[-1].alternatives


def test_offsets_are_those_of_the_text_that_people_see() -> None:
    text = "Tỉnh Gia Lai có hơn 1.250 hộ, chiếm 12,5%."
    for claim in reading(text).claims:
        assert text[claim.start : claim.end] == claim.text


def test_a_year_is_a_time_and_a_count_of_two_thousand_is_not() -> None:
    counted = only("In 2031 the office handled 2046 services.", "en")
    assert str_of(counted.value) == "2046"
    assert counted.time == "2031"
    assert [d.code for d in counted.doubts] == ["year_or_count"]


def test_a_period_in_brackets_is_the_time_of_the_sum() -> None:
    text = "In 5 years (2026-2030), Gia Lai spent 90 billion VND on roads."
    money = claims(text, "en")[-1]
    assert (money.time, money.place) == ("2026/2030", "Gia Lai")


def test_the_year_that_is_compared_with_is_not_the_time() -> None:
    text = "En 2031, la ville compte 512 écoles, 14 de plus par rapport à 2030."
    assert claims(text, "fr")[0].time == "2031"


def test_this_year_needs_the_year_of_the_document() -> None:
    assert only("This year 45 schools opened.", "en").time is None


def test_digits_that_nobody_writes_are_said_to_be_unread() -> None:
    found = reading("The total is 1,23,4,5.6.7 somehow.", "en").claims
    assert [d.code for c in found for d in c.doubts] == ["unread"]


OF_ALL = [
    ("vi", "Có 9 trên tổng số 12 thôn đạt chuẩn."),
    ("en", "9 of 12 villages meet the standard."),
    ("en", "9 out of the 12 villages meet the standard."),
    ("fr", "Ici, 9 sur 12 villages atteignent la norme."),
    ("ar", "بلغ 9 من أصل 12 قرية المعيار."),
]


@pytest.mark.parametrize(("language", "text"), OF_ALL)
def test_so_many_of_all_is_one_claim_in_words_too(language: str, text: str) -> None:
    claim = only(text, language)
    assert (str_of(claim.value), str_of(claim.of), claim.unit) == ("9", "12", "ratio")


def test_a_year_is_not_what_a_number_is_part_of() -> None:
    assert all(c.of is None for c in claims("In 3 of 2024 seasons it failed.", "en"))


def test_a_year_that_a_change_is_measured_from_is_not_the_time() -> None:
    text = "By the end of 2031 income was 58.4 million VND, up 12% on 2030."
    assert {c.time for c in claims(text, "en")} == {"2031"}
