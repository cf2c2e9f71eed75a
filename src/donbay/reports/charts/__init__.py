"""Pure functions from plain data to charts: what ECharts draws, in page and print.

Each takes a `Frame` (title, unit, period, source, how the reader writes figures and in
which direction) and a summary for who does not see it, and gives a `Chart`:

- `trend`: a value over time with its pace line and target
- `statuses_by_place`: stacked bars of how many stand where
- `bars_by_place`: one value of each place
- `mobilisation`: money by source, stacked over years
- `levels`: how many places stand on each rung of a ladder, reached and recognised
- `changes`: what became more and what less, to both sides of nothing

`donbay.reports.drawing` makes SVG and PNG of them. Nothing is drawn of what is not
known; where nothing at all is, the chart is `empty`.
"""

from donbay.reports.charts.bars import (
    bars_by_place,
    levels,
    mobilisation,
    statuses_by_place,
)
from donbay.reports.charts.change import Change, Sides, changes
from donbay.reports.charts.frame import WIDTH, Chart, Frame
from donbay.reports.charts.trend import Names, Point, trend

__all__ = [
    "WIDTH",
    "Change",
    "Chart",
    "Frame",
    "Names",
    "Point",
    "Sides",
    "bars_by_place",
    "changes",
    "levels",
    "mobilisation",
    "statuses_by_place",
    "trend",
]
