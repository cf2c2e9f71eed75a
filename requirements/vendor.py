"""Front-end files in the site, pinned like the rest: `python requirements/vendor.py`.

Reads the manifest beside the files, gets each package at its version from npm, copies
the files it names and writes their sha256. To move to a newer version, change the
version there and run this. Who uses Donbay never needs it, nor node.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "src/donbay/web/look/static/look/vendor"
MANIFEST = VENDOR / "manifest.json"
# A map that is not shipped makes the release build of static files fail.
SOURCE_MAP = re.compile(rb"\s*/[*/]# sourceMappingURL=[^\n]*")


def refresh() -> None:
    packages = json.loads(MANIFEST.read_text(encoding="utf-8"))
    for package in packages:
        with tempfile.TemporaryDirectory() as folder:
            _fetch(package, Path(folder))
    text = json.dumps(packages, indent=2, ensure_ascii=False)
    MANIFEST.write_text(f"{text}\n", encoding="utf-8")


def _fetch(package: dict, folder: Path) -> None:  # type: ignore[type-arg]  # JSON as it stands
    wanted = f"{package['name']}@{package['version']}"
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), wanted]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- of our own manifest
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    for file in package["files"]:
        content = SOURCE_MAP.sub(b"", (folder / "package" / file["from"]).read_bytes())
        (VENDOR / file["path"]).write_bytes(content)
        file["sha256"] = hashlib.sha256(content).hexdigest()
        print(file["path"])


if __name__ == "__main__":
    refresh()
