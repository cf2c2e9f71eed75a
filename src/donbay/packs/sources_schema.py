"""The format of a citation."""

from __future__ import annotations

from donbay.domain.sources import Verification
from donbay.packs.shapes import Choice, Field, Record
from donbay.packs.words import DOCUMENT, LINK, TEXT


def _short(text: str) -> dict[str, str]:
    document, mark, article = text.partition("#")
    return {"document": document} | ({"article": article} if mark else {})


SOURCE = Record(
    "source",
    "Where a number or rule comes from. Short form: `document` or `document#article`.",
    (
        Field("document", DOCUMENT, "a document of the pack"),
        Field("article", TEXT, "the place in it"),
        Field("title", TEXT, "of an outside page, in its own language"),
        Field("href", LINK, "the address of an outside page"),
        Field(
            "verification",
            Choice(Verification),
            "how far it was checked; default: the document's",
        ),
        Field("note", TEXT, "needed where `unverified`: what was not found"),
    ),
    short=_short,
)
