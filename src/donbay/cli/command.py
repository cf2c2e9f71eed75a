"""One call of the command, from its words to its exit code."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from keyword import iskeyword

from donbay.cli.options import parser
from donbay.domain.problems import Refused
from donbay.texts import Catalogue, Wording, choose_language

FINE, FAILED, REFUSED = 0, 1, 2
YOUNG = 100_000
"""Objects made before cycles are looked for: a command keeps most of what it makes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0 fine, 1 a check that failed, 2 bad input; argparse exits by itself."""
    gc.set_threshold(YOUNG)
    # NumPy starts threads for products of matrices, of which we make none: 0.1 s.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    words = list(sys.argv[1:] if arguments is None else arguments)
    catalogue = Catalogue(choose_language(_asked(words), os.environ))
    options = parser(catalogue).parse_args(words)
    wording = Wording(catalogue.language)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return _run(options, wording)
    except Refused as refused:
        from donbay.cli.problems import show_problems  # noqa: PLC0415 -- only if needed

        show_problems(refused.problems, options, wording)
        return REFUSED
    except BrokenPipeError:
        # Who reads our output has seen enough; what is left must not raise on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE


def _run(options: Namespace, wording: Wording) -> int:
    """Each verb is a module that is imported when it is asked for."""
    name = options.verb.replace("-", "_")
    module = f"donbay.cli.{name}_" if iskeyword(name) else f"donbay.cli.{name}"
    run: Callable[[Namespace, Wording], int] = import_module(module).run
    return run(options, wording)


def _asked(words: Sequence[str]) -> str | None:
    """The language asked for, known before the parser that speaks it is made."""
    for place, word in enumerate(words):
        if word == "--lang" and place + 1 < len(words):
            asked = words[place + 1]
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
        else:
            continue
        return asked if asked in {"vi", "en", "fr", "ar"} else None
    return None
