"""`donbay demo`: the shipped programmes, told the same on every run."""

import pytest

from donbay.cli import main
from donbay.texts import LANGUAGES

Output = pytest.CaptureFixture[str]


def test_29_communes_become_13(capsys: Output) -> None:
    assert main(["demo", "thai-nguyen-13", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "Communes before: 29, after: 13" in shown
    assert "more than 398.925 billion VND" in shown


def test_claims_stand_apart(capsys: Output) -> None:
    assert main(["demo", "quang-ninh-06", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    board, claims = shown.split("Claims, kept apart")
    assert "21 of 25" in claims
    assert "21 of 25" not in board
    assert "more than 120,000 billion VND" in board


def test_money_by_source(capsys: Output) -> None:
    assert main(["demo", "ha-tinh-2024", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "16.47%" in shown
    assert "95.539 billion VND" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_in_every_language(capsys: Output, language: str) -> None:
    assert main(["demo", "--lang", language]) == 0
    assert "donbay explain" in capsys.readouterr().out


def test_an_unknown_example_says_which_there_are(capsys: Output) -> None:
    assert main(["demo", "atlantis", "--lang", "en"]) == 2
    assert "thai-nguyen-13" in capsys.readouterr().err
