"""The words of a reader: one catalogue for each language."""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import get_language

from donbay.texts import LANGUAGES, Wording

DEFAULT = "vi"
COOKIE = "language"  # keeps what was chosen in the header
# Pages and files that are the same for everybody; files say their language otherwise.
ADDRESSED = re.compile(rf"/public/(?:(?P<language>{'|'.join(LANGUAGES)})|data)/")


@cache
def wording(language: str) -> Wording:
    return Wording(language if language in LANGUAGES else DEFAULT)


def current() -> Wording:
    """Of the person whose page is being made."""
    return wording((get_language() or DEFAULT)[:2])
