"""Area maps from plain data: cells grown from points, circles, or imported boundaries.

- `AreaMap`: areas with their kinds, a key, and a note on what it is
- `map_svg`: as SVG for a page or, framed, for print; `drawing.rasterised` makes PNG
- `grown`, `plane`: schematic cells from points

Cells show who lies beside whom. They are not boundaries, and every map says so.
"""

from donbay.reports.maps.areas import Area, AreaMap
from donbay.reports.maps.cells import Point, Ring, grown, plane
from donbay.reports.maps.drawn import map_svg
from donbay.reports.maps.fills import PATTERNS

__all__ = ["PATTERNS", "Area", "AreaMap", "Point", "Ring", "grown", "map_svg", "plane"]
