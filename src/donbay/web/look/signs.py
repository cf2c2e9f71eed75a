"""Drawn signs: a line each, in a square of 16. A sign never stands without its word."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

_TICK = "m3 8.5 3.2 3.2L13 4.8"
_CROSS = "m4 4 8 8m0-8-8 8"
_UP = "M8 13V3.5m-4 4 4-4 4 4"
_DOWN = "M8 3v9.5m-4-4 4 4 4-4"
_STOP = "M8 3v6.5m0 3v.1"
_NONE = "M4 8h8"
_RING = "M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0"
_SAID = "M8 7v5m0-8.5v.1"
_ASKED = "M5.6 6a2.4 2.4 0 1 1 3.5 2.1C8.3 8.6 8 9 8 10m0 2.6v.1"
DRAWN = {
    "achieved": _TICK,
    "met": _TICK,
    "approved": _TICK,
    "ready": _TICK,
    "success": _TICK,
    "good": _TICK,
    "basically_met": "M2.5 6.5q2.7-3 5.5 0t5.5 0m-11 4.5q2.7-3 5.5 0t5.5 0",
    "not_met": _CROSS,
    "missed": _CROSS,
    "failed": _CROSS,
    "error": _CROSS,
    "unknown": _ASKED,
    "not_applicable": _NONE,
    "no_data": _NONE,
    "open": _RING,
    "waiting": _RING,
    "running": "M13.5 8A5.5 5.5 0 1 1 8 2.5m0 0 2.5 2M8 2.5l2-1.5",
    "on_track": _UP,
    "sent": _UP,
    "up": _UP,
    "at_risk": _STOP,
    "warning": _STOP,
    "late": _STOP,
    "off_track": _DOWN,
    "down": _DOWN,
    "returned": "M12.5 12.5V8.5a3 3 0 0 0-3-3H3.5m3-3-3 3 3 3",
    "draft": "m3 13 1-3.5L11 2.5l2.5 2.5-7 7z",
    "info": _SAID,
    "debug": _SAID,
    "made_up": "M6 2.5h4M6.5 2.5v4L3 13.5h10l-3.5-7v-4M5 10h6",
    "globe": f"{_RING}M2.5 8h11M8 2.5q-5 5.5 0 11 5-5.5 0-11",
    "person": "M10.5 5.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0M3 13.5q.7-4 5-4t5 4",
    "lever": "M2 5.5 14 10M8 8l-2 4.5h4z",
    "calendar": "M3 4h10v9.5H3zM3 7h10M5.5 2.5V5m5-2.5V5",
    "file": "M4 2.5h5l3 3v8H4zM9 2.5v3h3",
    "both": "m4.5 6.5 3.5-3.5 3.5 3.5m-7 3 3.5 3.5 3.5-3.5",
}


def drawn(name: str) -> SafeString:
    """Who cannot see it loses nothing, for a word stands beside."""
    return format_html(
        '<svg class="sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        DRAWN.get(name, _SAID),
    )
