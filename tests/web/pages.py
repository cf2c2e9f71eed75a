"""What a page says, as its reader sees it."""

from __future__ import annotations

from html import unescape
from typing import Protocol


class Answer(Protocol):
    """What the test client brings back."""

    @property
    def content(self) -> bytes: ...

    @property
    def status_code(self) -> int: ...


def text(answer: Answer) -> str:
    return unescape(answer.content.decode())
