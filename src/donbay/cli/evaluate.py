"""`donbay evaluate`: a folder in, one of the result tables out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from donbay.cli.board import board
from donbay.cli.output import about_results, write_frame, written
from donbay.cli.progress import Stages
from donbay.cli.screen import Screen
from donbay.cli.sentences import Sentences
from donbay.domain.programmes import Programme
from donbay.domain.verdicts import Days
from donbay.folder import Study, open_folder
from donbay.folder.frames import Row
from donbay.texts import Wording


def run(options: Namespace, words: Wording) -> int:
    with Stages(words, 3) as stages:
        stages.stage("cli.stage.reading")
        study = open_folder(options.folder, options.pack, options.on)
        days = study.days(options.on, options.known, options.map)
        table = options.table or first_table(study.programme)
        stages.stage("cli.stage.evaluating")
        if options.format == "table":
            rows = chosen_rows(study, table, days, options)
        else:
            frame = study.table(
                table,
                on=options.on,
                known=options.known,
                map=options.map,
                unit=options.unit,
                level=options.level,
                engine=options.engine,
            )
            stages.stage("cli.stage.writing")
            about = about_results(study, table, days, options.engine)
            write_frame(options.output, frame, options.format, about)
            return 0
    say = Sentences(study, days, words, options.engine)
    with written(options.output) as stream:
        show(Screen(stream), table, rows, say)
    return 0


def first_table(programme: Programme) -> str:
    """Targets where the programme has any, else levels, else values."""
    if programme.targets:
        return "targets"
    return "levels" if programme.criteria else "values"


def chosen_rows(
    study: Study, table: str, days: Days, options: Namespace
) -> Sequence[Row]:
    wanted = study.units(days, options.unit, options.level)
    rows = study.rows(table, days, engine=options.engine)
    return rows if wanted is None else [r for r in rows if r.unit in set(wanted)]


def show(screen: Screen, table: str, rows: Sequence[Row], say: Sentences) -> None:
    """The banner, the programme, the three days, and the table."""
    head(screen, say)
    if rows:
        screen.grid(board(table, rows, say))
    else:
        screen.line(say.words.say(f"cli.empty.{table}"))


def head(screen: Screen, say: Sentences) -> None:
    if say.study.synthetic:
        screen.line(say.words.say("cli.synthetic"), "bold black on yellow")
    programme = say.study.programme
    screen.line(programme.title.in_(say.words.language, programme.id), "bold")
    screen.line(say.days_line(), "dim")
    screen.line()
