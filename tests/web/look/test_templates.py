"""Templates hold no text, no style and no script of their own; what they say exists."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from donbay.texts.catalogue import ROOMS, room

WEB = Path(__file__).parents[3] / "src/donbay/web"
TEMPLATES = sorted(
    p for p in WEB.rglob("templates/**/*") if p.suffix in {".html", ".txt"}
)
NAMES = [str(path.relative_to(WEB)) for path in TEMPLATES]
KNOWN = {code for name in ROOMS for code in room(name, "en")}
MARKUP = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description", "label"}
every_template = pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)


class _Reader(HTMLParser):
    """Letters between tags or in attributes that people hear, and what CSP forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[str] = []
        self.forbidden: list[str] = []
        self.key = False  # of a keyboard, which is the same in every language

    def handle_data(self, data: str) -> None:
        if re.search(r"[^\W\d_]", data) and not (self.key and len(data) == 1):
            self.letters.append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        self.key = self.key and tag != "kbd"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.key = tag == "kbd"
        for name, value in attrs:
            if name in SPOKEN and re.search(r"[^\W\d_]", value or ""):
                self.letters.append(f"{name}={value}")
            if name == "style" or re.match(r"on[a-z]|hx-on", name):
                self.forbidden.append(f"{tag} {name}")
        if tag == "style" or (tag == "script" and "src" not in given):
            self.forbidden.append(tag)


def read(path: Path) -> _Reader:
    reader = _Reader()
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\{% comment.*?endcomment %\}", "", text, flags=re.DOTALL)
    reader.feed(MARKUP.sub("", text))
    reader.close()
    return reader


@every_template
def test_no_text_stands_outside_the_catalogues(path: Path) -> None:
    assert not read(path).letters


@every_template
def test_no_style_or_script_stands_in_a_page(path: Path) -> None:
    assert not read(path).forbidden


@every_template
def test_every_code_said_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    said = set(re.findall(r'\{% say "([^"]+)"', text))
    said |= set(re.findall(r'\{% (?:empty|field_help) "([^"]+)"', text))
    assert not said - KNOWN
    families = set(re.findall(r'\{% (?:say_of|badge) "([^"]+)"', text))
    known = {code.rpartition(".")[0] for code in KNOWN}
    assert not families - known


def test_every_code_that_the_views_say_exists() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for room in ("look", "desk")
        for path in (WEB / room).rglob("*.py")
    )
    families = "site|board|journal|start|waiting|run|heading|sign_in|word"
    said = set(re.findall(rf'"((?:{families})\.[a-z_]+)"', code))
    assert said
    assert not said - KNOWN
