"""Lists that filter, sort, turn pages and export: one description, four abilities.

A view describes a list by columns and filters and gives it rows, a sequence or a
queryset; a template shows it with `table_tools`, `table_head`, its own cells for each
row of `table.page`, and `table_foot`. What was asked for stands in the address.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict

from donbay.web.look.words import current
from donbay.web.territory.queries import folded

Rows = Sequence[Any] | QuerySet[Any]
MOST_EXPORTED = 100_000
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading's code, and what of a row is sorted and exported.

    `order` is the field by which a queryset is ordered; without it the database cannot
    and the column does not sort there. `exported` goes into the file for `value`.
    One that `may_hide` is not shown on a page where it would say nothing; one of the
    file stands only there.
    """

    name: str
    heading: str
    value: Callable[[Any], Any]
    number: bool = False
    sorts: bool = True
    order: str = ""
    exported: Callable[[Any], Any] | None = None
    may_hide: bool = False
    of_file: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter of values with their words. `field` is what a queryset is filtered by.

    A filter without `value` and `field` was already heeded when the rows were read.
    """

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    value: Callable[[Any], Any] | None = None
    field: str = ""

    def keep(self, rows: Rows, wanted: str) -> Rows:
        if isinstance(rows, QuerySet):
            return rows.filter(**{self.field: wanted}) if self.field else rows
        if self.value is None:
            return rows
        return [row for row in rows if str(self.value(row)) == wanted]


@dataclass(frozen=True, slots=True)
class Search:
    """Letters anywhere in a row's text, marks and capitals aside."""

    text: Callable[[Any], str]
    field: str = ""
    name: str = "q"
    label: str = "site.search"

    def keep(self, rows: Rows, wanted: str) -> Rows:
        if isinstance(rows, QuerySet):
            return rows.filter(**{f"{self.field}__icontains": wanted})
        letters = folded(wanted)
        return [row for row in rows if letters in folded(self.text(row))]


@dataclass
class Table:
    """A list as one request asks for it."""

    request: HttpRequest
    rows: Rows
    columns: Sequence[Column]
    filters: Sequence[Choice] = ()
    search: Search | None = None
    caption: str = ""
    size: int = 50
    file: str = "donbay"
    stacks: bool = True
    asked: QueryDict = field(init=False)

    def __post_init__(self) -> None:
        self.asked = self.request.GET

    @property
    def wanted(self) -> str:
        """What is searched for."""
        return self.asked.get("q", "").strip()[:100]

    @cached_property
    def kept(self) -> Rows:
        """Rows that pass every filter, sorted."""
        rows = self.rows
        if self.search and self.wanted:
            rows = self.search.keep(rows, self.wanted)
        for choice in self.filters:
            if chosen := self.asked.get(choice.name, ""):
                rows = choice.keep(rows, chosen)
        return self._sorted(rows)

    def _sorted(self, rows: Rows) -> Rows:
        column = self.sorted_by
        if column is None:
            return rows
        if isinstance(rows, QuerySet):
            return rows.order_by(f"{'-' if self.downwards else ''}{column.order}", "pk")
        some = [row for row in rows if column.value(row) not in {None, ""}]
        none = [row for row in rows if column.value(row) in {None, ""}]
        some.sort(key=lambda row: _key(column.value(row)), reverse=self.downwards)
        return some + none

    @cached_property
    def sorted_by(self) -> Column | None:
        name = self.asked.get("sort", "").removeprefix("-")
        found = next((c for c in self.columns if c.name == name), None)
        return found if found and self._can(found) else None

    def _can(self, column: Column) -> bool:
        by_database = isinstance(self.rows, QuerySet)
        return column.sorts and bool(not by_database or column.order)

    @property
    def downwards(self) -> bool:
        return self.asked.get("sort", "").startswith("-")

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.kept, self.size).get_page(self.asked.get("page"))

    @property
    def pages(self) -> list[object]:
        """Numbers of pages around this one, with gaps."""
        return list(self.page.paginator.get_elided_page_range(self.page.number))

    @property
    def count(self) -> int:
        return int(self.page.paginator.count)

    @property
    def filtered(self) -> bool:
        names = [choice.name for choice in self.filters]
        return bool(self.wanted) or any(self.asked.get(name) for name in names)

    @cached_property
    def shows(self) -> dict[str, bool]:
        """By the name of a column: whether this page has it."""
        rows = list(self.page.object_list)
        return {column.name: _says(column, rows) for column in self.columns}

    @property
    def headings(self) -> list[Heading]:
        return [Heading(self, c) for c in self.columns if self.shows[c.name]]

    @property
    def tools(self) -> list[Tool]:
        """The filters with what is chosen in each."""
        return [
            Tool(choice, self.asked.get(choice.name, "")) for choice in self.filters
        ]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What else stands in the address, kept when a filter is set."""
        own = {choice.name for choice in self.filters} | {"q", "page", "as"}
        return [(k, str(v)) for k, v in self.asked.items() if k not in own]

    @property
    def exports(self) -> bool:
        """Whether the file is what was asked for, not the page."""
        return self.asked.get("as") == "csv"

    def address(self, **changes: str) -> str:
        """This page's address with some of what is asked changed; "" drops it."""
        asked = self.asked.copy()
        for name, value in changes.items():
            asked.pop(name, None)
            if value:
                asked[name] = value
        return f"?{asked.urlencode()}"

    @property
    def export_address(self) -> str:
        return self.address(**{"as": "csv", "page": ""})

    @property
    def plain_address(self) -> str:
        """Without search and filters."""
        names = [choice.name for choice in self.filters]
        return self.address(q="", page="", **dict.fromkeys(names, ""))

    def csv(self) -> HttpResponse:
        """All rows that pass the filters, marked so that Excel reads UTF-8."""
        out = io.StringIO()
        write = csv.writer(out)
        words = current()
        write.writerow([words.say(column.heading) for column in self.columns])
        for row in self.kept[:MOST_EXPORTED]:
            write.writerow([as_cell(_exported(column, row)) for column in self.columns])
        answer = HttpResponse(
            f"\ufeff{out.getvalue()}", content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="{self.file}.csv"'
        return answer


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: what it says, how it is sorted, where it sorts next."""

    table: Table
    column: Column

    @property
    def order(self) -> str:
        if self.table.sorted_by is not self.column:
            return ""
        return "descending" if self.table.downwards else "ascending"

    @property
    def sign(self) -> str:
        signs = {"ascending": "up", "descending": "down"}
        return signs.get(self.order, "both")

    @property
    def address(self) -> str:
        """Empty where the column does not sort."""
        if not self.table._can(self.column):  # noqa: SLF001 -- of this module
            return ""
        turned = "-" if self.order == "ascending" else ""
        return self.table.address(sort=f"{turned}{self.column.name}", page="")


@dataclass(frozen=True, slots=True)
class Tool:
    """A filter with what is chosen."""

    choice: Choice
    chosen: str


def _says(column: Column, rows: Sequence[Any]) -> bool:
    """Whether a column is on a page."""
    if column.of_file or not column.may_hide:
        return not column.of_file
    return any(column.value(row) not in {None, ""} for row in rows)


def _key(value: Any) -> tuple[int, Any]:  # noqa: ANN401 -- whatever a column holds
    """Texts by their letters without marks, so that Đ stands beside D."""
    return (1, folded(value)) if isinstance(value, str) else (0, value)


def _exported(column: Column, row: Any) -> object:  # noqa: ANN401 -- as above
    return column.exported(row) if column.exported else column.value(row)


def as_cell(value: object) -> object:
    """A text that a spreadsheet would run as a formula is marked as text."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
