"""How much of a document is read, and what is said of one that is refused."""

from __future__ import annotations

MOST_BYTES = 50_000_000
MOST_UNPACKED = 60_000_000
MOST_CHARACTERS = 4_000_000
MOST_PAGES = 3_000
MOST_DIGITS = 10_000
"""One unbroken run of digits: beyond it a file is an attack and no report."""


class Unreadable(Exception):  # noqa: N818 -- it is an answer, as Refused is
    """The file is not of the format that it says, or holds what none needs."""

    def __init__(self, form: str) -> None:
        super().__init__(form)
        self.form = form


class TooMuch(Exception):  # noqa: N818 -- as above
    """The file holds more than any report does; `what` says of what."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
