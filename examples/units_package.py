"""The places of Viet Nam in the PyPI package vietnamadminunits (MIT), old and new."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True)
class Old:
    """A commune, ward or township of the list of the end of 2024."""

    key: str
    code: str
    name: str
    kind: str
    province: str
    district: str
    lat: str
    lon: str


@dataclass(frozen=True)
class New:
    """A commune, ward or special zone of the list of 1 July 2025."""

    key: str
    code: str
    name: str
    kind: str
    lat: str
    lon: str
    sources: tuple[Old, ...]


class Package:
    """The two lists and the old-to-new table, as the package ships them."""

    def __init__(self) -> None:
        spec = find_spec("vietnamadminunits")
        if spec is None or not spec.submodule_search_locations:
            message = "pip install vietnamadminunits (a development dependency)"
            raise SystemExit(message)
        data = Path(spec.submodule_search_locations[0]) / "data"
        self._rows = sqlite3.connect(data / "dataset.db")
        table = json.loads((data / "converter_2025.json").read_text("utf-8"))
        self._merged = table["DICT_PROVINCE"]
        self._whole = table["DICT_PROVINCE_WARD_NO_DIVIDED"]
        self._divided = table["DICT_PROVINCE_WARD_DIVIDED"]

    def provinces(self, province_key: str) -> dict[str, str]:
        """Code -> name of the provinces of 2024 inside one of today's."""
        return {
            code: nfc(name)
            for name, code in self._select(
                "SELECT DISTINCT province, provinceCode FROM admin_units_legacy"
                " WHERE provinceKey IN ({})",
                self._merged[province_key],
            )
        }

    def districts(self, province_code: str) -> list[tuple[str, str, str]]:
        rows = self._select(
            "SELECT DISTINCT districtCode, district, districtType"
            " FROM admin_units_legacy WHERE provinceCode IN ({})",
            [province_code],
        )
        return sorted((code, nfc(name), nfc(kind)) for code, name, kind in rows)

    def old_communes(self, province_key: str) -> list[Old]:
        rows = self._select(
            "SELECT provinceKey || '_' || districtKey || '_' || wardKey, wardCode,"
            " ward, wardType, provinceCode, districtCode, wardLat, wardLon"
            " FROM admin_units_legacy WHERE provinceKey IN ({})",
            self._merged[province_key],
        )
        found = (Old(*map(told, row)) for row in rows)
        return sorted(found, key=lambda old: old.code)

    def new_communes(self, province_key: str, olds: Iterable[Old]) -> list[New]:
        by_key = {old.key: old for old in olds}
        sources = self._sources(province_key)
        rows = self._select(
            "SELECT wardKey, wardCode, ward, wardType, wardLat, wardLon"
            " FROM admin_units"
            " WHERE provinceKey IN ({})",
            [province_key],
        )
        found = [
            New(
                *(told(key), told(code), told(name), told(kind), told(lat), told(lon)),
                tuple(by_key[k] for k in sources[key]),
            )
            for key, code, name, kind, lat, lon in rows
        ]
        return sorted(found, key=lambda new: new.code)

    def _sources(self, province_key: str) -> dict[str, list[str]]:
        sources: dict[str, list[str]] = defaultdict(list)
        for new, olds in self._whole[province_key].items():
            sources[new] += olds
        for old, targets in self._divided.get(province_key, {}).items():
            for target in targets:
                sources[target["newWardKey"]].append(old)
        return sources

    def _select(self, query: str, keys: list[str]) -> list[tuple[str, ...]]:
        marks = ", ".join("?" * len(keys))
        return self._rows.execute(query.format(marks), keys).fetchall()


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def told(cell: object) -> str:
    """A point to the fourth decimal, which is some ten metres."""
    if isinstance(cell, float):
        return f"{cell:.4f}".rstrip("0").rstrip(".")
    return "" if cell is None else nfc(str(cell))
