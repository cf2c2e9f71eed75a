"""Charts drawn on the server: option -> SVG by ECharts in QuickJS -> PNG by resvg.

    svg(chart)            the picture alone, as SVG, 640 wide; `width` asks for another
    svg(chart, framed=True)   with title, unit, period and source drawn around it
    png(chart, scale=2)   the same as PNG
    rasterised(svg)       any SVG set in our font, as PNG

Texts stay texts in the SVG, in the family "Donbay Sans", whose files are in `FONTS`:
who sets the SVG in a document gives it that folder (typst: `--font-path`). An empty
chart draws nothing: ask `chart.empty` first. All may be called from any thread.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from html import escape
from pathlib import Path

import quickjs
import resvg_py

from donbay.reports.charts.frame import FONT, WIDTH, Chart, Frame
from donbay.reports.lines import FONTS, broken
from donbay.reports.palette import LIGHT, Palette, painted

__all__ = ["ECHARTS", "FONTS", "begin", "png", "rasterised", "svg"]
HERE = Path(__file__).parent
ECHARTS = HERE / "vendor" / "echarts.common.min.js"
MOST_KEPT = 256
TITLE, UNDER, SOURCE = 15, 12.5, 11.5
GAP = 6
# One engine is used by one thread; it is begun where the first picture is asked for.
_thread = ThreadPoolExecutor(1, thread_name_prefix="drawing")
_engine: list[quickjs.Context] = []


def svg(
    chart: Chart, width: int = WIDTH, *, framed: bool = False, palette: Palette = LIGHT
) -> str:
    """The chart as an SVG document, `chart.height(width)` high without its frame."""
    inside = _drawn(painted(chart.option, palette), width, chart.height(width))
    return _framed(chart, inside, width, palette) if framed else inside


def png(
    chart: Chart,
    width: int = WIDTH,
    *,
    framed: bool = False,
    scale: float = 2,
    palette: Palette = LIGHT,
) -> bytes:
    """The chart as PNG, `scale` pixels for each pixel of 1/96 inch."""
    drawn = svg(chart, width, framed=framed, palette=palette)
    return rasterised(drawn, scale=scale)


def rasterised(drawn: str, *, scale: float = 2) -> bytes:
    """An SVG in pixels, with our font and no other."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawn,
            zoom=scale,
            skip_system_fonts=True,
            font_dirs=[str(FONTS)],
            font_family=FONT,
            serif_family=FONT,
            sans_serif_family=FONT,
            monospace_family=FONT,
        )
    )


@lru_cache(maxsize=MOST_KEPT)
def _drawn(option: str, width: int, height: int) -> str:
    return _thread.submit(_render, option, width, height).result()


def begin() -> None:
    """Have the engine ready before a picture is asked for."""
    _thread.submit(_engine_here).result()


def _render(option: str, width: int, height: int) -> str:
    render = _engine_here().get("render")
    text: str = json.loads(render(option, width, height))
    return text


def _engine_here() -> quickjs.Context:
    if not _engine:
        _engine.append(_begun())
    return _engine[0]


def _begun() -> quickjs.Context:
    context = quickjs.Context()
    context.eval((HERE / "engine.js").read_text(encoding="utf-8"))
    context.eval(ECHARTS.read_text(encoding="utf-8"))
    context.get("learn")((FONTS / "widths.json").read_text(encoding="ascii"))
    return context


# --- the frame ---------------------------------------------------------------------


def _framed(chart: Chart, inside: str, width: int, palette: Palette) -> str:
    """Title, unit and period above, the source below, broken where they must be."""
    frame, room, high = chart.frame, width - 2 * GAP, chart.height(width)
    above = [
        *_lines(frame, frame.title, room, (TITLE, "ink")),
        *_lines(frame, frame.under, room, (UNDER, "soft")),
    ]
    below = _lines(frame, frame.source, room, (SOURCE, "soft"))
    top, bottom = _high(above), _high(below)
    height = top + high + bottom
    shifted = inside.replace("<svg ", f'<svg x="0" y="{top:.1f}" ', 1)
    outside = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height:.0f}"'
        f' viewBox="0 0 {width} {height:.0f}" role="img" font-family="{FONT}">'
    )
    parts = [
        outside,
        f"<title>{escape(frame.title)}</title><desc>{escape(chart.summary)}</desc>",
        f'<rect width="100%" height="100%" fill="{palette["paper"]}"/>',
        *_texts(chart, above, 0, width, palette),
        shifted,
        *_texts(chart, below, top + high, width, palette),
        "</svg>",
    ]
    return "".join(parts)


Line = tuple[str, float, str]


def _lines(frame: Frame, text: str, room: int, look: tuple[float, str]) -> list[Line]:
    size, color = look
    lines = broken(text, room, size, bold=size == TITLE)
    return [(frame.told(line, text), size, color) for line in lines]


def _high(lines: list[Line]) -> float:
    return sum(size * 1.35 for _, size, _ in lines) + (2 * GAP if lines else 0)


def _texts(
    chart: Chart, lines: list[Line], top: float, width: int, palette: Palette
) -> Iterable[str]:
    x, anchor = (width - GAP, "end") if chart.frame.right_to_left else (GAP, "start")
    y = top + GAP
    for text, size, color in lines:
        y += size * 1.35
        bold = ' font-weight="bold"' if size == TITLE else ""
        yield (
            f'<text x="{x}" y="{y - size * 0.3:.1f}" font-size="{size}"{bold}'
            f' text-anchor="{anchor}" fill="{palette[color]}">'
            f"{escape(text)}</text>"
        )
