"""Steps that many stories about reports share."""

from __future__ import annotations

from tests.web.people import People, by, quarter

from donbay.web.submissions.actions import Entry, approve, begin, save, send
from donbay.web.submissions.models import Submission

WATER = {"homes": "1.200", "served": "900", "mood": "good", "causes": "Hạn hán"}


def filled(
    people: People, answers: dict[str, str] | None = None, period: str = "2026-Q3"
) -> Submission:
    """An fills in the report of Tràng Xá."""
    report = begin(by(people.an), quarter(people.programme, period), "tx")
    for field, typed in (WATER if answers is None else answers).items():
        save(by(people.an), report, field, Entry(typed))
    return fresh(report)


def sent(people: People, answers: dict[str, str] | None = None) -> Submission:
    return send(by(people.an), filled(people, answers))


def approved(people: People, answers: dict[str, str] | None = None) -> Submission:
    report = sent(people, answers)
    approve(by(people.binh), report)
    return approve(by(people.linh), report)


def fresh(report: Submission) -> Submission:
    return Submission.objects.select_related("round__programme").get(pk=report.pk)
