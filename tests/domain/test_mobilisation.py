"""Resources by source: what is known, what is only bounded, what is never added."""

from math import inf

from donbay.domain.mobilisation import (
    MobilisationRow,
    Money,
    Raised,
    flagged,
    mobilisation_rows,
)
from donbay.domain.periods import parse_period
from donbay.domain.programmes import FundingSource, Mobilisation
from donbay.domain.quantities import Range

FUNDING = (FundingSource("state", budget=True), FundingSource("people"))
BY_SOURCE = Mobilisation(
    "money",
    {"s": "state", "p/cash": "people", "p/land": "people"},
    {"s": "cash", "p/cash": "cash", "p/land": "land"},
)


def exactly(number: float) -> Money:
    return Money(number, Range(number, number))


def more_than(number: float) -> Money:
    return Money(number, Range(number, inf))


def rows(
    parts: dict[str, Money], total: Money | None = None
) -> dict[str, MobilisationRow]:
    raised = Raised("u", parse_period("2024"), total, parts)
    found = mobilisation_rows(BY_SOURCE, FUNDING, raised)
    return {row.source or row.form or "total": row for row in found}


def ends(money: Money | None) -> tuple[float, float]:
    assert money
    return money.range.low, money.range.high


def test_everything_reported() -> None:
    found = rows({"s": exactly(20), "p/cash": exactly(50), "p/land": exactly(30)})
    assert list(found) == ["state", "people", "cash", "land", "total"]
    assert [row.amount.number for row in found.values()] == [20, 80, 70, 30, 100]
    assert ends(found["state"].share) == (0.2, 0.2)
    assert ends(found["total"].leverage) == (4, 4)
    assert found["total"].flags == ()


def test_a_part_that_was_not_reported_may_be_anything() -> None:
    found = rows({"s": exactly(20), "p/cash": exactly(60)})
    assert found["people"].amount.number is None
    assert ends(found["people"].amount) == (60, inf)
    assert ends(found["state"].share) == (0.0, 0.25)
    assert ends(found["total"].leverage) == (3, inf)
    assert found["total"].flags == ("incomplete",)


def test_more_than_stays_more_than() -> None:
    found = rows({"s": exactly(20), "p/cash": more_than(80), "p/land": exactly(0)})
    assert found["total"].amount.number == 100
    assert ends(found["state"].share) == (0.0, 0.2)
    assert ends(found["people"].share) == (0.8, 1.0)
    assert ends(found["total"].leverage) == (4, inf)


def test_a_reported_total_wins_and_tells_the_rest() -> None:
    found = rows({"s": exactly(20)}, total=exactly(120))
    assert found["total"].amount.number == 120
    assert ends(found["total"].leverage) == (5, 5)
    assert ends(found["state"].share) == (20 / 120, 20 / 120)
    assert found["total"].flags == ("parts_below_total",)


def test_a_total_without_parts_says_no_more_than_itself() -> None:
    found = rows({}, total=more_than(120))
    assert list(found) == ["total"]
    assert found["total"].leverage is None
    assert found["total"].share is None


def test_a_published_share_is_shown_and_no_amount_is_made_of_it() -> None:
    kind = Mobilisation("money", shares={"state": "state_share"}, leverage="times")
    raised = Raised(
        "u",
        parse_period("2024"),
        more_than(120),
        {},
        shares={"state": exactly(0.16)},
        leverage=more_than(5),
    )
    state, whole = mobilisation_rows(kind, FUNDING, raised)
    assert state.share == exactly(0.16)
    assert (state.amount.number, ends(state.amount)) == (None, (0, inf))
    assert state.flags == ("published:state_share",)
    assert (whole.leverage, whole.flags) == (more_than(5), ("published:times",))


def test_reported_amounts_win_over_a_published_share() -> None:
    kind = Mobilisation("money", {"s": "state"}, shares={"state": "state_share"})
    parts, shares = {"s": exactly(20)}, {"state": exactly(0.9)}
    raised = Raised("u", parse_period("2024"), exactly(100), parts, shares)
    state, _ = mobilisation_rows(kind, FUNDING, raised)
    assert (state.share, state.flags) == (exactly(0.2), ())


def test_parts_above_the_total_are_flagged() -> None:
    parts = {"s": exactly(90), "p/cash": exactly(50), "p/land": exactly(0)}
    assert rows(parts, total=exactly(120))["total"].flags == ("parts_above_total",)


def test_no_budget_no_leverage() -> None:
    found = rows({"s": exactly(0), "p/cash": exactly(50), "p/land": exactly(0)})
    assert found["total"].leverage is None


def total(indicator: str, period: str) -> MobilisationRow:
    amount = exactly(1)
    return MobilisationRow(
        "u", indicator, parse_period(period), None, None, amount, None
    )


def test_spans_that_overlap_are_flagged_and_never_added() -> None:
    first, second, other, apart = flagged(
        [
            total("money", "2021/2025"),
            total("money", "2019/2024"),
            total("projects", "2021/2023"),
            total("money", "2012/2015"),
        ]
    )
    assert first.flags == ("overlap:2019/2024", "other_scope:projects:2021/2023")
    assert second.flags == ("overlap:2021/2025", "other_scope:projects:2021/2023")
    assert other.flags == ("other_scope:money:2021/2025", "other_scope:money:2019/2024")
    assert apart.flags == ()
