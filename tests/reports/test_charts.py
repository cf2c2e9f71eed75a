"""Charts say what they are given, in the reader's figures and direction."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from tests.reports.pictures import (
    ALL,
    beside_each_other,
    clean_water,
    frame,
    ladder,
    money,
    moved,
    standing,
)

from donbay.reports.charts import (
    Change,
    Chart,
    Names,
    Point,
    Sides,
    bars_by_place,
    changes,
    mobilisation,
    trend,
)
from donbay.reports.charts.axes import moment, scale
from donbay.reports.charts.frame import SMALL
from donbay.reports.lines import width
from donbay.reports.palette import LIGHT, painted

every_chart = pytest.mark.parametrize("made", ALL, ids=lambda made: made.__name__)
TO_LEFT, TO_RIGHT, END = "\u202b", "\u202a", "\u202c"


def bars(chart: Chart) -> Iterator[dict[str, Any]]:
    for series in chart.option["series"]:
        yield from (bar for bar in series["data"] if isinstance(bar, dict))


@every_chart
def test_an_option_is_plain_data_with_every_colour_of_the_palette(
    made: Callable[[str], Chart],
) -> None:
    text = painted(made("vi").option, LIGHT)
    assert "$" not in text
    assert json.loads(text)["series"]


def test_figures_are_written_as_the_reader_does() -> None:
    for language, wanted in (("vi", "63,2%"), ("fr", "63,2\u00a0%"), ("en", "63.2%")):
        last = list(bars(clean_water(language)))[4]
        assert last["label"]["formatter"] == wanted
        assert last["name"].endswith(f"2025: {wanted}")


def test_scales_are_told_in_the_readers_figures_too() -> None:
    across, up = (
        clean_water("fr").option["xAxis"][1],
        clean_water("fr").option["yAxis"][1],
    )
    assert across["data"] == ["2020", "2022", "2024", "2026", "2028", "2030"]
    assert up["data"] == [f"{n}\u00a0%" for n in (20, 40, 60, 80, 100)]


def test_arabic_runs_to_the_left_with_its_scale_on_the_right() -> None:
    option = beside_each_other("ar").option
    assert option["xAxis"][0]["inverse"] is True
    assert option["yAxis"]["position"] == "right"
    assert option["series"][0]["label"]["position"] == "left"


def test_in_arabic_no_figure_and_no_number_of_a_document_is_turned_around() -> None:
    arabic = frame("ar")
    assert arabic.told("+5.2%") == f"{TO_RIGHT}+5.2%{END}"
    assert f"{TO_RIGHT}13-NQ/TU{END}" in arabic.told(arabic.title)
    assert arabic.told(arabic.title).startswith(TO_LEFT)


def test_a_value_for_which_not_all_have_reported_has_a_hollow_mark() -> None:
    whole, partial, *_ = clean_water().option["series"]
    assert len(whole["data"]) == 5
    assert [point["value"][1] for point in partial["data"]] == [63.2]
    assert partial["itemStyle"]["color"] == "$paper"


def test_what_nobody_knows_is_not_drawn_and_not_a_zero() -> None:
    values = [bar["value"] for bar in bars(beside_each_other())]
    assert values == [81.2, 63.0, 12.34]
    assert beside_each_other().option["series"][0]["data"][2] is None


def test_a_chart_without_a_figure_is_empty() -> None:
    nobody = bars_by_place(frame(), [("Võ Nhai", None)], "2025", "")
    assert nobody.empty
    once = trend(
        frame(),
        Names("v", "p", "t"),
        [Point(date(2025, 12, 31), 5, "2025")],
        [],
        target=9,
        summary="",
    )
    assert once.empty


def test_statuses_that_no_place_has_are_left_out() -> None:
    names = [series["name"] for series in standing().option["series"]]
    assert len(names) == 7
    assert names[0] == "chậm tiến độ"
    assert names[-1] == "đạt"


def test_a_part_too_short_for_its_figure_leaves_it_to_the_table() -> None:
    shown = {bar["value"]: bar["label"]["show"] for bar in bars(standing())}
    assert shown[9.0]
    assert not shown[1.0]


def test_the_total_of_a_year_stands_on_its_stack() -> None:
    totals = [bar for bar in money().option["series"][-1]["data"] if bar]
    assert [bar["label"]["formatter"] for bar in totals] == ["2.100%", "4.200%"]


def test_a_seventh_source_is_refused_before_two_look_alike() -> None:
    with pytest.raises(ValueError, match="7"):
        mobilisation(frame(), ["2021"], [("s", [1.0])] * 7, [7.0], "")


def test_the_highest_rung_stands_on_top() -> None:
    option = ladder().option
    assert option["yAxis"]["data"] == ["III", "II", "I", "0"]
    assert option["yAxis"]["inverse"] is True


def test_better_and_worse_differ_by_pattern_and_sign() -> None:
    better, worse, neither = moved().option["series"]
    assert "decal" not in better["itemStyle"]
    assert "decal" in worse["itemStyle"]
    assert better["data"][0]["label"]["formatter"] == "+5,2%"
    assert neither["data"][2]["value"] == 0


def test_what_is_narrower_is_laid_out_higher() -> None:
    chart = standing()
    assert chart.height(360) > chart.height(640) == chart.height(2000)
    rows = [len(one["option"]["legend"]) for one in chart.option["media"]]
    assert rows == sorted(rows)
    assert rows[0] >= len(chart.option["legend"])


def test_scales_hold_every_value_by_round_steps() -> None:
    assert scale([41.2, 85], zero=False).marks == [40, 60, 80, 100]
    assert scale([0.31], zero=True).marks == [0, 0.1, 0.2, 0.3, 0.4]
    assert scale([5, 5], zero=False).marks == [4, 6]
    assert scale([1, 2], zero=True).marks == [0, 1, 2]
    assert scale([-3, 5.2], zero=True).marks == [-5, 0, 5, 10]


def test_the_last_day_of_a_year_stands_at_its_number() -> None:
    assert moment(date(2024, 12, 31)) == 2024
    assert moment(date(2025, 6, 30)) == pytest.approx(2024.5, abs=0.01)


def test_names_under_bars_that_stand_never_touch_on_a_telephone() -> None:
    quarters = [f"الربع {n} من 2026" for n in range(1, 5)] + ["الربع 1 من 2027"] * 3
    made = mobilisation(
        frame("ar"), quarters, [("s", [1.0] * 7)], [1.0] * 7, "money"
    ).option
    (phone,) = [m["option"] for m in made["media"] if m["query"] == {"maxWidth": 360}]
    for name in phone["xAxis"]["data"]:
        lines = [re.sub("[\u202a-\u202c]", "", line) for line in name.split("\n")]
        assert all(width(line, SMALL) < 360 / 8 - 4 for line in lines)


@pytest.mark.parametrize("language", ["vi", "ar"])
def test_the_figure_beside_the_longest_bar_does_not_cover_a_name(language: str) -> None:
    rows = [Change("a", -0.0847, better=True), Change("b", 0.0541, better=True)]
    made = changes(frame(language), rows, Sides("+", "-", "0"), "since last year")
    axis = made.option["xAxis"][0]
    assert -0.0847 - axis["min"] >= 0.9 * axis["interval"]
    assert axis["max"] - 0.0541 >= 0.9 * axis["interval"]
