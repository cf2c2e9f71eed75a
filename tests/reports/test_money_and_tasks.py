"""What a report says of resources and of tasks: nothing that nobody reported."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.reports.province import ORDER, matter, report, tables, words

from donbay.domain.indicators import Texts
from donbay.domain.mobilisation import MobilisationRow, Money
from donbay.domain.passages import ReportKind
from donbay.domain.periods import parse_period
from donbay.domain.programmes import Task
from donbay.domain.quantities import Range
from donbay.domain.verdicts import Status
from donbay.reports.matter import Matter
from donbay.reports.model import Cell, Figure, Picture
from donbay.texts import LANGUAGES, Wording

in_every_language = pytest.mark.parametrize("language", LANGUAGES)
HEALTH = "Department of health"
TASKS = (
    Task("later", Texts({"en": "Report on it"}), "health", date(2026, 6, 30)),
    Task(
        "wells", Texts({"en": "Dig wells"}), "health", date(2024, 12, 31), (), "water"
    ),
    Task("some_day", Texts({"en": "Explain it"}), "health"),
)


@pytest.fixture
def found(tmp_path: Path) -> Matter:
    return matter(tmp_path / "water")


def texts(row: tuple[Cell, ...]) -> list[str]:
    return [cell.text if isinstance(cell, Figure) else cell for cell in row]


def exactly(amount: float) -> Money:
    return Money(amount, Range(amount, amount))


def raised(found: Matter, year: int, state: float, people: float) -> Matter:
    """A year more of money, of which every source is known."""
    names = ("p", "money", parse_period(str(year)))
    whole = state + people
    rows = [
        MobilisationRow(*names, "state", None, exactly(state), exactly(state / whole)),
        MobilisationRow(
            *names, "people", None, exactly(people), exactly(people / whole)
        ),
        MobilisationRow(
            *names, None, None, exactly(whole), None, exactly(people / state)
        ),
    ]
    return replace(found, money=[*found.money, *rows])


# --- resources ---


def test_what_was_given_with_a_bound_keeps_it(found: Matter) -> None:
    """More than 600 came from people in cash, so no whole is exact and no share."""
    rows = tables(report(found))["Money raised, 2024"].rows
    assert [texts(row)[:4] for row in rows] == [
        ["State", "", "at least 200 VND", ""],
        ["People", "", "at least 800 VND", ""],
        ["Form: Cash", "", "at least 800 VND", ""],
        ["Form: Labour", "", "at least 200 VND", ""],
        ["In all", "", "at least 1,000 VND", ""],
    ]


def test_plan_result_share_and_leverage_stand_beside_each_other(found: Matter) -> None:
    promised = replace(
        found.programme.targets[0],
        id="money",
        indicator="money",
        value=2_000,
        deadline=date(2024, 12, 31),
    )
    programme = replace(found.programme, targets=(*found.programme.targets, promised))
    known = raised(replace(found, programme=programme, money=()), 2024, 500, 1_000)
    table = tables(report(known))["Money raised, 2024"]
    assert [texts(row)[:4] for row in table.rows] == [
        ["State", "", "500 VND", "33.33%"],
        ["People", "", "1,000 VND", "66.67%"],
        ["In all", "2,000 VND", "1,500 VND", ""],
    ]
    assert "For each unit of budget money, other sources brought: 2." in table.note


def test_years_stand_under_each_other_with_a_chart(found: Matter) -> None:
    known = raised(replace(found, money=()), 2023, 400, 400)
    known = raised(known, 2024, 500, 1_000)
    made = report(known, charts=True)
    table = tables(made)["Money raised: totals over time"]
    assert [texts(row) for row in table.rows] == [
        ["2023", "", "800 VND", "1"],
        ["2024", "", "1,500 VND", "2"],
    ]
    (section,) = (s for s in made.sections if s.title == "Resources")
    (chart,) = (b for b in section.blocks if isinstance(b, Picture))
    assert chart.alternative == "Money raised: 2023 800 VND, 2024 1,500 VND"


def test_a_period_that_had_not_ended_is_left_out(found: Matter) -> None:
    later = raised(found, 2025, 500, 1_000)
    assert "Money raised, 2024" in tables(report(later))
    assert "Money raised, 2025" not in tables(report(later))


def test_no_money_is_said_and_no_mobilisation_is_not(found: Matter) -> None:
    nothing = replace(found, money=())
    assert "No resources brought together were reported" in words(report(nothing))
    programme = replace(found.programme, mobilisation=())
    without = report(replace(nothing, programme=programme))
    assert "Resources" not in [section.title for section in without.sections]


# --- tasks ---


def test_tasks_stand_by_deadline_with_owner_and_state(found: Matter) -> None:
    programme = replace(found.programme, tasks=TASKS)
    made = report(replace(found, programme=programme))
    assert [texts(row) for row in tables(made)["Tasks"].rows] == [
        ["Dig wells", HEALTH, "31 Dec 2024", "deadline passed", ""],
        ["Report on it", HEALTH, "30 Jun 2026", "before its deadline", ""],
        ["Explain it", HEALTH, "", "no deadline given", ""],
    ]
    assert "Tasks that the programme lays down: 3; deadline passed: 1." in words(made)


def test_a_task_shows_how_the_targets_of_its_objective_stand(found: Matter) -> None:
    target = replace(found.programme.targets[0], objective="water")
    programme = replace(found.programme, tasks=TASKS, targets=(target,))
    (row,) = found.targets
    done = replace(row, status=Status.ACHIEVED)
    made = report(replace(found, programme=programme, targets=[done]))
    assert texts(tables(made)["Tasks"].rows[0])[-1] == "1 of 1 achieved"


@in_every_language
@pytest.mark.parametrize(
    "kind",
    [ReportKind.ANNUAL, ReportKind.MID_TERM, ReportKind.FINAL, ReportKind.PLACE],
)
def test_every_kind_of_report_tells_of_both(
    found: Matter, kind: ReportKind, language: str
) -> None:
    programme = replace(found.programme, tasks=TASKS)
    made = report(
        replace(found, programme=programme), language, replace(ORDER, kind=kind)
    )
    titles = [section.title for section in made.sections]
    say = Wording(language).say
    assert say("printed.tasks") in titles
    assert say("printed.money") in titles


def test_the_office_words_both(found: Matter) -> None:
    programme = replace(found.programme, tasks=TASKS)
    own = {
        "tasks": "{over} of {count} are late.",
        "money": "Totals in {place}: {count}.",
    }
    said = words(report(replace(found, programme=programme), wording=own))
    assert "1 of 3 are late." in said
    assert "Totals in Tỉnh Một: 1." in said
