"""What a report is made from, and what has changed since it was issued."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import QuerySet

from donbay.domain.default_forms import form_of
from donbay.domain.forms import FieldKind
from donbay.domain.mobilisation import MobilisationRow
from donbay.domain.passages import ReportKind
from donbay.domain.periods import Period, parse_period
from donbay.domain.programmes import Programme as Promise
from donbay.domain.verdicts import Days, TargetRow, ValueRow
from donbay.folder.money import rows_of, with_parts
from donbay.reports.gathering import latest, places_below
from donbay.reports.matter import Matter, Order, Origins, Remark
from donbay.reports.matter import Wording as Words
from donbay.web.files.actions import path_of
from donbay.web.ledger.models import Batch, Observation, Statement
from donbay.web.offices.permissions import By
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.publications.models import Publication, Wording
from donbay.web.publications.permissions import may_order
from donbay.web.results import following
from donbay.web.results import queries as results
from donbay.web.results.models import Evaluation, UnitValues
from donbay.web.results.packing import unpack_values

APPROVAL = "submission"  # the origin of batches that reviewers let in
MANY = 500  # units that are named in a question to the database


def listed(by: By, programme: Programme) -> list[Publication]:
    """Those issued, and those in the making that a person may order; newest first."""
    rows = Publication.objects.filter(programme=programme).order_by("-id")
    return [
        row
        for row in rows
        if row.state == Publication.State.ISSUED
        or may_order(by, programme.pk, row.unit_id)
    ]


def issued(programme: Programme) -> QuerySet[Publication]:
    """What anybody may read, the newest first."""
    rows = Publication.objects.filter(
        programme=programme, state=Publication.State.ISSUED
    )
    return rows.order_by("-issued_at", "-id")


def worded(programme: Programme, language: str) -> dict[str, str]:
    """The passages that the office words itself, in one language."""
    rows = Wording.objects.filter(programme=programme, language=language)
    return dict(rows.values_list("passage", "text"))


def order_of(row: Publication) -> Order:
    return Order(
        ReportKind(row.kind),
        parse_period(row.period),
        row.unit_id,
        row.dated,
        row.issuer,
        row.number,
        row.seat,
        row.signer_title,
        row.signer,
    )


# --- what it is made from ---


def matter(row: Publication, words: Words) -> Matter:
    """The verdicts up to the row of the ledger that the publication names."""
    programme, order = row.programme, order_of(row)
    days = Days(row.on, row.map)
    pack = programmes.pack(programme, row.on)
    ground = programmes.territory_of(programme).on(row.map)
    found = following.evaluated(programme, days, row.seq).rows()
    below = set(places_below(ground, row.unit_id))
    units = below | {row.unit_id}
    inside = (value for value in found.values if value.unit in below)
    remarks, reporters = _remarks(programme, order.period, units, words)
    made = Matter(
        pack.programme,
        pack.texts,
        ground,
        days,
        [one for one in found.targets if one.unit == row.unit_id],
        [one for one in found.values if one.unit == row.unit_id],
        below=[one for one in found.targets if one.unit in below],
        values_below=latest(inside, order.period.last),
        criteria=[one for one in found.criteria if one.unit == row.unit_id],
        levels=[one for one in found.levels if one.unit in units],
        money=_money(row, pack.programme, days),
        remarks=remarks,
        reporters=reporters,
        origins=_origins(programme, row.seq, units, words),
        synthetic=programme.synthetic,
    )
    return _with_before(row, order, made)


def _money(row: Publication, promise: Promise, days: Days) -> list[MobilisationRow]:
    """Resources are no values that the engines keep: they are evaluated apart."""
    if not promise.mobilisation:
        return []
    asked = with_parts(promise)
    found = following.evaluated(row.programme, days, row.seq, asked=asked).rows()
    return rows_of(promise, [one for one in found.values if one.unit == row.unit_id])


def _with_before(row: Publication, order: Order, made: Matter) -> Matter:
    """Where the targets stood when the period began, as known now."""
    day = order.period.first - timedelta(days=1)
    found = following.evaluated(row.programme, Days(day, day), row.seq).rows()
    own = [one for one in found.targets if one.unit == row.unit_id]
    return replace(made, before=own, before_on=day)


def _remarks(
    programme: Programme, period: Period, units: Collection[str], words: Words
) -> tuple[list[Remark], int]:
    """The last answer in words to each question of the period; from so many reports."""
    promise = programmes.promise(programme, period.last)
    rows = Statement.objects.filter(programme=programme).order_by("seq")
    last = {
        (row.unit_id, row.form, row.field, row.period): row
        for row in rows
        if row.unit_id in units and _within(parse_period(row.period), period)
    }
    remarks, reports = [], set()
    for row in last.values():
        try:
            field = form_of(promise, row.form).field(row.field)
        except KeyError:  # the form asked this once, and no more
            continue
        if field.kind is FieldKind.TEXT and row.value.strip():
            question = field.title.in_(words.language, field.id)
            remarks.append(Remark(question, row.unit_id, row.value.strip()))
            reports.add((row.unit_id, row.form, row.period))
    return remarks, len(reports)


def _within(part: Period, whole: Period) -> bool:
    return whole.first <= part.first and part.last <= whole.last


def _origins(
    programme: Programme, seq: int, units: Collection[str], words: Words
) -> Origins:
    """The last report of each figure, told by its batch."""
    rows = Observation.objects.filter(programme=programme, seq__lte=seq)
    if len(units) <= MANY:
        rows = rows.filter(unit_id__in=units)
    names = ("unit_id", "indicator", "period", "value", "batch_id", "source")
    last = {
        (unit, indicator, period): (batch, source)
        for unit, indicator, period, value, batch, source in rows.order_by(
            "seq"
        ).values_list(*names)
        if value is not None and unit in units
    }
    batches = Batch.objects.filter(programme=programme).in_bulk()
    return {
        (unit, indicator, parse_period(period)): _told(batches[batch], source, words)
        for (unit, indicator, period), (batch, source) in last.items()
    }


def _told(batch: Batch, source: str, words: Words) -> str:
    day = words.day(batch.recorded_at.date())
    if batch.origin == APPROVAL:
        return words.say("publications.origin_report", number=batch.number, day=day)
    told = source.partition("#")[0] or batch.reference
    return words.say("publications.origin_import", told=told, day=day)


# --- what has changed since ---


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure or verdict that is another one now; None where there is none."""

    unit: str
    target: str | None
    indicator: str
    period: str
    value: float | None
    value_now: float | None
    status: str | None = None
    status_now: str | None = None


Frozen = Mapping[str, list[list[object]]]


def frozen(made: Matter) -> bytes:
    """The verdicts and values of a report, to be held against later ones."""
    targets = [
        [
            row.unit,
            row.target,
            row.indicator,
            str(row.period or ""),
            row.value,
            row.status,
        ]
        for row in (*made.targets, *made.below)
    ]
    values = [
        [row.unit, row.indicator, str(row.period), row.value]
        for row in (*made.values, *made.values_below)
        if row.value is not None
    ]
    kept = {"targets": targets, "values": values}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def differences(row: Publication, now: Evaluation) -> list[Difference]:
    """What an evaluation of the same days says otherwise than the report."""
    if row.figures_id is None:
        return []
    kept: Frozen = json.loads(path_of(row.figures_id).read_bytes())
    return [*_of_targets(kept, now), *_of_values(kept, now)]


def _of_targets(kept: Frozen, now: Evaluation) -> Iterator[Difference]:
    rows: dict[tuple[str, str], TargetRow] = {
        (one.unit, one.target): one for one in results.targets(now)
    }
    for unit, target, indicator, period, value, status in kept["targets"]:
        one = rows.get((str(unit), str(target)))
        known = (
            None if one is None else (str(one.period or ""), one.value, str(one.status))
        )
        if known != (period, value, status):
            yield Difference(
                str(unit),
                str(target),
                str(indicator),
                str(period),
                value,  # type: ignore[arg-type]  # as `frozen` wrote it
                one.value if one else None,
                str(status),
                str(one.status) if one else None,
            )


def _of_values(kept: Frozen, now: Evaluation) -> Iterator[Difference]:
    """Figures of the annexes; those of targets are told with their verdicts too."""
    units = {str(unit) for unit, *_ in kept["values"]}
    rows = {
        (one.unit, one.indicator, str(one.period)): one.value
        for one in _values(now, units)
    }
    for unit, indicator, period, value in kept["values"]:
        present = rows.get((str(unit), str(indicator), str(period)))
        if present != value:
            yield Difference(
                str(unit),
                None,
                str(indicator),
                str(period),
                value,  # type: ignore[arg-type]  # as above
                present,
            )


def _values(now: Evaluation, units: Collection[str]) -> Iterable[ValueRow]:
    rows = UnitValues.objects.filter(evaluation=now)
    if len(units) <= MANY:
        rows = rows.filter(unit_id__in=units)
    for row in rows.iterator():
        if row.unit_id in units:
            period = parse_period(row.period)
            yield from unpack_values(bytes(row.packed), row.unit_id, period)
