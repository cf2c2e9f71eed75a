"""YAML text as nodes: every scalar stays text and keeps its line.

YAML would read `05716` as 3022, `no` as false and `1e3` as text; here the schema
types each value instead. Events are used rather than composed documents: nothing
recurses, so that no file, however deep, can break the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

import yaml

from donbay.packs.places import Place, Problems

LARGEST_FILE = 2_000_000
DEEPEST = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAB = re.compile(r"^[ \t]*\t")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar as it was written; `plain` when it stood without quotes."""

    text: str
    line: int
    plain: bool = True

    @property
    def empty(self) -> bool:
        return self.plain and self.text in {"", "~", "null"}


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping, its keys in order and each once."""

    entries: tuple[tuple[Leaf, Node], ...]
    line: int

    def text_of(self, *keys: str) -> str | None:
        """The first of `keys` that holds a scalar."""
        found = {k.text: v.text for k, v in self.entries if isinstance(v, Leaf)}
        return next((found[key] for key in keys if key in found), None)


Node = Leaf | Items | Entries


class _UnreadableError(Exception):
    """Ends the reading of one file."""

    def __init__(self, code: str, line: int, **parameters: object) -> None:
        self.code, self.line, self.parameters = code, line, parameters


@dataclass
class _Open:
    """A list or mapping that is being filled."""

    line: int
    mapping: bool
    items: list[Node] = field(default_factory=list)
    keys: dict[str, Leaf] = field(default_factory=dict)
    pending: Leaf | None = None

    def closed(self) -> Node:
        if not self.mapping:
            return Items(tuple(self.items), self.line)
        pairs = zip(self.keys.values(), self.items, strict=True)
        return Entries(tuple(pairs), self.line)


def read_nodes(path: Path, name: str, problems: Problems) -> Node | None:
    """The file's one document; None where it cannot be read, with the problem why."""
    place = Place(name, 1)
    try:
        data = path.read_bytes()
    except OSError as problem:
        problems.add(Place(name), "file_unreadable", detail=problem.strerror or problem)
        return None
    if len(data) > LARGEST_FILE:
        problems.add(place, "file_too_large", size=len(data), most=LARGEST_FILE)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        problems.add(Place(name, line), "not_utf8", byte=f"0x{data[problem.start]:02X}")
        return None
    return parse_nodes(text, name, problems)


def parse_nodes(text: str, name: str, problems: Problems) -> Node | None:
    """As `read_nodes`, of a text."""
    try:
        found = _Reading(name, problems).document(text)
    except _UnreadableError as stop:
        problems.add(Place(name, stop.line), stop.code, **stop.parameters)
        return None
    except yaml.reader.ReaderError as stop:
        line = text.count("\n", 0, _position(stop, text)) + 1
        problems.add(Place(name, line), "yaml_character")
        return None
    except yaml.MarkedYAMLError as stop:
        if "nesting depth" in str(stop.problem):  # newer parsers stop before we do
            problems.add(Place(name, _line(stop)), "too_deep", most=DEEPEST)
        else:
            problems.add(*_syntax(stop, text, name))
        return None
    if found is None or (isinstance(found, Leaf) and found.empty):
        problems.add(Place(name, 1), "file_empty")
        return None
    return found


def _position(stop: yaml.reader.ReaderError, text: str) -> int:
    found = re.search(
        r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text
    )
    return found.start() if found else min(int(stop.position), len(text))


def _line(stop: yaml.MarkedYAMLError) -> int:
    return int(stop.problem_mark.line) + 1 if stop.problem_mark else 1


def _syntax(stop: yaml.MarkedYAMLError, text: str, name: str) -> tuple[Place, str]:
    lines = text.splitlines()
    line = min(stop.problem_mark.line if stop.problem_mark else 0, len(lines) - 1)
    line = max(line, 0)
    said = lines[line] if lines else ""
    if _TAB.match(said):
        code = "yaml_tab"
    elif "mapping values" in (stop.problem or ""):
        code = "yaml_colon"
    elif "quoted scalar" in (stop.context or ""):
        code = "yaml_quote"
        line = stop.context_mark.line if stop.context_mark else line
    elif stop.problem == "found character that cannot start any token":
        code = "yaml_start"
    else:
        code = "yaml_syntax"
    return Place(name, line + 1), code


class _Reading:
    """One file's events put together with a stack of our own."""

    def __init__(self, name: str, problems: Problems) -> None:
        self.name, self.problems = name, problems
        self.stack: list[_Open] = []
        self.found: Node | None = None
        self.documents = 0

    def document(self, text: str) -> Node | None:
        for event in _events(text):
            self._take(event)
        return self.found

    def _take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise _UnreadableError("yaml_documents", line)
            case yaml.AliasEvent():
                raise _UnreadableError("yaml_alias", line, name=event.anchor)
            case yaml.NodeEvent():
                self._node(event, line)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._put(self.stack.pop().closed())

    def _node(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor:
            raise _UnreadableError("yaml_alias", line, name=event.anchor)
        if getattr(event, "tag", None):
            raise _UnreadableError("yaml_tag", line, tag=getattr(event, "tag", ""))
        if isinstance(event, yaml.ScalarEvent):
            text = normalize("NFC", event.value)
            self._put(Leaf(text, line, plain=event.implicit[0]))
            return
        if self.stack and self.stack[-1].mapping and self.stack[-1].pending is None:
            raise _UnreadableError("key_not_text", line)
        if len(self.stack) >= DEEPEST:
            raise _UnreadableError("too_deep", line, most=DEEPEST)
        self.stack.append(_Open(line, isinstance(event, yaml.MappingStartEvent)))

    def _put(self, node: Node) -> None:
        if not self.stack:
            self.found = node
            return
        top = self.stack[-1]
        if not top.mapping:
            top.items.append(node)
        elif top.pending is None:
            top.pending = node if isinstance(node, Leaf) else None
        else:
            self._entry(top, top.pending, node)
            top.pending = None

    def _entry(self, top: _Open, key: Leaf, node: Node) -> None:
        first = top.keys.get(key.text)
        if first:
            place = Place(self.name, key.line)
            self.problems.add(place, "key_repeated", key=key.text, first=first.line)
            return
        top.keys[key.text] = key
        top.items.append(node)


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=_LOADER)
