"""`donbay boards`: the shipped programmes, from their published figures."""

from __future__ import annotations

import csv
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from donbay.cli.board import board, headings
from donbay.cli.evaluate import head
from donbay.cli.progress import Stages
from donbay.cli.screen import Grid, Screen
from donbay.cli.sentences import Sentences
from donbay.domain.problems import Problem, Refused
from donbay.folder import Study, open_folder
from donbay.folder.places import redrawn, reporting_areas
from donbay.folder.shipped import example_pack, shipped
from donbay.texts import Wording

FEW = 20
TOLD = ("values", "targets")


def run(options: Namespace, words: Wording) -> int:
    screen = Screen()
    folders = _folders(options.names)
    with Stages(words, len(folders)) as stages:
        told = []
        for folder in folders:
            stages.stage("cli.stage.evaluating")
            told.append(evaluated(folder, words, options.engine))
    for say in told:
        show_example(say, screen)
    screen.line(words.say("cli.boards.next"))
    return 0


def _folders(names: list[str]) -> list[Path]:
    found = {folder.name: folder for folder in shipped("examples")}
    unknown = [name for name in names if name not in found]
    if unknown or not found:
        about = {"name": ", ".join(unknown), "names": ", ".join(found)}
        raise Refused([Problem("cli.no_example", "examples", None, None, about)])
    return [found[name] for name in names or found]


def evaluated(folder: Path, words: Wording, engine: str) -> Sentences:
    """Judged when all that it tells of is over, so that every run says the same."""
    pack = example_pack(folder)
    study = open_folder(folder, pack, on=open_folder(folder, pack).told_until)
    days = study.days()
    study.evaluation(days, TOLD, engine=engine)
    return Sentences(study, days, words, engine)


def show_example(say: Sentences, screen: Screen) -> None:
    screen.line("=" * 78, "dim")
    head(screen, say)
    show_targets(say, screen)
    show_stated(say, screen)
    show_levels(say, screen)
    show_money(say, screen)
    show_claims(say, screen)
    show_merger(say, screen)


def show_targets(say: Sentences, screen: Screen) -> None:
    rows = say.study.evaluation(say.days, TOLD, engine=say.engine).targets
    if rows:
        screen.grid(board("targets", rows, say))
        screen.line(say.words.say("cli.boards.targets"), "dim")
    else:
        screen.line(say.words.say("cli.empty.targets"))
    screen.line()


def show_stated(say: Sentences, screen: Screen) -> None:
    """The published figures themselves, the last of each indicator."""
    study = say.study
    rows = study.evaluation(say.days, TOLD, engine=say.engine).values
    last = {(r.unit, r.indicator): r for r in rows if r.value is not None}
    judged = {t.indicator for t in study.programme.targets}
    shown = [r for r in last.values() if r.indicator not in judged]
    if shown:
        figures = board("values", shown[: 2 * FEW], say)
        screen.grid(replace(figures, title=say.words.say("cli.boards.values_title")))
        screen.line(say.words.say("cli.boards.values"), "dim")
        screen.line()


def show_levels(say: Sentences, screen: Screen) -> None:
    rows = say.study.rows("levels", say.days, engine=say.engine)
    known = [r for r in rows if {r.reached, r.recognised} - {"unknown", "none"}]  # type: ignore[union-attr]
    if known:
        screen.grid(board("levels", known[:FEW], say))
        screen.line()


def show_money(say: Sentences, screen: Screen) -> None:
    rows = say.study.money(say.days, engine=say.engine)
    if rows:
        screen.grid(board("mobilisation", rows, say))
        screen.line(say.words.say("cli.boards.money"), "dim")
        screen.line()


def show_claims(say: Sentences, screen: Screen) -> None:
    """Judgements that were printed without figures; they enter no verdict."""
    language = say.words.language
    rows = [
        [c.text.in_(language, c.id), _of(c.value, c.of, say), say.citation(c.source)]
        for c in say.study.programme.claims
    ] or _claims_of_folder(say)
    if rows:
        names = headings(say, "claim", "value", "source")
        screen.grid(Grid(say.words.say("cli.boards.claims_title"), names, rows))
        screen.line(say.words.say("cli.boards.claims"), "dim")
        screen.line()


def _of(value: float | None, of: float | None, say: Sentences) -> str:
    if value is None:
        return ""
    shown = say.words.number(value)
    if of is None:
        return shown
    return say.words.say("cli.boards.of", value=shown, of=say.words.number(of))


def _claims_of_folder(say: Sentences) -> list[list[str]]:
    path = say.study.path / "claims.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        found = list(csv.DictReader(lines))
    return [
        [
            row["text"],
            _of(_number(row["value"]), _number(row["of"]), say),
            row["source"],
        ]
        for row in found
    ]


def _number(text: str) -> float | None:
    return float(text) if text else None


def show_merger(say: Sentences, screen: Screen) -> None:
    """How the reporting areas were redrawn, and for a small one commune by commune."""
    study, territory, words = say.study, say.study.territory, say.words
    lowest = study.programme.level_ids[-1]
    reported = {o.unit for o in study.observations}
    areas = reporting_areas(territory, reported, lowest)
    for told in redrawn(territory, lowest, areas):
        about = {
            "area": told.name,
            "day": words.day(told.date),
            "before": told.before,
            "after": told.after,
            "decision": told.decision or "",
        }
        screen.line(words.say("cli.boards.merger", **about), "bold")
        if told.divided:
            screen.line(words.say("cli.boards.divided", count=told.divided))
        if told.after <= FEW:
            rows = [
                [_name(study, heir), ", ".join(_name(study, o) for o in origins)]
                for heir, origins in told.joined
            ]
            screen.grid(Grid("", headings(say, "after", "before"), rows))
        screen.line()


def _name(study: Study, unit: str) -> str:
    versions = study.territory.versions.get(unit)
    return versions[-1].name if versions else unit
