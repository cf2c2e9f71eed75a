"""Known names: reads a cell that must hold one, and says which was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from donbay.tables.findings import Fault, fault
from donbay.tables.nearest import Nearest


class Vocabulary:
    """Names of one kind; `listed` puts all of them into the message."""

    def __init__(
        self, names: Iterable[str], unknown: str, *, listed: bool = False
    ) -> None:
        self.names = tuple(dict.fromkeys(names))
        self._known = set(self.names)
        self._unknown = unknown
        self._expected = {"expected": ", ".join(self.names)} if listed else {}
        self._nearest = Nearest(self.names)

    @classmethod
    def of_anything(cls) -> Vocabulary:
        """Where what is known could not be read: nothing is held against it."""
        return _Anything((), "")

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def read(self, text: str) -> str | Fault:
        return text if text in self._known else self.unknown(text)

    def unknown(self, text: str) -> Fault:
        near = self._nearest.to(text)
        if near:
            return fault("misspelt", found=text[:60], nearest=near)
        return fault(self._unknown, found=text[:60], **self._expected)


class _Anything(Vocabulary):
    """Knows every name."""

    def read(self, text: str) -> str | Fault:
        return text
