"""Stored files on their way to a reader."""

from __future__ import annotations

from django.http import FileResponse

from donbay.web.files.actions import path_of
from donbay.web.files.models import StoredFile


def to_be_saved(file: StoredFile, name: str) -> FileResponse:
    """Always to be saved, never shown in the page: its bytes are a stranger's."""
    answer = FileResponse(
        path_of(file.pk).open("rb"),
        as_attachment=True,
        filename=name,
        content_type=file.media_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
