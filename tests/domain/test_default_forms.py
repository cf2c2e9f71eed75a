"""Every programme can be reported on: forms that nobody declared, and who approves."""

from dataclasses import replace
from datetime import date

from tests.domain.reporting import (
    COMMUNE,
    FORM,
    HOMES,
    INDICATORS,
    MONEY,
    PROGRAMME,
)

from donbay.domain.criteria import (
    CriteriaSet,
    Criterion,
    Level,
    SubCriterion,
    Threshold,
)
from donbay.domain.default_forms import OTHER, form_for, form_of, forms_of, review_path
from donbay.domain.forms import FieldKind
from donbay.domain.indicators import Texts
from donbay.domain.periods import Frequency
from donbay.domain.programmes import Objective, UnitLevel
from donbay.domain.quantities import Comparator
from donbay.domain.targets import Target

END = date(2025, 12, 31)
DISTRICT = UnitLevel("district", end=date(2025, 6, 30))
WITH_DISTRICTS = replace(
    PROGRAMME, levels=(UnitLevel("country"), UnitLevel("province"), DISTRICT, COMMUNE)
)


def test_each_level_and_frequency_has_its_form_and_the_computed_is_not_asked() -> None:
    yearly = replace(HOMES, id="forest", frequency=Frequency.YEAR, level="province")
    programme = replace(PROGRAMME, indicators=INDICATORS | {"forest": yearly})
    forms = forms_of(programme)
    assert [form.id for form in forms] == ["commune_quarter", "province_year"]
    asked = [field.id for field in forms[0].fields]
    assert "poverty" not in asked
    assert [x for x in asked if x.startswith("money")] == [
        "money",
        "money/state",
        "money/people",
    ]
    assert {field.kind for field in forms[0].fields} == {FieldKind.FIGURE}
    assert not any(field.required for field in forms[0].fields)


def test_questions_stand_under_the_objective_that_rests_on_them() -> None:
    people = Texts({"en": "People"})
    goal = Target("t", "poverty", Comparator.AT_MOST, 3, END, objective="people")
    water = SubCriterion("1.1", Threshold("water", Comparator.AT_LEAST, ()))
    village = CriteriaSet(
        "village", "commune", (Level("standard", (Criterion("1", water),)),)
    )
    programme = replace(
        PROGRAMME,
        objectives=(Objective("people", people),),
        targets=(goal,),
        criteria=(village,),
    )
    first, second, rest = forms_of(programme)[0].sections
    assert first.title == people
    assert [field.id for field in first.fields] == ["homes", "poor"]
    assert second.id == "criterion_village_1"
    assert rest.id == OTHER
    assert [section.id for section in forms_of(PROGRAMME)[0].sections] == [OTHER]


def test_parts_are_called_as_the_pack_calls_them() -> None:
    state = Texts({"en": "State"})
    named = replace(MONEY, category_titles={"state": state})
    programme = replace(PROGRAMME, indicators={"money": named})
    assert form_of(programme, "commune_quarter").field("money/state").title == state


def test_declared_forms_take_the_place_of_all_others() -> None:
    programme = replace(PROGRAMME, forms=(FORM,))
    assert forms_of(programme) == (FORM,)
    assert form_of(programme, "report") is FORM


def test_the_lowland_is_not_asked_what_only_mountains_have() -> None:
    wells = replace(INDICATORS["poor"], scope=frozenset({"mountain"}))
    programme = replace(PROGRAMME, indicators=INDICATORS | {"poor": wells})
    low = form_for(programme, FORM, frozenset())
    high = form_for(programme, FORM, frozenset({"mountain"}))
    assert low
    assert high
    assert "poor" not in [field.id for field in low.fields]
    assert "poor" in [field.id for field in high.fields]
    island = replace(FORM, scope=frozenset({"island"}))
    assert form_for(programme, island, frozenset({"mountain"})) is None


def test_the_nearest_level_above_approves_as_long_as_it_exists() -> None:
    assert review_path(WITH_DISTRICTS, FORM, date(2025, 6, 30)) == ("district",)
    assert review_path(WITH_DISTRICTS, FORM, date(2025, 7, 1)) == ("province",)
    country = replace(FORM, level="country")
    assert review_path(WITH_DISTRICTS, country, END) == ("country",)


def test_a_declared_path_passes_over_levels_that_have_ended() -> None:
    both = replace(FORM, review=("district", "province"))
    assert review_path(WITH_DISTRICTS, both, date(2025, 1, 1)) == (
        "district",
        "province",
    )
    assert review_path(WITH_DISTRICTS, both, END) == ("province",)
    gone = replace(FORM, review=("district",))
    assert review_path(WITH_DISTRICTS, gone, END) == ("province",)
