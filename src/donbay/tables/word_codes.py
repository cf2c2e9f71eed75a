"""A column of names as codes, looking each distinct name up once a file."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from donbay.tables.arrays import filled, take
from donbay.tables.cells import EMPTY, Cells, as_words, report, tidied
from donbay.tables.findings import Fault, Findings

Bools = npt.NDArray[np.bool_]
LookUp = Callable[[str], int | Fault]


class WordCodes:
    """`empty` is the code of an empty cell; None refuses it."""

    def __init__(
        self, name: str, look_up: LookUp, findings: Findings, *, empty: int | None
    ) -> None:
        self.name, self._look_up, self._findings = name, look_up, findings
        self._empty = EMPTY if empty is None else empty
        self._dictionary: pa.Array | None = None
        self._codes = np.zeros(0, np.int64)
        self._in_place = False
        self._faults: dict[int, Fault] = {}

    def read(
        self, cells: Cells, kind: type[np.signedinteger]
    ) -> tuple[npt.NDArray[np.signedinteger], Bools | None]:
        """Codes, and the rows where there is none (None: nowhere)."""
        array = as_words(cells.columns[self.name])
        self._prepare(array.dictionary)
        last = len(array.dictionary)
        places = filled(array.indices, np.int32, last)
        codes = self._codes_at(places, kind)
        faults = self._faults
        if not array.null_count and last in faults:
            faults = {place: f for place, f in faults.items() if place != last}
        if not faults:
            return codes, None
        bad = report(self._findings, self.name, cells, places, faults)
        return codes, bad if bad.any() else None

    def _codes_at(
        self, places: npt.NDArray[np.int32], kind: type[np.signedinteger]
    ) -> npt.NDArray[np.signedinteger]:
        if self._in_place:
            return places.astype(kind, copy=False)
        return take(self._codes.astype(kind), places)

    def present(self) -> npt.NDArray[np.int64]:
        """Codes of the names that the last rows read may hold."""
        return np.delete(self._codes, list(self._faults))

    def _prepare(self, dictionary: pa.Array) -> None:
        if self._dictionary is not None and dictionary.equals(self._dictionary):
            return
        self._dictionary, self._faults, codes = dictionary, {}, []
        for place, word in enumerate((*tidied(dictionary), "")):
            code = self._look_up(word) if word else self._empty
            if isinstance(code, Fault):
                self._faults[place] = code
                code = 0
            codes.append(code)
        self._codes = np.array(codes, np.int64)
        self._in_place = bool((self._codes == np.arange(len(codes))).all())
