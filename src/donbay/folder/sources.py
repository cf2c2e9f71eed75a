"""The articles behind the reports."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SYNTHETIC = "synthetic:"
MARK = "SYNTHETIC.md"


@dataclass(frozen=True, slots=True)
class Article:
    """Where figures were read: title, publisher, address and day, as far as known."""

    id: str
    title: str = ""
    publisher: str = ""
    address: str = ""
    date: str = ""
    note: str = ""


@dataclass(frozen=True)
class Shelf:
    """Articles by id; a report's source is `article#claim`."""

    articles: Mapping[str, Article]

    def article(self, source: str) -> Article | None:
        return self.articles.get(source.partition("#")[0])


def read_shelf(folder: Path) -> Shelf:
    """`sources.csv` of a folder; an empty shelf where there is none."""
    path = folder / "sources.csv"
    if not path.is_file():
        return Shelf({})
    with path.open(encoding="utf-8-sig", newline="") as lines:
        found = [_article(row) for row in csv.DictReader(lines)]
    return Shelf({article.id: article for article in found})


def _article(row: Mapping[str, str | None]) -> Article:
    given = {k: (row.get(k) or "").strip() for k in Article.__slots__}
    return Article(**{**given, "address": given["address"] or row.get("href") or ""})
