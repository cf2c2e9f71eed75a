"""JSON Schemas of a pack's files, so that editors complete and check while one types.

They follow from the schema; `python -m donbay.packs.jsonschema FOLDER` writes them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from donbay.packs.cases_schema import CASE
from donbay.packs.schema import FILES
from donbay.packs.shapes import (
    Choice,
    Field,
    Later,
    ListOf,
    MapOf,
    OneOf,
    Record,
    Shape,
)
from donbay.packs.texts import LANGUAGES
from donbay.packs.words import Word

SHIPPED = Path(__file__).parent / "schema"
DRAFT = "http://json-schema.org/draft-07/schema#"
_TEXTS: dict[str, object] = {
    "$schema": DRAFT,
    "title": f"texts/<{'|'.join(LANGUAGES)}>.yaml",
    "type": "object",
    "additionalProperties": {"$ref": "#/definitions/texts"},
    "definitions": {
        "texts": {
            "anyOf": [
                {"type": ["string", "number"]},
                {"type": "array", "items": {"type": "string"}},
                {
                    "type": "object",
                    "additionalProperties": {"$ref": "#/definitions/texts"},
                },
            ]
        }
    },
}


def schemas() -> dict[str, str]:
    """By file name, the text of each schema."""
    found = {kind: _document(shape) for kind, shape in FILES.items()}
    found["cases"] = _one_or_many(CASE)
    found["texts"] = _TEXTS
    return {
        f"{kind}.json": json.dumps(made, ensure_ascii=False, indent=1) + "\n"
        for kind, made in found.items()
    }


def write(folder: Path = SHIPPED) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


def _document(shape: Shape) -> dict[str, object]:
    definitions: dict[str, object] = {}
    top = _schema(shape, definitions)
    # Beside a $ref a draft-07 reader sees nothing else.
    whole = {"allOf": [top]} if "$ref" in top else top
    return {"$schema": DRAFT, **whole, "definitions": definitions}


def _one_or_many(shape: Record) -> dict[str, object]:
    definitions: dict[str, object] = {}
    one = _schema(shape, definitions)
    many = {"type": "array", "items": one}
    return {"$schema": DRAFT, "anyOf": [one, many], "definitions": definitions}


def _schema(shape: Shape, definitions: dict[str, object]) -> dict[str, object]:
    match shape:
        case Word():
            return dict(shape.json)
        case Choice():
            return {"enum": [member.value for member in shape.of]}
        case ListOf():
            items = _schema(shape.item, definitions)
            return {"type": "array", "minItems": shape.at_least, "items": items}
        case MapOf():
            return {
                "type": "object",
                "additionalProperties": _schema(shape.value, definitions),
            }
        case Later():
            return _schema(shape.shape(), definitions)
        case Record() | OneOf():
            return _defined(shape, definitions)


def _ref(shape: Record | OneOf) -> dict[str, object]:
    return {"$ref": f"#/definitions/{_name(shape)}"}


def _name(shape: Record | OneOf) -> str:
    return re.sub(r"\W+", "_", shape.name).strip("_")


def _defined(
    shape: Record | OneOf, definitions: dict[str, object]
) -> dict[str, object]:
    name = _name(shape)
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = (
            _record(shape, definitions)
            if isinstance(shape, Record)
            else {
                "description": shape.says,
                "anyOf": [_record(b, definitions) for b in shape.branches.values()],
            }
        )
    return _ref(shape)


def _record(shape: Record, definitions: dict[str, object]) -> dict[str, object]:
    made: dict[str, object] = {
        "description": shape.says,
        "type": "object",
        "additionalProperties": False,
        "properties": {f.key: _described(f, definitions) for f in shape.fields},
    }
    required = [field.key for field in shape.fields if field.required]
    if required:
        made["required"] = required
    if shape.short:
        return {"anyOf": [{"type": "string", "description": shape.says}, made]}
    return made


def _described(field: Field, definitions: dict[str, object]) -> Mapping[str, object]:
    made = _schema(field.shape, definitions)
    if "$ref" in made:
        return {"description": field.says, "allOf": [made]}
    return {"description": field.says, **made}


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED)
