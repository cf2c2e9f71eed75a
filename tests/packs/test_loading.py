"""From a folder of YAML to a programme: editions, overlays, words and defaults."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.packs.mistakes import LIBRARY

from donbay.domain.criteria import (
    All,
    Attestation,
    BothSexes,
    Limit,
    SubCriterion,
    Threshold,
    Times,
    sub_criteria,
)
from donbay.domain.formulas import operands
from donbay.domain.indicators import Measure, RollUp
from donbay.domain.periods import Frequency, parse_period
from donbay.domain.problems import Refused
from donbay.domain.programmes import Programme
from donbay.domain.sources import Verification
from donbay.packs import load_pack

TINY = LIBRARY / "tiny"


@pytest.fixture(scope="module")
def tiny() -> Programme:
    return load_pack(TINY).programme


def leaf(programme: Programme, name: str) -> SubCriterion:
    leaves = (
        leaf
        for found in programme.criteria
        for level in found.levels
        for criterion in level.criteria
        for leaf in sub_criteria(criterion.node)
    )
    return next(leaf for leaf in leaves if leaf.id == name)


def limits(programme: Programme, name: str) -> tuple[Limit, ...]:
    rule = leaf(programme, name).rule
    assert isinstance(rule, Threshold)
    return rule.limits


def test_what_is_left_out_has_the_defaults_of_the_reference_page(
    tiny: Programme,
) -> None:
    rank = tiny.indicators["rank"]
    assert (rank.measure, rank.scale, rank.min_coverage) == (Measure.STOCK, 1, 0.8)
    assert rank.non_negative
    assert tiny.indicators["green"].scale == 100
    assert tiny.time_zone == "Asia/Ho_Chi_Minh"


def test_words_come_from_the_texts_in_every_language(tiny: Programme) -> None:
    poverty = tiny.indicators["poverty"]
    assert poverty.title.by_language == {
        "vi": "vi: poverty",
        "en": "en: poverty",
        "fr": "fr: poverty",
        "ar": "ar: poverty",
    }
    assert poverty.aliases["fr"] == ("fr: poor", "fr: the poor")
    assert tiny.tasks[0].milestones[1].title.in_("ar") == "ar: final"
    assert leaf(tiny, "2").title.in_("en") == "en: criterion 2"


def test_texts_are_flat_and_a_title_is_the_thing_itself() -> None:
    texts = load_pack(TINY).texts["en"]
    assert texts["indicators.poverty"] == "en: poverty"
    assert texts["indicators.poverty.unit"] == "en: %"
    assert texts["programme"] == "en tiny"


def test_a_source_has_the_verification_of_its_document(tiny: Programme) -> None:
    by_id = {target.id: target for target in tiny.targets}
    target = by_id["poverty_2025"]
    assert target.source
    assert target.source.article == "4"
    assert target.source.verification is Verification.SOURCED
    assert target.baseline
    assert target.baseline.source == target.source
    assert target.milestones[1].source
    assert not target.milestones[1].source.verified


def test_periods_and_windows_are_read(tiny: Programme) -> None:
    by_id = {target.id: target for target in tiny.targets}
    assert by_id["roads_total"].window == parse_period("2021/2025")
    assert by_id["roads_year"].period is Frequency.YEAR
    assert tiny.indicators["census"].spans[0] == parse_period("2016/2020")
    formula = tiny.indicators["road_length"].formula
    assert formula
    assert [o.lag for o in operands(formula)] == [1, 0, 0]


def test_criteria_become_nodes(tiny: Programme) -> None:
    village = tiny.criteria_set("village")
    assert [level.id for level in village.levels] == ["standard", "advanced"]
    assert not village.levels[1].complete
    first = village.levels[0].criteria[0].node
    assert isinstance(first, All)
    assert leaf(tiny, "1.1").rule == Attestation("culture_office")
    both = village.levels[1].criteria[2].node
    assert isinstance(both, BothSexes)
    assert both.categories == ("female", "male")
    assert village.region_of_tag == (("remote", "hills"),)


def test_a_number_not_known_yet_is_no_number(tiny: Programme) -> None:
    assert [limit.value for limit in limits(tiny, "1.2")] == [12, 6, 5, None]
    assert [limit.value for limit in limits(tiny, "3.2")] == [None]


def test_a_multiple_names_the_set_it_stands_in(tiny: Programme) -> None:
    assert limits(tiny, "A2")[0].value == Times(1.1, "village", "2")


def test_an_edition_holds_from_its_first_day() -> None:
    before = load_pack(TINY, on=date(2023, 12, 31))
    after = load_pack(TINY, on=date(2024, 1, 1))
    assert before.edition is None
    assert before.programme.indicators["poverty"].min_coverage == 0.9
    assert after.edition == date(2024, 1, 1)
    assert after.programme.indicators["poverty"].min_coverage == 0.7
    assert load_pack(TINY).edition == after.edition


def test_a_province_adds_fills_and_tightens() -> None:
    pack = load_pack(LIBRARY / "tiny_province")
    province = pack.programme
    assert pack.extends == "tiny"
    assert province.id == "tiny_province"
    assert province.title.in_("en") == "en: a province over tiny"
    assert province.targets[-1].id == "coast_income"
    assert province.level_ids == ("province", "district", "commune")
    assert [limit.value for limit in limits(province, "2")] == [40_000_000]
    cells = {(x.region, x.year, x.value) for x in limits(province, "1.2")}
    assert {(None, None, 10), ("hills", 2025, 11), ("hills", None, 12)} <= cells
    filled = limits(province, "3.2")[-1]
    assert (filled.start, filled.value) == (date(2023, 1, 1), 3)
    assert filled.source
    assert filled.source.document == "province-9"


def test_the_national_pack_may_lie_elsewhere(tmp_path: Path) -> None:
    shutil.copytree(LIBRARY / "tiny_province", tmp_path / "province")
    with pytest.raises(Refused):
        load_pack(tmp_path / "province")
    found = load_pack(tmp_path / "province", library=LIBRARY)
    assert found.programme.id == "tiny_province"
    assert TINY / "tasks.yaml" in found.files


def test_all_problems_come_at_once_in_the_order_of_files_and_lines(
    tmp_path: Path,
) -> None:
    shutil.copytree(TINY, tmp_path / "pack")
    for name in ("tasks.yaml", "targets.yaml"):
        path = tmp_path / "pack" / name
        path.write_text(path.read_text().replace("objective: ", "objectiv: "))
    (tmp_path / "pack" / "indicators" / "roads.yaml").write_text("level: [")
    with pytest.raises(Refused) as refused:
        load_pack(tmp_path / "pack")
    found = [(Path(p.file).name, p.code) for p in refused.value.problems]
    assert found == [
        ("roads.yaml", "pack.yaml_syntax"),
        ("targets.yaml", "pack.unknown_key"),
        ("tasks.yaml", "pack.unknown_key"),
    ]


def test_no_folder_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        load_pack(tmp_path / "nowhere")
    assert [p.code for p in refused.value.problems] == ["pack.no_folder"]


def test_every_roll_up_of_the_tiny_pack_is_read(tiny: Programme) -> None:
    used = {indicator.roll_up for indicator in tiny.indicators.values()}
    assert used >= {RollUp.SUM, RollUp.RATIO, RollUp.MEAN, RollUp.SHARE, RollUp.NONE}
