"""Keeping what was uploaded: bounded, hashed while it is written, kept once."""

from __future__ import annotations

import hashlib
import os
import tempfile
import unicodedata
from collections.abc import Iterable
from itertools import chain
from pathlib import Path, PurePosixPath

from django.conf import settings

from donbay.domain.workflow import NotAllowed
from donbay.web.files.models import StoredFile
from donbay.web.files.queries import HEAD, sniffed

LONGEST_NAME = 200


class TooLarge(Exception):  # noqa: N818 -- it is an answer, not an error of ours
    """More bytes than an upload may have."""


def keep(
    chunks: Iterable[bytes], media_type: str, *, ours: bool = False, most: int = 0
) -> StoredFile:
    """Store bytes under their hash. Raises TooLarge; then nothing is left behind.

    What Donbay made itself (`ours`) may be larger than what somebody uploads; a door
    for few may let in more (`most`).
    """
    bound = most or settings.LARGEST_FILE
    folder = Path(settings.FILES)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=folder, prefix="incoming-")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > bound and not ours:
                    raise TooLarge
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        place = path_of(digest.hexdigest())
        place.parent.mkdir(exist_ok=True)
        path.replace(place)
    finally:
        path.unlink(missing_ok=True)
    stored, _ = StoredFile.objects.get_or_create(
        sha256=digest.hexdigest(), defaults={"size": size, "media_type": media_type}
    )
    return stored


def keep_readable(chunks: Iterable[bytes]) -> StoredFile:
    """Keep what somebody can open; its type is what its bytes say.

    Raises NotAllowed: `file_empty`, `file_kind`, `file_too_large`.
    """
    rest = iter(chunks)
    head = b""
    for chunk in rest:
        head += chunk
        if len(head) >= HEAD:
            break
    if not head:
        raise NotAllowed("file_empty")
    kind = sniffed(head[:HEAD])
    if kind is None:
        raise NotAllowed("file_kind")
    try:
        return keep(chain([head], rest), kind)
    except TooLarge:
        raise NotAllowed("file_too_large") from None


def file_name(given: str) -> str:
    """The last part of what the browser called it, in letters that can be shown."""
    last = PurePosixPath(given.replace("\\", "/")).name
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip()
    return shown[-LONGEST_NAME:] or "file"


def path_of(sha256: str) -> Path:
    return Path(settings.FILES) / sha256[:2] / sha256
