"""The words of a pack in each language: read, and found complete or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from donbay.domain.forms import FieldKind
from donbay.domain.passages import PASSAGES, faults_of
from donbay.packs.book import Book, Path_, TextFile
from donbay.packs.checking import Checking
from donbay.packs.criteria_rows import leaf_of, leaves_of, nodes_of
from donbay.packs.files import Files
from donbay.packs.form_rows import rows_of
from donbay.packs.nodes import Entries, Items, Leaf, read_nodes
from donbay.packs.places import Place, Problems, nearest
from donbay.packs.reader import Found

LANGUAGES = ("vi", "en", "fr", "ar")
REPORT = "report"  # the wording of printed reports, over the usual one
FAULTS = {
    "unknown_field": "passage_unknown_field",
    "stray_brace": "passage_stray_brace",
    "too_long": "passage_too_long",
}
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def read_texts(files: Files, problems: Problems) -> dict[str, list[TextFile]]:
    """By language; a file that cannot be read leaves its language out."""
    found: dict[str, list[TextFile]] = {}
    for file in files.of("texts"):
        if not _LANGUAGE.fullmatch(file.stem):
            problems.add(Place(file.shown), "language_name", name=file.stem)
            continue
        node = read_nodes(file.path, file.shown, problems)
        if isinstance(node, Entries):
            words = TextFile(Place(file.shown, 1))
            _gather(words, node, (), problems)
            found[file.stem] = [words]
        elif node is not None:
            place = Place(file.shown, node.line)
            problems.add(place, "mapping_expected", key="texts")
    return found


def _gather(words: TextFile, node: Entries, path: Path_, problems: Problems) -> None:
    for key, value in node.entries:
        here = (*path, key.text)
        place = Place(words.place.file, key.line, ".".join(here))
        if isinstance(value, Entries):
            _gather(words, value, here, problems)
        elif isinstance(value, Items) and key.text == "aliases":
            words.aliases[path] = tuple(_aliases(value, place, problems))
        elif isinstance(value, Leaf) and value.text.strip() and not value.empty:
            plain = here[:-1] if key.text == "title" and path else here
            words.words[plain] = (value.text.strip(), place)
        else:
            problems.add(place, "text_empty")


def _aliases(items: Items, place: Place, problems: Problems) -> Iterator[str]:
    for item in items.items:
        if isinstance(item, Leaf) and item.text.strip():
            yield item.text.strip()
        else:
            problems.add(place, "text_empty")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text that the pack must or may have, and the thing that it names."""

    path: Path_
    place: Place
    needed: bool = True
    instead: Path_ | None = None


def wanted_texts(book: Book) -> Iterator[Wanted]:
    yield Wanted(("programme",), book.programme.place)
    yield from _of_records("levels", book.levels)
    for kind in ("documents", "objectives", "funding", "claims"):
        yield from _of_records(kind, book.listed(kind))
    for kind in ("regions", "tags"):
        for programme in book.programmes:
            for word, place in programme.each(kind, str):
                yield Wanted((kind, word), place)
    for some in book.listed("mobilisation"):
        name = some.get("indicator", str) or ""
        yield Wanted(("mobilisation", name), some.place, needed=False)
        for _, said in some.pairs("forms"):
            yield Wanted(("forms", str(said.value)), said.place)
    yield from _of_indicators(book)
    yield from _of_records("targets", book.targets.values())
    yield from _of_tasks(book)
    for name, found in book.criteria.items():
        yield from _of_set(name, found)
    for name, found in book.forms.items():
        yield from _of_form(name, found)
    yield from _of_authorities(book)
    for passage in PASSAGES:
        yield Wanted((REPORT, passage), book.programme.place, needed=False)


def _of_records(kind: str, records: Iterable[Found]) -> Iterator[Wanted]:
    for record in records:
        name = record.get("id", str)
        if name:
            yield Wanted((kind, name), record.at("id"))


def _of_indicators(book: Book) -> Iterator[Wanted]:
    for name, found in book.indicators.items():
        yield Wanted(("indicators", name), found.place)
        yield Wanted(("indicators", name, "unit"), found.at("unit"))
        for category, place in found.each("categories", str):
            yield Wanted(("indicators", name, "categories", category), place)


def _of_tasks(book: Book) -> Iterator[Wanted]:
    yield from _of_records("tasks", book.tasks.values())
    for name, task in book.tasks.items():
        for step in task.all("milestones", Found):
            if one := step.get("id", str):
                yield Wanted(("tasks", name, "milestones", one), step.place)


def _of_set(name: str, found: Found) -> Iterator[Wanted]:
    top = ("criteria", name)
    yield Wanted(top, found.place)
    for level in found.all("levels", Found):
        yield Wanted((*top, "levels", level.get("id", str) or ""), level.place)
        for criterion in level.all("criteria", Found):
            yield Wanted((*top, criterion.get("id", str) or ""), criterion.place)
    for _, criterion, node in nodes_of(found):
        leaf = leaf_of(node)
        sub = leaf.get("sub", str) if leaf else None
        if leaf and sub:
            alike = (*top, sub) if sub == criterion.get("id", str) else None
            yield Wanted((*top, "sub", sub), leaf.place, instead=alike)


def _of_form(name: str, found: Found) -> Iterator[Wanted]:
    top = ("forms", name)
    yield Wanted(top, found.place)
    for kind in ("sections", "checks"):
        for record in found.all(kind, Found):
            yield Wanted((*top, kind, record.get("id", str) or ""), record.place)
    for row in rows_of(found):
        path = (*top, "fields", row.id)
        yield Wanted(path, row.place, needed=row.kind is not FieldKind.FIGURE)
        yield Wanted((*path, "help"), row.place, needed=False)
        for choice, place in row.found.each("choices", str):
            yield Wanted((*path, "choices", choice), place)


def _of_authorities(book: Book) -> Iterator[Wanted]:
    for table in (book.targets, book.tasks):
        for record in table.values():
            if owner := record.get("owner", str):
                yield Wanted(("authorities", owner), record.at("owner"))
    for found in book.criteria.values():
        if kind := found.get("recognised_by", str):
            yield Wanted(("acts", kind), found.at("recognised_by"))
        for leaf, _ in leaves_of(found):
            for key in ("attested_by", "measured_by"):
                if name := leaf.get(key, str):
                    yield Wanted(("authorities", name), leaf.at(key))


def check_texts(c: Checking) -> None:
    """Every text in every language, and no text of nothing."""
    book = c.book
    languages = list(dict.fromkeys([*LANGUAGES, *book.texts]))
    spoken = [language for language in languages if language in book.texts]
    unread = [x for x in languages if x not in spoken]
    for language in unread:
        if not any(f"texts/{language}.yaml" in p.file for p in c.problems.found):
            c.add(book.programme.place, "language_missing", language=language)
    words = {language: all_words(book.texts[language]) for language in spoken}
    wanted = {some.path: some for some in reversed(list(wanted_texts(book)))}
    for some in wanted.values():
        _one(c, some, words)
    _texts_of_nothing(c, wanted)
    _passages(c)


def _passages(c: Checking) -> None:
    """The wording of printed reports: nothing in it that would not be filled in."""
    for files in c.book.texts.values():
        for path, (text, place) in files[-1].words.items():
            if path[0] != REPORT or path[-1] not in PASSAGES:
                continue
            for fault in faults_of(path[-1], text):
                known = ", ".join(fault.known)
                c.add(place, FAULTS[fault.code], found=fault.found, known=known)


def all_words(files: list[TextFile]) -> dict[Path_, tuple[str, Place]]:
    """The national words and over them the provincial ones."""
    return {path: said for file in files for path, said in file.words.items()}


def _one(
    c: Checking, some: Wanted, words: dict[str, dict[Path_, tuple[str, Place]]]
) -> None:
    if not some.needed or "" in some.path:
        return
    missing = [
        language
        for language, said in words.items()
        if some.path not in said and (some.instead is None or some.instead not in said)
    ]
    if missing:
        path = ".".join(some.path)
        c.add(some.place, "text_missing", path=path, languages=", ".join(missing))


def _texts_of_nothing(c: Checking, wanted: dict[Path_, Wanted]) -> None:
    unread = {
        ({"indicator": "indicators", "form": "forms"}.get(kind, kind), name)
        for kind, names in c.book.unread.items()
        for name in names
    }
    whole = c.book.unread.keys()
    for files in c.book.texts.values():
        for path, (_, place) in files[-1].words.items():
            thing = path[:-1] if path[-1] == "description" else path
            broken = path[:2] in unread or path[0] in whole
            if thing not in wanted and not broken:
                alike = [".".join(p) for p in wanted if p[0] == path[0]] or [
                    p[0] for p in wanted
                ]
                known = nearest(place.path, alike)
                c.add(place, "text_of_nothing", path=place.path, nearest=known)


def flat(files: list[TextFile]) -> dict[str, str]:
    return {".".join(path): said for path, (said, _) in all_words(files).items()}
