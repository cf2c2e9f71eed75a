"""A report of the small province, made from its folder."""

from datetime import UTC, date, datetime
from pathlib import Path

from tests.small import write_folder

from donbay.domain.passages import ReportKind
from donbay.domain.periods import parse_period
from donbay.folder import open_folder
from donbay.folder.printed import matter_of
from donbay.reports.composing import compose
from donbay.reports.matter import Matter, Order
from donbay.reports.model import Report, Table
from donbay.reports.rendering import drawn
from donbay.texts import Wording

AT = datetime(2025, 7, 1, tzinfo=UTC)
ORDER = Order(
    ReportKind.ANNUAL,
    parse_period("2024"),
    "p",
    date(2025, 7, 1),
    issuer="Văn phòng điều phối",
    number="45/BC",
    seat="Tỉnh Một",
    signer_title="Chánh văn phòng",
    signer="Nguyễn Thị Hoa",
)


def matter(folder: Path, order: Order = ORDER) -> Matter:
    """Judged at the middle of 2025, when An, Bình and Cát had reported on 2024."""
    if not folder.exists():
        write_folder(folder)
    study = open_folder(folder, on="2025-06-30")
    return matter_of(study, order, study.days())


def report(
    found: Matter,
    language: str = "en",
    order: Order = ORDER,
    wording: dict[str, str] | None = None,
    *,
    charts: bool = False,
) -> Report:
    draw = drawn if charts else None
    return compose(found, order, Wording(language), wording, draw)


def tables(found: Report) -> dict[str, Table]:
    """By caption."""
    return {
        block.caption: block
        for section in (*found.sections, *found.annexes)
        for block in section.blocks
        if isinstance(block, Table)
    }


def words(found: Report) -> str:
    """All paragraphs."""
    return "\n".join(
        block.text
        for section in (*found.sections, *found.annexes)
        for block in section.blocks
        if hasattr(block, "text")
    )
