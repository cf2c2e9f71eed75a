"""Whatever stands in a file: problems, never a traceback, and nothing that hangs."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.packs.mistakes import LIBRARY

from donbay.domain.problems import Problem, Refused
from donbay.packs import load_pack, read_cases
from donbay.packs.nodes import parse_nodes
from donbay.packs.places import Problems

NAMES = sorted(
    path.relative_to(LIBRARY / "tiny").as_posix()
    for path in (LIBRARY / "tiny").rglob("*.yaml")
)
words = st.sampled_from(
    [
        *("id", "indicator", "value", "poverty", "at_least", "2024", "2021/2025", "-"),
        *("no", "~", "1e3", "05716", "[", "]", "{", "}", ":", ": ", "- ", "\n", "\n  "),
        *(
            "&a",
            "*a",
            "!!int",
            "#",
            "'",
            '"',
            "|",
            "\t",
            "\x00",
            "é",
            "ế",
            "٣",
            "\ufeff",
        ),
        *(
            "all",
            "any",
            "if",
            "sub",
            "levels",
            "node",
            "limits",
            "times",
            "given",
            "then",
        ),
    ]
)
yaml_like = st.lists(words, max_size=30).map("".join)


@contextmanager
def copy() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        pack = Path(folder) / "tiny"
        shutil.copytree(LIBRARY / "tiny", pack)
        yield pack


def survive(pack: Path) -> None:
    found: tuple[Problem, ...] = ()
    try:
        read_cases(pack, load_pack(pack).programme)
    except Refused as refused:
        found = refused.problems or (Problem("nothing", ""),)
    assert all(p.code.startswith("pack.") and p.file for p in found)


@pytest.mark.slow
@given(name=st.sampled_from(NAMES), data=st.binary(max_size=200))
def test_any_bytes(name: str, data: bytes) -> None:
    with copy() as pack:
        (pack / name).write_bytes(data)
        survive(pack)


@pytest.mark.slow
@given(name=st.sampled_from(NAMES), text=yaml_like)
def test_anything_like_yaml(name: str, text: str) -> None:
    with copy() as pack:
        (pack / name).write_text(text, encoding="utf-8")
        survive(pack)


@pytest.mark.slow
@given(
    name=st.sampled_from(NAMES),
    word=st.text(max_size=6) | yaml_like,
    at=st.floats(0, 1),
    length=st.integers(0, 40),
)
def test_a_good_file_with_a_part_overwritten(
    name: str, word: str, at: float, length: int
) -> None:
    with copy() as pack:
        text = (pack / name).read_text(encoding="utf-8")
        start = int(at * len(text))
        mended = text[:start] + word + text[start + length :]
        (pack / name).write_text(mended, encoding="utf-8", errors="replace")
        survive(pack)


@pytest.mark.slow
@given(name=st.sampled_from(NAMES), data=st.data())
def test_a_good_file_with_lines_moved(name: str, data: st.DataObject) -> None:
    with copy() as pack:
        lines = (pack / name).read_text(encoding="utf-8").splitlines()
        moved = data.draw(st.permutations(lines))
        keep = data.draw(st.integers(0, len(lines)))
        (pack / name).write_text("\n".join(moved[:keep]), encoding="utf-8")
        survive(pack)


@given(text=st.text(max_size=100) | yaml_like)
def test_any_text_is_read_or_refused(text: str) -> None:
    problems = Problems()
    found = parse_nodes(text, "x.yaml", problems)
    assert (found is None) == bool(problems.found) or problems.found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000, "pack.too_deep"),
        ("{a: " * 100_000, "pack.too_deep"),
        ("- " * 100_000, "pack.too_deep"),
        ("a: &a [x]\nb: *a\n" * 10, "pack.yaml_alias"),
        ("a" * 100_000, None),
    ],
    ids=["brackets", "braces", "dashes", "aliases", "long word"],
)
def test_bombs_do_not_go_off(text: str, code: str | None) -> None:
    problems = Problems()
    parse_nodes(text, "x.yaml", problems)
    assert [p.code for p in problems.found] == ([code] if code else [])


@pytest.mark.parametrize(
    "formula",
    ["(" * 300 + "1" + ")" * 300, "1" * 900, "-" * 900 + "1", "1+" * 400 + "1", "1j"],
    ids=["brackets", "digits", "signs", "sums", "imaginary"],
)
def test_formulas_do_not_break_the_reader(formula: str) -> None:
    with copy() as pack:
        path = pack / "indicators" / "road_length.yaml"
        text = path.read_text(encoding="utf-8").rsplit("formula: ", 1)[0]
        path.write_text(f"{text[:-9]}formula: '{formula}'\n", encoding="utf-8")
        survive(pack)


def test_a_formula_has_an_end() -> None:
    with copy() as pack:
        path = pack / "indicators" / "road_length.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text + " + roads" * 200, encoding="utf-8")
        with pytest.raises(Refused) as refused:
            load_pack(pack)
        assert "pack.formula_long" in {p.code for p in refused.value.problems}


def test_a_very_large_file_is_not_read() -> None:
    with copy() as pack:
        (pack / "tasks.yaml").write_bytes(b"# x\n" * 600_000)
        with pytest.raises(Refused) as refused:
            load_pack(pack)
        assert "pack.file_too_large" in {p.code for p in refused.value.problems}
