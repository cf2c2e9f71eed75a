"""What stands around every picture, and how its texts read in either direction."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from donbay.reports.lines import broken, width

Option = dict[str, Any]
FONT = (
    "Donbay Sans"  # in the page and on paper: one family, so that no glyph is missing
)
WIDTH = 640  # of a picture in print, in pixels of 1/96 inch; a page gives its own
NARROWER = (560, 440, 360)  # where a picture is laid out anew
SMALL, USUAL = 12, 13
# This runs to the left, or to the right, whatever is around it.
_TO_LEFT, _TO_RIGHT, _END = "\u202b", "\u202a", "\u202c"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Numbers of documents (13-NQ/TU) would be turned around their hyphen.
_NUMBERED = re.compile(r"(?<!\w)\d[\w.]*[-/][\w./-]*[A-Za-zĐđ][\w./-]*")


@dataclass(frozen=True, slots=True)
class Frame:
    """Title, unit, period and source of a picture, as they are to be read.

    `number` writes a figure as the reader does, short, for scales and labels: with the
    sign of its unit if that is one letter (85 %), else without.
    """

    title: str
    unit: str
    period: str
    source: str
    number: Callable[[float], str]
    right_to_left: bool = False

    def told(self, text: str, part_of: str = "") -> str:
        """A text for inside the picture, which no page around it gives a direction."""
        if not self.right_to_left or not text:
            return text
        if not _RIGHT_TO_LEFT.search(part_of or text):
            return f"{_TO_RIGHT}{text}{_END}"
        whole = _NUMBERED.sub(lambda found: f"{_TO_RIGHT}{found[0]}{_END}", text)
        return f"{_TO_LEFT}{whole}{_END}"

    def lines(self, text: str, room: float, size: float = SMALL) -> str:
        """The same, broken where the room ends."""
        return "\n".join(self.told(line, text) for line in broken(text, room, size))

    def figure(self, value: float) -> str:
        """A number for inside a text, which turns nothing around."""
        text = self.number(value)
        if not self.right_to_left or _RIGHT_TO_LEFT.search(text):
            return text
        return f"{_TO_RIGHT}{text}{_END}"

    @property
    def under(self) -> str:
        """What is measured, and when."""
        return " · ".join(part for part in (self.unit, self.period) if part)

    @property
    def start(self) -> str:
        return "right" if self.right_to_left else "left"

    @property
    def end(self) -> str:
        return "left" if self.right_to_left else "right"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as data: `option` is what ECharts draws, in the page and in print.

    The frame is set around it by whoever shows it: as text in a page or document, or
    drawn (`drawing.svg(..., framed=True)`). Colours are names of a palette. `heights`
    are what it needs up to a width; `summary` says it to those who do not see it.
    """

    frame: Frame
    option: Mapping[str, Any]
    heights: Mapping[int, int]
    summary: str

    @property
    def empty(self) -> bool:
        """Nothing to draw: the table alone stands."""
        return not self.option

    def height(self, width: int = WIDTH) -> int:
        wide_enough = [w for w in self.heights if w >= width]
        return self.heights[min(wide_enough, default=WIDTH)] if self.heights else 0


# The parts of an option that depend on the width, and the height that they need.
Fit = Callable[[int], tuple[Option, int]]


def chart(frame: Frame, option: Option, fit: Fit, summary: str) -> Chart:
    """An option laid out for print, and by its own rules for what is narrower."""
    fits = {room: fit(room) for room in (WIDTH, *NARROWER)}
    whole = _joined(option, fits[WIDTH][0])
    whole["media"] = [
        {"query": {"maxWidth": room}, "option": fits[room][0]} for room in NARROWER
    ]
    return Chart(
        frame, whole, {room: found[1] for room, found in fits.items()}, summary
    )


def nothing(frame: Frame, summary: str) -> Chart:
    return Chart(frame, {}, {}, summary)


def _joined(option: Option, part: Option) -> Option:
    both = dict(option)
    for name, value in part.items():
        old = both.get(name)
        both[name] = _joined(old, value) if isinstance(old, dict) else value
    return both


def option_of(**parts: object) -> Option:
    """The parts of every option; a picture never moves and calls nothing."""
    return {
        "animation": False,
        "backgroundColor": "$paper",
        "textStyle": {"fontFamily": FONT, "fontSize": SMALL, "color": "$ink"},
        "tooltip": {
            "trigger": "item",
            "renderMode": "richText",  # as HTML it would need styles in place
            "formatter": "{b}",
            "confine": True,
            "backgroundColor": "$paper",
            "borderColor": "$strong",
            "textStyle": {"color": "$ink", "fontFamily": FONT, "fontSize": USUAL},
        },
        **parts,
    }


SIGN, BETWEEN, BESIDE = 24, 14, 6  # widths of a legend
LINE, PADDING = 26, 6  # high, and at its ends


@dataclass(frozen=True, slots=True)
class Entry:
    """What a look is called; `icon` where it is not that of the series."""

    name: str
    icon: str = ""


def legend(
    frame: Frame, entries: Sequence[Entry], room: float
) -> tuple[list[Option], int]:
    """Names beside their signs, a legend for each line of them, and their height.

    In one, ECharts would begin every further line at the left, in each direction.
    """
    rows: list[list[Entry]] = []
    left = 0.0
    for entry in entries:
        wide = SIGN + BESIDE + width(entry.name, SMALL) + BETWEEN
        if not rows or wide > left:
            rows.append([])
            left = room - 2 * PADDING
        rows[-1].append(entry)
        left -= wide
    keys = [_row(frame, row, LINE * number) for number, row in enumerate(rows)]
    return keys, LINE * len(rows) + 8


def _row(frame: Frame, entries: Sequence[Entry], top: int) -> Option:
    turned = entries[::-1] if frame.right_to_left else entries
    return {
        "top": top,
        frame.start: 0,
        "align": frame.start,
        "itemWidth": SIGN,
        "itemHeight": 14,
        "itemGap": BETWEEN,
        "selectedMode": False,
        "textStyle": {"color": "$ink", "fontSize": SMALL},
        "data": [_entry(frame, one) for one in turned],
    }


def _entry(frame: Frame, entry: Entry) -> Option:
    named: Option = {"name": frame.told(entry.name)}
    return named | {"icon": entry.icon} if entry.icon else named
