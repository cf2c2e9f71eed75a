"""One mistake each in a copy of a good pack, and what the loader must say of it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
LIBRARY = HERE / "library"
DATA = HERE / "mistakes.yaml"


@dataclass(frozen=True)
class Mistake:
    number: int
    said: Mapping[str, object]

    @property
    def name(self) -> str:
        return f"{self.number}-{self.text('code')}"

    def text(self, key: str, default: str = "") -> str:
        return str(self.said.get(key, default))

    @property
    def pack(self) -> str:
        return self.text("pack", "tiny")

    @property
    def codes(self) -> set[str]:
        also = self.said.get("also", [])
        assert isinstance(also, list)
        return {f"pack.{code}" for code in (self.text("code"), *also)}

    @property
    def place(self) -> str:
        inside = self.text("in", self.text("file"))
        return f"{self.pack}/{inside}".rstrip("/")

    def make(self, folder: Path) -> Path:
        """The library copied into `folder` with the mistake in it; the pack's path."""
        shutil.copytree(LIBRARY, folder, dirs_exist_ok=True)
        pack = folder / self.pack
        before = self.said.get("before")
        if isinstance(before, dict):
            replace(pack / str(before["file"]), before["from"], before["to"])
        path = pack / self.text("file")
        path.parent.mkdir(parents=True, exist_ok=True)
        if "delete" in self.said:
            path.unlink()
        elif "bytes" in self.said:
            path.write_bytes(bytes.fromhex(self.text("bytes")))
        elif "write" in self.said:
            path.write_text(self.text("write"), encoding="utf-8")
        else:
            replace(path, self.text("from"), self.text("to"))
        if "edition" in self.said:
            shutil.rmtree(pack / "editions")
        return pack

    def line(self, pack: Path) -> int | None:
        if "line" in self.said:
            line = self.said["line"]
            return None if line == "none" else int(str(line))
        inside = self.text("in", self.text("file"))
        if not inside:
            return None
        wanted = self.text("at") or self.text("to").splitlines()[0]
        text = (pack / inside).read_text(encoding="utf-8")
        at = [i for i, line in enumerate(text.split("\n"), 1) if wanted in line]
        return at[int(self.text("nth", "1")) - 1]


def replace(path: Path, old: object, new: object) -> None:
    text = path.read_text(encoding="utf-8")
    assert str(old) in text, f"{path.name}: {old!r}"
    path.write_text(text.replace(str(old), str(new), 1), encoding="utf-8")


def mistakes() -> list[Mistake]:
    with DATA.open(encoding="utf-8") as file:
        found = yaml.load(file, Loader=yaml.BaseLoader)  # noqa: S506 -- the base loader makes only text
    return [Mistake(number, said) for number, said in enumerate(found, start=1)]
