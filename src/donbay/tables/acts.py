"""Reads acts.csv: what was decided, checked against the sets it speaks of."""

from __future__ import annotations

from pathlib import Path

from donbay.domain.acts import Act
from donbay.domain.criteria import Attestation, CriteriaSet, Result, sub_criteria
from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory
from donbay.tables.columns import ACTS
from donbay.tables.findings import Fault, Findings, fault
from donbay.tables.rows import Rows, read_rows
from donbay.tables.vocabulary import Vocabulary

ATTESTATION = "attestation"
ATTESTED = (Result.MET, Result.BASICALLY_MET, Result.NOT_MET)


def read_acts(
    path: Path,
    programme: Programme,
    units: Territory,
    names: Vocabulary,
    *,
    findings: Findings,
    notices: Findings,
) -> tuple[Act, ...]:
    """In the order of the file: of two acts of one day the later row holds."""
    results = Vocabulary(ATTESTED, "result_unknown", listed=True)
    readers = {"unit": names.read, "result": results.read}
    rows = read_rows(path, ACTS, findings, readers)
    found = _acts(rows)
    desk = _Desk(programme, units, rows, notices)
    for row, act in found:
        desk.check(row, act)
    return tuple(act for row, act in found if rows.sound[row])


def _acts(rows: Rows) -> list[tuple[int, Act]]:
    names = ("unit", "kind", "date", "subject", "level", "result", "from", "to")
    columns = [rows.column(name) for name in (*names, "number", "authority")]
    return [
        (row, Act(*cells))
        for row, (cells, sound) in enumerate(
            zip(zip(*columns, strict=True), rows.sound, strict=True)
        )
        if sound
    ]


class _Desk:
    """Looks at one act after the other with the programme at hand."""

    def __init__(
        self, programme: Programme, units: Territory, rows: Rows, notices: Findings
    ) -> None:
        self.units, self.rows, self.notices = units, rows, notices
        self.sets: dict[str, list[CriteriaSet]] = {}
        for some in programme.criteria:
            if some.recognised_by:
                self.sets.setdefault(some.recognised_by, []).append(some)
        self.kinds = Vocabulary((ATTESTATION, *self.sets), "kind_unknown", listed=True)
        self.authorities = _authorities(programme)
        self.subjects = Vocabulary(self.authorities, "subject_unknown")

    def check(self, row: int, act: Act) -> None:
        if act.start and act.end and act.start > act.end:
            wrong = fault("days_order", first=act.start, last=act.end)
            self.rows.refuse(row, "to", wrong)
        if act.unit in self.units.versions and not self.units.version(
            act.unit, act.date
        ):
            self._note(row, "unit", fault("act_day", unit=act.unit, day=act.date))
        if act.kind == ATTESTATION:
            self._attestation(row, act)
        elif act.kind in self.sets:
            self._recognition(row, act, self.sets[act.kind])
        else:
            self._note(row, "kind", self.kinds.unknown(act.kind))

    def _note(self, row: int, column: str, found: Fault) -> None:
        self.notices.add(found, column, self.rows.lines[row])

    def _attestation(self, row: int, act: Act) -> None:
        if act.subject is None:
            self.rows.refuse(row, "subject", fault("attestation_subject"))
        elif act.subject not in self.subjects:
            self.rows.refuse(row, "subject", self.subjects.unknown(act.subject))
        elif act.authority not in self.authorities[act.subject]:
            expected = ", ".join(sorted(self.authorities[act.subject]))
            wrong = fault(
                "attestation_authority", found=act.authority or "", expected=expected
            )
            self._note(row, "authority", wrong)
        if act.result is None:
            expected = ", ".join(ATTESTED)
            self.rows.refuse(
                row, "result", fault("attestation_result", expected=expected)
            )

    def _recognition(self, row: int, act: Act, sets: list[CriteriaSet]) -> None:
        levels = Vocabulary(
            (level.id for some in sets for level in some.levels),
            "act_level_unknown",
            listed=True,
        )
        if act.level and act.level not in levels:
            self.rows.refuse(row, "level", levels.unknown(act.level))
        of = {some.unit_level for some in sets}
        versions = self.units.versions.get(act.unit)
        if versions and versions[0].level not in of:
            expected = ", ".join(sorted(of))
            wrong = fault("act_unit_level", found=versions[0].level, expected=expected)
            self.rows.refuse(row, "unit", wrong)


def _authorities(programme: Programme) -> dict[str, set[str]]:
    """Who may attest each sub-criterion."""
    found: dict[str, set[str]] = {}
    for some in programme.criteria:
        for level in some.levels:
            for criterion in level.criteria:
                for leaf in sub_criteria(criterion.node):
                    if isinstance(leaf.rule, Attestation):
                        found.setdefault(leaf.id, set()).add(leaf.rule.authority)
    return found
