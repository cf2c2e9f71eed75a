"""Which pictures of the site and of reports there are, and the page that shows them.

`site_pictures.py` takes what is named here; nothing else may stand in pictures/site/.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PICTURES = Path(__file__).parent / "pictures"
SITE = PICTURES / "site"
ROOM = 15 << 20  # bytes of all pictures
Light = Literal["light", "dark"]
LANGUAGES = {"vi": "Vietnamese", "ar": "Arabic"}
WIDTHS = {"desk": (1280, 860), "phone": (360, 740)}
LIGHTS: tuple[Light, ...] = ("light", "dark")
PAPER = {"vi": "Vietnamese", "en": "English", "fr": "French", "ar": "Arabic"}
PUBLIC, MADE_UP = "/public/{language}/synthetic/", "/programmes/synthetic/"
MAP, CHART = "figure[data-map]", "figure.chart:not([data-map])"


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at."""

    language: str
    width: str
    light: Light

    @property
    def told(self) -> str:
        return f"{LANGUAGES[self.language]}, {self.width}, {self.light}"


@dataclass(frozen=True, slots=True)
class View:
    """A page: who looks, where (an address, or a way to it), and at what part of it."""

    name: str
    title: str
    where: str
    who: str = ""
    at: str = ""

    def file(self, look: Look) -> str:
        return f"{self.name}.{look.language}.{look.width}.{look.light}.webp"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a printed report."""

    name: str
    title: str

    def file(self, language: str) -> str:
        return f"{self.name}.{language}.webp"


LOOKS = [
    Look(language, width, light)
    for language in LANGUAGES
    for width in WIDTHS
    for light in LIGHTS
]
PORTAL = (
    View("public-programmes", "Programmes", "/public/{language}/"),
    View("public-board", "A programme's board", PUBLIC),
    View("public-map", "Where promises are late", PUBLIC, at=MAP),
    View("public-target", "A promise over time", "public target", at=CHART),
    View("public-target-map", "A promise by place", "public target", at=MAP),
    View("public-place", "A commune in plain words", "public place"),
    View("public-why", "Why a verdict is what it is", "public why"),
    View("public-compare", "Communes side by side", "public compare"),
    View("public-mobilisation", "Resources by source", f"{PUBLIC}mobilisation/"),
    View("public-levels", "Levels reached and recognised", f"{PUBLIC}levels/"),
    View("public-reports", "Issued reports", f"{PUBLIC}reports/"),
    View("public-data", "Data to take away", f"{PUBLIC}data/"),
)
CHARTS = (
    View("chart-standing", "How places stand", PUBLIC, at="#chart-standing"),
    View("chart-changes", "What changed", PUBLIC, at="figure[id^=chart-changes]"),
    View(
        "chart-places", "A promise at every place", "public target", at="#chart-places"
    ),
    View(
        *("chart-levels", "The ladder of a set of criteria", f"{PUBLIC}levels/"),
        at="#chart-levels-commune",
    ),
    View(
        *("chart-money", "Resources over time", f"{PUBLIC}mobilisation/"),
        at="figure[id^=chart-money]",
    ),
)
DESK = (
    View("start", "The first page of the demonstration", "/"),
    View("work", "A clerk's own work", "/work/", "an"),
    View("fill", "A report being filled in", "fill", "an"),
    View("review", "A report being reviewed", "review", "binh"),
    View("matrix", "Who has reported in a round", "matrix", "chi"),
    View("quality", "What to look at first", f"{MADE_UP}quality/", "chi"),
    View("overview", "What needs a leader's attention", "/attention/", "dung"),
    View("attention", "The same of one programme", f"{MADE_UP}attention/", "dung"),
    View("board", "The board of a programme", MADE_UP, "dung"),
    View("target", "A target over time", "target", "dung", CHART),
    View("map", "A target by place", "target", "dung", MAP),
    View("why", "Why a verdict is what it is", "why", "dung"),
    View("publications", "Printed reports", f"{MADE_UP}publications/", "chi"),
    View("order", "A report being ordered", f"{MADE_UP}publications/order/", "chi"),
)
VIEWS = (*PORTAL, *CHARTS, *DESK)
PRINTED = (
    Sheet("print-first", "The first page"),
    Sheet("print-charts", "Promises over time"),
    Sheet("print-annex", "Every figure with its source"),
)


def files() -> Iterator[str]:
    """Every picture of the site and of reports."""
    for view in VIEWS:
        yield from (view.file(look) for look in LOOKS)
    for sheet in PRINTED:
        yield from (sheet.file(language) for language in PAPER)


def page() -> str:
    """The gallery, as Markdown."""
    count = len(list(files()))
    return "\n".join(
        [
            "# Pictures\n",
            "The main pages of the demonstration, whose figures are made up, in",
            "Vietnamese and Arabic, light and dark, on a desk and on a telephone; and",
            "pages of a printed report in four languages.",
            f"`make pictures` takes all {count} anew; it needs Debian's chromium.\n",
            *_views("Public pages", PORTAL),
            *_views("Charts of public pages", CHARTS),
            *_views("The desk", DESK),
            *_sheets(),
        ]
    )


def _views(title: str, views: Sequence[View]) -> Iterator[str]:
    yield f"## {title}\n"
    for view in views:
        yield f"### {view.title}\n"
        for language in LANGUAGES:
            shown = [look for look in LOOKS if look.language == language]
            yield " ".join(
                _image(view.file(look), f"{view.title}: {look.told}", _share(look))
                for look in shown
            )
            yield ""


def _share(look: Look) -> int:
    """Of the width of a page, in per cent: four pictures stand in a row."""
    return 34 if look.width == "desk" else 13


def _sheets() -> Iterator[str]:
    yield "## In print\n"
    for sheet in PRINTED:
        yield f"### {sheet.title}\n"
        yield " ".join(
            _image(sheet.file(language), f"{sheet.title}: {name}", 23)
            for language, name in PAPER.items()
        )
        yield ""


def _image(file: str, told: str, share: int) -> str:
    image = f'<img src="site/{file}" alt="{told}" width="{share}%">'
    return f'<a href="site/{file}">{image}</a>'
