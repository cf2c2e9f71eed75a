"""Copies of the fast engine with one expression changed."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import donbay.engine.fast
from donbay.domain.verdicts import Evaluation

PACKAGE = donbay.engine.fast.__name__
FOLDER = Path(donbay.engine.fast.__file__).parent

Engine = Callable[..., Evaluation]


@dataclass(frozen=True)
class Mutant:
    """`old`, which occurs once in the whole engine, becomes `new`."""

    old: str
    new: str


@contextmanager
def engine_with(mutant: Mutant, name: str) -> Iterator[Engine]:
    """`evaluate_rows` of a copy of the fast engine in which the mutant lives."""
    with TemporaryDirectory() as folder:
        copy_package(Path(folder) / name, mutant, name)
        sys.path.insert(0, folder)
        importlib.invalidate_caches()
        try:
            yield importlib.import_module(name).evaluate_rows
        finally:
            sys.path.remove(folder)
            for module in [m for m in sys.modules if m.split(".")[0] == name]:
                del sys.modules[module]


def copy_package(folder: Path, mutant: Mutant, name: str) -> None:
    folder.mkdir()
    for file, text in texts().items():
        changed = text.replace(mutant.old, mutant.new).replace(PACKAGE, name)
        (folder / file).write_text(changed, encoding="utf-8")


def times_in_engine(mutant: Mutant) -> int:
    return sum(text.count(mutant.old) for text in texts().values())


def texts() -> dict[str, str]:
    return {p.name: p.read_text(encoding="utf-8") for p in FOLDER.glob("*.py")}
