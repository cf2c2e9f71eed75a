"""`donbay evaluate`: what comes out, and what is refused."""

import csv
import io
import json
import re
import sys
from pathlib import Path

import polars as pl
import pytest
from rich.cells import cell_len
from tests.small import OBSERVATIONS, write_folder

from donbay.cli import main
from donbay.cli.evaluate import show
from donbay.cli.options import TABLES
from donbay.cli.screen import Screen
from donbay.cli.sentences import Sentences
from donbay.folder import open_folder
from donbay.texts import LANGUAGES, Wording

ON = ("--on", "2025-06-30")
ANSI = re.compile(r"\x1b\[[0-9;]*m")
Output = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "water")


class Terminal(io.StringIO):
    """A screen of a person."""

    def isatty(self) -> bool:
        return True


def test_a_board_for_people(folder: Path, capsys: Output) -> None:
    assert main(["evaluate", str(folder), *ON, "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "Judged on 30 Jun 2025" in shown
    assert "Map of 30 Jun 2025" in shown
    assert "Clean water for 95 %" in shown
    assert "↑ on track" in shown
    assert "\x1b" not in shown, "no colour in a pipe"


def test_csv_for_machines(folder: Path, capsys: Output) -> None:
    assert main(["evaluate", str(folder), *ON, "--format", "csv", "--unit", "p"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["unit"], row["status"], row["value"]) == ("p", "on_track", "87.5")
    assert (row["on"], row["known"], row["map"]) == ("2025-06-30", "", "2025-06-30")


def test_json_for_machines(folder: Path, capsys: Output) -> None:
    words = ["evaluate", str(folder), *ON, "--format", "json", "--known", "2025-02-01"]
    assert main(words) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["on"], found["known"]) == ("2025-06-30", "2025-02-01")
    assert found["synthetic"] is False
    assert [row["unit"] for row in found["rows"]] == ["p", "a", "bc"]


def test_json_of_an_empty_table_is_json(folder: Path, capsys: Output) -> None:
    words = ["evaluate", str(folder), *ON, "--format", "json", "--map", "2020-01-01"]
    assert main([*words, "--unit", "bc"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == []


def test_parquet_into_a_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "values.parquet"
    words = ["evaluate", str(folder), *ON, "--table", "values"]
    assert main([*words, "--format", "parquet", "--output", str(out)]) == 0
    frame = pl.read_parquet(out)
    assert frame.filter(unit="p", indicator="clean_water")["value"].to_list() == [87.5]
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize("table", ["targets", "criteria", "levels", "values"])
@pytest.mark.parametrize("engine", ["fast", "plain"])
def test_every_table_in_both_engines(
    folder: Path, capsys: Output, table: str, engine: str
) -> None:
    words = ["evaluate", str(folder), *ON, "--table", table, "--engine", engine]
    assert main([*words, "--lang", "en"]) == 0
    assert "Engine: " + engine in capsys.readouterr().out


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_in_colour(folder: Path, language: str) -> None:
    """Colour is never the only sign: each status has a sign and a word."""
    study = open_folder(folder, on="2025-06-30")
    days, words = study.days(), Wording(language)
    stream = Terminal()
    screen = Screen(stream)
    screen.console.width = 200
    say = Sentences(study, days, words)
    for table in ("targets", "criteria", "levels", "values", "mobilisation"):
        show(screen, table, study.rows(table, days), say)
    shown = stream.getvalue()
    assert "\x1b[" in shown
    assert f"↑ {words.say('status.on_track')}" in shown
    assert "Xã Bình Cát" in shown


def test_the_language_of_the_environment(
    folder: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONBAY_LANG", "fr")
    assert main(["evaluate", str(folder), *ON]) == 0
    assert "Jugé au 30 juin 2025" in capsys.readouterr().out


def test_bounds_stay_what_they_are(folder: Path, capsys: Output) -> None:
    more = OBSERVATIONS.replace("a,served,2024,,90,,", "a,served,2024,,90,more_than,")
    (folder / "observations.csv").write_text(more)
    words = ["evaluate", str(folder), *ON, "--table", "values", "--unit", "a"]
    assert main([*words, "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "more than 90 homes" in shown
    assert "at least 90%" in shown


def test_a_synthetic_folder_says_so(folder: Path, capsys: Output) -> None:
    (folder / "SYNTHETIC.md").write_text("made up")
    assert main(["evaluate", str(folder), *ON, "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("SYNTHETIC")


BAD = OBSERVATIONS + "x,served,2024,,1,,2025-01-10,\na,served,2024,,ten,,2025-01-10,\n"


def test_bad_input_is_refused_whole(
    folder: Path, tmp_path: Path, capsys: Output
) -> None:
    (folder / "observations.csv").write_text(BAD)
    out = tmp_path / "out.csv"
    words = ["evaluate", str(folder), *ON, "--format", "csv", "--output", str(out)]
    assert main([*words, "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert not out.exists()
    assert told.out == ""
    assert "Problems found: 2" in told.err
    assert "line 12" in told.err
    assert "line 13" in told.err


def test_all_problems_for_machines(
    folder: Path, tmp_path: Path, capsys: Output
) -> None:
    (folder / "observations.csv").write_text(BAD)
    listed = tmp_path / "problems.json"
    words = ["evaluate", str(folder), *ON, "--problems", str(listed)]
    assert main([*words, "--format", "json", "--lang", "en"]) == 2
    found = json.loads(capsys.readouterr().out)["problems"]
    assert found == json.loads(listed.read_text())["problems"]
    assert [p["line"] for p in found] == [12, 13]
    assert all(p["message"] and p["code"] and p["column"] for p in found)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--unit", "nobody"], "nobody"),
        (["--level", "village"], "province, commune"),
        (["--pack", "nowhere"], "nowhere"),
    ],
)
def test_a_wrong_option_says_what_there_is(
    folder: Path, capsys: Output, words: list[str], said: str
) -> None:
    assert main(["evaluate", str(folder), *ON, *words, "--lang", "en"]) == 2
    assert said in capsys.readouterr().err


def test_a_day_must_be_iso(folder: Path, capsys: Output) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["evaluate", str(folder), "--on", "31/12/2025", "--lang", "en"])
    assert stop.value.code == 2
    assert "2025-12-31" in capsys.readouterr().err


def test_an_output_folder_that_is_not_there(folder: Path, capsys: Output) -> None:
    words = ["evaluate", str(folder), *ON, "--output", str(folder / "no" / "x.csv")]
    assert main([*words, "--format", "csv", "--lang", "en"]) == 2
    assert "no such folder" in capsys.readouterr().err


@pytest.mark.parametrize("width", [60, 80, 100])
def test_a_board_is_never_wider_than_the_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    for table in TABLES:
        terminal = Terminal()
        monkeypatch.setattr(sys, "stdout", terminal)
        words = ["evaluate", str(folder), *ON, "--table", table, "--lang", "en"]
        assert main(words) == 0
        lines = ANSI.sub("", terminal.getvalue()).splitlines()
        assert max(cell_len(line) for line in lines) <= width
