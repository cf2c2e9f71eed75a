"""Take the pictures of the gallery. A maintainers' script.

    .venv/bin/python docs/site_pictures.py [--only 'public-*.vi.*'] [--home DIR]

makes the demonstration in a temporary folder (or in DIR, and leaves it there), looks at
it as its people do, prints a report, and writes small pictures to
docs/pictures/site/. What the gallery does not name is taken away. It needs Debian's
chromium.
"""

from __future__ import annotations

import argparse
import base64
import os
import re
import signal
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from gallery import (
    LOOKS,
    MADE_UP,
    PAPER,
    PRINTED,
    PUBLIC,
    SITE,
    VIEWS,
    WIDTHS,
    Look,
    files,
)
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
QUALITY = 55  # of WebP: text stays sharp, a page takes some 30 kB
OVER = str(
    Path(__file__).parents[1] / "examples" / "thai-nguyen-13"
)  # whose places the made-up report is about
REPORT = ("--unit", "vn-p19", "--period", "2025", "--formats", "pdf")
HEAD = ("--issuer", "Văn phòng điều phối chương trình", "--number", "01/BC-VPĐP")
FOOT = ("--signer-title", "Chánh văn phòng", "--seat", "Thái Nguyên")
DOTS = 96  # an inch, of a printed page
SHEET = (794, 1123)  # A4 at that many dots
WIDGET = ".chart-picture"
WAITS = 120  # seconds for what is made in the background
GAP = 16  # around a part of a page
FROM_ITS_HEADING = """one => {
  const before = [...document.querySelectorAll("main h2")].filter(
    (h) => h.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  const box = one.getBoundingClientRect();
  const head = before.length ? before.at(-1).getBoundingClientRect().top : box.top;
  return [(box.top - head < 200 ? head : box.top) + scrollY, box.bottom + scrollY];
}"""


def main() -> None:
    wanted = arguments()
    if not Path(CHROMIUM).is_file():
        sys.exit("Chromium is missing. Get it with: sudo apt install chromium")
    SITE.mkdir(parents=True, exist_ok=True)
    for path in SITE.iterdir():
        if path.name not in set(files()):
            path.unlink()
    with sync_playwright() as play:
        args = ["--no-sandbox", "--disable-gpu"]
        browser = play.chromium.launch(executable_path=CHROMIUM, args=args)
        look_at_paper(browser, wanted.only)
        with demonstration(wanted.home) as url:
            wait_for_jobs(browser, url)
            for look in LOOKS:
                look_at(browser, url, look, wanted.only)
        browser.close()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="*", help="names of pictures, with * and ?")
    parser.add_argument("--home", type=Path, help="keep the demonstration there")
    return parser.parse_args()


# --- the site ------------------------------------------------------------------------


@contextmanager
def demonstration(kept: Path | None) -> Iterator[str]:
    """Its address, while it runs."""
    with TemporaryDirectory() as home:
        command = [sys.executable, "-m", "donbay", "demo", "--port", "0"]
        process = subprocess.Popen(  # noqa: S603 -- our own command
            [*command, "--home", str(kept or home)],
            stdout=subprocess.PIPE,
            env={**os.environ, "DONBAY_LANG": "vi"},
        )
        try:
            yield address(process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def address(process: subprocess.Popen[bytes]) -> str:
    for line in process.stdout or ():
        if found := re.search(rb"http://127\.0\.0\.1:\d+", line):
            return found[0].decode()
    sys.exit("The demonstration did not start.")


def wait_for_jobs(browser: Browser, url: str) -> None:
    """Until the report is issued and the map before the merger is judged."""
    page = browser.new_page()
    for path, made in (("reports/", "main tbody tr"), ("", ".map-slider")):
        address = url + PUBLIC.format(language="vi") + path
        page.goto(address)
        for _ in range(WAITS):
            if page.locator(made).count():
                break
            page.wait_for_timeout(1_000)
            page.goto(address)
        else:
            sys.exit(f"{address}: {made} has not come")
    page.close()


def look_at(browser: Browser, url: str, look: Look, only: str) -> None:
    """All pages in one look, signed in once for each person."""
    views = [v for v in VIEWS if fnmatch(v.file(look), only)]
    who = attrgetter("who")
    for person, some in groupby(sorted(views, key=who), key=who):
        page = sit(browser, url, person, look)
        for view in some:
            go(page, url, view.where.format(language=look.language))
            ready(page, view.at)
            take(page, SITE / view.file(look), part(page, view.at))
        page.context.close()


def sit(browser: Browser, url: str, person: str, look: Look) -> Page:
    width, height = WIDTHS[look.width]
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": height},
        locale=look.language,
        color_scheme=look.light,
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "language", "value": look.language, "url": url}])
    page = context.new_page()
    page.goto(url)
    if person:
        with page.expect_navigation():
            page.locator(f"form:has(input[value={person}]) button").click()
    return page


def go(page: Page, url: str, where: str) -> None:
    """To an address, or along the links that a person would follow."""
    if where.startswith("/"):
        page.goto(url + where)
    elif where.startswith("public"):
        go_in_public(page, url, where)
    else:
        go_at_the_desk(page, url, where)
    page.wait_for_load_state()


def go_at_the_desk(page: Page, url: str, where: str) -> None:
    programme = url + MADE_UP
    if where == "fill":
        page.goto(f"{url}/work/")
        page.locator("main th[scope=row] a").first.click()
        page.locator("main form button, main a[href$='/fill/']").first.click()
    elif where == "review":
        page.goto(f"{url}/review/")
        page.locator("main th[scope=row] a").first.click()
    elif where == "target":
        page.goto(f"{programme}targets/clean_water/")
    elif where == "why":
        page.goto(programme)
        page.locator("main a[href*='/why/']").first.click()
    elif where == "matrix":
        page.goto(f"{programme}rounds/")
        page.locator("main tbody a").first.click()


def go_in_public(page: Page, url: str, where: str) -> None:
    """To a commune of which something is late, from the places of a target."""
    language = page.evaluate("document.documentElement.lang")
    here = url + PUBLIC.format(language=language)
    page.goto(f"{here}targets/clean_water/")
    rows = page.locator("main tbody th[scope=row] a[href*='/places/']")
    found = [link.get_attribute("href") or "" for link in rows.all()[:3]]
    units = [link.rstrip("/").rsplit("/", 1)[-1] for link in found]
    if where == "public place":
        page.goto(f"{here}places/{units[0]}/")
    elif where == "public why":
        page.goto(f"{here}why/{units[0]}/clean_water/")
    elif where == "public compare":
        page.goto(f"{here}compare/?" + "&".join(f"place={unit}" for unit in units))


def ready(page: Page, at: str) -> None:
    """Fonts and charts are there; one is drawn as soon as it is looked at."""
    if at:
        page.locator(at).first.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    page.wait_for_function("document.fonts.ready.then(() => true)")
    for drawn in page.locator(f"{WIDGET}:not([hidden])").all():
        drawn.locator("svg, canvas").first.wait_for()
    page.wait_for_timeout(200)


def part(page: Page, at: str) -> dict[str, float] | None:
    """What a picture is of, from the heading above it to its end."""
    if not at:
        return None
    top, bottom = page.locator(at).first.evaluate(FROM_ITS_HEADING)
    width = page.viewport_size["width"] if page.viewport_size else 0
    shown = {"x": 0, "y": top - GAP, "width": width, "height": bottom - top + 2 * GAP}
    return {**shown, "scale": 1}


# --- paper ---------------------------------------------------------------------------


def look_at_paper(browser: Browser, only: str) -> None:
    """Pages of a report, drawn by PDFium."""
    some = [(s, language) for s in PRINTED for language in PAPER]
    some = [one for one in some if fnmatch(one[0].file(one[1]), only)]
    if not some:
        return
    width, height = SHEET
    page = browser.new_page(viewport={"width": width, "height": height})
    with TemporaryDirectory() as folder:
        printed(folder, [*dict.fromkeys(language for _, language in some)])
        for sheet, language in some:
            (path,) = Path(folder).glob(f"*-{language}.pdf")
            shown = base64.b64encode(sheet_of(path, sheet.name)).decode()
            image = f'<img width="{width}" src="data:image/png;base64,{shown}">'
            page.set_content(f'<body style="margin: 0">{image}</body>')
            take(page, SITE / sheet.file(language))
    page.close()


def printed(folder: str, languages: list[str]) -> None:
    """A report of made-up figures, which says so."""
    made = f"{folder}/made-up"
    donbay("generate", made, "--territory", OVER, "--years", "3")
    order = [*REPORT, *HEAD, *FOOT, "--output", folder, "--languages", *languages]
    donbay("report", made, *order)


def donbay(*told: str) -> None:
    command = [sys.executable, "-m", "donbay", *told]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own


def sheet_of(path: Path, name: str) -> bytes:
    """The first page, the first with two charts, or the one in the middle, as PNG."""
    with pypdfium2.PdfDocument(path) as file:
        pages = [file[n] for n in range(len(file))]
        if name == "print-charts":
            pages = [page for page in pages if pictures(page) > 1]
        elif name == "print-annex":
            pages = pages[len(pages) // 2 :]
        drawn = pages[0].render(scale=DOTS / 72, rev_byteorder=True)
        return png(drawn.to_numpy().tobytes(), drawn.width, drawn.height)


def pictures(page: pypdfium2.PdfPage) -> int:
    return len(list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])))


def png(pixels: bytes, width: int, height: int) -> bytes:
    """Three bytes a dot, without another package."""
    row = width * 3
    lines = (b"\0" + pixels[at : at + row] for at in range(0, row * height, row))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(lines))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(told))
        + kind
        + told
        + struct.pack(">I", zlib.crc32(kind + told))
        for kind, told in parts
    )


def take(page: Page, path: Path, clip: dict[str, float] | None = None) -> None:
    """As WebP, which Chromium itself can write."""
    asked: dict[str, object] = {"format": "webp", "quality": QUALITY}
    if clip:
        asked |= {"clip": clip, "captureBeyondViewport": True}
    seen = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    path.write_bytes(base64.b64decode(seen["data"]))
    print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
