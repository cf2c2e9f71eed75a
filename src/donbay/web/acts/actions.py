"""The one door for acts. Only `results` calls it, so that verdicts follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as day

from donbay.domain.act_rules import check
from donbay.domain.acts import Act as Said
from donbay.domain.workflow import NotAllowed
from donbay.web.acts.models import Act
from donbay.web.acts.queries import head
from donbay.web.files.models import StoredFile
from donbay.web.journal.actions import Acting, holding
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a place, and the paper that says so."""

    unit: str
    kind: str
    number: str
    authority: str
    date: day
    subject: str = ""
    level: str = ""
    result: str = ""
    start: day | None = None
    end: day | None = None
    document: StoredFile | None = None
    document_name: str = ""

    @property
    def said(self) -> Said:
        return Said(
            unit=self.unit,
            kind=self.kind,
            date=self.date,
            subject=self.subject or None,
            level=self.level or None,
            result=self.result or None,
            start=self.start,
            end=self.end,
            number=self.number or None,
            authority=self.authority or None,
        )


def append(
    act: Acting, programme: Programme, decisions: Sequence[Decision]
) -> list[Act]:
    """Write decisions behind the last one. Raises NotAllowed for the first unfit.

    The programme's chain of the journal must be held.
    """
    holding(programme.chain)
    territory = programmes.territory_of(programme)
    for one in decisions:
        promise = programmes.promise(programme, one.date)
        if wrong := check(one.said, promise, territory):
            raise NotAllowed(wrong.code, **wrong.parameters)
    made = [_row(programme, one) for one in decisions]
    _link(act, programme, made)
    for row in made:
        _note(act, "record_act", row)
    return made


def annul(act: Acting, wrong: Act, reason: str) -> Act:
    """Say that an act was recorded by mistake. It stays, and counts no longer."""
    holding(wrong.programme.chain)
    if not reason.strip():
        raise NotAllowed("reason_missing")
    if wrong.annuls_id or Act.objects.filter(annuls=wrong).exists():
        raise NotAllowed("act_annulled")
    made = Act(
        programme=wrong.programme,
        unit_id=wrong.unit_id,
        kind=wrong.kind,
        number=wrong.number,
        authority=wrong.authority,
        date=wrong.date,
        annuls=wrong,
        reason=reason.strip(),
    )
    _link(act, wrong.programme, [made])
    _note(act, "annul_act", wrong, reason=made.reason)
    return made


def _row(programme: Programme, one: Decision) -> Act:
    return Act(
        programme=programme,
        unit_id=one.unit,
        kind=one.kind,
        subject=one.subject,
        level=one.level,
        result=one.result,
        start=one.start,
        end=one.end,
        number=one.number.strip(),
        authority=one.authority.strip(),
        date=one.date,
        document=one.document,
        document_name=one.document_name,
    )


def _link(act: Acting, programme: Programme, rows: Sequence[Act]) -> None:
    last = head(programme)
    place, link = (last.place, last.link) if last else (0, "")
    for row in rows:
        place += 1
        row.place, row.previous = place, link
        row.by, row.by_name, row.recorded_at = act.stamp.by, act.stamp.name, act.at
        row.link = link = row.computed_link()
    Act.objects.bulk_create(rows)


def _note(act: Acting, verb: str, row: Act, **more: object) -> None:
    names = ("subject", "level", "result", "number", "authority", "date")
    told = {name: getattr(row, name) for name in (*names, "start", "end")}
    told |= {"what": row.kind, "unit": row.unit_id, "file": row.document_id}
    act.note(verb, "act", row.pk, **told, **more)
