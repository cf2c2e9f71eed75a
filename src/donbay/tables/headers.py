"""Checks the names of a file's columns against its layout."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from donbay.tables.columns import Layout
from donbay.tables.findings import Findings, fault
from donbay.tables.nearest import Nearest


def check_header(
    names: Sequence[str], layout: Layout, findings: Findings, line: int = 1
) -> dict[str, int]:
    """Where each column of the layout stands, as far as the header says so."""
    places: dict[str, int] = {}
    nearest = Nearest(layout.names)
    for place, name in enumerate(map(_tidy, names)):
        if name not in layout.names:
            _unknown(name, place, nearest, findings, line)
        elif name in places:
            findings.add(fault("header_doubled", found=name), name, line)
        else:
            places[name] = place
    for column in layout.columns:
        if column.needed and column.name not in places:
            missing = fault("header_missing", expected=", ".join(layout.names))
            findings.add(missing, column.name, line)
    return places


def _tidy(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip()


def _unknown(
    name: str, place: int, nearest: Nearest, findings: Findings, line: int
) -> None:
    near = nearest.to(name)
    if not name:
        found = fault("header_empty", place=place + 1)
    elif near:
        found = fault("header_misspelt", found=name, nearest=near)
    else:
        found = fault("header_unknown", found=name)
    findings.add(found, name or None, line)
