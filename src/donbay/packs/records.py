"""What building has at hand: values that were checked, and the words of the pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from donbay.domain.indicators import Texts
from donbay.packs.book import Book, Path_
from donbay.packs.reader import Found
from donbay.packs.texts import LANGUAGES, all_words

T = TypeVar("T")


def need(found: Found, key: str, kind: type[T]) -> T:
    """A value that the checks have made sure of."""
    value = found.get(key, kind)
    if value is None:
        msg = f"{found.place}: {key}"
        raise LookupError(msg)
    return value


@dataclass(frozen=True)
class Words:
    """Look-up of the pack's texts by path, in every language."""

    by_language: Mapping[str, Mapping[Path_, str]]

    def of(self, *path: str, instead: Path_ = ()) -> Texts:
        found = {
            language: words.get(path) or words.get(instead, "")
            for language, words in self.by_language.items()
        }
        return Texts({language: text for language, text in found.items() if text})


def words_of(book: Book) -> Words:
    """The four languages in their order, then any others."""
    others = sorted(book.texts.keys() - set(LANGUAGES))
    spoken = [x for x in (*LANGUAGES, *others) if x in book.texts]
    return Words(
        {
            language: {
                path: said
                for path, (said, _) in all_words(book.texts[language]).items()
            }
            for language in spoken
        }
    )
