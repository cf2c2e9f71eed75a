"""`donbay boards`: the shipped programmes, told the same on every run."""

import pytest

from donbay.cli import main
from donbay.folder.shipped import shipped
from donbay.texts import LANGUAGES

Output = pytest.CaptureFixture[str]


def test_29_communes_become_13(capsys: Output) -> None:
    assert main(["boards", "thai-nguyen-13", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "Communes before: 29, after: 13" in shown
    assert "more than 398.925 billion VND" in shown


def test_claims_stand_apart(capsys: Output) -> None:
    assert main(["boards", "quang-ninh-06", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    board, claims = shown.split("Claims, kept apart")
    assert "21 of 25" in claims
    assert "21 of 25" not in board
    assert "more than 120,000 billion VND" in board


def test_money_by_source(capsys: Output) -> None:
    assert main(["boards", "ha-tinh-2024", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "16.47%" in shown
    assert "95.539 billion VND" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_in_every_language(capsys: Output, language: str) -> None:
    assert main(["boards", "--lang", language]) == 0
    assert "donbay explain" in capsys.readouterr().out


def test_an_unknown_example_says_which_there_are(capsys: Output) -> None:
    assert main(["boards", "atlantis", "--lang", "en"]) == 2
    assert "thai-nguyen-13" in capsys.readouterr().err


def test_three_totals_that_are_never_added(capsys: Output) -> None:
    words = [
        "evaluate",
        "--table",
        "mobilisation",
        "--on",
        "2025-12-31",
        "--lang",
        "en",
    ]
    (folder,) = (path for path in shipped("examples") if path.name == "quang-ninh-06")
    assert main([*words, str(folder)]) == 0
    shown = capsys.readouterr().out
    for figure in ("120,000 billion", "118,100 billion", "118,000 billion"):
        assert f"more than {figure} VND" in shown
    assert shown.count("about 16%") == 2
    assert "more than 84%" in shown
    assert "more than 5 times" in shown
    assert "overlaps in time with a total of another scope" in shown
    assert "19,200" not in shown, "nobody published an amount of the budget"
