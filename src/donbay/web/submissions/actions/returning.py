"""Taking over what came back in a workbook: each report whole, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from donbay.domain.quantities import Bound
from donbay.domain.workflow import NotAllowed
from donbay.web.journal.actions import acting
from donbay.web.offices.permissions import By
from donbay.web.submissions.actions.filling import Entry, begin, note, save
from donbay.web.submissions.models import Conflict, Submission
from donbay.web.submissions.queries.returned import Change, Preview


@dataclass(frozen=True)
class TakenOver:
    """What was applied, what stands beside another's answer, what was refused."""

    reports: list[Submission]
    applied: int
    conflicts: list[Conflict]
    refused: list[tuple[Change, NotAllowed]]


def take_over(by: By, seen: Preview, file: str, on: date | None = None) -> TakenOver:
    """Save every change that nothing holds back; a second time there is none left.

    `file` is the hash of the workbook, for the journal.
    """
    done = TakenOver([], 0, [], [])
    applied = 0
    for _, some in groupby(seen.ready, key=lambda one: (one.round.pk, one.unit)):
        changes = list(some)
        try:
            report, conflicts = _apply(by, changes, file, on)
        except NotAllowed as stop:
            done.refused.append((changes[0], stop))
            continue
        done.reports.append(report)
        done.conflicts.extend(conflicts)
        applied += len(changes)
    return TakenOver(done.reports, applied, done.conflicts, done.refused)


def _apply(
    by: By, changes: Sequence[Change], file: str, on: date | None
) -> tuple[Submission, list[Conflict]]:
    """One transaction: either every change of the report, or none."""
    first, conflicts = changes[0], []
    with acting(by.stamp, first.round.programme.chain) as act:
        report = begin(by, first.round, first.unit, on)
        for one in changes:
            if one.says:
                bound = Bound(one.known.bound) if one.known else Bound.EXACT
                entry = Entry(one.typed, one.exported.revision, bound)
                saved = save(by, report, one.field.id, entry)
                if saved.conflict:
                    conflicts.append(saved.conflict)
            if one.notes:
                note(by, report, one.field.id, one.note, one.exported.revision)
        act.note(
            *("workbook", "submission", report.pk),
            file=file,
            changes=len(changes),
            unit=first.unit,
        )
    return report, conflicts
