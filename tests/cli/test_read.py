"""`donbay read` on the command line."""

import csv
import json
from pathlib import Path

import pytest

from donbay.cli import main

TEXT = (
    "In 2031 Gia Lai province has 1,250 poor households, "
    "8/40 communes have none (20%).\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_claims_come_as_json_with_decimal_strings(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "claims.json"
    assert main(["read", str(report), "--format", "json", "--output", str(out)]) == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    claim = told["claims"][1]
    assert (claim["text"], claim["value"], claim["place"], claim["time"]) == (
        "1,250",
        "1250",
        "Gia Lai",
        "2031",
    )
    assert claim["alternatives"] == ["1.25"]
    assert [r["holds"] for r in told["relations"] if r["kind"] == "rate"] == [True]


def test_claims_come_as_csv(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "claims.csv"
    assert main(["read", str(report), "--format", "csv", "--output", str(out)]) == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert {"document", "value", "unit", "ledger"} <= rows[0].keys()
    assert rows[1]["unit"] == "count"


def test_a_page_marks_every_claim_and_escapes_the_text(tmp_path: Path) -> None:
    path, out = tmp_path / "a.txt", tmp_path / "a.html"
    path.write_text("The <b>town</b> has 40 schools & 3 roads.", encoding="utf-8")
    arguments = ["--format", "html", "--output", str(out), "--lang", "ar"]
    assert main(["read", str(path), *arguments]) == 0
    page = out.read_text(encoding="utf-8")
    assert page.count("<mark") == 2
    assert "&lt;b&gt;town" in page
    assert 'dir="rtl"' in page


def test_two_documents_are_compared(
    report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(TEXT.replace("1,250", "1,260"), encoding="utf-8")
    assert main(["read", str(report), str(other)]) == 0
    shown = capfd.readouterr().out
    assert "“1,250 poor households” against “1,260 poor households” (value)" in shown


def test_a_file_that_is_not_there_is_refused(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(tmp_path / "none.txt")]) == 2
    assert "cannot be opened" in capfd.readouterr().err
