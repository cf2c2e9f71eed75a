"""Small pictures as SVG, drawn here: how far on the road.

All their numbers stand beside them in words; no style is set in place.
"""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString


def pace_bar(
    progress: float | None, pace: float | None, status: str, label: str
) -> SafeString:
    """How much of the road from baseline to target is done, and where the pace is.

    Both are shares of the road; nothing is drawn of what is not known.
    """
    if progress is None:
        return SafeString("")
    done = min(max(progress, 0.0), 1.0)
    mark = ""
    if pace is not None:
        x = f"{min(max(pace, 0.0), 1.0) * 100:.1f}"
        mark = format_html('<path class="pace-mark" d="M{} 0V12"/>', x)
    return format_html(
        '<svg class="pace-bar" viewBox="0 0 100 12" preserveAspectRatio="none"'
        ' role="img" aria-label="{}"><rect class="pace-road" x=".25" y="3" width="99.5"'
        ' height="6" rx="1"/><rect class="pace-done pace-done-{}" y="3" width="{}"'
        ' height="6" rx="1"/>{}</svg>',
        label,
        status,
        f"{done * 100:.1f}",
        mark,
    )


def along(value: float | None, start: float | None, end: float) -> float | None:
    """Where a value lies between the baseline (0) and the target (1)."""
    if value is None or start is None or start == end:
        return None
    return (value - start) / (end - start)
