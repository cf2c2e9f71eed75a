"""`donbay check`: packs refused with every problem, or fine with their cases run."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from donbay.cli.output import write_json
from donbay.cli.problems import listed, show_problems
from donbay.cli.progress import Stages
from donbay.cli.screen import Screen
from donbay.domain.problems import Problem, Refused
from donbay.folder.cases import Checked, Failure, check_pack
from donbay.texts import Wording

FINE, FAILED, REFUSED = 0, 1, 2


def run(options: Namespace, words: Wording) -> int:
    """Every pack is looked at, whatever the one before was like."""
    checked: list[tuple[Path, Checked]] = []
    problems: list[Problem] = []
    with Stages(words, len(options.packs)) as stages:
        for path in options.packs:
            stages.stage("cli.stage.reading")
            try:
                checked.append((path, check_pack(path)))
            except Refused as refused:
                problems += refused.problems
    failed = [failure for _, one in checked for failure in one.failures]
    if options.format == "json":
        found = listed(problems, words)
        found["failed_cases"] = [_record(failure) for failure in failed]
        write_json(options.output, found)
    else:
        screen = Screen()
        for path, one in checked:
            _show(screen, path, one, words)
        if problems:
            show_problems(problems, options, words)
    return REFUSED if problems else FAILED if failed else FINE


def _show(screen: Screen, path: Path, checked: Checked, words: Wording) -> None:
    wrong = {(f.case.file, f.case.line) for f in checked.failures}
    about = {"pack": str(path), "cases": checked.cases, "failed": len(wrong)}
    if not wrong:
        screen.line(f"✓ {words.say('cli.check.fine', **about)}", "green")
        return
    screen.line(f"✗ {words.say('cli.check.failed', **about)}", "red")
    for failure in checked.failures:
        place = f"{failure.case.file}:{failure.expected.line}"
        case = words.say(
            "cli.check.case", case=failure.case.name, engine=failure.engine
        )
        screen.line(f"  {place}: {case} {_sentence(failure, words)}")


def _sentence(failure: Failure, words: Wording) -> str:
    row = _plain(dict(failure.expected.columns))
    if failure.got is None:
        return words.say("cli.check.no_row", row=row)
    return words.say("cli.check.expected", row=row, got=_plain(failure.got))


def _plain(columns: dict[str, object]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in columns.items())


def _record(failure: Failure) -> dict[str, object]:
    return {
        "case": failure.case.name,
        "file": failure.case.file,
        "line": failure.expected.line,
        "engine": failure.engine,
        "expected": {k: str(v) for k, v in failure.expected.columns.items()},
        "got": None
        if failure.got is None
        else {k: str(v) for k, v in failure.got.items()},
    }
