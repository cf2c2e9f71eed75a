"""What an officer in Xa Ba reads beside a figure, in her own language."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from tests.domain.reporting import FORM, INDICATORS, PROGRAMME, answers, with_checks

from donbay.domain.answers import Answer, Finding, Severity
from donbay.domain.calls import RoundKind
from donbay.domain.default_forms import forms_of
from donbay.domain.findings import findings
from donbay.domain.forms import Check, PartsEqualTotal
from donbay.domain.indicators import Texts
from donbay.domain.periods import Frequency
from donbay.domain.quantities import Bound
from donbay.domain.roles import MEANS, RoleKind
from donbay.domain.rounds import RoundState
from donbay.domain.typed_numbers import read_number
from donbay.domain.workflow import Action, NotAllowed, State, move
from donbay.texts import LANGUAGES, Wording
from donbay.texts.catalogue import room
from donbay.texts.reporting import (
    finding_text,
    form_title,
    refusal_text,
    section_title,
)

DOMAIN = Path(__file__).parents[2] / "src" / "donbay" / "domain"
RULES = ("figure_rules.py", "findings.py", "sum_rules.py")


def said(language: str, found: Finding) -> str:
    return finding_text(Wording(language), found, FORM)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_reporting_has_words(language: str) -> None:
    wanted = {f"state.{x}" for x in State} | {f"state_means.{x}" for x in State}
    wanted |= {f"action.{x}" for x in Action} | {f"role.{x}" for x in RoleKind}
    wanted |= {f"role_means.{x}" for x in RoleKind}
    wanted |= {f"round_kind.{x}" for x in RoundKind}
    wanted |= {f"round_state.{x}" for x in RoundState}
    wanted |= {f"severity.{x}" for x in Severity}
    wanted |= {f"form.default_{x}" for x in Frequency}
    code = "".join((DOMAIN / name).read_text(encoding="utf-8") for name in RULES)
    codes = re.findall(r'(?:yield|return|Finding\() ?\(?"([a-z_]+)", ', code)
    codes += re.findall(r'"(unit_against_\w+|number_\w+)"', code)
    numbers = (DOMAIN / "typed_numbers.py").read_text(encoding="utf-8")
    codes += [
        f"number_{x}" for x in re.findall(r'return "([a-z_]+)"', numbers) if x != "_"
    ]
    assert len(codes) > 20
    # A comparison is always the jurist's, who gives the words.
    wanted |= {f"finding.{x}" for x in codes if x != "comparison"}
    assert not wanted - room("reporting", language).keys()


def test_the_prose_of_roles_is_the_same_in_code_and_page() -> None:
    words = room("reporting", "en")
    assert {x: words[f"role_means.{x}"] for x in RoleKind} == dict(MEANS)


def test_both_readings_are_written_as_each_language_writes_them() -> None:
    typed = answers(homes=1, money=read_number("398,925", "vi"))
    (found,) = findings(FORM, INDICATORS, typed)
    assert "398925 (dấu ngăn hàng nghìn) hoặc 398,925 (dấu thập phân)" in said(
        "vi", found
    )
    assert "398925 (the mark parts thousands) or 398.925" in said("en", found)
    assert "398925 (العلامة تفصل الآلاف)" in said("ar", found)


def test_a_soft_finding_asks_for_a_note_and_a_hard_one_says_it_stops() -> None:
    soft = Finding("jump", "poor", Severity.SOFT, {"value": Decimal(9)})
    assert said("en", soft).endswith("If it is right, say why in a note.")
    hard = Finding("missing", "poor", Severity.HARD)
    assert said("en", hard).endswith("Until then the report cannot be sent.")


def test_a_check_is_said_in_the_words_of_the_jurist_with_its_figures() -> None:
    words = Texts({"en": "The sources make all money."})
    form = with_checks(Check("sum", PartsEqualTotal("money"), words))
    typed = answers(homes=1, money=500, money_state=300, money_people=100)
    (found,) = findings(form, INDICATORS, typed)
    text = finding_text(Wording("en"), found, form)
    assert "The sources make all money." in text
    assert "parts 400, total 500" in text


def test_a_bound_is_said_in_words() -> None:
    typed = {"homes": Answer(Decimal(85), Bound.MORE_THAN)}
    (found,) = findings(FORM, INDICATORS, typed)
    assert "more_than" not in said("vi", found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_machine_is_left_in_a_sentence(language: str) -> None:
    typed = answers(
        homes=10,
        poor=20,
        money=500,
        money_state=600,
        water=120,
        mood="fine",
        met_on="soon",
        **{"yield": 398_925},
    )
    for found in findings(FORM, INDICATORS, typed):
        assert not re.search(r"[{}]|finding\.", said(language, found)), found.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_action_names_who_may(language: str) -> None:
    with pytest.raises(NotAllowed) as stop:
        move(State.SENT, 0, Action.APPROVE, RoleKind.REPORTER, 1)
    text = refusal_text(Wording(language), stop.value)
    assert Wording(language).say("role.reviewer") in text
    assert not re.search(r"[{}]|reviewer\b.*programme_office", text)


def test_forms_that_nobody_declared_have_titles() -> None:
    (form,) = forms_of(PROGRAMME)
    assert form_title(Wording("fr"), form, PROGRAMME) == (
        "Chiffres trimestriels : commune"
    )
    assert section_title(Wording("en"), form.sections[0]) == "Other figures"
