"""The reference page and the editors' schemas are those of the code."""

import json
from pathlib import Path

from donbay.packs import jsonschema, reference
from donbay.packs.schema import FILES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "packs.md"


def test_the_reference_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference.NOTE + reference.page()


def test_the_command_tells_and_mends_a_stale_page(tmp_path: Path) -> None:
    page = tmp_path / "packs.md"
    assert reference.main(["--check", str(page)]) == 1
    assert reference.main([str(page)]) == 0
    assert reference.main(["--check", str(page)]) == 0


def test_the_schemas_are_fresh() -> None:
    shipped = {
        path.name: path.read_text(encoding="utf-8")
        for path in jsonschema.SHIPPED.glob("*.json")
    }
    assert shipped == jsonschema.schemas()


def test_a_schema_refers_only_to_what_it_defines() -> None:
    for text in jsonschema.schemas().values():
        made = json.loads(text)
        used = {part.split('"')[0] for part in text.split('"#/definitions/')[1:]}
        assert used <= made["definitions"].keys()


def test_every_file_of_a_pack_has_a_chapter() -> None:
    page = reference.page()
    assert all(f"## {reference.TITLES[kind]}" in page for kind in FILES)
