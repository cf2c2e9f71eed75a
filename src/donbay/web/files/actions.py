"""Keeping what was uploaded: bounded, hashed while it is written, kept once."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from donbay.web.files.models import StoredFile


class TooLarge(Exception):  # noqa: N818 -- it is an answer, not an error of ours
    """More bytes than an upload may have."""


def keep(chunks: Iterable[bytes], media_type: str) -> StoredFile:
    """Store bytes under their hash. Raises TooLarge; then nothing is left behind."""
    folder = Path(settings.FILES)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=folder, prefix="incoming-")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.LARGEST_FILE:
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


def path_of(sha256: str) -> Path:
    return Path(settings.FILES) / sha256[:2] / sha256
