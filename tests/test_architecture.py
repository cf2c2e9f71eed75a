"""What the contracts of the layers cannot say about the shape of the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "donbay"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
JUNK_DRAWERS = {"utils", "util", "common", "helpers", "helper", "base", "misc"}
# The core is a pure function of what it is given: these would ask the world.
IMPURE = {"open", "print", "input", "today", "now", "utcnow", "eval", "exec"}

TEXT = {".py", ".md", ".yaml", ".toml", ".txt", ".csv", ".json", ".svg", ".sh", ""}
OURS = ("src", "tests", "packs", "examples", "docs", "benchmarks", "requirements")
MACHINE_PATH = re.compile(
    r"(?<![\w.:/}-])/(?:work/(?=main|shared|wt-|\.)|(?:root|home/\w+|Users/\w+)/)"
)
PACKAGE_SOURCE = re.compile(
    r"--(?:extra-)?index-url|--find-links|https?://\S+/simple\b"
)
LATER = re.compile(r"\b(?:TODO|FIXME)\b")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(read(path))


def our_texts() -> Iterator[Path]:
    for folder in OURS:
        for path in (ROOT / folder).rglob("*"):
            parents = path.relative_to(ROOT).parts[:-1]
            made = any(part[0] in "._" or part in {"data", "out"} for part in parents)
            if path.suffix in TEXT and path.is_file() and not made:
                yield path
    yield from (path for path in ROOT.iterdir() if path.is_file())
    yield ROOT / ".ci" / "run"


OUR_TEXTS = sorted(set(our_texts()) - {Path(__file__)})

every_module = pytest.mark.parametrize("path", MODULES, ids=name_of)


def test_there_is_something_to_check() -> None:
    assert MODULES
    assert OUR_TEXTS


@every_module
def test_a_file_is_short(path: Path) -> None:
    lines = len(read(path).splitlines())
    assert lines <= LONGEST_FILE, f"{lines} lines: give a part of it a name and a file"


@every_module
def test_a_function_is_short(path: Path) -> None:
    long = [
        f"{node.name}, line {node.lineno}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long, f"over {LONGEST_FUNCTION} lines"


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.parent.name != "migrations"], ids=name_of
)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree_of(path)), (
        "the first line says what the module is for"
    )


@every_module
def test_no_module_is_a_junk_drawer(path: Path) -> None:
    place = {path.stem, *path.relative_to(PACKAGE).parent.parts}
    assert not place & JUNK_DRAWERS, "it belongs to the noun that it helps"


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("domain/**/*.py")), ids=name_of)
def test_the_core_does_not_ask_the_world(path: Path) -> None:
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    asked = [
        f"{called}(), line {call.lineno}"
        for call in calls
        if (called := called_name(call.func)) in IMPURE
    ]
    assert not asked, "pass the day, the file or the text in"


def called_name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


@pytest.mark.parametrize(
    "folder", sorted({path.parent for path in MODULES}), ids=name_of
)
def test_every_folder_of_code_is_a_package(folder: Path) -> None:
    assert (folder / "__init__.py").is_file()


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (MACHINE_PATH, "a path of somebody's machine"),
        (PACKAGE_SOURCE, "where packages come from is each machine's own setting"),
        (LATER, "do it, or file it as an issue"),
    ],
    ids=["machine path", "package source", "work left for later"],
)
def test_no_file_holds(pattern: re.Pattern[str], why: str) -> None:
    found = [
        f"{name_of(path)}:{number}: {line.strip()[:80]}"
        for path in OUR_TEXTS
        for number, line in enumerate(read(path).splitlines(), start=1)
        if pattern.search(line)
    ]
    assert not found, why


@pytest.mark.parametrize("name", ["run", "dev", "bench"])
def test_every_requirement_has_a_hash_and_no_address(name: str) -> None:
    text = read(ROOT / "requirements" / f"{name}.txt")
    assert "://" not in text
    pinned = re.findall(r"^[a-z].*?(?=^[a-z]|\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert pinned
    assert all("==" in block and "--hash=sha256:" in block for block in pinned)
