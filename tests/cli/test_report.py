"""`donbay report`: files in the languages and formats asked for, or a refusal."""

from pathlib import Path

import pytest
from tests.small import write_folder

from donbay.cli import main

Output = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "water")


def test_one_language_in_one_format(
    folder: Path, tmp_path: Path, capsys: Output
) -> None:
    words = ("--period", "2024", "--lang", "fr", "--formats", "xlsx")
    assert main(["report", str(folder), *words, "--output", str(tmp_path)]) == 0
    made = tmp_path / "water-p-annual-2024-fr.xlsx"
    assert made.read_bytes().startswith(b"PK")
    assert made.name in "".join(capsys.readouterr().out.split())


@pytest.mark.slow
def test_four_languages_in_three_formats(folder: Path, tmp_path: Path) -> None:
    words = ("--period", "2024", "--languages", "vi", "en", "fr", "ar")
    assert main(["report", str(folder), *words, "--output", str(tmp_path)]) == 0
    assert len(list(tmp_path.glob("water-p-annual-2024-*"))) == 12


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--period", "2024-Q5"), "“2024-Q5” is no period"),
        (("--period", "2024", "--unit", "nowhere"), "nowhere"),
        (("--period", "2024", "--output", "not/there"), "folder"),
        (("--period", "2024", "--wording", "not-there.yaml"), "There is no such file"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    folder: Path, tmp_path: Path, capsys: Output, words: tuple[str, ...], said: str
) -> None:
    given = ("--lang", "en", "--formats", "xlsx", "--output", str(tmp_path))
    assert main(["report", str(folder), *given, *words]) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.glob("*.xlsx"))
