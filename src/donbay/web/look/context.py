"""What every page is given: its language and direction, and the languages there are."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from donbay.web.look.words import current


def frame(request: HttpRequest) -> dict[str, object]:
    words = current()
    names = dict(settings.LANGUAGES)
    return {
        "language": words.language,
        "language_name": names[words.language],
        "direction": "rtl" if words.right_to_left else "ltr",
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
        "path": request.get_full_path(),
    }
