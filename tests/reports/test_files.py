"""Fonts and libraries that are shipped are those that their manifests name."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from donbay.reports import drawing

FOLDERS = {"vendor": drawing.ECHARTS.parent, "fonts": drawing.FONTS}
every_folder = pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)


def manifest(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        (folder / "manifest.json").read_text("utf-8")
    )
    return found


def sums(package: dict[str, Any]) -> dict[str, str]:
    copied = {f["path"]: f["sha256"] for f in package["files"] if "path" in f}
    made: dict[str, str] = package.get("made", {})
    return copied | made


@every_folder
def test_every_file_is_the_one_that_was_pinned(folder: Path) -> None:
    pinned = {k: v for package in manifest(folder) for k, v in sums(package).items()}
    there = {path.name for path in folder.iterdir()} - {"manifest.json"}
    assert there == set(pinned)
    for name, wanted in pinned.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == wanted, name


@every_folder
def test_every_package_has_its_version_and_its_licence(folder: Path) -> None:
    for package in manifest(folder):
        assert package["version"]
        assert package["licence"] in {"Apache-2.0", "OFL-1.1"}
        assert any("LICENSE" in file.get("path", "") for file in package["files"])
