"""The demonstration's printed report: ordered when it is built, made and issued after.

A report of a whole province takes some seconds, for which the first page does not wait.
"""

from __future__ import annotations

from datetime import date

from django_tasks import task

from donbay.domain.passages import ReportKind
from donbay.domain.periods import parse_period
from donbay.reports.rendering import FORMATS
from donbay.web.installation import demo_people
from donbay.web.offices.models import User
from donbay.web.offices.permissions import By
from donbay.web.programmes.models import Programme
from donbay.web.publications import actions
from donbay.web.publications.actions import Wanted
from donbay.web.publications.models import Publication


def order(by: By, programme: Programme, language: str, today: date) -> None:
    """The annual report on the year before, by who is in the programme office."""
    wanted = Wanted(
        ReportKind.ANNUAL,
        parse_period(str(today.year - 1)),
        demo_people.PROVINCE,
        language,
        FORMATS,
        today,
        demo_people.PROGRAMME_OFFICE,
        number="01/BC-VPĐP",
        seat=demo_people.SEAT,
        signer=str(by.user),
    )
    made = actions.order(by, programme, wanted)
    make_and_issue.enqueue(made.pk, by.user.pk)


@task()
def make_and_issue(pk: int, user: int) -> None:
    """Only here is a report issued that nobody has looked at."""
    row = Publication.objects.select_related("programme").get(pk=pk)
    if row.state == Publication.State.ISSUED:
        return
    actions.make(row)
    actions.issue(By(User.objects.get(pk=user), "127.0.0.1"), row)
