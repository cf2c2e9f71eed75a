"""Two tellings of one event, and a telling beside the ledger."""

from dataclasses import replace
from decimal import Decimal

from tests.documents.reading import only, reading

from donbay.documents.comparing import Pair, compare
from donbay.documents.ledger_check import Figure, check

ENGLISH = "In 2031 Gia Lai province built 48 schools. After 6 years, about 14% is left."
FRENCH = (
    "En 2031, la province de Gia Lai a construit 48 écoles. "
    "Après 6 réponses, il reste 14 %. On a ouvert 9 ponts."
)


def pairs(one: str, other: str) -> list[Pair]:
    return list(compare(reading(one, "en"), reading(other, "fr")))


def test_a_mistranslated_unit_and_a_lost_about_are_found() -> None:
    found = pairs(ENGLISH, FRENCH)
    assert [p.sort for p in found] == ["agreement", "conflict", "conflict", "alone"]
    assert "unit" in found[1].differs
    assert found[2].differs == ("bound",)


def test_a_document_agrees_with_itself() -> None:
    one = reading(ENGLISH, "en")
    assert {p.sort for p in compare(one, one)} == {"agreement"}


def figure(value: str, period: str = "2031", bound: str = "exact") -> Figure:
    return Figure("Gia Lai", "schools", period, Decimal(value), bound, "minutes of May")


def verdict(text: str, *figures: Figure) -> str | None:
    claim = replace(only(text, "en"), indicator="schools", place="Gia Lai")
    found = check(claim, figures)
    return found.verdict if found else None


def test_rounding_is_no_difference() -> None:
    assert verdict("In 2031 the rate was 81.6%.", figure("81.63")) == "agrees"
    assert verdict("In 2031 the rate was 81.6%.", figure("81.67")) == "differs"


def test_more_than_agrees_with_what_is_a_little_more() -> None:
    assert verdict("In 2031 over 85% had it.", figure("85.5")) == "agrees"
    assert verdict("In 2031 over 85% had it.", figure("84")) == "differs"


def test_another_period_is_no_disagreement() -> None:
    assert verdict("In 2031 there were 48 schools.", figure("40", "2029")) == (
        "other_period"
    )
    assert verdict("In 2031 there were 48 schools.") == "no_data"


def test_a_part_of_the_year_may_agree_and_says_nothing_against_the_year() -> None:
    said = "In 2031 there were 48 schools."
    assert verdict(said, figure("48", "2031-Q2")) == "agrees"
    assert verdict(said, figure("40", "2031-Q2")) == "other_period"
    assert verdict(said, figure("40", "2031-Q4")) == "differs"


def test_a_figure_by_another_standard_is_told_with_that_figure() -> None:
    said = only("In 2031 there were 8 poor households.", "en")
    claim = replace(said, indicator="poor_central", place="Gia Lai")
    central = replace(figure("0"), indicator="poor_central")
    provincial = replace(figure("8"), indicator="poor_provincial")
    found = check(claim, [central, provincial], {"poor_provincial"})
    assert found is not None
    assert (found.verdict, found.figure) == ("other_standard", provincial)
    alone = check(claim, [central, provincial])
    assert alone is not None
    assert alone.verdict == "differs"


def test_words_for_many_agree_whatever_number_each_language_makes_of_them() -> None:
    told = pairs(
        "The province opened dozens of ponds.", "On a ouvert des dizaines de mares."
    )
    assert {pair.sort for pair in told} == {"agreement"}
