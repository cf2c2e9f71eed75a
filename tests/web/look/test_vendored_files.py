"""Front-end files are those that the manifest names, to the byte."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

VENDOR = Path(__file__).parents[3] / "src/donbay/web/look/static/look/vendor"
PACKAGES = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))


def test_every_file_is_the_one_that_was_pinned() -> None:
    for package in PACKAGES:
        for file in package["files"]:
            content = (VENDOR / file["path"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file["sha256"], file["path"]


def test_no_file_came_in_beside_the_manifest() -> None:
    named = {file["path"] for package in PACKAGES for file in package["files"]}
    assert {path.name for path in VENDOR.iterdir()} == named | {"manifest.json"}


def test_every_package_has_its_version_and_its_licence() -> None:
    for package in PACKAGES:
        assert package["name"]
        assert package["version"]
        assert package["licence"] in {"MIT", "OFL-1.1"}
        assert any("LICENSE" in file["path"] for file in package["files"])


def test_no_style_names_a_map_that_is_not_shipped() -> None:
    for path in VENDOR.glob("*.css"):
        assert b"sourceMappingURL" not in path.read_bytes()
