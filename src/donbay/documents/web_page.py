"""HTML as the blocks that a browser shows. Nothing is fetched, no script is run."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from donbay.documents.plain_text import Piece

_HIDDEN = {
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "title",
    "svg",
    "iframe",
    "object",
}
_INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "cite",
    "code",
    "em",
    "font",
    "i",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "u",
    "wbr",
    "ins",
    "del",
    "label",
}
_VOID = {"br", "img", "input", "hr", "meta", "link", "col", "wbr"}
_KINDS = {
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "li": "item",
    "td": "cell", "th": "cell", "figcaption": "caption", "caption": "caption",
}  # fmt: skip


def pieces_of_html(text: str) -> Iterator[Piece]:
    page = _Page()
    page.feed(text)
    page.close()
    page.finish()
    yield from page.pieces


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._words: list[str] = []
        self._kind = "paragraph"
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        style = (given.get("style") or "").replace(" ", "").lower()
        unseen = "hidden" in given or "display:none" in style
        nested = bool(self._hidden) and tag == self._hidden[-1]
        if tag in _HIDDEN or nested or (unseen and tag not in _VOID):
            self._hidden.append(tag)
        elif tag not in _INLINE:
            self.finish()
            self._kind = _KINDS.get(tag, "paragraph")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag == self._hidden[-1]:
                self._hidden.pop()
        elif tag not in _INLINE:
            self.finish()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._words.append(data)

    def finish(self) -> None:
        """The block that was open ends here."""
        shown = _spaced("".join(self._words))
        self._words.clear()
        if shown:
            self.pieces.append((self._kind, shown))
        self._kind = "paragraph"


def _spaced(text: str) -> str:
    """Plain spaces and ends of lines run together; spaces inside numbers stay."""
    return " ".join(
        part for part in text.replace("\n", " ").replace("\t", " ").split(" ") if part
    )
