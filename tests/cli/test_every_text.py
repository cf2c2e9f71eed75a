"""The command in a made-up language: its help, its tables and what it refuses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.made_up_language import SPOKEN, foreign, speak, words_of
from tests.small import OBSERVATIONS, PROGRAMME, SOURCES, TEXTS, UNITS, write_folder

from donbay.cli import main
from donbay.cli.options import parser
from donbay.texts import Catalogue

Output = pytest.CaptureFixture[str]
VERBS = (
    *("demo", "serve", "create-admin", "load", "import", "backup", "restore"),
    *("verify", "boards", "evaluate", "explain", "check", "boundaries"),
    *("generate", "read", "report"),
)
DATA = words_of([TEXTS, UNITS, SOURCES, OBSERVATIONS, PROGRAMME, "donbay", VERBS])
# Options, choices, names of arguments, paths, and what stands in the words of a shell.
TYPED = re.compile(r"--?[a-z][\w-]*|\{[^}]*\}|\b[A-Z]+\b|[\w.<>-]*[/\\][^\s:,]*")
PROSE = "Năm 2024, xã An có 90 hộ có nước sạch trên 100 hộ."


@pytest.fixture(autouse=True)
def spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "water")


def said(capsys: Output, words: Sequence[object]) -> str:
    """What was printed, on both sides."""
    capsys.readouterr()
    try:
        main([*map(str, words), "--lang", SPOKEN])
    except SystemExit as stop:
        assert stop.code in {0, 2}  # noqa: PT017 -- argparse exits by itself
    printed = capsys.readouterr()
    return f"{printed.out}\n{printed.err}"


def faults(text: str, *known: object) -> list[str]:
    data = DATA | words_of(known)
    lines = (TYPED.sub("", line) for line in text.splitlines())
    return [f"{bad} in {line!r}" for line in lines if (bad := foreign(line, data))]


def test_every_verb_is_asked_here() -> None:
    named = parser(Catalogue("en"))._subparsers  # noqa: SLF001 -- argparse tells it nowhere else
    assert named is not None
    (verbs,) = named._group_actions  # noqa: SLF001 -- the same
    assert verbs.choices is not None
    assert set(verbs.choices) == set(VERBS)


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_the_help_of_a_verb(capsys: Output, verb: str) -> None:
    text = said(capsys, [*([verb] if verb else []), "--help"])
    names = ("folder", "file", "pack", "document", "files", "archive", "names")
    assert not faults(text, names)


@pytest.mark.parametrize(
    "words",
    [
        ("evaluate",),
        ("evaluate", "a", "b"),
        ("evaluate", "a", "--engine", "quick"),
        ("evaluate", "a", "--on", "never"),
        ("evaluate", "a", "--on"),
        ("evaluate", "a", "--kno", "2024-01-01", "--p"),
        ("nothing",),
        ("report", "a", "--period", "2024", "--formats", "odt"),
        ("generate", "a", "--communes", "none"),
    ],
)
def test_words_that_cannot_be_taken(capsys: Output, words: Sequence[str]) -> None:
    text = said(capsys, words)
    choices = ("fast", "plain", "folder", "pdf", "docx", "xlsx", "b'")
    assert not faults(text, words, choices)


def test_tables_reasons_and_checks(capsys: Output, folder: Path) -> None:
    for table in ("targets", "values", "criteria", "levels", "mobilisation"):
        text = said(capsys, ("evaluate", folder, "--table", table))
        assert not faults(text, "fast"), table
    for about in (("--target", "water_95"), ("--set", "commune", "--criterion", "1")):
        asked = ("explain", folder, "--unit", "a", *about)
        assert not faults(said(capsys, asked), "csv plain"), about
    assert not faults(said(capsys, ("check", folder / "pack")))


def test_what_is_refused_in_a_folder(capsys: Output, folder: Path) -> None:
    told = folder / "observations.csv"
    told.write_text(f"{told.read_text()}zz,served,2024,,x,,2025-13-45,y\n", "utf-8")
    text = said(capsys, ("evaluate", folder))
    assert text.count("observations.csv") >= 2
    names = ("zz", "x", "observations.csv", "value", "unit", "recorded_at", "y")
    assert not faults(text, names)


def test_what_is_refused_in_a_pack(capsys: Output, folder: Path) -> None:
    targets = folder / "pack" / "targets.yaml"
    targets.write_text(targets.read_text().replace("at_least", "more or less"), "utf-8")
    text = said(capsys, ("check", folder / "pack"))
    assert "targets.yaml" in text
    choices = ("at_least", "at_most", "above", "below")
    assert not faults(text, "targets.yaml", "comparator", "or less", *choices)


def test_a_document_that_is_read(capsys: Output, tmp_path: Path) -> None:
    told = tmp_path / "tin.txt"
    told.write_text(PROSE, "utf-8")
    text = said(capsys, ("read", told))
    assert not faults(text, PROSE, "tin.txt", SPOKEN, "households")


def test_a_report_that_is_printed(capsys: Output, folder: Path, tmp_path: Path) -> None:
    options = ("--period", "2024", "--formats", "xlsx", "--output", tmp_path)
    assert not faults(said(capsys, ("report", folder, *options)))
    assert not faults(said(capsys, ("report", folder, "--period", "soon")), "soon")


def test_a_planted_text_is_found(
    capsys: Output, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    speak(monkeypatch, without=["heading.target", "cli.usage"])
    assert faults(said(capsys, ("evaluate", folder)), "fast")
    assert faults(said(capsys, ("evaluate", "--help")))
