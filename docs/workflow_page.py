"""docs/reference/reporting.md, from the workflow's table and the house's words."""

from pathlib import Path

from donbay.domain.calls import CLOSES, DUE, OPENS
from donbay.domain.figure_rules import FEW, FEW_POINTS, JUMP
from donbay.domain.roles import MEANS
from donbay.domain.workflow import TABLE, At, State, Then, Transition
from donbay.texts import Catalogue
from donbay.texts.catalogue import room

HEAD = Path(__file__).parent / "parts" / "reporting.md"
AT = {
    At.ANY: "",
    At.FIRST: "before anybody approved",
    At.BEFORE_LAST: "before the last step",
    At.LAST: "at the last step",
}
THEN = {Then.STAY: "", Then.FIRST: ", first step", Then.NEXT: ", next step"}


def page() -> str:
    words = Catalogue("en")
    head = HEAD.read_text(encoding="utf-8").format(
        opens=OPENS, due=DUE, closes=CLOSES, few=FEW, points=FEW_POINTS, **jumps()
    )
    states = [f"| {code(s)} | {words.say(f'state_means.{s.value}')} |" for s in State]
    moves = [move_row(line) for line in TABLE]
    roles = [f"| {code(role)} | {says} |" for role, says in MEANS.items()]
    return "".join(
        (
            head,
            table("Roles", "role | may", roles),
            table("States of a report", "state | meaning", states),
            table(
                "Moves",
                "state | action | who | when | next | reason needed",
                moves,
            ),
            table("Findings", "code | what is said", findings()),
        )
    )


def jumps() -> dict[str, str]:
    return {measure.value: str(factor) for measure, factor in JUMP.items()}


def code(word: str) -> str:
    return f"`{word}`"


def move_row(line: Transition) -> str:
    cells = (
        code(line.state),
        code(line.action),
        ", ".join(code(role) for role in sorted(line.who)),
        AT[line.at],
        code(line.next) + THEN[line.then],
        "yes" if line.reason else "",
    )
    return f"| {' | '.join(cells)} |"


def findings() -> list[str]:
    return [
        f"| {code(name.removeprefix('finding.'))} | {text} |"
        for name, text in room("reporting", "en").items()
        if name.startswith("finding.")
    ]


def table(title: str, heads: str, rows: list[str]) -> str:
    rule = "|".join("---" for _ in heads.split("|"))
    return "\n".join([f"\n## {title}\n", f"| {heads} |", f"|{rule}|", *rows]) + "\n"
