"""Workbooks as small as they come, so that a test can put anything into a cell."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = f"""<styleSheet {_NS}>
<numFmts count="2"><numFmt numFmtId="164" formatCode="[&gt;1]0.0%;0%"/>
<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts>
<fonts count="1"><font/></fonts><fills count="1"><fill/></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/>
<xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>"""
PERCENT, OWN_PERCENT, DAY = 1, 2, 3  # cell styles


class Raw(str):
    """A cell's XML as it is, with {r} for its place."""

    __slots__ = ()


def styled(number: float, style: int) -> Raw:
    return Raw(f'<c r="{{r}}" s="{style}"><v>{number}</v></c>')


def formula(text: str) -> Raw:
    return Raw(f'<c r="{{r}}"><f>{escape(text)}</f></c>')


def error(text: str) -> Raw:
    return Raw(f'<c r="{{r}}" t="e"><v>{text}</v></c>')


Cell = str | float | None
Rows = Sequence[Sequence[Cell]]


def write(path: Path, sheets: Mapping[str, Rows], *, down: int = 0) -> None:
    """`down` leaves so many rows and columns empty before the first cell."""
    names = list(sheets)
    parts = {
        "[Content_Types].xml": _types(len(names)),
        "_rels/.rels": _links([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(names),
        "xl/_rels/workbook.xml.rels": _links(
            [("worksheet", f"worksheets/s{n}.xml") for n in range(len(names))]
            + [("styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES,
    }
    for n, name in enumerate(names):
        parts[f"xl/worksheets/s{n}.xml"] = _sheet(sheets[name], down)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, xml in parts.items():
            archive.writestr(part, f'<?xml version="1.0" encoding="UTF-8"?>{xml}')


def _sheet(rows: Rows, down: int) -> str:
    lines = []
    for line, row in enumerate(rows, 1 + down):
        cells = [
            _cell(cell, f"{chr(65 + place)}{line}")
            for place, cell in enumerate(row, down)
            if cell is not None
        ]
        lines.append(f'<row r="{line}">{"".join(cells)}</row>')
    return f"<worksheet {_NS}><sheetData>{''.join(lines)}</sheetData></worksheet>"


def _cell(cell: Cell, place: str) -> str:
    if isinstance(cell, Raw):
        return cell.replace("{r}", place)
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return f'<c r="{place}"><v>{cell}</v></c>'


def _book(names: list[str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n + 1}" r:id="rId{n + 1}"/>'
        for n, name in enumerate(names)
    )
    return f'<workbook {_NS} xmlns:r="{_REL}"><sheets>{sheets}</sheets></workbook>'


def _links(links: list[tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="rId{n}" Type="{_REL}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, 1)
    )
    head = f'<Relationships xmlns="{_PACKAGE}/relationships">'
    return f"{head}{found}</Relationships>"


def _types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/s{n}.xml" '
        f'ContentType="{_MIME}.worksheet+xml"/>'
        for n in range(count)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_MIME}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_MIME}.styles+xml"/>'
        f"{sheets}</Types>"
    )
