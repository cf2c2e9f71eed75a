"""What a report says in words is what its tables and its verdicts say."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.reports.province import matter, report, tables, words

from donbay.documents import read, text_document
from donbay.domain.verdicts import Status
from donbay.reports.matter import Matter
from donbay.reports.model import Figure
from donbay.texts import LANGUAGES, Wording

COUNTS = {
    Status.ACHIEVED: 1234,
    Status.ON_TRACK: 7,
    Status.OPEN: 2,
    Status.NO_DATA: 0,
    Status.AT_RISK: 12,
    Status.MISSED: 3,
    Status.OFF_TRACK: 5,
}
in_every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def found(tmp_path: Path) -> Matter:
    return matter(tmp_path / "water")


def crowded(found: Matter) -> Matter:
    """The one target of the province, as often as `COUNTS` says."""
    (row,) = found.targets
    rows = [replace(row, status=s) for s, n in COUNTS.items() for _ in range(n)]
    return replace(found, targets=rows)


@in_every_language
def test_the_summary_read_back_says_what_the_table_says(
    found: Matter, language: str
) -> None:
    made = report(crowded(found), language)
    summary = words(made).splitlines()[2]
    claims = read(text_document(summary, language=language)).claims
    table = tables(made)[Wording(language).say("printed.tally")]
    told = sorted(cell.value for *_, cell in table.rows if isinstance(cell, Figure))
    assert sorted(float(claim.value or 0) for claim in claims) == told
    assert told == sorted([*COUNTS.values(), sum(COUNTS.values())])


@in_every_language
def test_each_count_stands_behind_the_name_of_its_status(
    found: Matter, language: str
) -> None:
    """The seven counts differ, so a place says which one it is."""
    spoken = Wording(language)
    made = report(crowded(found), language)
    summary = words(made).splitlines()[2]
    order = ("achieved", "on_track", "at_risk", "off_track", "missed", "open")
    tail = summary[summary.index(spoken.number(COUNTS[Status.ACHIEVED])) :]
    found_in = [
        re.search(rf"(?<!\d){re.escape(spoken.number(COUNTS[Status(s)]))}(?!\d)", tail)
        for s in order
    ]
    places = [one.start() for one in found_in if one]
    assert len(places) == len(order)
    assert places == sorted(places)


def test_a_change_is_counted_once(found: Matter) -> None:
    (now,) = found.targets
    targets = [replace(now, target=name) for name in ("water_95", "b", "c", "d")]
    before = [
        replace(targets[0], status=Status.AT_RISK),
        replace(targets[1], status=Status.ACHIEVED),
        replace(targets[2], status=Status.NO_DATA),
        targets[3],
    ]
    promised = found.programme.targets[0]
    programme = replace(
        found.programme,
        targets=tuple(replace(promised, id=t.target) for t in targets),
    )
    made = report(replace(found, programme=programme, targets=targets, before=before))
    told = "better 1, worse 1, newly or no longer judged 1, unchanged 1."
    assert f"Since 31 Dec 2023: {told}" in words(made)
    assert len(tables(made)["Targets that stand elsewhere"].rows) == 3


def test_every_figure_of_the_annex_names_its_source_or_how_it_was_computed(
    found: Matter,
) -> None:
    made = report(found)
    assert made.figures is not None
    sources = {row[-1] for row in made.figures.rows}
    assert "computed: ratio" in sources
    bulletin = [str(source) for source in sources if "Bulletin" in str(source)]
    assert bulletin == [
        "Bulletin of the province, Province, 2025-01-15, https://example.org/bulletin"
    ]
    assert all(sources)


@in_every_language
def test_figures_for_the_sheet_are_those_of_the_grids(
    found: Matter, language: str
) -> None:
    made = report(found, language)
    assert made.figures is not None
    in_rows = {
        c.text for row in made.figures.rows for c in row if isinstance(c, Figure)
    }
    on_paper = {
        cell.text
        for annex in made.annexes
        for table in annex.blocks
        if hasattr(table, "rows")
        for row in table.rows
        for cell in row
        if isinstance(cell, Figure)
    }
    assert on_paper == in_rows
