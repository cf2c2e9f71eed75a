"""From a row of the ledger to the report that brought it, its people and its files."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from donbay.web.desk.asked import Shown
from donbay.web.evidence.queries import Passage, passages
from donbay.web.ledger.models import Observation
from donbay.web.submissions.models import Answer, Attachment, Submission

SOURCE = re.compile(
    r"submission:(?P<submission>\d{1,18})#(?P<field>[^;]+)(?:;(?P<passage>.+))?"
)
Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Trail:
    """The field of a report that a row came from; `passage` of a document says it."""

    submission: Submission
    answer: Answer
    files: Sequence[Attachment]
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A row of the ledger behind a verdict; without a trail, `row.source` says more."""

    shown: Shown
    row: Observation
    trail: Trail | None

    @property
    def place(self) -> str:
        return self.shown.titles.place(self.row.unit_id)

    @property
    def indicator(self) -> str:
        title = self.shown.titles.indicator(self.row.indicator)
        if not self.row.category:
            return title
        part = self.shown.titles.category(self.row.indicator, self.row.category)
        return f"{title}: {part}"

    @property
    def value(self) -> str:
        titles = self.shown.titles
        if self.row.value is None:
            return titles.words.say("board.withdrawn")
        amount = titles.amount(self.row.value, self.row.indicator)
        return titles.words.say(f"bound.{self.row.bound}", value=amount)


def reports_of(shown: Shown, rows: Collection[Observation]) -> list[Report]:
    """Three queries, however many rows."""
    keys = {row.pk: key for row in rows if (key := _key(row))}
    trails = _trails({submission for submission, _ in keys.values()})
    found = ((row, keys.get(row.pk)) for row in rows)
    return [Report(shown, row, trails.get(key) if key else None) for row, key in found]


def _key(row: Observation) -> Key | None:
    found = SOURCE.fullmatch(row.source)
    return (int(found["submission"]), found["field"]) if found else None


def _trails(numbers: Collection[int]) -> Mapping[Key, Trail]:
    """By report and field; only of fields that were answered."""
    if not numbers:
        return {}
    files: dict[Key, list[Attachment]] = {}
    held = Attachment.objects.filter(submission__in=numbers, removed_at=None)
    for file in held.order_by("id"):
        files.setdefault((file.submission_id, file.field), []).append(file)
    found = Answer.objects.filter(submission__in=numbers)
    answers = list(found.select_related("by", "submission__sent_by"))
    said = passages({one.taken_from for one in answers if one.taken_from})
    return {
        (one.submission_id, one.field): Trail(
            one.submission,
            one,
            files.get((one.submission_id, one.field), ()),
            said.get(one.taken_from),
        )
        for one in answers
    }
