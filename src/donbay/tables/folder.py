"""Reads a folder whole: territory, reports and acts, or every problem at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from donbay.domain.acts import Act
from donbay.domain.ledger import Log, Observation
from donbay.domain.problems import Problem, Refused
from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory, Version
from donbay.tables.acts import read_acts
from donbay.tables.coding import Coding
from donbay.tables.columns import ACTS, OBSERVATIONS, SUCCESSIONS, UNITS, Layout
from donbay.tables.files import locate
from donbay.tables.findings import Findings, listed
from donbay.tables.ledger import Ledger
from donbay.tables.successions import read_successions
from donbay.tables.units import read_units
from donbay.tables.vocabulary import Vocabulary


@dataclass(frozen=True)
class Tables:
    """What a folder holds, checked. Notices are worth a look and refuse nothing."""

    territory: Territory
    ledger: Ledger
    acts: tuple[Act, ...]
    noted: tuple[Problem, ...]

    @property
    def notices(self) -> tuple[Problem, ...]:
        """Of all files; those of the observations once they have been read."""
        return self.noted + self.ledger.notices

    def log(self) -> Log:
        return self.ledger.log()

    def chunks(self) -> Iterator[Log]:
        return self.ledger.chunks()

    def observations(self) -> list[Observation]:
        return self.ledger.observations()


def read_folder(folder: Path, programme: Programme, *, stream: bool = False) -> Tables:
    """Read and check every file; raises Refused with all problems of all of them.

    With `stream` the observations are left for `ledger.chunks()` to read and check.
    """
    reading = _Reading(folder, programme)
    territory, names = reading.territory()
    acts = reading.acts(territory, names)
    coding = Coding(programme, territory, names.names if names else ())
    ledger = reading.ledger(coding, names, stream=stream)
    if ledger is None or reading.refused:
        raise Refused(listed(reading.findings))
    return Tables(territory, ledger, acts, listed(reading.notices))


def read_territory(folder: Path, programme: Programme) -> Territory:
    """Units and successions alone; raises Refused with all problems of both."""
    reading = _Reading(folder, programme)
    territory, _ = reading.territory()
    if reading.refused:
        raise Refused(listed(reading.findings))
    return territory


class _Reading:
    """The files of one folder as they are read, with what was found in each."""

    def __init__(self, folder: Path, programme: Programme) -> None:
        self.folder, self.programme = folder, programme
        self.findings: list[Findings] = []
        self.notices: list[Findings] = []

    @property
    def refused(self) -> bool:
        return any(self.findings)

    def _open(self, layout: Layout) -> tuple[Path | None, Findings, Findings]:
        path, findings = locate(self.folder, layout)
        notices = Findings(findings.file)
        self.findings.append(findings)
        self.notices.append(notices)
        return path, findings, notices

    def territory(self) -> tuple[Territory, Vocabulary | None]:
        """With the names of all units; None where their file could not be read."""
        path, findings, notices = self._open(UNITS)
        versions: list[Version] = []
        names = None
        if path:
            versions, names = read_units(path, self.programme, findings, notices)
        if names is None or (findings and not names.names):
            self._open(SUCCESSIONS)
            return Territory(()), None
        units = Territory(versions)
        path, findings, _ = self._open(SUCCESSIONS)
        if not path:
            return units, names
        successions = read_successions(path, units, names, findings)
        return Territory(versions, successions), names

    def acts(self, territory: Territory, names: Vocabulary | None) -> tuple[Act, ...]:
        path, findings, notices = self._open(ACTS)
        if not path:
            return ()
        names = names or Vocabulary.of_anything()
        return read_acts(
            path,
            self.programme,
            territory,
            names,
            findings=findings,
            notices=notices,
        )

    def ledger(
        self, coding: Coding, names: Vocabulary | None, *, stream: bool
    ) -> Ledger | None:
        path, findings, _ = self._open(OBSERVATIONS)
        if not path:
            return None
        ledger = Ledger(path, coding, names)
        if self.refused or not stream:
            ledger.check(findings)
        return ledger
