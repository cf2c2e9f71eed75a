"""Files that Chi of the programme office brings."""

from __future__ import annotations

from tests.web.people import People, by

from donbay.web.imports.actions import bring, look_over
from donbay.web.imports.models import Import

HEAD = "unit,indicator,period,category,value,bound,recorded_at,source\n"
FIGURES = HEAD + (
    "tx,homes,2025-Q2,,900,,2025-07-03,bulletin\n"
    "tx,served,2025-Q2,,880,,2025-07-03,bulletin\n"
    "lh,homes,2025-Q2,,0,,2025-07-04,bulletin\n"
)
WRONG = HEAD + (
    "tx,homes,2025-Q2,,nhiều,,2025-07-03,bulletin\n"
    "zz,served,2025-Q2,,880,,2025-07-03,bulletin\n"
    "lh,homse,2025-Q2,,0,,2025-07-04,bulletin\n"
)


def looked_over(people: People, name: str, content: str) -> Import:
    """By the job that runs behind the page."""
    made = bring(by(people.chi), people.programme, name, [content.encode()])
    look_over(made)
    return made
