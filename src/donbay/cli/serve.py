"""`donbay serve`: the site of this home, until it is asked to end."""

from __future__ import annotations

from argparse import Namespace

from donbay.cli.screen import Screen
from donbay.cli.site import set_up
from donbay.domain.problems import Problem, Refused
from donbay.texts import Wording


def run(options: Namespace, words: Wording) -> int:
    set_up(words)
    return listen(options, words)


def listen(options: Namespace, words: Wording) -> int:
    from donbay.web.serving import serve  # noqa: PLC0415 -- when the site is set up

    def ready(address: str) -> None:
        Screen().line(words.say("cli.serve.ready", address=address))

    try:
        serve(options.host, options.port, ready, options.processes)
    except OSError as error:
        about = {"port": options.port, "why": error.strerror or str(error)}
        raise Refused(
            [Problem("cli.serve.port", options.host, None, None, about)]
        ) from None
    return 0
