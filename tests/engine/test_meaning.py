"""Every worked case of docs/reference/meaning.md, on every engine."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.engine.worked import Case, Engine, cases, evaluated, faults

from donbay.engine import plain

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "meaning.md"
TEXT = PAGE.read_text(encoding="utf-8")
CASES = list(cases(TEXT))
RULES = 32
ENGINES: dict[str, Engine] = {"plain": plain.evaluate}
if find_spec("donbay.engine.fast"):
    from donbay.engine import fast

    ENGINES["fast"] = fast.evaluate_rows


@pytest.mark.parametrize("engine", ENGINES.values(), ids=list(ENGINES))
@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_engine_says_what_the_page_says(case: Case, engine: Engine) -> None:
    assert case.then, "the case expects nothing"
    found = faults(case, evaluated(case, engine))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("rule", range(1, RULES + 1))
def test_every_rule_has_a_case(rule: int) -> None:
    assert [case for case in CASES if case.title.startswith(f"{rule}. ")]


def test_every_section_of_words_has_a_case() -> None:
    words = [h for h in TEXT.splitlines() if h.startswith("### ")]
    told = {f"### {case.title}" for case in CASES}
    assert [heading for heading in words if heading not in told] == []
