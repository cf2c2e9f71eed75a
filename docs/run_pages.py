"""Run what the hand-written pages show, so that they print what really comes out.

- ```console: each line `$ donbay ...` is run, and what it prints stands below it. It
  may end in `| head -N` or `; echo $?`.
- ```pycon: each `>>>` with its `...` is run.
- ```csv NAME or ```text NAME: a file that the commands after it find under this name.

A page runs in a folder of its own, in which `packs` and `examples` are those of the
repository and `clean-water` is the pack of how-to/write-a-pack.md. What one block
leaves behind, the next one finds.
"""

from __future__ import annotations

import code
import io
import os
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from donbay.cli import main
from donbay.texts import LANGUAGES

BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEAD = re.compile(r"\| head -(\d+)$")
EXIT = "; echo $?"
OF_PACK = re.compile(r"^```yaml\n# (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# As in a pipe, in English, whoever runs it and wherever.
SURROUNDINGS = {"DONBAY_LANG": "en", "COLUMNS": "100", "POLARS_FMT_MAX_COLS": "8"}


def refreshed(root: Path) -> Iterator[tuple[Path, str]]:
    """Every page that shows commands, as it should be."""
    pages = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        if "```console" in text or "```pycon" in text:
            yield page, _run_page(text, root)


def _run_page(text: str, root: Path) -> str:
    with TemporaryDirectory() as folder, chdir(folder):
        for name in ("packs", "examples"):
            Path(name).symlink_to(root / name)
        write_pack(root, Path("clean-water"))
        session = code.InteractiveInterpreter()
        with patch.dict(os.environ, SURROUNDINGS):
            return BLOCK.sub(lambda found: _run_block(found, session), text)


def write_pack(root: Path, folder: Path) -> None:
    """The pack that the how-to page writes; its English stands for all languages."""
    page = root / "docs" / "how-to" / "write-a-pack.md"
    for name, text in OF_PACK.findall(page.read_text(encoding="utf-8")):
        named = (
            [name]
            if "texts/" not in name
            else [f"texts/{language}.yaml" for language in LANGUAGES]
        )
        for path in (folder / one for one in named):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def _run_block(found: re.Match[str], session: code.InteractiveInterpreter) -> str:
    kind, name, body = found.groups()
    if kind == "console":
        commands = re.findall(r"^\$ .+$", body, re.MULTILINE)
        shown = "\n".join(map(_run_command, commands))
        return f"```console\n{shown}```"
    if kind == "pycon":
        asked = re.findall(r"^>>> .+\n(?:\.\.\. .*\n)*", body, re.MULTILINE)
        shown = "".join(f"{lines}{_run_lines(lines, session)}" for lines in asked)
        return f"```pycon\n{shown}```"
    if name is not None:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(body, encoding="utf-8")
    return found[0]


def _run_command(line: str) -> str:
    asked = line.removeprefix("$ ")
    if asked.startswith(("cat ", "ls ", "mkdir ", "cp ")):
        return f"{line}\n{_run_shell(asked)}"
    status_wanted = asked.endswith(EXIT)
    asked = asked.removesuffix(EXIT)
    cut = HEAD.search(asked)
    words = shlex.split(HEAD.sub("", asked))
    if words[0] != "donbay":
        sys.exit(f"a page may only show donbay, cat, ls, mkdir and cp, not: {line}")
    status, printed = _run_donbay(words[1:])
    lines = printed.splitlines()
    shown = lines[: int(cut[1])] if cut else lines
    if status_wanted:
        shown.append(str(status))
    elif status and not cut:
        sys.exit(f"{line}\nended with {status}:\n{printed}")
    return "\n".join([line, *shown]) + "\n"


def _run_donbay(words: list[str]) -> tuple[int, str]:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(stream), redirect_stderr(stream):
        try:
            status = main(words)
        except SystemExit as left:
            status = left.code if isinstance(left.code, int) else 1
    stream.seek(0)
    return status, stream.read()


def _run_shell(asked: str) -> str:
    from subprocess import run  # noqa: PLC0415 -- few pages need it

    made = run(shlex.split(asked), check=True, capture_output=True, text=True)  # noqa: S603 -- one of four harmless commands, from our own page
    return made.stdout


def _run_lines(lines: str, session: code.InteractiveInterpreter) -> str:
    source = "".join(f"{line[4:]}\n" for line in lines.splitlines())
    stream = io.StringIO()
    with redirect_stdout(stream), redirect_stderr(stream):
        session.runsource(source, symbol="single")
    return stream.getvalue()
