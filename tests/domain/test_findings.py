"""What is said while Lan types the quarter of Xa Ba, and what is not said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.reporting import (
    FORM,
    INDICATORS,
    POVERTY,
    WATER,
    YIELD,
    answers,
    figure,
    last,
    with_checks,
)

from donbay.domain.answers import Answer, Finding, Severity
from donbay.domain.findings import findings, stopping
from donbay.domain.forms import Check, Comparison, PartOfWhole, PartsEqualTotal
from donbay.domain.formulas import Operand, parse_formula
from donbay.domain.quantities import Bound, Comparator
from donbay.domain.targets import Target
from donbay.domain.typed_numbers import read_number

CLEAN = answers(
    homes=1000,
    poor=80,
    money=500,
    money_state=300,
    money_people=200,
    water=85.5,
    causes="rain",
    mood="good",
    met_on=date(2025, 3, 20),
)


def codes(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(some.code, some.field) for some in found]


def odd(
    typed: dict[str, Answer], before: dict[str, Decimal | None] | None = None
) -> list[tuple[str, str]]:
    given = {"homes": Answer(Decimal(1000))} | typed
    return codes(findings(FORM, INDICATORS, given, before))


def test_nothing_is_said_of_a_clean_report() -> None:
    before = last(homes=990, poor=85, money=450, water=84)
    assert findings(FORM, INDICATORS, CLEAN, before) == ()


def test_an_empty_report_says_so_once_and_names_what_is_required() -> None:
    found = findings(FORM, INDICATORS, {})
    assert codes(found) == [("empty_report", ""), ("missing", "homes")]


def test_zero_is_a_value_and_missing_is_not_zero() -> None:
    assert odd(answers(homes=0, poor=0)) == []
    assert odd({"homes": Answer()}) == [("empty_report", ""), ("missing", "homes")]


def test_a_required_total_is_given_by_all_its_parts() -> None:
    needed = replace(
        FORM,
        sections=(
            replace(
                FORM.sections[0],
                fields=(
                    figure("money", required=True),
                    figure("money", "state"),
                    figure("money", "people"),
                ),
            ),
        ),
    )
    both = answers(money_state=3, money_people=4)
    assert findings(needed, INDICATORS, both) == ()
    one = answers(money_state=3)
    assert codes(findings(needed, INDICATORS, one)) == [("missing", "money")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("398,925", "ambiguous"),
        ("ten", "number_letters"),
        ("-", "number_dash"),
        ("12 34", "number_marks"),
        ("NaN", "number_not_finite"),
    ],
)
def test_what_cannot_be_read_stops_the_sending(text: str, code: str) -> None:
    found = findings(FORM, INDICATORS, answers(homes=10, water=read_number(text, "vi")))
    assert codes(found) == [(code, "water")]
    assert found[0].severity is Severity.HARD


def test_numbers_of_other_machines_are_looked_at_too() -> None:
    assert odd(answers(water=Decimal("NaN"))) == [("number_not_finite", "water")]
    assert odd(answers(water=Decimal("Infinity"))) == [("number_not_finite", "water")]
    assert odd(answers(water=Decimal("1e400"))) == [("number_too_large", "water")]
    assert odd(answers(water=Decimal("1e-400"))) == [("number_too_long", "water")]
    assert odd(answers(water=1), {"water": Decimal("1e-999999")}) == []


def test_there_are_no_minus_two_poor_homes() -> None:
    assert odd(answers(poor=-2)) == [("negative", "poor")]


def test_half_a_home_is_questioned() -> None:
    assert odd(answers(poor=12.5)) == [("too_many_decimals", "poor")]
    assert odd(answers(water=Decimal("85.50"))) == []


def test_a_harvest_out_of_range_is_questioned_and_sent_with_a_note() -> None:
    found = findings(FORM, INDICATORS, answers(homes=1, **{"yield": 1200}))
    assert codes(found) == [("outside_range", "yield")]
    assert stopping(found, {}) == found
    noted = {"yield": Answer(Decimal(1200), note="the best year ever")}
    assert stopping(found, noted) == ()


def test_more_than_all_is_refused_where_the_pack_caps_it() -> None:
    found = findings(FORM, INDICATORS, answers(homes=1, water=120))
    assert codes(found) == [("over_hundred", "water")]
    assert found[0].severity is Severity.HARD
    growth = {**INDICATORS, "water": replace(WATER, high=None)}
    assert findings(FORM, growth, answers(homes=1, water=120))[0].severity is (
        Severity.SOFT
    )
    wide = {**INDICATORS, "water": replace(WATER, high=300)}
    assert findings(FORM, wide, answers(homes=1, water=120)) == ()


def test_parts_make_the_total_and_a_missing_part_decides_nothing() -> None:
    assert odd(answers(money=500, money_state=300, money_people=100)) == [
        ("parts_not_total", "money")
    ]
    assert odd(answers(money=500, money_state=300)) == []
    assert odd(answers(money_state=300, money_people=100)) == []
    # Whatever the people gave, 600 from the state is more than 500 in all.
    assert odd(answers(money=500, money_state=600)) == [("parts_not_total", "money")]


def test_a_bounded_part_is_asked_about_but_breaks_no_sum() -> None:
    some = Answer(Decimal(100), Bound.AT_LEAST)
    typed = answers(money=500, money_state=300) | {"money/people": some}
    assert odd(typed) == [("bounded", "money/people")]
    most = Answer(Decimal(100), Bound.AT_MOST)
    typed = answers(money=500, money_state=300) | {"money/people": most}
    assert ("parts_not_total", "money") in odd(typed)


def test_more_poor_homes_than_homes_cannot_be() -> None:
    found = findings(FORM, INDICATORS, answers(homes=100, poor=120))
    assert codes(found) == [("part_over_whole", "poor")]
    assert found[0].severity is Severity.HARD
    assert found[0].parameters["whole_field"] == "homes"
    odd_rate = {**INDICATORS, "poverty": replace(POVERTY, high=None)}
    soft = findings(FORM, odd_rate, answers(homes=100, poor=120))
    assert [x.severity for x in soft] == [Severity.SOFT]


def test_a_figure_three_times_the_last_is_asked_about() -> None:
    before = dict(last(poor=100, homes=1000))
    assert odd(answers(poor=300), before) == [("jump", "poor")]
    assert odd(answers(poor=190), before) == []
    assert odd(answers(poor=30), before) == [("jump", "poor")]


def test_a_jump_is_robust_at_nothing_and_at_zero() -> None:
    assert odd(answers(poor=300), dict(last(poor=None))) == []
    assert odd(answers(poor=300), dict(last(poor=0))) == []
    assert odd(answers(poor=0), dict(last(poor=300))) == [("dropped_to_zero", "poor")]
    assert odd(answers(money=0), dict(last(money=300))) == []


def test_small_changes_are_left_alone_unless_the_form_asks() -> None:
    assert odd(answers(poor=9), dict(last(poor=1))) == []
    assert odd(answers(water=4), dict(last(water=1))) == []
    strict = replace(
        FORM, sections=(replace(FORM.sections[0], fields=(figure("poor", jump=1.5),)),)
    )
    found = findings(strict, INDICATORS, answers(poor=9), last(poor=1))
    assert codes(found) == [("jump", "poor")]


@pytest.mark.parametrize(
    ("typed", "before", "meant"),
    [
        (398925, 390.1, "398.925"),
        (0.398925, 390.1, "398.925"),
        (512, 498_000_000, "512000000"),
        (512_000_000, 498, "512"),
    ],
)
def test_another_unit_than_last_time_is_suspected(
    typed: float, before: float, meant: str
) -> None:
    found = findings(
        FORM, INDICATORS, answers(homes=1, money=typed), last(money=before)
    )
    assert codes(found) == [("unit_against_last", "money")]
    assert found[0].parameters["meant"] == Decimal(meant)


def test_a_fraction_for_a_percentage_is_suspected_once() -> None:
    found = findings(FORM, INDICATORS, answers(homes=1, water=0.8), last(water=84))
    assert codes(found) == [("unit_against_last", "water")]
    assert found[0].parameters["meant"] == Decimal(80)


def test_without_a_past_the_target_or_the_range_is_the_yardstick() -> None:
    goal = Target("goal", "water", Comparator.AT_LEAST, 95, date(2025, 12, 31))
    found = findings(FORM, INDICATORS, answers(homes=1, water=0.8), targets=(goal,))
    assert codes(found) == [("unit_against_target", "water")]
    found = findings(FORM, INDICATORS, answers(homes=1, **{"yield": 398_925}))
    assert codes(found) == [("unit_against_range", "yield")]
    assert found[0].parameters["meant"] == Decimal("398.925")
    assert YIELD.high == 900


def test_homes_are_not_suspected_of_being_percentages() -> None:
    assert odd(answers(homes=100_000), dict(last(homes=1000))) == [("jump", "homes")]


def test_a_withdrawn_figure_is_asked_about() -> None:
    assert odd({"poor": Answer(withdrawn=True)}) == [("withdrawn", "poor")]


def test_words_are_checked_for_their_kind() -> None:
    typed = answers(mood="fine", met_on="yesterday") | {"gone": Answer("x")}
    assert odd(typed) == [
        ("unknown_field", ""),
        ("unknown_choice", "mood"),
        ("not_a_date", "met_on"),
    ]


def rule(left: str, comparator: Comparator, right: str) -> Comparison:
    return Comparison(parse_formula(left), comparator, parse_formula(right))


def test_the_jurists_checks_are_held_and_said_with_their_words() -> None:
    hard = Check("people", rule("homes", Comparator.ABOVE, "2 * poor"))
    soft = Check(
        "calm", rule("poor", Comparator.AT_MOST, "1.1 * at(poor, 1)"), hard=False
    )
    form = with_checks(hard, soft)
    typed = answers(homes=100, poor=60)
    found = findings(form, INDICATORS, typed, last(poor=50, homes=100))
    assert [(f.code, f.parameters["check"], f.severity.value) for f in found] == [
        ("check", "people", "hard"),
        ("check", "calm", "soft"),
    ]
    assert findings(form, INDICATORS, typed | answers(poor=40), last(poor=50)) == ()
    assert codes(findings(form, INDICATORS, answers(homes=100))) == []


def test_a_declared_check_takes_the_place_of_the_one_of_itself() -> None:
    parts = Check("sum", PartsEqualTotal("money"), hard=False)
    typed = answers(homes=1, money=500, money_state=300, money_people=100)
    (found,) = findings(with_checks(parts), INDICATORS, typed)
    assert (found.code, found.severity) == ("check", Severity.SOFT)
    share = Check("poor", PartOfWhole(Operand("poor"), Operand("homes")), hard=False)
    (found,) = findings(with_checks(share), INDICATORS, answers(homes=1, poor=2))
    assert (found.code, found.severity) == ("check", Severity.SOFT)


def test_dividing_by_zero_decides_nothing() -> None:
    check = Check("ratio", rule("poor / homes", Comparator.AT_MOST, "0.5"))
    assert findings(with_checks(check), INDICATORS, answers(homes=0, poor=0)) == ()


amounts = st.integers(0, 10**9).map(Decimal)


@given(homes=amounts, share=st.integers(0, 100), state=amounts, people=amounts)
def test_a_report_that_adds_up_is_clean(
    homes: Decimal, share: int, state: Decimal, people: Decimal
) -> None:
    typed = {
        "homes": Answer(homes),
        "poor": Answer(homes * share // 100),
        "money": Answer(state + people),
        "money/state": Answer(state),
        "money/people": Answer(people),
        "water": Answer(Decimal(share)),
    }
    same = {name: answer.number for name, answer in typed.items()}
    assert findings(FORM, INDICATORS, typed, same) == ()


numbers = st.decimals(allow_nan=True, allow_infinity=True) | st.none()


@pytest.mark.slow
@given(
    typed=st.dictionaries(
        st.sampled_from([field.id for field in FORM.fields]),
        st.builds(
            Answer,
            numbers | st.text(max_size=5).map(lambda text: read_number(text, "vi")),
            st.sampled_from(Bound),
            st.booleans(),
        ),
    ),
    before=st.dictionaries(
        st.sampled_from([field.id for field in FORM.fields]),
        st.decimals(-(10**15), 10**15, allow_nan=False) | st.none(),
    ),
)
def test_whatever_is_typed_gets_findings_and_never_a_crash(
    typed: dict[str, Answer], before: dict[str, Decimal | None]
) -> None:
    found = findings(FORM, INDICATORS, typed, before)
    known = {field.id for field in FORM.fields} | {""}
    assert {some.field for some in found} <= known
    assert all(some in found for some in stopping(found, typed))
