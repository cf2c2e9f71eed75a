"""Forms and the calendar of a pack, from YAML to what a village is asked."""

from datetime import date
from pathlib import Path

import pytest
from tests.packs.mistakes import LIBRARY

from donbay.domain.calls import RoundKind
from donbay.domain.default_forms import form_of, forms_of, review_path
from donbay.domain.forms import (
    Comparison,
    FieldKind,
    Form,
    PartOfWhole,
    PartsEqualTotal,
)
from donbay.domain.formulas import Operand, operands
from donbay.domain.periods import Frequency, parse_period
from donbay.domain.programmes import Programme
from donbay.domain.rounds import calendar_of, due_rounds, rounds_between
from donbay.packs import load_pack
from donbay.synthetic.folders import PACK

SHIPPED = Path(__file__).parents[2] / "packs"
LANGUAGES = ("vi", "en", "fr", "ar")


@pytest.fixture(scope="module")
def tiny() -> Programme:
    return load_pack(LIBRARY / "tiny").programme


@pytest.fixture(scope="module")
def form(tiny: Programme) -> Form:
    return form_of(tiny, "village_year")


def test_the_questions_keep_the_order_of_the_jurist(form: Form) -> None:
    assert [section.id for section in form.sections] == ["homes", "words"]
    assert [field.id for field in form.fields] == [
        "households",
        "households/female",
        "households/male",
        "poor",
        "causes",
        "mood",
        "met_on",
    ]
    assert form.scope == {"rural"}
    assert form.frequency is Frequency.YEAR


def test_a_figure_is_called_as_its_indicator_unless_the_form_says(form: Form) -> None:
    assert form.field("households").title.in_("fr") == "fr: households"
    assert form.field("households/female").title.in_("ar") == "ar: female"
    assert form.field("poor").title.in_("en") == "en: poor homes"
    assert form.field("poor").help.in_("vi") == "vi: on the list"
    assert form.field("poor").jump == 3
    assert form.field("households").required
    assert not form.field("poor").required


def test_choices_have_words_in_every_language(form: Form) -> None:
    mood = form.field("mood")
    assert mood.kind is FieldKind.CHOICE
    assert [c.title.in_("en") for c in mood.choices] == ["en: good", "en: bad"]


def test_checks_are_read_with_what_they_say(form: Form) -> None:
    parts, share, leap = form.checks
    assert parts.rule == PartsEqualTotal("households")
    assert share.rule == PartOfWhole(Operand("poor"), Operand("households"))
    assert isinstance(leap.rule, Comparison)
    assert [o.lag for o in operands(leap.rule.right)] == [1]
    assert [check.hard for check in form.checks] == [True, True, False]
    assert leap.text.in_("vi") == "vi: no leap"


def test_the_calendar_calls_with_days_and_with_dates(tiny: Programme) -> None:
    yearly, last = tiny.calendar
    assert (yearly.opens, yearly.due, yearly.closes) == (-10, 20, 45)
    assert last.kind is RoundKind.FINAL
    assert last.period == parse_period("2021/2025")
    open_now = due_rounds(tiny, date(2025, 12, 22))
    assert [(r.call, r.due) for r in open_now] == [
        ("yearly", date(2026, 1, 20)),
        ("last", date(2026, 1, 31)),
    ]


def test_when_districts_end_the_province_reviews(tiny: Programme, form: Form) -> None:
    assert review_path(tiny, form, date(2025, 6, 30)) == ("district", "province")
    assert review_path(tiny, form, date(2025, 7, 1)) == ("province",)


def test_a_province_reports_in_the_forms_of_the_national_pack() -> None:
    province = load_pack(LIBRARY / "tiny_province").programme
    assert [form.id for form in province.forms] == ["village_span", "village_year"]
    assert [call.id for call in province.calendar] == ["yearly", "last"]


@pytest.mark.parametrize(
    "pack", sorted(p.parent for p in SHIPPED.glob("*/programme.yaml")), ids=str
)
def test_every_shipped_programme_can_be_reported_on(pack: Path) -> None:
    programme = load_pack(pack).programme
    assert programme.forms == ()
    asked = {field.indicator for form in forms_of(programme) for field in form.fields}
    collected = {i.id for i in programme.indicators.values() if i.roll_up.collected}
    assert asked == collected
    assert len(calendar_of(programme)) >= len(forms_of(programme))
    assert rounds_between(programme, date(2021, 1, 1), date(2026, 12, 31))


def test_the_built_in_programme_asks_for_everything_it_collects() -> None:
    programme = load_pack(PACK).programme
    forms = forms_of(programme)
    asked = {field.indicator for form in forms for field in form.fields}
    collected = {i.id for i in programme.indicators.values() if i.roll_up.collected}
    assert collected <= asked
    kinds = {f.kind for f in form_of(programme, "commune_quarter").fields}
    assert kinds == set(FieldKind)
    titles = [
        text
        for form in forms
        for field in form.fields
        for text in (form.title, field.title, *(c.title for c in field.choices))
    ]
    assert all(text.by_language.keys() == set(LANGUAGES) for text in titles)
