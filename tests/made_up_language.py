"""A made-up language: every text of the catalogues, in Greek letters.

It is spoken where Vietnamese would be. What a reader then sees in other letters is
either data (names of places, people and documents, what somebody typed) or a text that
stands outside the catalogues. The fonts have Greek letters too, so it can be printed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

import pytest

from donbay.texts import catalogue

SPOKEN = "vi"
GREEK = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZđĐ",
    "αβγδεφγηιξκλμνοπψρστυβωχυζΑΒΓΔΕΦΓΗΙΞΚΛΜΝΟΠΨΡΣΤΥΒΩΧΥΖδΔ",
)
_FIELD = re.compile(r"\{(?P<name>\w*)(?::(?P<forms>[^}]*=[^}]*))?\}")
_WORD = re.compile(r"[^\W\d_]+")
_GREEK = re.compile(r"[\u0370-\u03ff]+")


def put(text: str) -> str:
    """A text in the made-up language; its fields keep their names."""
    made, last = [], 0
    for one in _FIELD.finditer(text):
        made += [_letters(text[last : one.start()]), _field(one)]
        last = one.end()
    return "".join([*made, _letters(text[last:])])


def _letters(text: str) -> str:
    bare = (
        x for x in unicodedata.normalize("NFD", text) if not unicodedata.combining(x)
    )
    return "".join(bare).translate(GREEK)


def _field(found: re.Match[str]) -> str:
    forms = found["forms"]
    if not forms:
        return found[0]
    told = (form.split("=", 1) for form in forms.split(";"))
    put_ = ";".join(f"{name}={_letters(text)}" for name, text in told)
    return f"{{{found['name']}:{put_}}}"


def speak(patch: pytest.MonkeyPatch, *, without: Iterable[str] = ()) -> None:
    """Until the patch is undone; `without` are codes that stay as they are."""
    own: Callable[[str], Mapping[str, str]] = catalogue._house  # noqa: SLF001 -- the one place where texts come from
    left = frozenset(without)

    @cache
    def house(language: str) -> Mapping[str, str]:
        texts = own(language)
        if language != SPOKEN:
            return texts
        return {c: text if c in left else put(text) for c, text in texts.items()}

    patch.setattr(catalogue, "_house", house)


def foreign(text: str, data: frozenset[str]) -> list[str]:
    """Words in other letters that are no data."""
    found = (word for word in _WORD.findall(text) if not _GREEK.fullmatch(word))
    return [word for word in found if word.casefold() not in data]


def words_of(texts: Iterable[object]) -> frozenset[str]:
    """The words of data, to be told from texts."""
    return frozenset(w.casefold() for text in texts for w in _WORD.findall(str(text)))


# --- what a page shows ---

_SAID = {
    *("title", "alt", "placeholder", "label", "abbr", "summary"),
    *("aria-label", "aria-description", "aria-placeholder", "aria-valuetext"),
    *("aria-roledescription", "data-label", "data-say", "data-confirm"),
}
_BUTTONS = {"submit", "button", "reset"}
_SILENT = {"script", "style", "template", "textarea", "code", "kbd"}
_OPTIONS = {"name", "text", "subtext", "formatter", "summary"}


@dataclass
class Form:
    """A form that acts, with its fields: name, kind, and what stands in them."""

    action: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)

    def filled(self, typed: str) -> dict[str, str]:
        """What is hidden or chosen stays; whatever can be typed holds `typed`."""
        return {
            name: value if kind in _CHOSEN else typed
            for name, kind, value in self.fields
            if name and kind != "file"
        }


_CHOSEN = {"hidden", "radio", "checkbox", "submit", "button", "select"}


class Page(HTMLParser):
    """Every text that a reader of a page may come to see or hear, with where it is."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self._inside: Form | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._heard(tag, given)
        self._asked(tag, given)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._heard(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def _asked(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "form":
            self._inside = Form(given.get("action", ""))
            if given.get("method", "").casefold() == "post":
                self.forms.append(self._inside)
        elif tag in {"input", "textarea", "select", "button"} and self._inside:
            kind = given.get("type", "text") if tag in {"input", "button"} else tag
            one = (given.get("name", ""), kind, given.get("value", ""))
            self._inside.fields.append(one)
        elif tag == "option" and self._inside and self._inside.fields:
            name, kind, value = self._inside.fields[-1]
            if kind == "select" and (not value or "selected" in given):
                self._inside.fields[-1] = (name, kind, given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if data.strip() and not _SILENT & set(self.open):
            self.texts.append((self.open[-1] if self.open else "", data.strip()))

    def _heard(self, tag: str, given: Mapping[str, str]) -> None:
        names = _SAID & given.keys()
        if tag == "meta" and given.get("name") in {"description", "application-name"}:
            names = names | {"content"}
        if tag == "input" and given.get("type") in _BUTTONS:
            names = names | {"value"}
        self.texts += [(f"{tag}[{name}]", given[name]) for name in sorted(names)]
        if chart := given.get("data-chart"):
            self.texts += [("chart", text) for text in drawn(json.loads(chart))]


_VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
    *("source", "track", "wbr"),
}


def drawn(option: object, key: str = "") -> Iterator[str]:
    """The texts of a chart's option."""
    if isinstance(option, dict):
        for name, value in option.items():
            yield from drawn(value, name)
    elif isinstance(option, list):
        for value in option:
            yield from drawn(value, "text" if key == "data" else key)
    elif isinstance(option, str) and key in _OPTIONS and "{" not in option:
        yield option
