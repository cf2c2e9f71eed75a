"""Charts in pages: each with its table, its source and its files.

A view makes a `Figure` of a chart and the cells of its table, asks `handed_out` whether
one of its files is wanted, and gives its page `shared(request)`; a template shows it
with `{% chart figure %}`. Without JavaScript the table and a drawn picture stand in.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe

from donbay.reports import drawing
from donbay.reports.charts import Chart, Frame
from donbay.reports.maps import PATTERNS, AreaMap, map_svg
from donbay.reports.palette import DARK, LIGHT
from donbay.web.look.tables import as_cell

PALETTES = {"light": LIGHT, "dark": DARK}


@dataclass(frozen=True, slots=True)
class Cell:
    """What is read, and the bare value that goes into a file; a number aligns."""

    text: str
    value: object = None
    number: bool = False


def plain(text: str) -> Cell:
    return Cell(text, text)


def figure(text: str, value: float | None) -> Cell:
    return Cell(text, value, number=True)


@dataclass(frozen=True, slots=True)
class Tabled:
    """What has a table; `name` is its own in the page and names its files."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """Headings, each with whether it stands over numbers."""
        numbers = [
            any(row[n].number for row in self.rows) for n in range(len(self.headings))
        ]
        return list(zip(self.headings, numbers, strict=True))

    @property
    def labelled(self) -> list[list[tuple[str, Cell]]]:
        """Rows of cells with their headings, for pages too narrow for columns."""
        return [list(zip(self.headings, row, strict=True)) for row in self.rows]

    def csv(self) -> str:
        out = io.StringIO()
        write = csv.writer(out)
        write.writerow(self.headings)
        write.writerows([as_cell(cell.value) for cell in row] for row in self.rows)
        return f"\ufeff{out.getvalue()}"


@dataclass(frozen=True, slots=True)
class Figure(Tabled):
    """A chart with its table."""

    chart: Chart

    @property
    def frame(self) -> Frame:
        return self.chart.frame

    @property
    def empty(self) -> bool:
        return self.chart.empty

    @property
    def data(self) -> str:
        """What the script draws from, colours and all."""
        given = {
            "option": self.chart.option,
            "heights": self.chart.heights,
            "palettes": PALETTES,
        }
        return json.dumps(given, ensure_ascii=False, separators=(",", ":"))

    def png(self) -> bytes:
        return drawing.png(self.chart, framed=True)

    def svg(self) -> str:
        return drawing.svg(self.chart, framed=True)


@dataclass(frozen=True, slots=True)
class MapFigure(Tabled):
    """A map with its table; `steps` lead to the maps of other days."""

    map: AreaMap
    steps: Sequence[Step] = ()

    @property
    def frame(self) -> Frame:
        return self.map.frame

    @property
    def empty(self) -> bool:
        return self.map.empty

    @property
    def patterned(self) -> frozenset[str]:
        """Kinds whose look is a pattern of the map's own."""
        return frozenset(PATTERNS)

    @property
    def drawn(self) -> SafeString:
        """For the page: every text in it was escaped where it was set."""
        return mark_safe(map_svg(self.map, name=self.name))  # noqa: S308 -- as said

    def png(self) -> bytes:
        return drawing.rasterised(self.svg())

    def svg(self) -> str:
        return map_svg(self.map, framed=True, name=self.name)


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which places were as they are shown, with its address."""

    day: date
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """A map that may be chosen; `value` stands in the address behind `?map=`."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Slider:
    """Maps over time, of which one is shown; `kept` is what the address has besides."""

    stops: Sequence[Stop]
    kept: Sequence[tuple[str, str]] = ()
    behind: bool = False  # whether rows came in that the one shown has not seen


FILES: Mapping[str, tuple[str, Callable[[Figure | MapFigure], str | bytes]]] = {
    "png": ("image/png", lambda it: it.png()),
    "svg": ("image/svg+xml", lambda it: it.svg()),
    "csv": ("text/csv; charset=utf-8", lambda it: it.csv()),
}


def handed_out(
    request: HttpRequest, figures: Iterable[Figure | MapFigure | None]
) -> HttpResponse | None:
    """The file of a chart that is asked for in the address, if any is."""
    wanted = request.GET.get("chart")
    if wanted is None:
        return None
    found = next((one for one in figures if one and one.name == wanted), None)
    form = request.GET.get("file", "")
    if found is None or form not in FILES or (found.empty and form != "csv"):
        raise Http404
    kind, make = FILES[form]
    answer = HttpResponse(make(found), content_type=kind)
    name = f"{found.name}.{form}"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    # Opened by itself an SVG is a page, which may do nothing but look as drawn.
    answer["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    return answer


def shared(request: HttpRequest) -> dict[str, object]:
    """What a page with charts tells them: at which address their files are."""
    asked = request.GET.copy()
    for name in ("chart", "file", "as"):
        asked.pop(name, None)
    return {"chart_files": f"?{asked.urlencode()}&" if asked else "?"}
