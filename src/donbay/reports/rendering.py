"""A report as a file, in the formats that can be ordered."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape

from donbay.reports.charts import Chart
from donbay.reports.drawing import begin, rasterised, svg
from donbay.reports.lines import unknown
from donbay.reports.model import Report
from donbay.reports.pdf import NoGlyph, fonts, pdf
from donbay.reports.sheets import xlsx
from donbay.reports.word_file import docx

FORMATS = ("pdf", "docx", "xlsx")
SCALE = 1.5  # of charts: 175 dots an inch on paper; time goes with the dots

_TEXT = re.compile(r"<text[^>]*>([^<]+)<")
_CLIPPED = re.compile(r'<g clip-path="[^"]*">')


def drawn(chart: Chart) -> bytes:
    """A chart as it stands in a report. Raises NoGlyph: a picture would show a box.

    Nothing in our charts reaches beyond its axes, and clips take half of the time.
    """
    picture = svg(chart)
    for text in _TEXT.findall(picture):
        if strange := unknown(unescape(text)):
            raise NoGlyph(strange)
    return rasterised(_CLIPPED.sub("<g>", picture), scale=SCALE)


def get_ready() -> None:
    """Load now what the first report would wait for: half a second."""
    import docx  # noqa: F401, PLC0415 -- only a report needs it

    begin()
    fonts()


def rendered(report: Report, form: str, at: datetime) -> bytes:
    """`at` is the moment that the file says it was made. Raises NoGlyph."""
    match form:
        case "pdf":
            return pdf(report, at)
        case "docx":
            return docx(report, at)
        case "xlsx":
            return xlsx(report, at)
    raise ValueError(form)
