"""`donbay report`: printed reports of a folder, in the languages and formats asked."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from donbay.cli.progress import Stages
from donbay.cli.report_files import Job, packed, writers
from donbay.cli.screen import Screen
from donbay.domain.passages import ReportKind, faults_of
from donbay.domain.periods import Frequency, Period, parse_period
from donbay.domain.problems import Problem, Refused
from donbay.folder import Study, open_folder
from donbay.folder.printed import matter_of
from donbay.reports.gathering import judged_on
from donbay.reports.matter import Order
from donbay.reports.rendering import FORMATS
from donbay.texts import LANGUAGES, Wording

Texts = Mapping[str, Mapping[str, str]]
USUAL = {
    Frequency.QUARTER: ReportKind.QUARTERLY,
    Frequency.HALF: ReportKind.HALF_YEAR,
    Frequency.YEAR: ReportKind.ANNUAL,
    Frequency.SPAN: ReportKind.FINAL,
}


def run(options: Namespace, words: Wording) -> int:
    period = _period(options)
    wording = _wording(options.wording) if options.wording else {}
    if not options.output.is_dir():
        raise Refused([Problem("cli.no_folder", str(options.output))])
    languages = tuple(dict.fromkeys(options.languages or (words.language,)))
    formats = tuple(dict.fromkeys(options.formats or FORMATS))
    with writers(len(languages)) as pens, Stages(words, 3) as stages:
        stages.stage("cli.stage.reading")
        study = open_folder(options.folder, options.pack, options.on)
        order = _order(options, study, period)
        day = options.on or judged_on(period, study.on)
        days = study.days(day, options.known, options.map)
        stages.stage("cli.stage.evaluating")
        matter = matter_of(study, order, days)
        stages.stage("cli.stage.writing")
        at = datetime.now(ZoneInfo(study.programme.time_zone))
        whole = packed(matter)
        jobs = [
            Job(whole, order, one, wording.get(one, {}), formats, options.output, at)
            for one in languages
        ]
        paths = list(pens.write(jobs))
    screen = Screen()
    for path in paths:
        screen.line(str(path))
    return 0


def _period(options: Namespace) -> Period:
    try:
        return parse_period(options.period)
    except ValueError:
        about = {"text": options.period}
        place = str(options.folder)
        raise Refused([Problem("cli.not_a_period", place, None, None, about)]) from None


def _order(options: Namespace, study: Study, period: Period) -> Order:
    kind = options.kind or USUAL.get(period.frequency, ReportKind.PLACE)
    unit = options.unit or _top(study)
    today = datetime.now(ZoneInfo(study.programme.time_zone)).date()
    return Order(
        ReportKind(kind),
        period,
        unit,
        options.dated or today,
        options.issuer,
        options.number,
        options.seat,
        options.signer_title,
        options.signer,
    )


def _top(study: Study) -> str:
    """The place at the highest level, where there is one."""
    for level in study.programme.level_ids:
        here = study.territory.of_level(level, study.on)
        if len(here) == 1:
            return here[0]
        if here:
            break
    raise Refused([Problem("cli.report_which_unit", str(study.path))])


# --- the wording ---


def _wording(path: Path) -> Texts:
    """A YAML map of language to passages. Raises Refused with everything wrong."""
    if not path.is_file():
        raise Refused([Problem("cli.no_file", str(path))])
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 -- the base loader makes only text
    except (yaml.YAMLError, UnicodeDecodeError):
        raise Refused([Problem("cli.not_wording", str(path))]) from None
    problems = list(_faults(str(path), found))
    if problems:
        raise Refused(problems)
    return found  # type: ignore[no-any-return]  # its shape was just looked at


def _faults(file: str, found: object) -> Iterator[Problem]:
    if not isinstance(found, dict) or not set(found) <= set(LANGUAGES):
        yield Problem("cli.not_wording", file)
        return
    for language, passages in found.items():
        if not isinstance(passages, dict):
            yield Problem("cli.not_wording", file, None, language)
            continue
        for name, text in passages.items():
            for fault in faults_of(name, str(text)):
                about = {"found": fault.found, "known": ", ".join(fault.known)}
                where = f"{language}.{name}"
                yield Problem(f"wording.{fault.code}", file, None, where, about)
