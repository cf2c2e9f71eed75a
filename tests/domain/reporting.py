"""The commune of Xa Ba, its quarterly form, and a programme around it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from donbay.domain.answers import Answer, Typed
from donbay.domain.forms import Check, Choice, Field, FieldKind, Form, Section
from donbay.domain.indicators import Indicator, Measure, OverTime, RollUp
from donbay.domain.periods import Frequency
from donbay.domain.programmes import Programme, UnitLevel

QUARTER = Frequency.QUARTER
HOMES = Indicator("homes", "commune", QUARTER, RollUp.SUM, decimals=0)
POOR = Indicator("poor", "commune", QUARTER, RollUp.SUM, decimals=0)
POVERTY = Indicator(
    *("poverty", "commune", QUARTER, RollUp.RATIO),
    numerator="poor",
    denominator="homes",
    scale=100,
    unit="%",
    high=100,
)
MONEY = Indicator(
    *("money", "commune", QUARTER, RollUp.SUM),
    measure=Measure.FLOW,
    over_time=OverTime.SUM,
    unit="dong",
    categories=("state", "people"),
)
WATER = Indicator(
    *("water", "commune", QUARTER, RollUp.MEAN), unit="%", decimals=1, low=0, high=100
)
YIELD = Indicator("yield", "commune", QUARTER, RollUp.NONE, unit="ton", low=1, high=900)
INDICATORS = {x.id: x for x in (HOMES, POOR, POVERTY, MONEY, WATER, YIELD)}
COMMUNE = UnitLevel("commune")
PROGRAMME = Programme(
    "p", (UnitLevel("country"), UnitLevel("province"), COMMUNE), INDICATORS
)


def figure(name: str, category: str | None = None, **more: object) -> Field:
    own = f"{name}/{category}" if category else name
    field = Field(own, FieldKind.FIGURE, name, category)
    return replace(field, **more)  # type: ignore[arg-type]  # the caller names fields of it


FORM = Form(
    *("report", "commune", QUARTER),
    (
        Section(
            "figures",
            (
                figure("homes", required=True),
                figure("poor"),
                figure("money"),
                figure("money", "state"),
                figure("money", "people"),
                figure("water"),
                figure("yield"),
            ),
        ),
        Section(
            "words",
            (
                Field("causes", FieldKind.TEXT),
                Field(
                    *("mood", FieldKind.CHOICE), choices=(Choice("good"), Choice("bad"))
                ),
                Field("met_on", FieldKind.DATE),
            ),
        ),
    ),
)


def with_checks(*checks: Check) -> Form:
    return replace(FORM, checks=checks)


def answers(**values: Typed | float | Answer) -> dict[str, Answer]:
    """`money_state=5` answers the field money/state."""
    return {
        name.replace("_state", "/state").replace("_people", "/people"): _answer(value)
        for name, value in values.items()
    }


def _answer(value: Typed | float | Answer) -> Answer:
    if isinstance(value, Answer):
        return value
    return Answer(Decimal(str(value)) if isinstance(value, int | float) else value)


def last(**values: float | None) -> Mapping[str, Decimal | None]:
    return {k: None if v is None else Decimal(str(v)) for k, v in values.items()}
