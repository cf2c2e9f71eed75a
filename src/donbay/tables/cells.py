"""Cells as every reader hands them on: columns of Arrow arrays with their lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from donbay.tables.arrays import filled
from donbay.tables.findings import Fault, Findings, Ints, fault

Read = TypeVar("Read")

TEXT = pa.dictionary(pa.int32(), pa.string())
_SPACES = " \t\r\n\v\f\xa0\u2000\u2001\u2002\u2003\u2009\u200a\u202f\u3000\u200b\ufeff"


@dataclass(frozen=True)
class Cells:
    """Some rows of a file. Texts are dictionaries; numbers may be what they are.

    `lines` holds each row's line, counted from 1.
    """

    columns: Mapping[str, pa.Array]
    lines: Ints | range

    def __len__(self) -> int:
        return len(self.lines)

    def lines_at(self, rows: npt.NDArray[np.integer]) -> Ints:
        if isinstance(self.lines, range):
            return np.asarray(rows, np.int64) * self.lines.step + self.lines.start
        found: Ints = self.lines[rows]
        return found


@dataclass(frozen=True)
class Coded:
    """A column as numbers into its distinct texts, which are trimmed and in NFC.

    The last word, "", stands for every empty cell.
    """

    codes: npt.NDArray[np.int32]
    words: tuple[str, ...]


def coded(array: pa.Array) -> Coded:
    array = as_words(array)
    words = array.dictionary
    texts = (*tidied(words), "")
    empty = len(words)
    places = np.array([n if text else empty for n, text in enumerate(texts)], np.int32)
    codes = places[filled(array.indices, np.int32, empty)]
    return Coded(codes, texts)


def tidied(words: pa.Array) -> Iterable[str]:
    """Texts in NFC without space around them."""
    for word in words.to_pylist():
        text = word or ""
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        yield text.strip(_SPACES)


def as_words(array: pa.Array) -> pa.Array:
    """Any column as a dictionary of its distinct texts."""
    if not pa.types.is_dictionary(array.type):
        array = as_text(array).dictionary_encode()
    return array if array.type == TEXT else array.cast(TEXT)


def as_text(array: pa.Array) -> pa.Array:
    """Any column as a person would type it: 2024 for 2024.0, days in ISO."""
    kind = array.type
    if pa.types.is_floating(kind):
        texts = [None if x is None else number_text(x) for x in array.to_pylist()]
        return pa.array(texts, pa.string())
    if pa.types.is_boolean(kind):
        texts = [None if x is None else str(x).lower() for x in array.to_pylist()]
        return pa.array(texts, pa.string())
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        lists = array.cast(pa.list_(pa.string())).to_pylist()
        texts = [None if not x or None in x else ";".join(x) for x in lists]
        return pa.array(texts, pa.string())
    return array.cast(pa.string())


def number_text(number: float) -> str:
    """The shortest text that reads back as the same number."""
    whole = int(number) if number.is_integer() and abs(number) < 1e15 else None  # noqa: PLR2004
    return repr(float(number)) if whole is None else str(whole)


def joined(chunks: list[Cells], names: Iterable[str]) -> Cells:
    """All rows of a small file as one."""
    columns = {}
    for name in names:
        if any(name in chunk.columns for chunk in chunks):
            arrays = [
                as_words(chunk.columns[name])
                if name in chunk.columns
                else pa.nulls(len(chunk), TEXT)
                for chunk in chunks
            ]
            whole = pa.chunked_array(arrays, TEXT).unify_dictionaries()
            columns[name] = whole.combine_chunks()
    lines = [np.asarray(chunk.lines, np.int64) for chunk in chunks]
    return Cells(columns, np.concatenate([np.zeros(0, np.int64), *lines]))


def decode(
    column: Coded, read: Callable[[str], Read | Fault]
) -> tuple[list[Read | None], dict[int, Fault]]:
    """Read every distinct text once; empty ones give None."""
    values: list[Read | None] = []
    faults: dict[int, Fault] = {}
    for code, word in enumerate(column.words):
        value = read(word) if word else None
        if isinstance(value, Fault):
            faults[code] = value
            value = None
        values.append(value)
    return values, faults


def report(
    findings: Findings,
    name: str,
    cells: Cells,
    codes: npt.NDArray[np.integer],
    faults: Mapping[int, Fault],
) -> npt.NDArray[np.bool_]:
    """Put the faults of distinct texts on their lines; gives the rows concerned."""
    wrong = np.zeros(max(int(codes.max(initial=0)), *faults, 0) + 1, np.bool_)
    wrong[list(faults)] = True
    bad: npt.NDArray[np.bool_] = wrong[codes]
    rows = np.flatnonzero(bad)
    if len(rows):
        rows = rows[np.argsort(codes[rows], kind="stable")]
        found, starts = np.unique(codes[rows], return_index=True)
        for code, some in zip(found.tolist(), np.split(rows, starts[1:]), strict=True):
            findings.at(faults[code], name, cells.lines_at(some))
    return bad


EMPTY = fault("empty")
