"""`donbay explain`: why a verdict is what it is, down to the rows."""

from __future__ import annotations

from argparse import Namespace

from donbay.cli.evaluate import head
from donbay.cli.output import write_json, written
from donbay.cli.progress import Stages
from donbay.cli.reasons import show_criterion, show_target
from donbay.cli.screen import Screen
from donbay.cli.sentences import Sentences
from donbay.domain.problems import Problem, Refused
from donbay.domain.verdicts import Days
from donbay.folder import Study, open_folder
from donbay.folder.cut import cut_folder
from donbay.folder.explain import (
    CriterionExplanation,
    Explanation,
    explain_criterion,
    explain_target,
)
from donbay.folder.explained import as_record
from donbay.texts import Wording


def run(options: Namespace, words: Wording) -> int:
    folder = str(options.folder)
    if not options.target and not (options.set and options.criterion):
        raise Refused([Problem("cli.explain_what", folder)])
    with Stages(words, 2) as stages:
        stages.stage("cli.stage.reading")
        study = open_folder(options.folder, options.pack, options.on)
        days = study.days(options.on, options.known, options.map)
        stages.stage("cli.stage.evaluating")
        why = _why(study, days, options)
    say = Sentences(study, days, words, "plain")
    if options.cut:
        if options.cut.exists():
            raise Refused([Problem("cli.folder_exists", str(options.cut))])
        cut_folder(study, (r.observation.row for r in why.reports), options.cut)
    if options.format == "json":
        write_json(options.output, as_record(why))
        return 0
    with written(options.output) as stream:
        screen = Screen(stream)
        head(screen, say)
        if isinstance(why, Explanation):
            show_target(screen, why, say)
        else:
            show_criterion(screen, why, say)
    return 0


def _why(
    study: Study, days: Days, options: Namespace
) -> Explanation | CriterionExplanation:
    if options.target:
        return explain_target(study, options.unit, options.target, days)
    return explain_criterion(study, options.unit, options.set, options.criterion, days)
