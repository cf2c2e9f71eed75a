"""Signs beside colours: a pattern for every kind of bar, a symbol for every line."""

from __future__ import annotations

from donbay.reports.charts.frame import Option

_TURN = 0.7853981633974483  # an eighth of a circle


def _lines(apart: int, *, turn: float = _TURN, wide: int = 1) -> Option:
    """Strokes of `wide`, so far apart."""
    return {
        "symbol": "rect",
        "color": "$paper",
        "dashArrayX": [1, 0],
        "dashArrayY": [wide, apart],
        "rotation": turn,
    }


def _dots(apart: int, size: float = 1.0, symbol: str = "circle") -> Option:
    return {
        "symbol": symbol,
        "symbolSize": size,
        "color": "$paper",
        "dashArrayX": [[3, apart], [0, apart + 3 - apart // 2, 3, apart // 2]],
        "dashArrayY": [3, apart // 2],
    }


def _ink(pattern: Option) -> Option:
    """On a pale ground the pattern is dark."""
    return pattern | {"color": "$soft"}


STATUS_PATTERNS: dict[str, Option | None] = {
    "off_track": _lines(5, wide=2),
    "missed": _lines(4, turn=-_TURN),
    "at_risk": _ink(_dots(6)),
    "no_data": None,
    "open": _ink(_lines(6)),
    "on_track": _ink(_lines(6, turn=0.0)),
    "achieved": None,
}
SERIES_PATTERNS: tuple[Option | None, ...] = (
    None,
    _ink(_lines(5)),
    _dots(6),
    _ink(_lines(6, turn=0.0)),
    _lines(5, turn=-_TURN),
    _ink(_dots(8, 0.8, "rect")),
)


def style(color: str, pattern: Option | None = None) -> Option:
    """A fill with its pattern and an edge that parts it from its neighbours."""
    plain: Option = {"color": f"${color}", "borderColor": "$ink", "borderWidth": 0.75}
    return plain | {"decal": pattern} if pattern else plain
