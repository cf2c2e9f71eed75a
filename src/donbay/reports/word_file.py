"""A report as DOCX, with everything the other way round where a language asks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from donbay.reports.model import (
    Block,
    Cell,
    Column,
    Figure,
    Listing,
    Paragraph,
    Picture,
    Report,
    Section,
    Table,
)

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Times New Roman"  # on every desk, with the letters of all four languages
WIDTH = 9_638  # of the text on A4 with margins of 2 cm, in twentieths of a point
ALL_OF_IT = 5_000  # a width in fiftieths of a per cent
LOCALES = {"vi": "vi-VN", "en": "en-GB", "fr": "fr-FR", "ar": "ar-SA"}
SMALL = 17  # half points
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BEGIN, _END = '<w:t xml:space="preserve">', "</w:t>"
_HERE = "\ue000"  # where the text of a cell goes: in no font, so in no report
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def docx(report: Report, at: datetime) -> bytes:
    """Word's own parts by python-docx; paragraphs and tables as XML, escaped here."""
    import docx as python_docx  # noqa: PLC0415 -- only a report needs it

    document = python_docx.Document()
    Pages(report, document).write()
    made = at.astimezone(UTC).replace(tzinfo=None)
    document.core_properties.created = document.core_properties.modified = made
    file = BytesIO()
    document.save(file)
    return file.getvalue()


class Pages:
    """Writes a report into an empty document, from top to bottom."""

    def __init__(self, report: Report, document: Document) -> None:
        self.report, self.document = report, document
        self.turned = report.right_to_left
        self.locale = LOCALES[report.language]

    def write(self) -> None:
        report = self.report
        self._set_up()
        self._head()
        for mark in report.marks:
            self._add(self._paragraph(mark, size=SMALL))
        for number, section in enumerate(report.sections, 1):
            self._section(f"{number}. {section.title}", section)
        self._signature()
        for number, annex in enumerate(report.annexes, 1):
            name = report.words.annex.replace("{number}", str(number))
            self._section(f"{name}. {annex.title}", annex, new_page=True)

    def _add(self, xml: str) -> None:
        from docx.oxml import parse_xml  # noqa: PLC0415 -- as above

        body = self.document.element.body
        body.insert(len(body) - 1, parse_xml(xml))  # the last one sets up the page

    # --- the document ---

    def _set_up(self) -> None:
        from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415 -- as above

        document, head = self.document, self.report.head
        for name in ("Normal", "Heading 1", "Title"):
            style = document.styles[name]
            style.font.name = FONT
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in list(fonts.attrib):
                del fonts.attrib[key]
            for script in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(_name(script), FONT)
            for apart in style.element.rPr.findall(_name("spacing")):
                style.element.rPr.remove(apart)  # Arabic letters would be torn apart
            style.font.color.rgb = RGBColor(0, 0, 0)
        document.styles["Normal"].font.size = Pt(12)
        title = document.styles["Title"].element.pPr
        for line in title.findall(_name("pBdr")):
            title.remove(line)
        page = document.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2)
        page.top_margin = page.bottom_margin = Cm(2)
        properties = document.core_properties
        properties.title, properties.author = _clean(head.title), _clean(head.issuer)
        properties.language = self.locale
        properties.comments = ""
        self._points()
        self._page_numbers()

    def _points(self) -> None:
        """A letter that every font has before the points of a list, not a symbol."""
        numbering = self.document.part.numbering_part.element
        for level in numbering.iter(_name("lvl")):
            if level.find(_name("numFmt")).get(_name("val")) == "bullet":
                level.find(_name("lvlText")).set(_name("val"), "•")
                fonts = level.find(_name("rPr")).find(_name("rFonts"))
                for script in ("ascii", "hAnsi", "cs"):
                    fonts.set(_name(script), FONT)

    def _page_numbers(self) -> None:
        from docx.oxml import parse_xml  # noqa: PLC0415 -- as above

        parts = re.split(r"(\{pages?\})", self.report.words.page)
        fields = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
        runs = "".join(
            f'<w:fldSimple w:instr="{fields[part]}">{self._run("1", size=SMALL)}'
            "</w:fldSimple>"
            if part in fields
            else self._run(part, size=SMALL)
            for part in parts
            if part
        )
        footer = self.document.sections[0].footer
        old = footer.paragraphs[0]._p  # noqa: SLF001 -- the element that python-docx wraps
        old.getparent().replace(old, parse_xml(self._framed(runs, align="center")))

    # --- parts ---

    def _head(self) -> None:
        head = self.report.head
        left = [self._paragraph(head.above, align="center")] if head.above else []
        left.append(self._paragraph(head.issuer, align="center", bold=True))
        left.append(self._paragraph(head.number, align="center"))
        right = [self._paragraph(x, align="center", bold=True) for x in head.state]
        right.append(self._paragraph(head.seat_and_day, align="center"))
        self._add(self._beside("".join(left), "".join(right)))
        self._add(self._paragraph(""))
        title = self._paragraph(
            head.title, style="Title", align="center", bold=True, size=30
        )
        self._add(title)
        if head.subtitle:
            self._add(self._paragraph(head.subtitle, align="center"))

    def _signature(self) -> None:
        it, words = self.report.signature, self.report.words
        if not (it.title or it.name or it.recipients):
            return  # else an empty page, where the one before is full
        left = [self._paragraph("")]
        if it.recipients:
            left = [self._paragraph(words.recipients, bold=True, size=22)]
            left += [self._paragraph(line, size=22) for line in it.recipients]
        right = [self._paragraph(it.title, align="center", bold=True)]
        right += [self._paragraph("") for _ in range(4)]
        right.append(self._paragraph(it.name, align="center", bold=True))
        self._add(self._paragraph(""))
        self._add(self._beside("".join(left), "".join(right)))

    def _section(self, title: str, section: Section, *, new_page: bool = False) -> None:
        self._add(self._paragraph(title, style="Heading1", new_page=new_page))
        for block in section.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._add(self._paragraph(block.text))
            case Listing():
                for point in block.points:
                    self._add(self._paragraph(point, style="ListBullet"))
            case Picture():
                self._picture(block)
            case Table():
                self._add(self._paragraph(block.caption, bold=True, keep=True))
                self._add(self._table(block))
                self._add(self._paragraph(block.note, size=SMALL if block.note else 4))

    def _picture(self, block: Picture) -> None:
        from docx.shared import Cm  # noqa: PLC0415 -- as above

        self.document.add_picture(BytesIO(block.png), width=Cm(block.width))
        drawn = self.document.inline_shapes[-1]._inline  # noqa: SLF001 -- as above
        drawn.docPr.set("descr", _clean(block.alternative))
        self._add(self._paragraph(block.caption, align="center", size=SMALL))

    # --- XML ---

    def _paragraph(
        self,
        text: str,
        *,
        style: str = "",
        align: str = "start",
        bold: bool = False,
        size: int | None = None,
        keep: bool = False,
        new_page: bool = False,
    ) -> str:
        runs = self._run(text, bold=bold, size=size) if text else ""
        return self._framed(
            runs, style=style, align=align, size=size, keep=keep, new_page=new_page
        )

    def _framed(
        self,
        runs: str,
        *,
        style: str = "",
        align: str = "start",
        size: int | None = None,
        keep: bool = False,
        new_page: bool = False,
    ) -> str:
        parts = [
            f'<w:pStyle w:val="{style}"/>' if style else "",
            "<w:keepNext/>" if keep else "",
            "<w:pageBreakBefore/>" if new_page else "",
            "<w:bidi/>" if self.turned else "",
            '<w:spacing w:before="40" w:after="60"/>' if not style else "",
            f'<w:jc w:val="{align}"/>',
            f'<w:rPr><w:sz w:val="{size}"/></w:rPr>' if size else "",
        ]
        return f"<w:p {_W}><w:pPr>{''.join(parts)}</w:pPr>{runs}</w:p>"

    def _run(self, text: str, *, bold: bool = False, size: int | None = None) -> str:
        parts = [
            "<w:b/><w:bCs/>" if bold else "",
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
            "<w:rtl/>" if self.turned else "",
            f'<w:lang w:val="{self.locale}" w:bidi="{self.locale}"/>',
        ]
        lines = "<w:br/>".join(
            f"{_BEGIN}{_escaped(line)}{_END}" for line in text.splitlines()
        )
        return f"<w:r><w:rPr>{''.join(parts)}</w:rPr>{lines}</w:r>"

    def _beside(self, first: str, second: str) -> str:
        """Two columns without lines; the first is where reading begins."""
        half = WIDTH // 2
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{half}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'
            for inside in (first, second)
        )
        return (
            f"<w:tbl {_W}><w:tblPr>{self._visual()}"
            f'<w:tblW w:w="{ALL_OF_IT}" w:type="pct"/><w:tblLayout w:type="fixed"/>'
            f'</w:tblPr><w:tblGrid><w:gridCol w:w="{half}"/><w:gridCol w:w="{half}"/>'
            f"</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>"
        )

    def _visual(self) -> str:
        return "<w:bidiVisual/>" if self.turned else ""

    def _table(self, table: Table) -> str:
        whole = sum(column.share for column in table.columns)
        widths = [round(WIDTH * one.share / whole) for one in table.columns]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = "".join(self._rows(table, widths))
        lines = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="9AA0A6"/>'
            for side in ("top", "start", "bottom", "end", "insideH", "insideV")
        )
        return (
            f'<w:tbl {_W}><w:tblPr>{self._visual()}<w:tblW w:w="{ALL_OF_IT}"'
            f' w:type="pct"/><w:tblBorders>{lines}</w:tblBorders>'
            '<w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        )

    def _rows(self, table: Table, widths: list[int]) -> Iterator[str]:
        titles = "".join(
            self._cell(column.title, column, width, heading=True)
            for column, width in zip(table.columns, widths, strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{titles}</w:tr>"
        frames = [
            self._cell(_HERE, column, width).split(_HERE)
            for column, width in zip(table.columns, widths, strict=True)
        ]
        for row in table.rows:
            cells = "".join(
                f"{before}{_inside(cell)}{after}"
                for cell, (before, after) in zip(row, frames, strict=True)
            )
            yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"

    def _cell(
        self, text: str, column: Column, width: int, *, heading: bool = False
    ) -> str:
        align = "end" if column.number else "start"
        inside = self._paragraph(text, align=align, bold=heading, size=SMALL)
        inside = inside.replace(f" {_W}", "")  # it stands at the table
        shade = '<w:shd w:val="clear" w:fill="ECEFF3"/>' if heading else ""
        look = f'<w:tcW w:w="{width}" w:type="dxa"/>{shade}'
        return f"<w:tc><w:tcPr>{look}</w:tcPr>{inside}</w:tc>"


def _inside(cell: Cell) -> str:
    """The text of a cell within its frame."""
    text = cell.text if isinstance(cell, Figure) else cell
    return _escaped(text).replace("\n", f"{_END}<w:br/>{_BEGIN}")


def _name(local: str) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415 -- as above

    return qn(f"w:{local}")


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _escaped(text: str) -> str:
    return escape(_clean(text))
