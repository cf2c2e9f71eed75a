"""What LibreOffice shows of a DOCX: its letters, and the fonts that draw them.

LibreOffice says nothing when no font has a letter: it draws a box with whatever font is
at hand and keeps the letter in the text. So the font of each letter is looked up.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pypdfium2
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from pypdfium2 import raw

NOTHING = "\uffff"  # a sign that stands for no letter; no font has it
# A bracket is told as it looks, which from right to left is the other one.
TURNED = str.maketrans("«[{(<‹", "»]})>›")
Drawn = tuple[str, str]  # a letter, and the PostScript name of its font


def shown(docx: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """Documents by name as PDF, by LibreOffice under a home of its own."""
    paths = [folder / f"{name}.docx" for name in docx]
    for path in paths:
        path.write_bytes(docx[path.stem])
    office = shutil.which("soffice")
    assert office, "apt-get install libreoffice-writer-nogui"
    home = f"-env:UserInstallation=file://{folder}/office"
    to = ["--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [office, home, *to, *map(str, paths)], check=True, capture_output=True
    )
    return {path.stem: path.with_suffix(".pdf") for path in paths}


def written(docx: bytes) -> Counter[str]:
    """The letters of a document's body, without spaces and marks of direction."""
    body = python_docx.Document(BytesIO(docx)).element.body
    return _letters("".join(one.text or "" for one in body.iter(qn("w:t"))))


def drawn(pdf: Path) -> Counter[Drawn]:
    """Each letter of a file with its font. One told as two halves is put together."""
    found: Counter[Drawn] = Counter()
    half = ""
    with pypdfium2.PdfDocument(pdf) as file:
        for one in file:
            for letter, font in _letters_of(one.get_textpage()):
                whole = (half + letter).encode("utf-16-le", "surrogatepass")
                half = letter if "\ud800" <= letter <= "\udbff" else ""
                if not half:
                    found[whole.decode("utf-16-le"), font] += 1
    return found


def _letters_of(text: pypdfium2.PdfTextPage) -> Iterator[Drawn]:
    for n in range(text.count_chars()):
        piece = raw.FPDFText_GetTextObject(text.raw, n)
        if not piece or raw.FPDFText_IsGenerated(text.raw, n) == 1:
            continue
        lost = raw.FPDFText_HasUnicodeMapError(text.raw, n) == 1
        letter = NOTHING if lost else chr(raw.FPDFText_GetUnicode(text.raw, n))
        yield letter, _font_of(piece)


def _font_of(piece: raw.FPDF_PAGEOBJECT) -> str:
    font = raw.FPDFTextObj_GetFont(piece)
    size = raw.FPDFFont_GetBaseFontName(font, None, 0)
    name = ctypes.create_string_buffer(size)
    raw.FPDFFont_GetBaseFontName(font, name, size)
    return name.value.decode().rpartition("+")[2]


def without_glyph(found: Collection[Drawn]) -> set[Drawn]:
    """Letters drawn by a font that has none for them: a box on paper."""
    seen = ((letter, font) for letter, font in found if _letters(letter))
    return {(letter, font) for letter, font in seen if ord(letter) not in _has(font)}


@cache
def _has(font: str) -> frozenset[int]:
    """Every letter of an installed font; the file that LibreOffice took it from."""
    asked = ["fc-list", f":postscriptname={font}", "file"]
    told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    paths = [line.rstrip(": ") for line in told.splitlines()]
    assert paths, f"{font} is not installed"
    return frozenset(n for path in paths for n in _cmap(path))


def _cmap(path: str) -> Iterator[int]:
    with TTFont(path, fontNumber=0, lazy=True) as file:
        for table in file["cmap"].tables:
            yield from table.cmap


def missing(docx: bytes, pdf: Path) -> Counter[str]:
    """Letters of the document that stand in the PDF fewer times than they should."""
    there: Counter[str] = Counter()
    for (letter, _), count in drawn(pdf).items():
        there.update(dict.fromkeys(_letters(letter), count))
    return written(docx) - there


def _letters(text: str) -> Counter[str]:
    """Without spaces, and without marks that nobody sees."""
    kinds = (c for c in text if unicodedata.category(c) not in {"Cc", "Cf"})
    return Counter(c for c in "".join(kinds).translate(TURNED) if not c.isspace())
