"""A document as a page in which every claim is marked with its reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from donbay.documents import Reading
from donbay.documents.ledger_check import Checked
from donbay.folder.claims_said import Said
from donbay.texts import Wording

SURE = 0.9
STYLE = """body{font:1rem/1.6 system-ui,sans-serif;max-width:52rem}
body{margin:2rem auto;padding:0 1rem}
mark{background:#d7eefb;border-bottom:2px solid #0b5c8a;padding:0 .15em}
mark.unsure{background:#fff0c2;border-bottom:2px dashed #7a5200}
mark small{color:#333;margin-inline-start:.3em}
.repeated{opacity:.75;border-inline-start:3px solid #999;padding-inline-start:.6em}
li.fails{font-weight:bold}"""


def page(
    readings: Sequence[Reading],
    checks: Sequence[Sequence[Checked | None]],
    words: Wording,
) -> str:
    said = Said(words)
    parts = [
        "\n".join(_article(r, c, said)) for r, c in zip(readings, checks, strict=True)
    ]
    turn = "rtl" if words.right_to_left else "ltr"
    title = escape(" · ".join(r.document.name for r in readings))
    return (
        f'<!doctype html>\n<html lang="{words.language}" dir="{turn}">\n<head>'
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _article(
    reading: Reading, checks: Sequence[Checked | None], said: Said
) -> Iterator[str]:
    document = reading.document
    turn = "rtl" if document.language == "ar" else "ltr"
    yield f"<h1>{escape(document.name)}</h1>"
    yield from (
        f"<p>{escape(said.words.say(f'documents.whole.{d}'))}</p>"
        for d in document.doubts
    )
    yield f'<article lang="{document.language}" dir="{turn}">'
    for block in document.blocks:
        shade = ' class="repeated"' if block.repeats is not None else ""
        text = _marked(reading, checks, said, block.start, block.end)
        yield f"<p{shade}>{text}</p>"
    yield "</article>"
    if reading.relations:
        yield f"<h2>{escape(said.words.say('documents.relations'))}</h2><ul>"
        for relation in reading.relations:
            sign = ' class="fails"' if relation.holds is False else ""
            yield f"<li{sign}>{escape(said.relation(relation, reading))}</li>"
        yield "</ul>"


def _marked(
    reading: Reading,
    checks: Sequence[Checked | None],
    said: Said,
    start: int,
    end: int,
) -> str:
    text, at, parts = reading.document.text, start, []
    for claim, found in zip(reading.claims, checks, strict=True):
        if not start <= claim.start < end:
            continue
        parts.append(escape(text[at : claim.start]))
        row = [cell for cell in said.row(claim, found)[1:] if cell]
        shade = "" if claim.confidence >= SURE else ' class="unsure"'
        title = escape(" | ".join(row))
        short = escape(said.value(claim))
        parts.append(
            f'<mark{shade} title="{title}">{escape(claim.text)}'
            f'<small lang="{said.words.language}">[{short}]</small></mark>'
        )
        at = claim.end
    parts.append(escape(text[at:end]))
    return "".join(parts)
