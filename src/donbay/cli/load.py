"""`donbay load FOLDER`: places and a pack onto the site; figures too where asked."""

from __future__ import annotations

from argparse import Namespace

from donbay.cli.progress import Stages
from donbay.cli.screen import Screen
from donbay.cli.site import set_up
from donbay.texts import Wording


def run(options: Namespace, words: Wording) -> int:
    """The same folder that `evaluate` reads; all of it arrives, or nothing."""
    set_up(words)
    from donbay.web.installation.loading import bring  # noqa: PLC0415 -- as in site

    with Stages(words, 1) as stages:
        stages.stage("cli.stage.loading")
        found = bring(options.folder, options.pack, figures=options.figures)
    about = {name: words.number(getattr(found, name)) for name in ("units", "rows")}
    Screen().line(words.say("cli.load.done", programme=found.programme.pk, **about))
    return 0
