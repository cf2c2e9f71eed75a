"""Every problem has words in the four languages, with the same parameters."""

import ast
import re
from pathlib import Path

import pytest
import yaml

SOURCE = Path(__file__).parents[2] / "src" / "donbay"
LANGUAGES = ("vi", "en", "fr", "ar")
NAMED = re.compile(r"\{(\w+)(?::[^}]*=[^}]*)?\}")


def texts(language: str) -> dict[str, str]:
    path = SOURCE / "texts" / f"tables.{language}.yaml"
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def codes() -> dict[str, set[str]]:
    """Every code in the source with the parameters that are always given."""
    found: dict[str, set[str]] = {}
    for path in (SOURCE / "tables").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                called = node.func.id
                place = {"fault": 0, "Vocabulary": 1}.get(called)
                if place is None or len(node.args) <= place:
                    continue
                code = node.args[place]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    names = {str(word.arg) for word in node.keywords}
                    found.setdefault(f"tables.{code.value}", set()).update(names)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_text_and_every_text_a_code(language: str) -> None:
    assert set(texts(language)) == set(codes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_name_the_same_parameters_in_every_language(language: str) -> None:
    for code, text in texts("en").items():
        assert set(NAMED.findall(texts(language)[code])) == set(NAMED.findall(text))


def test_texts_name_only_what_is_given() -> None:
    given = codes()
    for code, text in texts("en").items():
        known = given[code] | ({"found"} if code.endswith("unknown") else set())
        if "listed" in known:
            known = known | {"expected"}
        if "None" not in known:  # that is: nothing was passed as **mapping
            assert set(NAMED.findall(text)) <= known, code
