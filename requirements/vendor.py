"""Files of others that are shipped, pinned: `python requirements/vendor.py`.

Reads the manifest in each folder of such files, gets each package at its version from
npm, copies the files it names and writes their sha256. To move to a newer version,
change the version there and run this. Fonts for print are made by `fonts.py`, which
uses this. Who uses Donbay never needs it, nor node.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

DONBAY = Path(__file__).parents[1] / "src/donbay"
FOLDERS = (DONBAY / "web/look/static/look/vendor", DONBAY / "reports/vendor")
# A map that is not shipped makes the release build of static files fail.
SOURCE_MAP = re.compile(rb"\s*/[*/]# sourceMappingURL=[^\n]*")


def refresh(vendor: Path) -> None:
    manifest = vendor / "manifest.json"
    packages = json.loads(manifest.read_text(encoding="utf-8"))
    for package in packages:
        with tempfile.TemporaryDirectory() as folder:
            _copy(package, fetch(package, Path(folder)), vendor)
    text = json.dumps(packages, indent=2, ensure_ascii=False)
    manifest.write_text(f"{text}\n", encoding="utf-8")


def fetch(package: dict, folder: Path) -> Path:  # type: ignore[type-arg]  # JSON as it stands
    """The unpacked package, in `folder`."""
    wanted = f"{package['name']}@{package['version']}"
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), wanted]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- of our own manifest
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def _copy(package: dict, unpacked: Path, vendor: Path) -> None:  # type: ignore[type-arg]  # JSON as it stands
    for file in package["files"]:
        content = SOURCE_MAP.sub(b"", (unpacked / file["from"]).read_bytes())
        (vendor / file["path"]).write_bytes(content)
        file["sha256"] = hashlib.sha256(content).hexdigest()
        print(file["path"])


if __name__ == "__main__":
    for each in FOLDERS:
        refresh(each)
