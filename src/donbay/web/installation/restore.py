"""Restoring a backup: everything is checked first, and then all of it is there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from donbay.web.installation.archive import (
    CHUNK,
    FOLDERS,
    FORMAT,
    MANIFEST,
    steps_taken,
)
from donbay.web.installation.rows import count_on, load_table, tables
from donbay.web.journal.models import Entry
from donbay.web.offices.models import User
from donbay.web.programmes.models import Programme


class Unfit(Exception):  # noqa: N818 -- it is an answer, not an error of ours
    """Why nothing was restored: a code, and what it is about."""

    def __init__(self, code: str, **about: str) -> None:
        self.code, self.about = code, about
        super().__init__(code)


@dataclass(frozen=True)
class Restored:
    """What was brought."""

    rows: int
    files: int
    made_at: str


def restore(path: Path) -> Restored:
    """Into an empty installation only. Raises Unfit; then it is as empty as before."""
    if any(model.objects.exists() for model in (User, Entry, Programme)):
        raise Unfit("cli.restore.not_empty")
    home = Path(settings.HOME)
    try:
        manifest = checked(path)
        with tempfile.TemporaryDirectory(dir=home, prefix="restoring-") as folder:
            rows = 0
            with transaction.atomic():
                # What migrating made by itself comes again with the backup.
                Permission.objects.all().delete()
                ContentType.objects.all().delete()
                rows = _unpack(path, Path(folder))
                for model in tables().values():
                    count_on(model)
                files = _move(Path(folder), home)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise Unfit("cli.restore.broken", member=path.name, why=str(error)) from error
    return Restored(rows, files, str(manifest["made_at"]))


def checked(path: Path) -> dict[str, object]:
    """The manifest, if every member is what it says. Raises Unfit."""
    sums: dict[str, str] = {}
    text = b""
    for name, file in _members(path):
        if name == MANIFEST:
            text = file.read()
            continue
        digest = hashlib.sha256()
        while chunk := file.read(CHUNK):
            digest.update(chunk)
        sums[name] = digest.hexdigest()
    if not text:
        raise Unfit("cli.restore.no_manifest")
    manifest: dict[str, object] = json.loads(text)
    if manifest.get("format") != FORMAT:
        raise Unfit("cli.restore.format", format=str(manifest.get("format")))
    _compare(manifest["sha256"], sums)
    if manifest["steps"] != steps_taken():
        raise Unfit("cli.restore.version")
    return manifest


def _compare(said: object, found: dict[str, str]) -> None:
    given = dict(said) if isinstance(said, dict) else {}
    for name in sorted(given.keys() | found.keys()):
        if given.get(name) != found.get(name):
            raise Unfit("cli.restore.broken", member=name, why="sha256")


def _members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Plain files under the names that a backup has; anything else is refused."""
    with tarfile.open(path, mode="r|gz") as tar:
        for info in tar:
            parts = PurePosixPath(info.name).parts
            known = info.name == MANIFEST or parts[0] in {"tables", *FOLDERS}
            file = tar.extractfile(info) if info.isreg() else None
            if file is None or not known or ".." in parts:
                raise Unfit("cli.restore.broken", member=info.name, why="name")
            yield info.name, file


def _unpack(path: Path, folder: Path) -> int:
    """Rows into the database, files into a folder beside their place."""
    rows = 0
    for name, file in _members(path):
        if name.startswith("tables/"):
            table = name.removeprefix("tables/").removesuffix(".jsonl")
            if table not in tables():
                raise Unfit("cli.restore.version")
            rows += load_table(table, file)
        elif name != MANIFEST:
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("wb") as out:
                shutil.copyfileobj(file, out, CHUNK)
                out.flush()
                os.fsync(out.fileno())
    return rows


def _move(folder: Path, home: Path) -> int:
    """They are named by what they hold, so one that is there already is the same."""
    found = [p for p in sorted(folder.rglob("*")) if p.is_file()]
    for path in found:
        place = home / path.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
    return len(found)
