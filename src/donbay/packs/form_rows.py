"""The fields of a form as it was read, each with its id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from donbay.domain.forms import FieldKind, figure_id
from donbay.packs.places import Place
from donbay.packs.reader import Found

KINDS = {"indicator": FieldKind.FIGURE} | {
    kind.value: kind for kind in FieldKind if kind is not FieldKind.FIGURE
}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field; `id` is empty where it could not be read."""

    found: Found
    kind: FieldKind
    id: str
    indicator: str | None = None
    category: str | None = None

    @property
    def place(self) -> Place:
        return self.found.at("id" if self.found.has("id") else self.found.branch)


def rows_of_section(section: Found) -> Iterator[FieldRow]:
    for found in section.all("fields", Found):
        kind = KINDS[found.branch]
        if kind is not FieldKind.FIGURE:
            yield FieldRow(found, kind, found.get(found.branch, str) or "")
            continue
        name, category = found.get("indicator", str), found.get("category", str)
        usual = figure_id(name, category) if name else ""
        own = found.get("id", str) or usual
        yield FieldRow(found, kind, own, name, category)


def rows_of(form: Found) -> Iterator[FieldRow]:
    for section in form.all("sections", Found):
        yield from rows_of_section(section)
