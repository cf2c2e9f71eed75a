"""A browser whose every request is answered by the test client: no server, no port.

So a page is seen with the database of the test, which is rolled back after it. The
browser has a thread of its own, for its event loop would hide the test's connection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import Empty, Queue
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

SITE = "http://localhost"  # a secure place to a browser, as https is
CHROMIUM = "/usr/bin/chromium"
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    "--disable-sync",
)
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
PHONE, DESK = 360, 1280
Answer = tuple[int, Mapping[str, str], bytes]
Asked = Queue[tuple["Sent", "Future[Answer]"]]


@dataclass(frozen=True, slots=True)
class Sent:
    """What the browser asks for, without anything that belongs to its thread."""

    method: str
    address: str
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Window:
    """The language of a reader, the width of their screen, and its colours."""

    language: str
    width: int
    dark: bool = False


def troubles(
    client: Client, window: Window, addresses: Sequence[str]
) -> dict[str, list[str]]:
    """What axe, the console and a ruler have to say against pages."""
    client.cookies["language"] = window.language
    asked: Asked = Queue()
    with ThreadPoolExecutor(1) as thread:
        walk = thread.submit(_walk, window, addresses, asked)
        while not walk.done():
            try:
                sent, answer = asked.get(timeout=0.05)
            except Empty:
                continue
            answer.set_result(_answered(client, sent))
    found = walk.result()
    return {address: said for address, said in found.items() if said}


def _answered(client: Client, sent: Sent) -> Answer:
    """The page, or what a form or a part of the page gets."""
    of_htmx = {k: v for k, v in sent.headers.items() if k.startswith("hx-")}
    got = client.generic(
        sent.method,
        sent.address,
        sent.body,
        content_type=sent.headers.get("content-type", ""),
        headers=of_htmx,
    )
    headers = {name: str(value) for name, value in got.headers.items()}
    return got.status_code, headers, got.content


def _walk(
    window: Window, addresses: Sequence[str], asked: Asked
) -> dict[str, list[str]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(
            viewport={"width": window.width, "height": 800},
            color_scheme="dark" if window.dark else "light",
        )
        context.route("**/*", lambda route: _answer(route, asked))
        found = {one: _against(context.new_page(), one) for one in addresses}
        browser.close()
    return found


def _answer(route: Route, asked: Asked) -> None:
    address = urlsplit(route.request.url)
    if address.path.startswith("/static/"):
        found = finders.find(address.path.removeprefix("/static/"))
        kind = TYPES.get(address.path.rpartition(".")[2])
        if isinstance(found, str):
            route.fulfill(path=found, content_type=kind)
        else:
            route.fulfill(status=404)
        return
    answer: Future[Answer] = Future()
    request, where = route.request, f"{address.path}?{address.query}"
    sent = Sent(request.method, where, request.headers, request.post_data or "")
    asked.put((sent, answer))
    status, headers, content = answer.result()
    route.fulfill(status=status, headers=dict(headers), body=content)


def _against(page: Page, address: str) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 -- reads 500 KB

    said: list[str] = []
    # A page that answers "not found" says so in the console too: rightly.
    page.on(
        "console",
        lambda m: (
            said.append(m.text)
            if m.type == "error" and "status of 40" not in m.text
            else None
        ),
    )
    page.goto(f"{SITE}{address}", wait_until="load")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 1:
        said.append(f"too wide by {wide}")
    for broken in Axe().run(page).response["violations"]:
        where = [node["html"][:160] for node in broken["nodes"][:3]]
        said.append(f"{broken['id']}: {where}")
    page.close()
    return said
