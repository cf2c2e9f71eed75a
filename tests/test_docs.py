"""The documentation says what the code does, and leads somewhere."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
sys.path.append(str(ROOT / "docs"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_within_leads_somewhere(page: Path) -> None:
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    lost = [
        link
        for link in LINK.findall(text)
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert not lost


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    modes = ("tutorials", "how-to", "reference", "explanation")
    pages = [
        page.relative_to(ROOT / "docs").as_posix()
        for mode in modes
        for page in (ROOT / "docs" / mode).glob("*.md")
    ]
    assert pages
    assert not [page for page in pages if f"({page})" not in index]


def test_every_decision_is_in_the_index_and_short() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    records = sorted(folder.glob("[0-9]*.md"))
    assert not [r.name for r in records if f"({r.name})" not in index]
    long = [r.name for r in records if len(r.read_text().splitlines()) > 40]
    assert not long


def test_the_reference_pages_are_fresh() -> None:
    import make_reference  # noqa: PLC0415 -- found by the path added above

    for name, page in make_reference.PAGES.items():
        text = (make_reference.REFERENCE / name).read_text(encoding="utf-8")
        assert text == make_reference.NOTE + page(), f"{name}: run make docs"


@pytest.mark.slow
def test_the_picture_of_the_board_is_fresh() -> None:
    import board_picture  # noqa: PLC0415 -- as above

    picture = ROOT / "docs" / "pictures" / "board.svg"
    assert picture.read_text(encoding="utf-8") == board_picture.svg(), "run make docs"


def test_every_picture_of_the_gallery_is_there_and_no_other() -> None:
    import gallery  # noqa: PLC0415 -- as above

    named = list(gallery.files())
    assert len(named) == len(set(named))
    assert {path.name for path in gallery.SITE.iterdir()} == set(named)
    size = sum(path.stat().st_size for path in gallery.SITE.iterdir())
    assert size < gallery.ROOM
    page = (gallery.PICTURES / "README.md").read_text(encoding="utf-8")
    assert not [name for name in named if f'src="site/{name}"' not in page]


@pytest.mark.slow
def test_the_commands_on_the_pages_print_what_stands_there() -> None:
    import run_pages  # noqa: PLC0415 -- as above

    pages = dict(run_pages.refreshed(ROOT))
    assert pages
    stale = [
        name_of(page)
        for page, text in pages.items()
        if page.read_text(encoding="utf-8") != text
    ]
    assert not stale, "run make docs"
