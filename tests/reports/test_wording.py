"""The wording of reports belongs to the office, and nothing else can get in by it."""

from pathlib import Path

import pytest
from tests.reports.province import matter, report, words
from tests.small import write_folder

from donbay.cli import main
from donbay.domain.passages import PASSAGES, faults_of, filled
from donbay.domain.problems import Refused
from donbay.folder import open_folder
from donbay.texts import LANGUAGES, Wording
from donbay.texts.catalogue import room

Output = pytest.CaptureFixture[str]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_usual_wording_names_only_known_fields(language: str) -> None:
    usual = room("printed", language)
    for passage in PASSAGES:
        assert not list(faults_of(passage, usual[f"passage.{passage}"]))
    assert {f"passage.{name}" for name in PASSAGES} == {
        code for code in usual if code.startswith("passage.")
    }


def test_the_office_words_a_passage_itself(tmp_path: Path) -> None:
    made = report(
        matter(tmp_path / "water"),
        wording={"introduction": "Kính gửi {place}.", "state": "Dòng một\nDòng hai"},
    )
    assert "Kính gửi Tỉnh Một." in words(made)
    assert made.head.state == ("Dòng một", "Dòng hai")


def test_a_pack_words_a_passage_for_all_its_provinces(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "water")
    for language in LANGUAGES:
        with (folder / "pack" / "texts" / f"{language}.yaml").open("a") as file:
            file.write("report:\n  introduction: On water in {place}.\n")
    assert "On water in Tỉnh Một." in words(report(matter(folder)))


def test_a_pack_with_an_unknown_field_is_refused_on_its_line(tmp_path: Path) -> None:
    pack = write_folder(tmp_path / "water") / "pack"
    text = (pack / "texts" / "en.yaml").read_text()
    (pack / "texts" / "en.yaml").write_text(
        f"{text}report:\n  introduction: On {{palce}} at {{\n"
    )
    with pytest.raises(Refused) as refused:
        open_folder(tmp_path / "water")
    found = [
        (p.code, p.line, dict(p.parameters)["found"]) for p in refused.value.problems
    ]
    line = len(text.splitlines()) + 2
    assert found == [
        ("pack.passage_unknown_field", line, "palce"),
        ("pack.passage_stray_brace", line, "palce} at {"),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("In {place} for {period}.", []),
        ("In {palce}.", ["unknown_field"]),
        ("In {place.name}.", ["stray_brace", "stray_brace"]),
        ("In {0} and {place!r}.", ["stray_brace"] * 4),
        ("{" * 2, ["stray_brace"] * 2),
        ("a" * 5000, ["too_long"]),
    ],
)
def test_what_would_not_be_filled_in_is_refused(text: str, codes: list[str]) -> None:
    assert [fault.code for fault in faults_of("introduction", text)] == codes


def test_a_passage_that_there_is_not_is_refused() -> None:
    (fault,) = faults_of("introdution", "x")
    assert fault.code == "unknown_passage"


def test_what_is_filled_in_is_never_filled_in_again() -> None:
    fields = {"place": "{period}", "period": "2024"}
    assert filled("{place}, {period}", fields) == "{period}, 2024"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_refuses_a_wrong_wording_in_the_readers_language(
    tmp_path: Path, capsys: Output, language: str
) -> None:
    folder = write_folder(tmp_path / "water")
    wording = tmp_path / "wording.yaml"
    wording.write_text("vi:\n  introduction: 'Ở {noi}.'\n", encoding="utf-8")
    code = main(
        [
            *("report", str(folder), "--period", "2024", "--lang", language),
            *("--wording", str(wording), "--output", str(tmp_path)),
        ]
    )
    assert code == 2
    known = ", ".join(sorted(PASSAGES["introduction"]))
    said = Wording(language).say("wording.unknown_field", found="noi", known=known)
    shown = "".join(capsys.readouterr().err.split())
    assert "".join(said.split()) in shown
    assert not list(tmp_path.glob("*.pdf"))
