"""When Xa Ba is asked: the default calendar, a pack's own, and the days between."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.reporting import FORM, HOMES, PROGRAMME

from donbay.domain.calls import REGULAR
from donbay.domain.default_forms import forms_of
from donbay.domain.periods import Frequency, parse_period, periods_between
from donbay.domain.programmes import UnitLevel
from donbay.domain.rounds import (
    Call,
    RoundKind,
    RoundState,
    calendar_of,
    due_rounds,
    rounds_between,
)

QUARTERLY = Call("quarterly", RoundKind.QUARTERLY, "report", 1, 10, 40)
DECLARED = replace(PROGRAMME, forms=(FORM,), calendar=(QUARTERLY,))
SPAN = parse_period("2021/2025")


def test_without_a_calendar_a_quarter_is_asked_for_forty_five_days() -> None:
    (found,) = due_rounds(PROGRAMME, date(2025, 4, 1))
    assert (found.form, str(found.period)) == ("commune_quarter", "2025-Q1")
    assert found.kind is RoundKind.QUARTERLY
    assert (found.opens, found.due, found.closes) == (
        date(2025, 4, 1),
        date(2025, 4, 15),
        date(2025, 5, 15),
    )
    assert due_rounds(PROGRAMME, date(2025, 3, 31)) == ()
    assert due_rounds(PROGRAMME, date(2025, 5, 16)) == ()


def test_a_round_is_ahead_then_open_then_late_then_closed() -> None:
    (found,) = due_rounds(DECLARED, date(2025, 4, 5))
    assert [
        found.state(date(2025, month, day))
        for month, day in ((3, 31), (4, 1), (4, 10), (4, 11), (5, 10), (5, 11))
    ] == [
        RoundState.AHEAD,
        RoundState.OPEN,
        RoundState.OPEN,
        RoundState.LATE,
        RoundState.LATE,
        RoundState.CLOSED,
    ]


def test_a_saturday_is_a_day_like_any_other() -> None:
    (found,) = due_rounds(DECLARED, date(2026, 1, 5))
    assert (found.due, found.due.weekday()) == (date(2026, 1, 10), 5)


def test_a_report_may_be_due_before_its_period_ends() -> None:
    early = replace(QUARTERLY, opens=-20, due=-5, closes=0)
    (found,) = due_rounds(replace(DECLARED, calendar=(early,)), date(2025, 3, 15))
    assert (str(found.period), found.due) == ("2025-Q1", date(2025, 3, 26))


def test_mid_term_is_one_period_on_its_own_days() -> None:
    form = replace(FORM, id="half_way", frequency=Frequency.SPAN)
    call = Call(
        *("mid", RoundKind.MID_TERM, "half_way", date(2023, 10, 1)),
        *(date(2023, 11, 15), date(2023, 12, 31), parse_period("2021/2023")),
    )
    programme = replace(DECLARED, forms=(FORM, form), calendar=(QUARTERLY, call))
    assert [r.call for r in due_rounds(programme, date(2023, 10, 15))] == [
        "quarterly",
        "mid",
    ]
    assert [r.call for r in due_rounds(programme, date(2024, 1, 5))] == ["quarterly"]


def test_figures_of_a_span_are_called_at_its_end() -> None:
    schools = replace(HOMES, id="schools", frequency=Frequency.SPAN, spans=(SPAN,))
    programme = replace(PROGRAMME, indicators={"schools": schools})
    (call,) = calendar_of(programme)
    assert (call.id, call.kind) == ("commune_span_2021_2025", RoundKind.FINAL)
    (found,) = due_rounds(programme, date(2026, 1, 1))
    assert found.period == SPAN


def test_nobody_is_asked_outside_the_programme_or_after_the_level_ended() -> None:
    programme = replace(DECLARED, in_force=date(2025, 1, 1), until=date(2025, 12, 31))
    every = rounds_between(programme, date(2024, 1, 1), date(2027, 1, 1))
    assert [str(r.period)[-2:] for r in every] == ["Q1", "Q2", "Q3", "Q4"]
    ended = UnitLevel("commune", end=date(2025, 6, 30))
    programme = replace(programme, levels=(*PROGRAMME.levels[:2], ended))
    every = rounds_between(programme, date(2024, 1, 1), date(2027, 1, 1))
    assert [str(r.period)[-2:] for r in every] == ["Q1", "Q2"]


days = st.dates(date(2023, 1, 1), date(2026, 12, 31))


@given(
    on=days,
    frequency=st.sampled_from(list(REGULAR)),
    cuts=st.lists(st.integers(-90, 400), min_size=3, max_size=3).map(sorted),
)
def test_the_rounds_of_a_day_are_those_that_a_long_list_would_give(
    on: date, frequency: Frequency, cuts: list[int]
) -> None:
    opens, due, closes = cuts
    form = replace(FORM, frequency=frequency)
    call = Call("c", REGULAR[frequency], "report", opens, due, closes)
    programme = replace(DECLARED, forms=(form,), calendar=(call,))
    ends = periods_between(date(2019, 1, 1), date(2031, 1, 1), frequency)
    wanted = [
        p for p in ends if p.last + timedelta(opens) <= on <= p.last + timedelta(closes)
    ]
    assert [found.period for found in due_rounds(programme, on)] == wanted


@pytest.mark.slow
@given(first=days, length=st.integers(0, 120))
def test_a_stretch_has_the_rounds_of_its_days(first: date, length: int) -> None:
    until = first + timedelta(length)
    seen = {
        r
        for day in range(length + 1)
        for r in due_rounds(PROGRAMME, first + timedelta(day))
    }
    assert set(rounds_between(PROGRAMME, first, until)) == seen
    assert forms_of(PROGRAMME)
