"""`donbay generate`: a folder of made-up reports, marked synthetic."""

from __future__ import annotations

import shutil
from argparse import Namespace
from pathlib import Path
from tempfile import mkdtemp

from donbay.cli.progress import Stages
from donbay.cli.screen import Screen
from donbay.domain.problems import Problem, Refused
from donbay.folder.made_up import LAST_YEAR, make_folder
from donbay.texts import Wording


def run(options: Namespace, words: Wording) -> int:
    """Made beside its place and moved there when complete."""
    folder: Path = options.folder
    if folder.exists():
        raise Refused([Problem("cli.folder_exists", str(folder))])
    if not folder.absolute().parent.is_dir():
        raise Refused([Problem("cli.no_folder", str(folder.parent))])
    half = Path(mkdtemp(dir=folder.absolute().parent, prefix=f".{folder.name}."))
    try:
        with Stages(words, 1) as stages:
            stages.stage("cli.stage.writing")
            made = make_folder(
                half,
                pack=options.pack,
                territory=options.territory,
                seed=options.seed,
                communes=options.communes,
                years=(LAST_YEAR - options.years + 1, LAST_YEAR),
                parquet=None if options.format is None else options.format == "parquet",
                at=folder,
            )
        half.chmod(0o755)
        half.rename(folder)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    Screen().line(
        words.say(
            "cli.generate.done",
            folder=folder,
            units=words.number(made.units),
            rows=words.number(made.rows),
            seed=options.seed,
        )
    )
    return 0
