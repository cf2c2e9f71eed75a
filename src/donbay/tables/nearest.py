"""Which known name a mistyped one most likely meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property

_SEPARATORS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\D")
_LEAST = 4  # shorter names are too alike for one letter to tell


class Nearest:
    """An index of names by what remains when case, accents or one letter are lost."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)

    def to(self, text: str) -> str | None:
        """None where no name is near."""
        folded = _folded(text)
        exact = self._index.get(folded)
        if exact or len(folded) < _LEAST:
            return exact
        near = (self._index.get(shorter) for shorter in _shorter(folded))
        likely = (name for name in near if name and _same_digits(name, folded))
        return next(likely, None) or self._longer(folded)

    def _longer(self, folded: str) -> str | None:
        found = [n for n, whole in self._first if whole.startswith(folded)]
        return found[0] if len(found) == 1 else None

    @cached_property
    def _first(self) -> list[tuple[str, str]]:
        """The first names, with what remains of them."""
        return [(name, _folded(name)) for name in self._names[:1000]]

    @cached_property
    def _index(self) -> dict[str, str]:
        index: dict[str, str] = {}
        for name in self._names:
            for shorter in _shorter(_folded(name)):
                index.setdefault(shorter, name)
        index.update((_folded(name), name) for name in reversed(self._names))
        return index


def _folded(text: str) -> str:
    """Without case, accents, separators and leading zeros."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return _SEPARATORS.sub("", bare).lstrip("0")


def _same_digits(name: str, folded: str) -> bool:
    """Between numbered names a digit tells one from another: it is not guessed."""
    return _DIGITS.sub("", _folded(name)) == _DIGITS.sub("", folded)


def _shorter(folded: str) -> Iterator[str]:
    if len(folded) >= _LEAST:
        for i in range(len(folded)):
            yield folded[:i] + folded[i + 1 :]
