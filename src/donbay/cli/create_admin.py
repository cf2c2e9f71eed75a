"""`donbay create-admin`: asks, or takes options and the environment."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from getpass import getpass

from donbay.cli.screen import Screen
from donbay.cli.site import set_up
from donbay.domain.problems import Problem, Refused
from donbay.texts import Wording


def run(options: Namespace, words: Wording) -> int:
    """The password is never shown, and never an option: those are seen by others."""
    username = options.username or os.environ.get("DONBAY_ADMIN_USERNAME")
    username = username or _asked(words.say("cli.admin.ask_username"), words)
    password = os.environ.get("DONBAY_ADMIN_PASSWORD") or _new_password(words)
    set_up(words)
    from donbay.web.installation.administrator import (  # noqa: PLC0415 -- as in site
        Unfit,
        create_administrator,
    )

    try:
        create_administrator(
            username,
            password,
            name=options.name or "",
            email=options.email or "",
            language=words.language,
        )
    except Unfit as unfit:
        problems = [Problem(code, username) for code in unfit.codes]
        raise Refused(problems) from None
    Screen().line(words.say("cli.admin.done", username=username))
    return 0


def _asked(question: str, words: Wording) -> str:
    if not sys.stdin.isatty():
        raise Refused([Problem("cli.admin.nobody_to_ask", "stdin")])
    print(f"{question} ", end="", flush=True)  # noqa: T201 -- the answer stands beside it
    return sys.stdin.readline().strip() or _asked(question, words)


def _new_password(words: Wording) -> str:
    if not sys.stdin.isatty():
        raise Refused([Problem("cli.admin.nobody_to_ask", "stdin")])
    first = getpass(words.say("cli.admin.ask_password") + " ")
    if first != getpass(words.say("cli.admin.ask_again") + " "):
        raise Refused([Problem("cli.admin.differ", "stdin")])
    return first
