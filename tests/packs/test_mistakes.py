"""Every mistake is refused at its line, with a code that has words for it."""

import re
from pathlib import Path

import pytest
import yaml
from tests.packs.mistakes import Mistake, mistakes

from donbay.domain.problems import Problem, Refused
from donbay.packs import load_pack, read_cases

TEXTS = Path(__file__).parents[2] / "src" / "donbay" / "texts"
PACKS = TEXTS.parent / "packs"
LANGUAGES = ("vi", "en", "fr", "ar")
MISTAKES = mistakes()


def problems_of(pack: Path) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        read_cases(pack, load_pack(pack).programme)
    return refused.value.problems


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.name)
def test_a_mistake_is_refused_where_it_stands(mistake: Mistake, tmp_path: Path) -> None:
    pack = mistake.make(tmp_path)
    found = problems_of(pack)
    assert {problem.code for problem in found} == mistake.codes
    code = f"pack.{mistake.text('code')}"
    places = {
        (Path(p.file).relative_to(tmp_path).as_posix(), p.line)
        for p in found
        if p.code == code
    }
    assert (mistake.place, mistake.line(pack)) in places
    if "suggestion" in mistake.said:
        suggested = {p.parameters.get("suggestion") for p in found}
        assert mistake.text("suggestion") in suggested


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_a_mistake_uses_its_parameters(
    language: str, tmp_path: Path
) -> None:
    words = catalogue(language)
    for number, mistake in enumerate(MISTAKES[::7]):
        for problem in problems_of(mistake.make(tmp_path / str(number))):
            named = set(re.findall(r"{(\w+)}", words[problem.code].replace("{{", "")))
            assert named <= problem.parameters.keys(), problem.code


def test_there_are_more_than_forty_kinds_of_mistake() -> None:
    assert len({mistake.text("code") for mistake in MISTAKES}) > 100


def test_every_code_has_words_in_four_languages() -> None:
    codes = {language: catalogue(language).keys() for language in LANGUAGES}
    assert codes["vi"] == codes["en"] == codes["fr"] == codes["ar"]
    tried = {code for mistake in MISTAKES for code in mistake.codes}
    assert tried <= codes["en"]


def test_there_are_words_only_for_what_is_said() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in PACKS.glob("*.py"))
    said = set(re.findall(r'"([a-z_0-9]+)"', code))
    assert {name.removeprefix("pack.") for name in catalogue("en")} <= said


def catalogue(language: str) -> dict[str, str]:
    path = TEXTS / f"packs.{language}.yaml"
    found: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found
