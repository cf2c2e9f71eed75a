"""A labelled folder: documents, each with a JSON file of the claims that are in it.

`NAME.json` stands beside `NAME.txt`, `.md`, `.html`, `.docx` or `.pdf` and has the keys
that `donbay read --format json` writes; a key that a label lacks is not scored. A label
without `start` is looked for by its `text`, in order. `pack` names the programme whose
indicators are meant; an `indicator` may be a list of those that would be right.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from donbay.documents import FORMATS, Document, open_document

Label = dict[str, Any]
PACKS = Path(__file__).parents[2] / "packs"


@dataclass(frozen=True)
class Labelled:
    """A document with the claims that people found in it."""

    document: Document
    labels: list[Label]
    pack: Path | None = None


def labelled(folder: Path, texts: Path | None = None) -> Iterator[Labelled]:
    """The documents lie beside their labels, or in a folder of their own."""
    for path in sorted(folder.rglob("*.json")):
        for ending in FORMATS:
            file = (texts or path.parent) / f"{path.stem}{ending}"
            if file.is_file():
                yield _one(path, file)


def _one(path: Path, file: Path) -> Labelled:
    told = json.loads(path.read_text(encoding="utf-8"))
    document = open_document(file.read_bytes(), file.name, told.get("language"))
    labels = list(placed(told["claims"], document.text))
    return Labelled(document, labels, _pack(path, told.get("pack")))


def _pack(path: Path, name: str | None) -> Path | None:
    """Beside the labels, or one that is shipped."""
    if not name:
        return None
    beside = path.parent / name
    return beside if beside.is_dir() else PACKS / name


def placed(labels: list[Label], text: str) -> Iterator[Label]:
    """With offsets; a text that is not there is a mistake of the labels."""
    at = 0
    for label in labels:
        start = label.get("start")
        if start is None:
            start = text.find(label["text"], at)
            if start < 0:
                start = text.find(label["text"])
            if start < 0:
                msg = f"“{label['text']}” is not in the document"
                raise LookupError(msg)
            at = start + 1
        end = label.get("end") or start + len(label["text"])
        yield label | {"start": start, "end": end}
