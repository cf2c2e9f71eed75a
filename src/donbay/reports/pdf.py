"""A report as PDF: tagged, PDF/UA-1, in the fonts that Donbay carries and no others."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from donbay.reports.model import (
    Block,
    Cell,
    Figure,
    Listing,
    Paragraph,
    Picture,
    Report,
    Section,
    Table,
)

if TYPE_CHECKING:
    import typst

_NO_GLYPH = re.compile(r'the text `"(?P<text>.*?)"` could not be displayed')


class NoGlyph(ValueError):  # noqa: N818 -- it is an answer, not an error of ours
    """A text that the fonts do not have; nothing was written."""


def pdf(report: Report, at: datetime) -> bytes:
    """`at` is the moment that the file says it was made. Raises NoGlyph."""
    pictures: dict[str, bytes] = {}
    data = json.dumps(_report(report, pictures), ensure_ascii=False)
    with TemporaryDirectory(prefix="donbay-report-") as folder:
        root = Path(folder)
        for name, content in pictures.items():
            (root / name).write_bytes(content)
        main = root / "main.typ"
        main.write_bytes(files(__package__).joinpath("report.typ").read_bytes())
        return _compiled(main, data, at)


def _compiled(main: Path, data: str, at: datetime) -> bytes:
    import typst  # noqa: PLC0415 -- 80 MB that only a report needs

    try:
        return typst.compile(
            main,
            root=main.parent,
            font_paths=fonts(),
            sys_inputs={"report": data},
            pdf_standards=["ua-1"],
            timestamp=at.astimezone(UTC).replace(microsecond=0),
        )
    except typst.TypstError as wrong:
        if found := _NO_GLYPH.search(str(wrong)):
            raise NoGlyph(found["text"]) from wrong
        raise


@cache
def fonts() -> typst.Fonts:
    import typst  # noqa: PLC0415 -- as above

    with as_file(files(__package__) / "fonts") as folder:
        return typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder)],
        )


def _report(report: Report, pictures: dict[str, bytes]) -> dict[str, object]:
    head, signature, words = report.head, report.signature, report.words
    return {
        "language": report.language,
        "head": {name: getattr(head, name) for name in head.__slots__},
        "marks": report.marks,
        "sections": [_section(one, pictures) for one in report.sections],
        "annexes": [_section(one, pictures) for one in report.annexes],
        "signature": {name: getattr(signature, name) for name in signature.__slots__},
        "words": {name: getattr(words, name) for name in words.__slots__},
    }


def _section(section: Section, pictures: dict[str, bytes]) -> dict[str, object]:
    blocks = [_block(one, pictures) for one in section.blocks]
    return {"title": section.title, "blocks": blocks}


def _block(block: Block, pictures: dict[str, bytes]) -> dict[str, object]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": block.text}
        case Listing():
            return {"kind": "listing", "points": block.points}
        case Picture():
            file = f"picture-{len(pictures)}.png"
            pictures[file] = block.png
            return {
                "kind": "picture",
                "file": file,
                "width": block.width,
                "caption": block.caption,
                "alternative": block.alternative,
            }
    return _table(block)


def _table(table: Table) -> dict[str, object]:
    columns = [
        {"title": one.title, "share": one.share, "number": one.number}
        for one in table.columns
    ]
    return {
        "kind": "table",
        "caption": table.caption,
        "note": table.note,
        "columns": columns,
        "rows": [[_text(cell) for cell in row] for row in table.rows],
    }


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell, Figure) else cell
