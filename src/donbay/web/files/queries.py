"""What stored bytes are, told by the bytes themselves."""

from __future__ import annotations

HEAD = 4096  # bytes that tell what a file is
_BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_OFFICE = (
    (b"mimetypeapplication/vnd.oasis.opendocument.", "application/zip"),
    (
        b"word/",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)


def sniffed(head: bytes) -> str | None:
    """The media type of a file by its first bytes; None where nobody can open it."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return _in_archive(head) if kind == "application/zip" else kind
    return "text/plain" if _is_text(head) else None


def _in_archive(head: bytes) -> str:
    """Office documents are archives; what cannot be told stays an archive."""
    return next((kind for mark, kind in _OFFICE if mark in head), "application/zip")


def _is_text(head: bytes) -> bool:
    if not head or b"\0" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as stop:
        return stop.start >= len(head) - 3  # a letter cut in two by the end
    return True
