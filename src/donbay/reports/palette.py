"""Colours of pictures, by name: an option says `$achieved`, a palette says which.

Statuses and series differ by 14 or more (OKLab, times 100) for eyes that see all
colours and for the three kinds that do not; tests measure it. Every kind also has a
pattern of its own, so that colour is never the only sign.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

Palette = Mapping[str, str]
STATUSES = (
    *("off_track", "missed", "at_risk", "no_data", "open", "on_track", "achieved"),
)
SERIES = tuple(f"series{n}" for n in range(1, 7))
STEPS = tuple(f"step{n}" for n in range(1, 6))

LIGHT: Palette = {
    "ink": "#1D2327",
    "soft": "#50595F",
    "line": "#D5DBD9",
    "strong": "#7D878B",
    "paper": "#FFFFFF",
    "accent": "#0B5C63",
    "off_track": "#E06E00",
    "missed": "#48001E",
    "at_risk": "#F3C062",
    "no_data": "#8B9196",
    "open": "#E2F0F5",
    "on_track": "#69C2F8",
    "achieved": "#005E34",
    "series1": "#0E5C6B",
    "series2": "#CB963F",
    "series3": "#8563DE",
    "series4": "#7BCEF9",
    "series5": "#A01905",
    "series6": "#E6E080",
    "step1": "#E4F1F2",
    "step2": "#A9D3D7",
    "step3": "#62AAB2",
    "step4": "#217985",
    "step5": "#083F49",
}
DARK: Palette = {
    "ink": "#E4E8E9",
    "soft": "#AEB8BB",
    "line": "#363F43",
    "strong": "#87949A",
    "paper": "#14191B",
    "accent": "#7CCDD3",
    "off_track": "#F16500",
    "missed": "#AA4344",
    "at_risk": "#FFEF74",
    "no_data": "#8D9398",
    "open": "#2A3030",
    "on_track": "#0B68A1",
    "achieved": "#88D0A7",
    "series1": "#61E2F0",
    "series2": "#ED9535",
    "series3": "#9F81FC",
    "series4": "#2F5F98",
    "series5": "#C7300A",
    "series6": "#F3F772",
    "step1": "#1E3034",
    "step2": "#25555C",
    "step3": "#3A8189",
    "step4": "#6DB4BB",
    "step5": "#C5ECEF",
}
_NAMED = re.compile(r'"\$([a-z_]+[0-9]?)"')


def painted(option: Mapping[str, Any], palette: Palette = LIGHT) -> str:
    """An option as JSON with the colours of a palette in the places of their names."""
    text = json.dumps(option, ensure_ascii=False, sort_keys=True)
    return _NAMED.sub(lambda found: f'"{palette[found[1]]}"', text)
