"""`donbay verify`: 1 and where it breaks, or 0."""

from __future__ import annotations

from argparse import Namespace

from donbay.cli.screen import Screen
from donbay.cli.site import set_up
from donbay.texts import Wording

LOOKED_AT = ("entries", "chains", "batches", "acts", "files")


def run(options: Namespace, words: Wording) -> int:  # noqa: ARG001 -- every verb is given them
    set_up(words)
    from donbay.web.installation.verify import verify  # noqa: PLC0415 -- as in site

    screen, found = Screen(), verify()
    about = {name: words.number(getattr(found, name)) for name in LOOKED_AT}
    screen.line(words.say("cli.verify.looked", **about))
    for trouble in found.troubles:
        screen.line(words.say(trouble.code, **trouble.about), "bold red")
    if not found.troubles:
        screen.line(words.say("cli.verify.whole"), "green")
    return 1 if found.troubles else 0
