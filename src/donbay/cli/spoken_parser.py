"""argparse in the reader's words: its own are English."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from functools import partial
from typing import NoReturn

from donbay.texts import Catalogue

REFUSED = 2
# What argparse says of words that it cannot take, and what we say instead.
SAID = (
    (
        r"argument (?P<name>.+?): expected .*arguments?",
        "cli.argument_expected",
    ),
    (
        (
            r"argument (?P<name>.+?): invalid choice: (?P<found>.+?) "
            r"\(choose from (?P<known>.+)\)"
        ),
        "cli.argument_choice",
    ),
    (
        r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)",
        "cli.argument_beside",
    ),
    (
        r"argument (?P<name>.+?): invalid \S+ value: (?P<found>.+)",
        "cli.argument_value",
    ),
    (
        r"the following arguments are required: (?P<known>.+)",
        "cli.arguments_required",
    ),
    (r"one of the arguments (?P<known>.+) is required", "cli.arguments_one_of"),
    (r"unrecognized arguments: (?P<found>.+)", "cli.arguments_unknown"),
    (
        r"ambiguous option: (?P<found>.+?) could match (?P<known>.+)",
        "cli.argument_ambiguous",
    ),
    (r"argument (?P<name>.+?): (?P<why>.+)", "cli.argument_wrong"),
)


class Formatter(argparse.HelpFormatter):
    """Begins with the reader's word for usage."""

    def __init__(self, prog: str, usage: str) -> None:
        super().__init__(prog)
        self.usage = usage

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        said = f"{self.usage} " if prefix is None else prefix
        super().add_usage(usage, actions, groups, said)


class SpokenParser(argparse.ArgumentParser):
    """The command's, or that of one verb."""

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        prog: str | None = None,
        description: str | None = None,
    ) -> None:
        self.catalogue = catalogue
        say = catalogue.say
        usage = partial(Formatter, usage=say("cli.usage"))
        super().__init__(prog, None, description, formatter_class=usage, add_help=False)
        self._positionals.title = say("cli.positionals")
        self._optionals.title = say("cli.options")
        words = say("cli.option.help")
        self.add_argument("-h", "--help", action="help", help=words)

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        said = self.catalogue.say("cli.not_understood", prog=self.prog)
        self.exit(REFUSED, f"{said} {self._said(message)}\n")

    def _said(self, message: str) -> str:
        for pattern, code in SAID:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                return self.catalogue.say(code, **found.groupdict())
        return message
