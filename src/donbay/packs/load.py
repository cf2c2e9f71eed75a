"""A pack folder in, a checked programme out, or every reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from donbay.domain.problems import Refused
from donbay.domain.programmes import Programme
from donbay.packs.book import Book, joined, read_book
from donbay.packs.build import Builder
from donbay.packs.check_calendar import check_calendar
from donbay.packs.check_criteria import check_criteria
from donbay.packs.check_forms import check_forms
from donbay.packs.check_indicators import check_indicators
from donbay.packs.check_programme import check_programme, check_sources, check_tasks
from donbay.packs.check_targets import check_targets
from donbay.packs.checking import Checking
from donbay.packs.files import base_folder, find_files, shown
from donbay.packs.overlay import check_tighten
from donbay.packs.places import Problems
from donbay.packs.texts import check_texts, flat, read_texts

_CHECKS = (
    check_programme,
    check_indicators,
    check_targets,
    check_tasks,
    check_criteria,
    check_forms,
    check_calendar,
    check_tighten,
    check_sources,
    check_texts,
)
MOST_BASES = 5


@dataclass(frozen=True)
class Pack:
    """A programme with what was read beside it.

    - `texts`: per language, words by path: `indicators.income` is a title,
      `indicators.income.unit` its unit.
    - `files`: all that were read, those of the national pack first.
    - `edition`: the first day of the edition in force; None before any.
    """

    path: Path
    programme: Programme
    texts: Mapping[str, Mapping[str, str]]
    files: tuple[Path, ...]
    edition: date | None = None
    extends: str | None = None


def load_pack(
    path: Path, *, on: date | None = None, library: Path | None = None
) -> Pack:
    """Read and check a pack, as in force on `on` (the newest edition without a day).

    A pack that it extends is looked for in `library`, by default the folder in which
    the pack lies. Raises Refused with every problem found.
    """
    problems = Problems()
    book, edition = _book(Path(path), on, library or _parent(Path(path)), problems)
    if book is not None:
        checking = Checking(book, problems)
        for check in _CHECKS:
            check(checking)
    if problems.found or book is None:
        raise Refused(problems.in_order())
    return Pack(
        Path(path),
        Builder(book).programme(),
        {language: flat(files) for language, files in book.texts.items()},
        tuple(book.files),
        edition,
        book.programme.get("extends", str),
    )


def _parent(path: Path) -> Path:
    """`pack/` and `./pack` alike; a bare name lies in the current folder."""
    return path.absolute().parent


def _book(
    path: Path, on: date | None, library: Path, problems: Problems, depth: int = 0
) -> tuple[Book | None, date | None]:
    """None where the programme's own file cannot be read: all else hangs on it."""
    files = find_files(path, on, problems)
    book = read_book(files, problems)
    book.texts = read_texts(files, problems)
    if not book.programme.values:
        return None, None
    wanted = book.programme.get("extends", str)
    if wanted is None:
        return book, files.edition
    place = book.programme.at("extends")
    folder = base_folder(wanted, library)
    if folder is None or depth > MOST_BASES or _same(folder, path):
        code = "base_missing" if folder is None else "base_circle"
        problems.add(place, code, id=wanted, library=shown(library))
        return None, None
    base, _ = _book(folder, on, library, problems, depth + 1)
    if base is None:
        problems.add(place, "base_broken", id=wanted, folder=shown(folder))
        return None, None
    return joined(base, book, problems), files.edition


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
