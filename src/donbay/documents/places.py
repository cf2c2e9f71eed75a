"""Which place a number is about: names in all their spellings, nearest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml
from rapidfuzz import fuzz, process

from donbay.documents.folding import Folded, folded
from donbay.documents.lexicon import Lexicon, alternatives

_CAPITAL = "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper())
_WORD = rf"[{_CAPITAL}][\w'’-]*"
PROPER = rf"{_WORD}(?: {_WORD}){{0,3}}"
_BEFORE = (
    "tỉnh",
    "thành phố",
    "huyện",
    "thị xã",
    "quận",
    "xã",
    "phường",
    "thị trấn",
    "đặc khu",
    "khu vực",
    "tp.",
    "thủ đô",
)
LIKE_ENOUGH = 84
_NO_NAME = re.compile(
    r"^(?:the|each|every|this|all|whole|a|in|la|le|les|chaque|cette|of)\b"
    r"|committee|council|party|people|comite|conseil|parti|uy ban|dang|hoi dong|program"
)
_CONSONANTS = dict(
    zip("بتثجحخدذرزسشصضطظغفقكلمنه", "bttghkddrzsssdtdgfkklmnh", strict=True)
)
_LATIN = (
    "ph:f",
    "th:t",
    "kh:k",
    "gh:g",
    "gi:g",
    "nh:n",
    "ch:t",
    "tr:t",
    "qu:k",
    "c:k",
    "x:s",
    "v:f",
    "j:g",
    "p:b",
)
"""How the letters of Vietnamese come out in Arabic, by what both keep of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the territory: id, name as registered, level."""

    unit: str
    name: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A place named in the folded text."""

    start: int
    end: int
    place: str
    level: str


@dataclass(frozen=True)
class Gazetteer:
    """Names to look for, by their folded forms without the word for the level."""

    units: Mapping[str, tuple[Place, ...]]
    skeletons: Mapping[str, str] = field(default_factory=dict)

    def unit(self, name: str, level: str) -> str | None:
        some = self.units.get(name, ())
        fitting = [p for p in some if not level or not p.level or p.level == level]
        chosen = fitting or list(some)
        return chosen[0].unit if chosen else None


def gazetteer(places: Iterable[Place]) -> Gazetteer:
    """Of a territory, besides the provinces that every reader of the country knows."""
    units: dict[str, list[Place]] = {}
    for place in places:
        units.setdefault(core_name(place.name), []).append(place)
    for name in known_provinces():
        units.setdefault(core_name(name), [Place(name, name, "province")])
    kept = {name: tuple(some) for name, some in units.items() if len(name) > 2}  # noqa: PLR2004 -- a letter or two is no name
    return Gazetteer(kept, {name: skeleton(name) for name in kept})


@cache
def known_provinces() -> tuple[str, ...]:
    path = files(__package__) / "words" / "provinces.yaml"
    return tuple(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))  # noqa: S506 -- the base loader makes only text


def core_name(name: str) -> str:
    """Without the word for the level and without marks."""
    low = name.lower()
    for word in _BEFORE:
        if low.startswith(word + " "):
            name = name[len(word) + 1 :]
            break
    return folded(name.replace("-", " "))


def skeleton(name: str) -> str:
    """The consonants by which one name is known in two scripts."""
    if re.search("[\u0600-\u06ff]", name):
        return "".join(_CONSONANTS.get(c, "") for c in name)
    text = name
    for cluster, letter in (pair.split(":") for pair in _LATIN):
        text = text.replace(cluster, letter)
    return re.sub("[aeiouy ]", "", text)


def places_in(text: Folded, words: Lexicon, known: Gazetteer) -> list[Named]:
    """Names after or before a word for a level, then bare names that are known."""
    found = list(_levelled(text, words, known))
    seen = {p.place for p in found}
    taken = bytearray(len(text.bare) + 1)
    for named in found:
        taken[named.start : named.end] = b"\1" * (named.end - named.start)
    for match in _bare_names(tuple(sorted(known.units)), text.bare):
        start, end = match
        if any(taken[start:end]) or not _capital(text, start):
            continue
        name = text.bare[start:end].replace("-", " ")
        unit = known.unit(name, "province") or name
        found.append(Named(start, end, unit, _level(unit, known, name)))
    found += _again(text, seen, taken, found)
    return sorted(found, key=lambda n: n.start)


def _level(unit: str, known: Gazetteer, name: str) -> str:
    return next((p.level for p in known.units.get(name, ()) if p.unit == unit), "")


def _capital(text: Folded, start: int) -> bool:
    shown = text.text[text.at[start]]
    return shown.isupper() or "\u0600" <= shown <= "\u06ff"


def _bare_names(names: tuple[str, ...], bare: str) -> Iterable[tuple[int, int]]:
    if not names:
        return
    pattern = re.compile(rf"(?<!\w)(?:{_names(names)})(?!\w)")
    for match in pattern.finditer(bare):
        yield match.span()


def _names(names: tuple[str, ...]) -> str:
    return "|".join(
        re.escape(n).replace(r"\ ", "[ -]")
        for n in sorted(names, key=len, reverse=True)
    )


def _levelled(text: Folded, words: Lexicon, known: Gazetteer) -> Iterable[Named]:
    latin = words.language != "ar"
    for level, some in words.words["levels"].items():
        for match in _level_pattern(words.language, level, tuple(some)).finditer(
            text.bare
        ):
            if latin:
                named = _proper(
                    text, match, level, known, behind=words.language == "en"
                )
            else:
                named = _arabic(text, match, level, known)
            if named:
                yield named


@cache
def _level_pattern(language: str, level: str, some: tuple[str, ...]) -> re.Pattern[str]:
    choice = alternatives(some)
    link = {"fr": "(?:de |d'|du )?", "en": "(?:of )?"}.get(language, "")
    front = "(?:[وفبلك]|ال|بال|وال|لل)?" if language == "ar" else ""
    del level
    return re.compile(rf"(?<!\w){front}(?:{choice})s? {link}")


def _proper(
    text: Folded, match: re.Match[str], level: str, known: Gazetteer, *, behind: bool
) -> Named | None:
    """A name in capitals after the word, or before it where it stands `behind`."""
    at = text.at[match.end()]
    after = re.compile(PROPER).match(text.text, at)
    if after:
        start, end = match.end(), text.find(after.end())
    elif not behind:
        return None
    else:
        before = re.search(
            rf"({PROPER}) ?$",
            text.text[max(0, text.at[match.start()] - 60) : text.at[match.start()]],
        )
        if not before:
            return None
        base = max(0, text.at[match.start()] - 60)
        start, end = text.find(base + before.start(1)), text.find(base + before.end(1))
    name = text.bare[start:end].strip(" '-").replace("-", " ")
    if not name or name.isdigit() or _NO_NAME.search(name):
        return None
    unit = known.unit(name, level) or _shorter(name, level, known)
    shown = " ".join(text.text[text.at[start] : text.at[end - 1] + 1].split())
    return Named(start, end, unit or shown, level)


def _shorter(name: str, level: str, known: Gazetteer) -> str | None:
    """The known name with which a longer run of capitals begins."""
    parts = name.split()
    for count in range(len(parts) - 1, 0, -1):
        if unit := known.unit(" ".join(parts[:count]), level):
            return unit
    return None


def _arabic(
    text: Folded, match: re.Match[str], level: str, known: Gazetteer
) -> Named | None:
    """Up to three words after the word for the level, by their consonants."""
    run = re.compile(r"\w+(?: \w+){0,2}").match(text.bare, match.end())
    if not run:
        return None
    parts = run[0].split()
    for count in range(min(3, len(parts)), 0, -1):
        name = " ".join(parts[:count])
        found = _alike(name, known)
        if found:
            unit = known.unit(found, level) or found
            return Named(match.end(), match.end() + len(name), unit, level)
    return None


def _alike(name: str, known: Gazetteer) -> str | None:
    bones = skeleton(name)
    if len(bones) < 2:  # noqa: PLR2004 -- one consonant tells nothing
        return None
    parts = name.count(" ")
    rivals = {n: s for n, s in known.skeletons.items() if n.count(" ") == parts}
    best = process.extractOne(
        bones, rivals, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH
    )
    return str(best[2]) if best else None


def _again(
    text: Folded, seen: set[str], taken: bytearray, found: list[Named]
) -> list[Named]:
    """Names once introduced with their level, where they come again without it."""
    levels = {n.place: n.level for n in found}
    more = []
    names = {text.bare[n.start : n.end]: n.place for n in found if n.place in seen}
    for start, end in _bare_names(tuple(sorted(names)), text.bare):
        if not any(taken[start:end]) and _capital(text, start):
            place = names.get(text.bare[start:end])
            if place:
                more.append(Named(start, end, place, levels[place]))
    return more


def main_place(found: list[Named]) -> str | None:
    """The province that a document names most."""
    counts = Counter(n.place for n in found if n.level == "province")
    return counts.most_common(1)[0][0] if counts else None
