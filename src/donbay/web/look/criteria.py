"""Lists of criteria: their columns and how they are filtered."""

from __future__ import annotations

from donbay.web.look.lines import DAYS
from donbay.web.look.tables import Choice, Column
from donbay.web.look.titles import Titles

CRITERION_COLUMNS = (
    Column("number", "heading.criterion", lambda x: x.number, sorts=False),
    Column("title", "heading.sub_criterion", lambda x: x.title, sorts=False),
    Column(
        *("result", "heading.result", lambda x: x.row.result),
        exported=lambda x: x.result_word,
    ),
    Column("value", "heading.value", lambda x: x.row.value, number=True),
    Column("threshold", "heading.threshold", lambda x: x.threshold, sorts=False),
    Column("reason", "heading.reason", lambda x: x.reason),
    Column("verified", "heading.verified", lambda x: x.row.verified),
    *DAYS,
)


def results_of(titles: Titles) -> Choice:
    names = ("not_met", "unknown", "basically_met", "met", "not_applicable")
    options = [(name, titles.words.say(f"result.{name}")) for name in names]
    return Choice("result", "heading.result", options, lambda x: x.row.result)
