"""`donbay explain` on a screen, as JSON, and as a folder cut down."""

import json
from pathlib import Path

import pytest
from tests.small import write_folder

from donbay.cli import main
from donbay.texts import LANGUAGES

Output = pytest.CaptureFixture[str]
ON = ("--on", "2025-06-30")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "water")


def test_value_rule_source_pace_and_rows(folder: Path, capsys: Output) -> None:
    words = ["explain", str(folder), *ON, "--unit", "bc", "--target", "water_95"]
    assert main([*words, "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "↑ on track" in shown
    assert "Homes with clean water, 2024: 85%" in shown
    assert "at least 95%, by 31 Dec 2026" in shown
    assert "60% on 31 Dec 2022; 95% on 31 Dec 2026" in shown
    assert "1/NQ-HDND, People's Council, 15 Jan 2023, Resolution on water, 2" in shown
    assert "[seen in a public page]" in shown
    assert "https://example.org/bulletin" in shown
    assert "11  Xã Bình" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language(folder: Path, capsys: Output, language: str) -> None:
    words = ["explain", str(folder), *ON, "--unit", "a", "--lang", language]
    assert main([*words, "--target", "water_95"]) == 0
    assert main([*words, "--set", "commune", "--criterion", "1"]) == 0
    shown = capsys.readouterr().out
    assert not [room for room in ("cli.", "heading.", "word.") if room in shown]


def test_as_json_and_cut(folder: Path, tmp_path: Path, capsys: Output) -> None:
    cut = tmp_path / "cut"
    words = ["explain", str(folder), *ON, "--unit", "bc", "--target", "water_95"]
    assert main([*words, "--format", "json", "--cut", str(cut)]) == 0
    first = json.loads(capsys.readouterr().out)
    assert [row["line"] for row in first["reports"]] == [5, 6, 7, 11]
    words[1] = str(cut)
    assert main([*words, "--format", "json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert [row["line"] for row in again["reports"]] == [2, 3, 4, 5]
    for told in (first, again):
        for row in told["reports"]:
            del row["line"]
    assert again == first


def test_a_cut_never_overwrites(folder: Path, capsys: Output) -> None:
    words = ["explain", str(folder), *ON, "--unit", "bc", "--target", "water_95"]
    assert main([*words, "--cut", str(folder), "--lang", "en"]) == 2
    assert "exists already" in capsys.readouterr().err


def test_it_must_be_told_what(folder: Path, capsys: Output) -> None:
    assert main(["explain", str(folder), "--unit", "a", "--lang", "en"]) == 2
    assert "--target" in capsys.readouterr().err
