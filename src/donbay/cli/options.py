"""What may be typed after `donbay`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

from donbay import __version__
from donbay.cli.options_site import add_site
from donbay.cli.spoken_parser import SpokenParser
from donbay.domain.boundaries import FINENESS
from donbay.texts import LANGUAGES, Catalogue

TABLES = ("targets", "criteria", "levels", "values", "mobilisation")
FORMATS = ("table", "csv", "json", "parquet")
ENGINES = ("fast", "plain")
KINDS = ("quarterly", "half_year", "annual", "mid_term", "final", "place")
REPORT_FORMATS = ("pdf", "docx", "xlsx")
FURTHEST = 5000  # metres by which a boundary may be simplified


def _day(catalogue: Catalogue) -> Callable[[str], date]:
    def read(text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            message = catalogue.say("cli.not_a_day", text=text)
            raise argparse.ArgumentTypeError(message) from None

    return read


def _count(catalogue: Catalogue) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < 1:
            message = catalogue.say("cli.not_a_count", text=text)
            raise argparse.ArgumentTypeError(message)
        return int(text)

    return read


def parser(catalogue: Catalogue) -> argparse.ArgumentParser:
    """The whole command line, described in the reader's language."""
    say = catalogue.say
    root = SpokenParser(catalogue, prog="donbay", description=say("cli.about"))
    root.add_argument(
        "--version",
        action="version",
        version=f"donbay {__version__}",
        help=say("cli.option.version"),
    )
    _language(root, catalogue)
    # It is only ever called, to make the parser of a verb.
    own = cast("type[SpokenParser]", partial(SpokenParser, catalogue))
    verbs = root.add_subparsers(
        dest="verb",
        metavar=say("cli.verb"),
        required=True,
        parser_class=own,
    )

    def verb(name: str) -> argparse.ArgumentParser:
        words = say(f"cli.{name.replace('-', '_')}.about")
        made = verbs.add_parser(name, help=words, description=words)
        _language(made, catalogue, default=argparse.SUPPRESS)
        return made

    add_site(verb, catalogue)
    _boards(verb("boards"), catalogue)
    _evaluate(verb("evaluate"), catalogue)
    _explain(verb("explain"), catalogue)
    _check(verb("check"), catalogue)
    _boundaries(verb("boundaries"), catalogue)
    _generate(verb("generate"), catalogue)
    _read(verb("read"), catalogue)
    _report(verb("report"), catalogue)
    return root


def _language(
    to: argparse.ArgumentParser, catalogue: Catalogue, default: str | None = None
) -> None:
    words = catalogue.say("cli.option.lang")
    to.add_argument("--lang", choices=LANGUAGES, default=default, help=words)


def _folder(to: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    say, day = catalogue.say, _day(catalogue)
    to.add_argument("folder", type=Path, help=say("cli.option.folder"))
    to.add_argument("--pack", type=Path, help=say("cli.option.pack"))
    for name in ("on", "known", "map"):
        words = say(f"cli.option.{name}")
        to.add_argument(f"--{name}", type=day, metavar="DATE", help=words)


def _output(to: argparse.ArgumentParser, catalogue: Catalogue, *formats: str) -> None:
    say = catalogue.say
    to.add_argument(
        "--format", choices=formats, default=formats[0], help=say("cli.option.format")
    )
    to.add_argument(
        "--output", type=Path, metavar="FILE", help=say("cli.option.output")
    )
    to.add_argument(
        "--problems", type=Path, metavar="FILE", help=say("cli.option.problems")
    )


def _boards(to: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    to.add_argument("names", nargs="*", help=catalogue.say("cli.option.names"))
    words = catalogue.say("cli.option.engine")
    to.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help=words)


def _evaluate(to: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    say = catalogue.say
    _folder(to, catalogue)
    to.add_argument("--unit", metavar="ID", help=say("cli.option.unit"))
    to.add_argument("--level", help=say("cli.option.level"))
    words = say("cli.option.engine")
    to.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help=words)
    to.add_argument("--table", choices=TABLES, help=say("cli.option.table"))
    _output(to, catalogue, *FORMATS)


def _explain(to: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    say = catalogue.say
    _folder(to, catalogue)
    to.add_argument("--unit", metavar="ID", required=True, help=say("cli.option.unit"))
    to.add_argument("--target", metavar="ID", help=say("cli.option.target"))
    to.add_argument("--set", metavar="ID", help=say("cli.option.set"))
    to.add_argument("--criterion", metavar="ID", help=say("cli.option.criterion"))
    to.add_argument("--cut", type=Path, metavar="DIR", help=say("cli.option.cut"))
    _output(to, catalogue, "table", "json")


def _check(to: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    words = catalogue.say("cli.option.packs")
    to.add_argument("packs", type=Path, nargs="+", metavar="PACK", help=words)
    _output(to, catalogue, "table", "json")


def _generate(to: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    say = catalogue.say
    to.add_argument("folder", type=Path, help=say("cli.option.new_folder"))
    to.add_argument("--pack", type=Path, help=say("cli.option.pack"))
    to.add_argument(
        "--territory", type=Path, metavar="FOLDER", help=say("cli.option.territory")
    )
    to.add_argument(
        "--seed", type=int, default=1, metavar="N", help=say("cli.option.seed")
    )
    for name, default in (("communes", 100), ("years", 3)):
        to.add_argument(
            f"--{name}",
            type=_count(catalogue),
            default=default,
            metavar="N",
            help=say(f"cli.option.{name}"),
        )
    to.add_argument(
        "--format", choices=("csv", "parquet"), help=say("cli.option.rows_format")
    )
    to.add_argument(
        "--problems", type=Path, metavar="FILE", help=say("cli.option.problems")
    )


def _read(to: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    say = catalogue.say
    words = say("cli.option.documents")
    to.add_argument("files", type=Path, nargs="+", metavar="FILE", help=words)
    words = say("cli.option.against")
    to.add_argument("--against", type=Path, metavar="FOLDER", help=words)
    to.add_argument("--pack", type=Path, help=say("cli.option.pack"))
    words = say("cli.option.written_in")
    to.add_argument("--written-in", choices=LANGUAGES, help=words)
    year = _count(catalogue)
    to.add_argument("--year", type=year, metavar="YEAR", help=say("cli.option.year"))
    _output(to, catalogue, "table", "csv", "json", "html")


def _report(to: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    say, day = catalogue.say, _day(catalogue)
    _folder(to, catalogue)
    words = say("cli.option.report_period")
    to.add_argument("--period", metavar="PERIOD", required=True, help=words)
    words = say("cli.option.report_kind")
    to.add_argument("--kind", choices=KINDS, help=words)
    to.add_argument("--unit", metavar="ID", help=say("cli.option.report_unit"))
    for name, choices in (("languages", LANGUAGES), ("formats", REPORT_FORMATS)):
        words = say(f"cli.option.{name}")
        to.add_argument(f"--{name}", choices=choices, nargs="+", help=words)
    for name in ("issuer", "number", "seat", "signer", "signer-title"):
        words = say(f"cli.option.{name.replace('-', '_')}")
        to.add_argument(f"--{name}", default="", metavar="TEXT", help=words)
    words = say("cli.option.dated")
    to.add_argument("--dated", type=day, metavar="DATE", help=words)
    words = say("cli.option.wording")
    to.add_argument("--wording", type=Path, metavar="FILE", help=words)
    words = say("cli.option.report_output")
    to.add_argument("--output", type=Path, metavar="DIR", default=Path(), help=words)
    to.add_argument(
        "--problems", type=Path, metavar="FILE", help=say("cli.option.problems")
    )


def _boundaries(to: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    say, day = catalogue.say, _day(catalogue)
    words = say("cli.option.areas")
    to.add_argument("file", type=Path, nargs="?", metavar="FILE", help=words)
    words = say("cli.option.areas_on")
    to.add_argument("--on", type=day, metavar="DATE", help=words)
    for name in ("source", "licence", "address"):
        words = say(f"cli.option.areas_{name}")
        to.add_argument(f"--{name}", metavar="TEXT", help=words)
    to.add_argument("--level", metavar="LEVEL", help=say("cli.option.areas_level"))
    for name in ("code", "name"):
        words = say(f"cli.option.areas_{name}")
        to.add_argument(f"--{name}", default=name, metavar="PROPERTY", help=words)
    to.add_argument(
        "--match",
        type=_pair(catalogue),
        action="append",
        metavar="CODE=CODE",
        help=say("cli.option.areas_match"),
    )
    words = say("cli.option.areas_part")
    to.add_argument("--part", action="store_true", help=words)
    to.add_argument(
        "--tolerance",
        type=_metres(catalogue),
        default=FINENESS,
        metavar="METRES",
        help=say("cli.option.areas_tolerance"),
    )
    words = say("cli.option.areas_remove")
    to.add_argument("--remove", type=_count(catalogue), metavar="N", help=words)
    words = say("cli.option.dry_run")
    to.add_argument("--dry-run", action="store_true", help=words)
    to.add_argument(
        "--problems", type=Path, metavar="FILE", help=say("cli.option.problems")
    )


def _pair(catalogue: Catalogue) -> Callable[[str], tuple[str, str]]:
    def read(text: str) -> tuple[str, str]:
        one, _, other = text.partition("=")
        if not one or not other:
            message = catalogue.say("cli.not_a_pair", text=text)
            raise argparse.ArgumentTypeError(message)
        return one.strip(), other.strip()

    return read


def _metres(catalogue: Catalogue) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or int(text) > FURTHEST:
            message = catalogue.say("cli.not_metres", text=text, most=FURTHEST)
            raise argparse.ArgumentTypeError(message)
        return int(text)

    return read
