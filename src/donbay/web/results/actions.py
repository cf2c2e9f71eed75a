"""Entering rows, and keeping what follows from them: one transaction, one lock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from donbay.domain.workflow import NotAllowed
from donbay.web.acts import actions as acts
from donbay.web.acts.actions import Decision
from donbay.web.acts.models import Act
from donbay.web.acts.permissions import may_record
from donbay.web.journal.actions import NOBODY, Acting, Stamp, acting, holding
from donbay.web.ledger import queries as ledger
from donbay.web.ledger.actions import Figures, Origin, Row, Word, append
from donbay.web.ledger.models import Batch
from donbay.web.offices.permissions import By
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.results import keeping
from donbay.web.results.following import (
    bring_up,
    evaluated,
    follow,
    is_ready,
    take_up,
)
from donbay.web.results.models import Evaluation, FullRun
from donbay.web.results.preparing import (
    Prepared,
    foresee,
    prepare_day,
    rests_on,
    stands_on,
)
from donbay.web.results.queries import days_of, key_of, out_of_date, world_of

__all__ = [
    "Decision",
    "Figures",
    "Origin",
    "Row",
    "Word",
    "annul",
    "ask",
    "decide",
    "enter",
    "foresee",
    "forget_answers",
    "full_run",
    "judge_anew",
    "make_ready",
    "prepare_day",
    "stay_ready",
    "take_over",
    "turn_day",
]

MOST_WAITING = 3  # questions of one person at a time
MOST_KEPT = 20  # questions answered of one programme
YEARS = 60  # how far a question may look, back or ahead
SHOWN = 100  # differences that a full run names


class CannotAsk(Exception):  # noqa: N818 -- it is an answer, not an error of ours
    """A question that is not taken; `code` is put in words by the catalogues."""

    def __init__(self, code: str, **parameters: object) -> None:
        self.code, self.parameters = code, parameters
        super().__init__(code)


def enter(
    act: Acting,
    programme: Programme,
    rows: Sequence[Row] | Figures,
    *,
    origin: str,
    reference: str,
    statements: Sequence[Word] = (),
    foreseen: Prepared | None = None,
) -> Batch:
    """Append rows to the ledger and bring every kept verdict up to date.

    Inside `acting` on the programme's chain; a failure leaves neither. What was
    `foreseen` of these very rows is used if nothing came in since.
    """
    batch = append(act, programme, rows, statements, Origin(origin, reference))
    prepared = foreseen if foreseen and foreseen.came_true(batch) else None
    act.note(
        *("entered", "programme", programme.id),
        batch=batch.number,
        rows=len(rows),
        origin=origin,
        reference=reference,
    )
    _keep_current(programme, programmes.today(programme), batch, prepared)
    return batch


def _keep_current(
    programme: Programme,
    on: date,
    last: Batch | None,
    prepared: Prepared | None = None,
) -> Evaluation:
    """The live evaluation of a day, with every row of the ledger in it."""
    kept, _ = Evaluation.objects.get_or_create(
        key=key_of(programme.id, live=True),
        defaults={
            "programme": programme,
            "live": True,
            "on": on,
            "map": on,
            "asked_at": timezone.now(),
            "used_at": timezone.now(),
        },
    )
    world = world_of(programme, on)
    if prepared is not None:
        take_up(programme, prepared.followed)
    step = bring_up(programme, world, last, (rests_on(kept), kept.seq))
    if prepared is not None and prepared.holds(kept, world, step):
        keeping.mend(kept, prepared.differences)
    elif step.changed is None:
        keeping.replace(kept, step.result)
    else:
        for only in step.changed:
            keeping.put(kept, step.result, only)
    kept.on = kept.map = on
    kept.seq, kept.edition = step.followed.seq, world[0]
    kept.state, kept.progress = Evaluation.State.READY, 1.0
    kept.save(update_fields=["on", "map", "seq", "edition", "state", "progress"])
    return kept


def decide(by: By, programme: Programme, decision: Decision) -> Act:
    """Record what was decided; verdicts follow before anybody else may write."""
    if not may_record(by, programme.pk, decision.unit):
        raise NotAllowed("only_the_office")
    for name in ("number", "authority"):
        if not getattr(decision, name).strip():
            raise NotAllowed(f"act_{name}_missing")
    if decision.date > programmes.today(programme):
        raise NotAllowed("act_ahead", day=str(decision.date))
    with acting(by.stamp, programme.chain) as act:
        (made,) = acts.append(act, programme, [decision])
        judge_anew(programme)
    return made


def take_over(
    act: Acting, programme: Programme, decisions: Sequence[Decision]
) -> list[Act]:
    """Decisions that a folder brought, as they stand there.

    Inside `acting` on the programme's chain.
    """
    made = acts.append(act, programme, decisions)
    judge_anew(programme)
    return made


def annul(by: By, wrong: Act, reason: str) -> Act:
    """Take back what was recorded by mistake; both stay to be read."""
    programme = wrong.programme
    if not may_record(by, programme.pk, wrong.unit_id):
        raise NotAllowed("only_the_office")
    with acting(by.stamp, programme.chain) as act:
        made = acts.annul(act, wrong, reason)
        judge_anew(programme)
    return made


def judge_anew(programme: Programme) -> None:
    """Bring kept verdicts to acts or places that changed, if any are kept.

    Inside `acting` on the programme's chain.
    """
    holding(programme.chain)
    programme.__dict__.pop("_root_ids", None)  # they may have changed too
    if Evaluation.objects.filter(programme=programme, live=True).exists():
        _keep_current(programme, programmes.today(programme), ledger.head(programme))


def forget_answers(programme: Programme) -> None:
    """Of other days and maps: whoever needs one asks anew."""
    Evaluation.objects.filter(programme=programme, live=False).delete()


def make_ready(programme: Programme) -> None:
    """Before the programme is held: whatever takes longer than the next rows will.

    A new day is turned; the first time in a process the whole ledger is read. No query
    where both were done.
    """
    if not is_ready(programme, programmes.today(programme)):
        turn_day(programme)
        stay_ready(programme)


def stay_ready(programme: Programme) -> None:
    """Follow, in this process, what its kept verdicts rest on, if they are current."""
    kept = Evaluation.objects.filter(programme=programme, live=True).first()
    world = world_of(programme, programmes.today(programme))
    if kept is not None and rests_on(kept) == world:
        follow(programme, world)


def turn_day(
    programme: Programme, on: date | None = None, prepared: Prepared | None = None
) -> bool:
    """Judge for a new day, pack or territory; False where that was done already.

    Most of it is done before the programme is held, or was `prepared`.
    """
    day = on or programmes.today(programme)
    made = prepared or prepare_day(programme, day)
    with acting(NOBODY, programme.chain) as act:
        kept = Evaluation.objects.filter(programme=programme, live=True).first()
        if kept and rests_on(kept) == world_of(programme, day):
            return False
        _keep_current(programme, day, ledger.head(programme), made)
        act.note("day_turned", "programme", programme.id, on=day)
    return True


# --- other days, other maps ----------------------------------------------------------


def ask(
    by: By,
    programme: Programme,
    *,
    on: date | None = None,
    known: date | None = None,
    map: date | None = None,  # noqa: A002 -- the name it has everywhere
) -> Evaluation:
    """The verdicts of other days: those that are kept, or a place in the queue.

    Raises CannotAsk: `day_too_far`, `too_many_questions`.
    """
    today = programmes.today(programme)
    day = on or today
    ground = map or day
    _within_reach([day, ground, *([known] if known else [])], today)
    key = key_of(programme.id, day, ground, known)
    found = Evaluation.objects.filter(key=key).first()
    if found and not out_of_date(found):
        Evaluation.objects.filter(pk=found.pk).update(used_at=timezone.now())
        return found
    person = str(by.user.pk)
    waiting = Evaluation.objects.filter(
        asked_by=person, state__in=["waiting", "running"]
    )
    if waiting.count() >= MOST_WAITING:
        raise CannotAsk("too_many_questions", most=MOST_WAITING)
    moment = timezone.now()
    asked, _ = Evaluation.objects.update_or_create(
        key=key,
        defaults={
            "programme": programme,
            "on": day,
            "map": ground,
            "known": known,
            "state": Evaluation.State.WAITING,
            "progress": 0,
            "problem": "",
            "asked_by": person,
            "asked_at": moment,
            "used_at": moment,
        },
    )
    _forget_old(programme)
    return asked


def _within_reach(days: Sequence[date], today: date) -> None:
    for day in days:
        if abs(day.year - today.year) > YEARS:
            raise CannotAsk("day_too_far", day=day, years=YEARS)


def _forget_old(programme: Programme) -> None:
    kept = Evaluation.objects.filter(programme=programme, live=False)
    kept = kept.exclude(asked_by=Evaluation.EVERYBODY)
    old = kept.order_by("-used_at").values_list("pk", flat=True)[MOST_KEPT:]
    Evaluation.objects.filter(pk__in=list(old)).delete()


def answer(evaluation: Evaluation) -> None:
    """Evaluate what was asked for, and keep it."""
    Evaluation.objects.filter(pk=evaluation.pk).update(state="running", progress=0.1)
    last = ledger.head(evaluation.programme)
    seq = last.last if last else 0
    found = evaluated(evaluation.programme, days_of(evaluation), seq)
    with acting(NOBODY, evaluation.programme.chain):
        keeping.replace(evaluation, found)
        evaluation.seq = seq
        evaluation.edition = world_of(evaluation.programme, evaluation.on)[0]
        evaluation.state, evaluation.progress = Evaluation.State.READY, 1.0
        evaluation.save()


def fail(pk: int, why: str) -> None:
    """Say why a question was not answered; it may be asked again."""
    Evaluation.objects.filter(pk=pk).update(
        state=Evaluation.State.FAILED, problem=why[:200]
    )


# --- the full run --------------------------------------------------------------------


def full_run(by: By | Stamp, programme: Programme) -> FullRun:
    """Order a run over the whole ledger, to be held against what is kept."""
    stamp = by.stamp if isinstance(by, By) else by
    with acting(stamp, programme.chain) as act:
        run = FullRun.objects.create(
            programme=programme, asked_by=stamp.by, asked_at=timezone.now()
        )
        act.note("full_run_ordered", "full_run", run.pk, programme=programme.id)
    return run


def carry_out(run: FullRun) -> None:
    """Evaluate from the first row on, and name every kept row that says otherwise.

    Most of it is done before the programme is held: only where rows came in meanwhile
    is it done once more.
    """
    programme = run.programme
    _progress(run, 0.05)
    turn_day(programme)
    before = Evaluation.objects.get(programme=programme, live=True)
    found = evaluated(programme, days_of(before), before.seq)
    _progress(run, 0.6)
    with acting(NOBODY, programme.chain) as act:
        kept = Evaluation.objects.get(programme=programme, live=True)
        if stands_on(kept) != stands_on(before):
            found = evaluated(programme, days_of(kept), kept.seq)
        comparison = keeping.Comparison(kept, found)
        differ = [one.name for one in comparison.differences()]
        run.compared = comparison.compared
        run.differences = differ[:SHOWN]
        run.seq, run.ended_at, run.progress = kept.seq, timezone.now(), 1.0
        run.save()
        act.note(
            *("full_run_ended", "full_run", run.pk),
            compared=run.compared,
            different=len(differ),
        )


def _progress(run: FullRun, part: float) -> None:
    run.progress = part
    FullRun.objects.filter(pk=run.pk).update(progress=part)


def fail_run(pk: int, why: str) -> None:
    """Say why a full run did not end; another may be ordered."""
    FullRun.objects.filter(pk=pk).update(problem=why[:200])
