"""Codes put in words: one flat YAML map for each room of the house and language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

import yaml

LANGUAGES = ("vi", "en", "fr", "ar")
DEFAULT = "en"
DECIMAL_MARKS = {"vi": ",", "fr": ","}  # elsewhere a point
SEVERAL = 100.0  # chooses `other` in all four languages
COUNTS = "other="  # a text with it has forms by number
ROOMS = (
    "acts",
    "attention",
    "boards",
    "boundaries",
    "charts",
    "cli",
    "documents",
    "evidence",
    "imports",
    "packs",
    "people",
    "portal",
    "printed",
    "publications",
    "quality",
    "reorganisations",
    "reporting",
    "rounds",
    "site",
    "submissions",
    "tables",
    "verdicts",
    "workbooks",
)
_NO_DIGIT = re.compile(r"\D")
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Given(dict[str, str]):
    """Parameters; one that was not given keeps its place in the text."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


class _Counted(str):
    """A number, as written, that chooses among the forms of what is counted.

    `{count:one=# place;other=# places}`: the names of the forms are those of CLDR, `#`
    is the number, and `other` serves where a form is not given.
    """

    __slots__ = ("language",)
    language: str

    def __format__(self, forms: str) -> str:
        if not forms:
            return str(self)
        named = dict(form.split("=", 1) for form in forms.split(";"))
        form = named.get(_plural(self.language)(self._value()), named["other"])
        return form.replace("#", self)

    def _value(self) -> float:
        """Read back as its language writes it; what is no number is many."""
        whole, _, rest = self.partition(DECIMAL_MARKS.get(self.language, "."))
        digits = f"{_NO_DIGIT.sub('', whole)}.{_NO_DIGIT.sub('', rest)}"
        return float(digits) if digits.strip(".") else SEVERAL


class _AllGiven(_Given):
    """The same, where a text counts."""

    def __init__(self, language: str, parameters: Mapping[str, object]) -> None:
        super().__init__()
        self.language = language
        for name, value in parameters.items():
            self[name] = self._counted(str(value))

    def __missing__(self, name: str) -> str:
        return self._counted(super().__missing__(name))

    def _counted(self, text: str) -> _Counted:
        made = _Counted(text)
        made.language = self.language
        return made


@cache
def _plural(language: str) -> Callable[[float], str]:
    from babel import Locale  # noqa: PLC0415 -- most of what is said counts nothing

    return Locale.parse(language).plural_form


@cache
def room(name: str, language: str) -> Mapping[str, str]:
    """The texts of one room; empty where the room has none in this language."""
    path = files(__package__) / f"{name}.{language}.yaml"
    if not path.is_file():
        return {}
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader) or {}  # noqa: S506 -- the base loader makes only text


@cache
def _house(language: str) -> Mapping[str, str]:
    """All rooms of a language; no two share a code."""
    return {code: text for name in ROOMS for code, text in room(name, language).items()}


class Catalogue:
    """The words of one language.

    A code without a text is said in English; failing that, as itself with its
    parameters, so that nothing is ever hidden.
    """

    def __init__(self, language: str = DEFAULT) -> None:
        if language not in LANGUAGES:
            raise ValueError(language)
        self.language = language

    @property
    def right_to_left(self) -> bool:
        return self.language == "ar"

    def __contains__(self, code: str) -> bool:
        return self._text(code) is not None

    def say(self, code: str, **parameters: object) -> str:
        text = self._text(code)
        if text is None:
            given = ", ".join(f"{k}={v}" for k, v in parameters.items())
            return f"{code} ({given})" if given else code
        if not parameters and "{" not in text:
            return text
        if COUNTS in text:
            return text.format_map(_AllGiven(self.language, parameters))
        return text.format_map(_Given({k: str(v) for k, v in parameters.items()}))

    def _text(self, code: str) -> str | None:
        return _house(self.language).get(code) or _house(DEFAULT).get(code)


def choose_language(asked: str | None, environment: Mapping[str, str]) -> str:
    """What was asked for, else DONBAY_LANG, else the locale's, else English."""
    if asked:
        return asked
    for name in ("DONBAY_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if (language := environment.get(name, "")[:2].lower()) in LANGUAGES:
            return language
        if environment.get(name) and name != "DONBAY_LANG":
            break
    return DEFAULT
