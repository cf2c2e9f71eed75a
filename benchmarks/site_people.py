"""People, a round and reports of the synthetic case, and the site that serves them."""

import http.client
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from benchmarks.case import Case
from benchmarks.increments import VALUES
from benchmarks.site_pack import FORM
from donbay.domain.roles import RoleKind
from donbay.web.offices.models import Role, User
from donbay.web.programmes.models import Programme, Round
from donbay.web.submissions.models import Answer, Submission

TOKEN = "t" * 32
PATIENCE = 900.0  # seconds: the first approval reads the whole ledger
PERIOD = "2025-Q4"


@dataclass(frozen=True)
class Person:
    """Somebody who has signed in."""

    user: User
    session: str
    unit: str


def person(name: str, kind: RoleKind, unit: str) -> Person:
    user, _ = User.objects.get_or_create(
        username=name, defaults={"name": name, "language": "vi"}
    )
    Role.objects.get_or_create(
        user=user,
        kind=kind.value,
        unit_id=unit,
        defaults={"starts": "2020-01-01", "given_by": "", "criteria": []},
    )
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return Person(user, client.cookies["sessionid"].value, unit)


def quarter(programme: Programme) -> Round:
    """The last quarter of the case, asked for today."""
    today = datetime.now(UTC).date()
    return Round.objects.get_or_create(
        programme=programme,
        call="quarterly",
        form=FORM,
        period=PERIOD,
        defaults={
            "kind": "quarterly",
            "opens": today - timedelta(days=20),
            "due": today + timedelta(days=20),
            "closes": today + timedelta(days=60),
        },
    )[0]


def report(
    asked: Round, by: Person, case: Case, values: Sequence[float], state: str
) -> Submission:
    """A place's report with its first figures filled in, as if typed before."""
    now = datetime.now(UTC)
    Answer.objects.filter(submission__round=asked, submission__unit_id=by.unit).exclude(
        submission__state="approved"
    ).delete()
    made, _ = Submission.objects.exclude(state="approved").update_or_create(
        round=asked,
        unit_id=by.unit,
        defaults={
            "begun_by": by.user,
            "begun_at": now,
            "state": state,
            "sent_at": now if state == "sent" else None,
            "sent_by": by.user if state == "sent" else None,
            "revision": 1,
        },
    )
    names = case.series_ids[:VALUES]
    Answer.objects.bulk_create(
        Answer(
            submission=made,
            field=name,
            typed=str(value).replace(".", ","),
            value=value,
            revision=1,
            by=by.user,
            at=now,
        )
        for name, value in zip(names, values, strict=False)
    )
    return made


@dataclass(frozen=True)
class Told:
    """What a request got, and how long it took."""

    status: int
    seconds: float
    body: bytes


def ask(
    port: int, session: str, path: str, fields: dict[str, str] | None = None
) -> Told:
    """A page, or with fields a form sent; on a connection of its own."""
    headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"}
    verb, body = "GET", None
    if fields is not None:
        verb, body = "POST", urlencode({**fields, "csrfmiddlewaretoken": TOKEN})
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(verb, path, body, headers)
        got = connection.getresponse()
        said = got.read()
        return Told(got.status, time.perf_counter() - start, said)
    finally:
        connection.close()


def database() -> str:
    return os.environ["DONBAY_DATABASE"]


def programme() -> Programme:
    return Programme.objects.get()
