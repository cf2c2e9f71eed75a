"""One file of reports for places that are known elsewhere: the same checks."""

from __future__ import annotations

from pathlib import Path

from donbay.domain.problems import Refused
from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory
from donbay.tables.coding import Coding
from donbay.tables.files import SUFFIXES
from donbay.tables.findings import Findings, fault
from donbay.tables.ledger import Ledger
from donbay.tables.vocabulary import Vocabulary


def read_reports(path: Path, programme: Programme, territory: Territory) -> Ledger:
    """Read and check every row; raises Refused with all problems of the file.

    Sources are read with the rest, not once more when they are asked for.
    """
    findings = Findings(path.name)
    if path.suffix not in SUFFIXES or not path.is_file():
        findings.add(fault("reports_file", expected=", ".join(SUFFIXES)))
        raise Refused(findings.problems())
    units = Vocabulary(territory.versions, "unit_unknown")
    coding = Coding(programme, territory, units.names)
    ledger = Ledger(path, coding, units, keep_sources=True)
    ledger.check(findings)
    if not findings and not len(ledger.log().unit):
        findings.add(fault("file_no_rows"))
    if findings:
        raise Refused(findings.problems())
    return ledger
