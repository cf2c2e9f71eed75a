"""Where something stands in a pack, and the list of what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from donbay.domain.problems import Problem

SHOWN = 12
LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A file as the reader named it, a line from 1, and the path of keys to it."""

    file: str
    line: int | None = None
    path: str = ""

    def key(self, name: str, line: int | None = None) -> Place:
        path = f"{self.path}.{name}" if self.path else name
        return replace(self, path=path, line=line or self.line)

    def item(self, name: str, line: int | None = None) -> Place:
        return replace(self, path=f"{self.path}[{name}]", line=line or self.line)


@dataclass
class Problems:
    """Everything refused so far, in the order in which it was met."""

    found: list[Problem] = field(default_factory=list)

    def add(self, place: Place, code: str, **parameters: object) -> None:
        said = {name: quoted(value) for name, value in parameters.items()}
        self.found.append(
            Problem(f"pack.{code}", place.file, place.line, place.path or None, said)
        )

    def in_order(self) -> list[Problem]:
        """By file and line, each once."""
        unique = {
            (p.file, p.line or 0, p.code, p.column, tuple(p.parameters.items())): p
            for p in self.found
        }
        return sorted(unique.values(), key=lambda p: (p.file, p.line or 0))


def quoted(value: object) -> str:
    """As text for a message: numbers without a needless `.0`, long texts cut."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_QUOTE * 4 else text[: LONGEST_QUOTE * 4] + "…"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known words most like `word`; failing that all, as far as they can be shown.

    Reads `-` where nothing is known.
    """
    words = sorted(set(known))
    close = get_close_matches(word[:LONGEST_QUOTE], words, n=3, cutoff=0.6)
    shown = close or words[:SHOWN]
    more = ["…"] if not close and len(words) > SHOWN else []
    return ", ".join(shown + more) or "-"
