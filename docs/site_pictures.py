"""Pictures of the site's main pages for the documents. A maintainers' script.

    .venv/bin/python docs/site_pictures.py [FOLDER]

makes the demonstration in a temporary folder, looks at it as its people do, in
Vietnamese and Arabic, light and dark, on a desk and on a telephone, and writes small
pictures to docs/pictures/site/. It needs Debian's chromium.
"""

from __future__ import annotations

import base64
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
KIND = os.environ.get("DONBAY_PICTURES_AS", "webp")  # or png
MADE_UP = "/programmes/synthetic/"
PUBLIC = "/public/{language}/synthetic/"
WIDE, PHONE = (1280, 860), (360, 740)
# What each looks at: the name of the picture, who, and how to come there.
VIEWS = (
    ("start", "", "/"),
    ("work", "an", "/work/"),
    ("fill", "an", "fill"),
    ("review", "binh", "review"),
    ("board", "dung", "board"),
    ("attention", "dung", f"{MADE_UP}attention/"),
    ("why", "dung", "why"),
    ("matrix", "chi", "matrix"),
    ("public-programmes", "", "/public/{language}/"),
    ("public-board", "", PUBLIC),
    ("public-target", "", f"{PUBLIC}targets/nurses/"),
    ("public-place", "", "public place"),
    ("public-why", "", "public why"),
    ("public-compare", "", "public compare"),
    ("public-mobilisation", "", f"{PUBLIC}mobilisation/"),
    ("public-levels", "", f"{PUBLIC}levels/"),
    ("public-data", "", f"{PUBLIC}data/"),
)
Light = Literal["light", "dark"]
LOOKS: tuple[tuple[str, Light, tuple[int, int]], ...] = (
    ("vi", "light", WIDE),
    ("vi", "dark", PHONE),
    ("ar", "light", WIDE),
    ("ar", "light", PHONE),
)


def main(folder: Path) -> None:
    if not Path(CHROMIUM).is_file():
        sys.exit("Chromium is missing. Get it with: sudo apt install chromium")
    folder.mkdir(parents=True, exist_ok=True)
    with demonstration() as url, sync_playwright() as play:
        args = ["--no-sandbox", "--disable-gpu"]
        browser = play.chromium.launch(executable_path=CHROMIUM, args=args)
        for language, light, size in LOOKS:
            for name, person, where in VIEWS:
                page = sit(browser, url, person, (language, light, size))
                go(page, url, where.format(language=language))
                width = "phone" if size == PHONE else "desk"
                path = folder / f"{name}.{language}.{width}.{light}.{KIND}"
                take(page, path)
                page.context.close()
                print(path)
        browser.close()


@contextmanager
def demonstration() -> Iterator[str]:
    """Its address, while it runs in a folder that is thrown away."""
    if given := os.environ.get("DONBAY_PICTURES_OF"):
        yield given
        return
    with TemporaryDirectory() as home:
        command = [sys.executable, "-m", "donbay", "demo", "--port", "0"]
        process = subprocess.Popen(  # noqa: S603 -- our own command
            [*command, "--home", home], stdout=subprocess.PIPE
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


def sit(
    browser: Browser, url: str, person: str, look: tuple[str, Light, tuple[int, int]]
) -> Page:
    language, light, (width, height) = look
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": height},
        locale=language,
        color_scheme=light,
    )
    context.add_cookies([{"name": "language", "value": language, "url": url}])
    page = context.new_page()
    page.goto(url)
    if person:
        with page.expect_navigation():
            page.locator(f"form:has(input[value={person}]) button").click()
    return page


def go(page: Page, url: str, where: str) -> None:
    """Along the links that a person would follow."""
    if where.startswith("/"):
        page.goto(url + where)
        return
    if where.startswith("public"):
        go_in_public(page, url, where)
        return
    programme = programme_of(page, url)
    if where == "fill":
        page.goto(f"{url}/work/")
        page.locator("main th[scope=row] a").first.click()
        page.locator("main form button, main a[href$='/fill/']").first.click()
    elif where == "review":
        page.goto(f"{url}/review/")
        page.locator("main th[scope=row] a").first.click()
    elif where == "board":
        page.goto(programme)
    elif where == "why":
        page.goto(programme)
        page.locator("main a[href*='/why/']").first.click()
    elif where == "matrix":
        page.goto(f"{programme}rounds/")
        page.locator("main tbody a").first.click()
    page.wait_for_load_state()


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
    else:
        page.goto(f"{here}compare/?" + "&".join(f"place={unit}" for unit in units))
    page.wait_for_load_state()


def programme_of(page: Page, url: str) -> str:
    page.goto(f"{url}/programmes/")
    links = page.locator("main a[href^='/programmes/']")
    found = [link.get_attribute("href") or "" for link in links.all()]
    return url + next((one for one in found if MADE_UP in one), found[-1])


def take(page: Page, path: Path) -> None:
    """As WebP, which Chromium itself can write."""
    page.wait_for_timeout(150)  # fonts
    if path.suffix == ".png":
        page.screenshot(path=path)
        return
    asked = {"format": "webp", "quality": 55}
    seen = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    path.write_bytes(base64.b64decode(seen["data"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "pictures" / "site")
