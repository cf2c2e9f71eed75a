"""`donbay check`: fine, refused, or with cases that fail."""

import json
from pathlib import Path

import pytest
from tests.small import write_pack

from donbay.cli import main

Output = pytest.CaptureFixture[str]
CASE = """
- name: Nine homes of ten
  given:
    on: 2025-02-01
    units: [{id: p, level: province}, {id: a, level: commune, parent: p}]
    observations:
      - {unit: a, indicator: served, period: '2024', value: 9}
      - {unit: a, indicator: homes, period: '2024', value: 10}
  then:
    targets:
      - {unit: a, target: water_95, status: on_track, value: 90}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    made = write_pack(tmp_path / "water")
    (made / "cases").mkdir()
    (made / "cases" / "one.yaml").write_text(CASE.replace("on:", "'on':"))
    return made


def test_fine(pack: Path, capsys: Output) -> None:
    assert main(["check", str(pack), "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "fine" in shown
    assert "Cases: 1" in shown


def test_a_case_that_fails(pack: Path, capsys: Output) -> None:
    case = pack / "cases" / "one.yaml"
    case.write_text(case.read_text().replace("on_track", "missed"))
    assert main(["check", str(pack), "--lang", "en"]) == 1
    shown = capsys.readouterr().out
    assert "status: on_track" in shown
    assert "fast engine" in shown
    assert "plain engine" in shown


def test_a_case_without_its_row(pack: Path, capsys: Output) -> None:
    case = pack / "cases" / "one.yaml"
    case.write_text(case.read_text().replace("{unit: a, target", "{unit: p, target"))
    case.write_text(case.read_text().replace("value: 90", "value: 91"))
    assert main(["check", str(pack), "--lang", "en", "--format", "json"]) == 1
    failed = json.loads(capsys.readouterr().out)["failed_cases"]
    assert {f["engine"] for f in failed} == {"fast", "plain"}


def test_a_broken_pack_does_not_hide_another(pack: Path, capsys: Output) -> None:
    broken = write_pack(pack.parent / "broken")
    targets = broken / "targets.yaml"
    targets.write_text(targets.read_text().replace("value: 95", "value: much"))
    assert main(["check", str(broken), str(pack), "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert "fine" in told.out
    assert "targets.yaml" in told.err


def test_problems_for_machines(pack: Path, capsys: Output) -> None:
    (pack / "targets.yaml").unlink()
    (pack / "programme.yaml").unlink()
    assert main(["check", str(pack), "--format", "json", "--lang", "en"]) == 2
    assert json.loads(capsys.readouterr().out)["problems"]
