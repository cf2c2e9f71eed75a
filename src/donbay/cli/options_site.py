"""What may be typed after the verbs of the site."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from donbay.texts import Catalogue

HOST, PORT = "127.0.0.1", 8000
Verb = Callable[[str], argparse.ArgumentParser]


def add_site(verb: Verb, catalogue: Catalogue) -> None:
    say = catalogue.say
    demo = verb("demo")
    demo.add_argument("--home", type=Path, metavar="DIR", help=say("cli.option.home"))
    for made in (demo, verb("serve")):
        made.add_argument("--host", default=HOST, help=say("cli.option.host"))
        made.add_argument(
            "--port", type=int, default=PORT, metavar="N", help=say("cli.option.port")
        )
        made.add_argument(
            "--processes",
            type=_some,
            default=1,
            metavar="N",
            help=say("cli.option.processes"),
        )
    _create_admin(verb("create-admin"), catalogue)
    _load(verb("load"), catalogue)
    _import(verb("import"), catalogue)
    for name in ("backup", "restore"):
        words = say(f"cli.option.{name}_file")
        verb(name).add_argument("file", type=Path, metavar="FILE", help=words)
    verb("verify")


def _some(text: str) -> int:
    """Raises ValueError unless there is at least one."""
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _create_admin(to: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    for name in ("username", "name", "email"):
        words = catalogue.say(f"cli.option.admin_{name}")
        to.add_argument(f"--{name}", metavar=name.upper(), help=words)


def _load(to: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    say = catalogue.say
    to.add_argument("folder", type=Path, help=say("cli.option.folder"))
    to.add_argument("--pack", type=Path, help=say("cli.option.pack"))
    words = say("cli.option.figures")
    to.add_argument("--figures", action="store_true", help=words)


def _import(to: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    say = catalogue.say
    words = say("cli.option.reports")
    to.add_argument("file", type=Path, metavar="FILE", help=words)
    words = say("cli.option.programme")
    to.add_argument("--programme", required=True, metavar="ID", help=words)
    words = say("cli.option.dry_run")
    to.add_argument("--dry-run", action="store_true", help=words)
    words = say("cli.option.problems")
    to.add_argument("--problems", type=Path, metavar="FILE", help=words)
