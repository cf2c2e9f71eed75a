"""Telling people what is due, late or sent back: once each, here and by mail."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby

from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from donbay.domain.default_forms import form_of
from donbay.domain.workflow import State
from donbay.texts import LANGUAGES, Wording
from donbay.texts.reporting import form_title
from donbay.web.journal.actions import NOBODY, acting
from donbay.web.offices.models import User
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme, Round
from donbay.web.submissions.models import Reminder, Return
from donbay.web.submissions.queries.reporters import reporters

SOON = timedelta(days=3)
OPENED, DUE, LATE, RETURNED = "opened", "due", "late", "returned"


def remind(programme: Programme, on: date) -> list[Reminder]:
    """Write down whom to tell what on a day; nobody is told the same thing twice."""
    rounds = programmes.shared(programmes.open_now([programme]))
    now = timezone.now()
    wanted = [one for round in rounds for one in _of_round(round, on, now)]
    known = set(
        Reminder.objects.filter(round__in=rounds).values_list(
            "user_id", "kind", "round_id", "unit_id", "day"
        )
    )
    new = [one for one in wanted if _key(one) not in known]
    if new:  # asked every minute, it holds nobody up for nothing
        with acting(NOBODY, programme.chain) as act:
            Reminder.objects.bulk_create(new, ignore_conflicts=True)
            act.note("remind", "programme", programme.pk, count=len(new), on=on)
    return new


def _key(one: Reminder) -> tuple[object, ...]:
    return one.user_id, one.kind, one.round_id, one.unit_id, one.day


def _of_round(round: Round, on: date, at: datetime) -> Iterator[Reminder]:
    told = list(_owed(round, on))
    people = reporters(round.programme_id, {unit for unit, _, _ in told}, on)
    for unit, kind, day in told:
        for user in people[unit]:
            yield Reminder(
                user=user, kind=kind, round=round, unit_id=unit, day=day, made_at=at
            )


def _owed(round: Round, on: date) -> Iterator[tuple[str, str, date]]:
    """What each unit still owes, with the day that it hangs on."""
    units = programmes.asked(round).units
    states: dict[str, set[str]] = {}
    for unit, state in round.submissions.values_list("unit_id", "state"):
        states.setdefault(unit, set()).add(state)
    returned = _returned(round)
    all_days = programmes.days([round], list(units))
    for unit in units:
        days_here = all_days[round.pk, unit]
        if unit in returned:
            yield unit, RETURNED, returned[unit]
        done = states.get(unit, set()) & {State.SENT, State.APPROVED}
        if done or not days_here.takes(on):
            continue
        if on > days_here.last_due:
            yield unit, LATE, days_here.last_due
        elif on >= days_here.last_due - SOON:
            yield unit, DUE, days_here.last_due
        else:
            yield unit, OPENED, round.opens


def _returned(round: Round) -> dict[str, date]:
    zone = timezone.get_current_timezone()
    rows = Return.objects.filter(
        submission__round=round, submission__state=State.RETURNED, mended_at=None
    ).order_by("at")
    return {
        unit: at.astimezone(zone).date()
        for unit, at in rows.values_list("submission__unit_id", "at")
    }


# --- mail --------------------------------------------------------------------------


def mail_reminders(programme: Programme) -> int:
    """One letter a person with all that was not mailed yet, in their language."""
    waiting = (
        Reminder.objects.filter(round__programme=programme, mailed_at=None)
        .exclude(user__email="")
        .select_related("user", "round__programme")
        .order_by("user_id", "day", "id")
    )
    programmes.shared(one.round for one in waiting)
    sent = 0
    with get_connection() as post:
        for user, some in groupby(waiting, key=lambda one: one.user):
            reminders = list(some)
            post.send_messages([_letter(user, reminders)])
            pks = [one.pk for one in reminders]
            Reminder.objects.filter(pk__in=pks).update(mailed_at=timezone.now())
            sent += 1
    return sent


def _letter(user: User, reminders: Collection[Reminder]) -> EmailMessage:
    words = _wording(user.language)
    first = next(iter(reminders)).round.programme
    title = first.titles.get(words.language) or next(iter(first.titles.values()), "")
    lines = [f"• {_line(words, one)}" for one in reminders]
    body = [words.say("reminder.hello", name=str(user)), "", *lines, ""]
    return EmailMessage(
        words.say("reminder.subject", programme=title, count=len(reminders)),
        "\n".join([*body, words.say("reminder.end")]),
        to=[user.email],
    )


def _line(words: Wording, one: Reminder) -> str:
    promise = programmes.promise_of(one.round)
    version = programmes.asked(one.round).units.get(one.unit_id)
    return words.say(
        f"reminder.{one.kind}",
        form=form_title(words, form_of(promise, one.round.form), promise),
        period=words.period(programmes.period_of(one.round)),
        place=version.name if version else one.unit_id,
        day=words.day(one.day),
    )


@cache
def _wording(language: str) -> Wording:
    return Wording(language if language in LANGUAGES else "vi")


def mark_read(user: User, pks: Collection[int] | None = None) -> int:
    """Those named, or all of the person's own."""
    own = Reminder.objects.filter(user=user, read_at=None)
    if pks is not None:
        own = own.filter(pk__in=pks)
    return own.update(read_at=timezone.now())
