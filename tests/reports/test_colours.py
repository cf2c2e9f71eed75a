"""Kinds of bars are told apart by every eye, and never by colour alone."""

from __future__ import annotations

from itertools import combinations

import pytest
from tests.reports.sight import EYES, apart, contrast

from donbay.reports.charts.marks import SERIES_PATTERNS, STATUS_PATTERNS
from donbay.reports.palette import DARK, LIGHT, SERIES, STATUSES, STEPS, Palette

every_palette = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
every_eye = pytest.mark.parametrize("eyes", EYES)
LEAST = 14


@every_palette
@every_eye
@pytest.mark.parametrize("kinds", [STATUSES, SERIES], ids=["statuses", "series"])
def test_no_two_kinds_look_alike(
    palette: Palette, eyes: str, kinds: tuple[str, ...]
) -> None:
    for one, other in combinations(kinds, 2):
        assert apart(palette[one], palette[other], eyes) > LEAST, (one, other)


@every_palette
@every_eye
def test_steps_of_a_map_go_one_way(palette: Palette, eyes: str) -> None:
    for one, other in combinations(STEPS, 2):
        assert apart(palette[one], palette[other], eyes) > 9, (one, other)


@every_palette
def test_texts_and_edges_stand_out_from_the_paper(palette: Palette) -> None:
    for name in ("ink", "soft", "accent"):
        assert contrast(palette[name], palette["paper"]) >= 4.5, name
    assert contrast(palette["strong"], palette["paper"]) >= 3


def test_both_palettes_have_the_same_names() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_no_two_kinds_of_one_picture_share_their_pattern_but_the_plainest() -> None:
    statuses = [repr(STATUS_PATTERNS[s]) for s in STATUSES if STATUS_PATTERNS[s]]
    series = [repr(pattern) for pattern in SERIES_PATTERNS if pattern]
    assert len(set(statuses)) == len(statuses) == len(STATUSES) - 2
    assert len(set(series)) == len(series) == len(SERIES) - 1
