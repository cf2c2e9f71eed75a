"""Forms, findings and refusals in the words of a language."""

from __future__ import annotations

from decimal import Decimal

from donbay.domain.answers import Finding
from donbay.domain.default_forms import OTHER
from donbay.domain.forms import Field, Form, Section
from donbay.domain.indicators import Indicator
from donbay.domain.programmes import Programme
from donbay.domain.workflow import NotAllowed
from donbay.texts.wording import Wording

DIGITS = 9  # a reading is shown to the last digit, or two would look alike
_READINGS = {"joined", "parted"}
_NUMBERS = {"parts": "parts", "part": "part", "left": "sides"}


def finding_text(wording: Wording, found: Finding, form: Form) -> str:
    """What is wrong, why, and what to do, with the figures as the language has them."""
    given = {
        name: _shown(wording, name, value, form)
        for name, value in found.parameters.items()
    }
    if found.code == "check":
        given |= _of_check(wording, found, form, given)
    ends = wording.say(f"severity.{found.severity.value}")
    return f"{wording.say(f'finding.{found.code}', **given)} {ends}"


def _shown(wording: Wording, name: str, value: Decimal | str, form: Form) -> str:
    if isinstance(value, Decimal):
        return _figure(wording, value, grouped=name not in _READINGS)
    if name.endswith("_field"):
        known = {field.id: field.title for field in form.fields}
        return known[value].in_(wording.language, value) if value in known else value
    return wording.say(f"bound.{value}") if name == "bound" else value


def _figure(wording: Wording, value: Decimal, *, grouped: bool) -> str:
    """Without thousands marks where these are what is in question."""
    whole = value == value.to_integral_value()
    if whole and not grouped:
        return f"{value:.0f}"
    return wording.number(float(value), DIGITS)


def _of_check(
    wording: Wording, found: Finding, form: Form, given: dict[str, str]
) -> dict[str, str]:
    """What the jurist wrote, and the figures that break it."""
    says = {check.id: check.text for check in form.checks}
    name = str(found.parameters.get("check", ""))
    kind = next((said for key, said in _NUMBERS.items() if key in given), "sides")
    return {
        "says": says[name].in_(wording.language, name) if name in says else name,
        "numbers": wording.say(f"check_numbers.{kind}", **given),
    }


def refusal_text(wording: Wording, stop: NotAllowed) -> str:
    """Why an action on a report was refused."""
    given = dict(stop.parameters)
    if given.get("most", "").isdecimal():
        given["most"] = wording.number(int(given["most"]))
    for name in given.keys() & {"state", "action", "role"}:
        given[name] = wording.say(f"{name}.{given[name]}")
    if "who" in given:
        roles = (wording.say(f"role.{role}") for role in given["who"].split(", "))
        given["who"] = ", ".join(roles)
    return wording.say(f"not_allowed.{stop.code}", **given)


def form_title(wording: Wording, form: Form, programme: Programme) -> str:
    """Its own, or that of a default form."""
    if own := form.title.in_(wording.language):
        return own
    titles = {level.id: level.title for level in programme.levels}
    level = titles[form.level].in_(wording.language, form.level)
    return wording.say(f"form.default_{form.frequency.value}", level=level)


def section_title(wording: Wording, section: Section) -> str:
    usual = wording.say("form.other") if section.id == OTHER else section.id
    return section.title.in_(wording.language, usual)


def field_title(wording: Wording, field: Field, indicator: Indicator | None) -> str:
    """A part of a total is said with what it is a part of."""
    own = field.title.in_(wording.language, field.id)
    if field.category is None or indicator is None:
        return own
    whole = indicator.title.in_(wording.language)
    return own if own == whole else f"{whole}: {own}"
