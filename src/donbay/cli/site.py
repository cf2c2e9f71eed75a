"""What the commands of the site share: Django set up, and what is said meanwhile."""

from __future__ import annotations

import os

from donbay.cli.screen import Screen
from donbay.texts import Wording


def set_up(words: Wording, *, migrate: bool = True) -> None:
    """Load the site; bring the tables up to date, and say so."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donbay.web.settings")
    import django  # noqa: PLC0415 -- the other commands do without the site

    django.setup()
    if migrate:
        from donbay.web.installation.tables import bring_up_to_date  # noqa: PLC0415 -- as above

        say = Screen().line
        bring_up_to_date(lambda steps: say(words.say("cli.site.tables", count=steps)))
