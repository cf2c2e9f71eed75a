"""Figures of a programme as a screen reads them, and what it finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Min

from donbay.domain.criteria import Threshold, sub_criteria
from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.periods import parse_period
from donbay.domain.programmes import Programme as Promise
from donbay.domain.quantities import Comparator
from donbay.domain.screening import (
    Bar,
    Figures,
    Key,
    Owed,
    Part,
    Suspicion,
    Whole,
    dismissed,
    screen,
)
from donbay.web.ledger.models import Observation
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.quality.models import Dismissal
from donbay.web.results import queries as results
from donbay.web.results.models import Evaluation, UnitValues
from donbay.web.results.packing import unpack_values
from donbay.web.submissions.models import Submission

YEARS = 2  # how far back figures are held against each other
DONE = ("sent", "approved")


def suspicions(programme: Programme) -> list[Suspicion]:
    """What nobody has dismissed, the most surprising first; empty before any figure."""
    live = results.live(programme)
    if live is None:
        return []
    rows = Dismissal.objects.filter(programme=programme)
    known = rows.values_list("kind", "unit_id", "indicator", "period")
    return dismissed(_screened(programme.pk, live.pk, live.seq, live.on), known)


@lru_cache(maxsize=8)
def _screened(
    programme: str,
    evaluation: int,
    seq: int,  # noqa: ARG001 -- the cache's key
    on: date,
) -> tuple[Suspicion, ...]:
    found = Programme.objects.get(pk=programme)
    kept = Evaluation.objects.select_related("programme").get(pk=evaluation)
    return tuple(screen(figures(found, kept, on)))


def figures(programme: Programme, kept: Evaluation, on: date) -> Figures:
    """Figures of the units that report them, of two years; reports that came late."""
    promise = programmes.promise(programme, on)
    places = programmes.territory_of(programme).on(kept.map)
    level = {unit: version.level for unit, version in places.items()}
    values: dict[str, dict[Key, float]] = {}
    computed: dict[str, dict[Key, float]] = {}
    since = on - timedelta(days=365 * YEARS)
    for row in UnitValues.objects.filter(evaluation=kept).iterator():
        period = parse_period(row.period)
        if period.last < since or period.first > on:
            continue
        for one in unpack_values(bytes(row.packed), row.unit_id, period):
            indicator = promise.indicators.get(one.indicator)
            if one.value is None or indicator is None:
                continue
            if level.get(row.unit_id) == indicator.level:
                side = values if indicator.roll_up.collected else computed
                side.setdefault(indicator.id, {})[row.unit_id, period] = one.value
    wholes = _by_category(programme, promise, since, computed)
    group = {unit: version.parent or "" for unit, version in places.items()}
    return Figures(
        *(values, computed, group, list(_owed(programme, on, since))),
        *(list(_bars(promise)), wholes, list(_shares(promise))),
    )


def _by_category(
    programme: Programme,
    promise: Promise,
    since: date,
    into: dict[str, dict[Key, float]],
) -> list[Whole]:
    """Sums whose total was reported beside all of its categories."""
    some = {
        one.id: one.categories
        for one in promise.indicators.values()
        if one.categories and one.roll_up is RollUp.SUM
    }
    rows = Observation.objects.filter(programme=programme, indicator__in=list(some))
    names = ("unit_id", "indicator", "period", "category", "value")
    for unit, name, text, category, value in rows.order_by("seq").values_list(*names):
        period = parse_period(text)
        if period.last >= since:
            part = into.setdefault(f"{name}[{category}]", {})
            if value is None:
                part.pop((unit, period), None)
            else:
                part[unit, period] = value
    return [
        Whole(f"{name}[]", tuple(f"{name}[{one}]" for one in categories), name)
        for name, categories in some.items()
    ]


def _owed(programme: Programme, on: date, since: date) -> Iterator[Owed]:
    """How late each report came, or is still missing."""
    rounds = programmes.shared(
        programme.rounds.filter(due__gte=since, due__lt=on).select_related("programme")
    )
    sent = Submission.objects.filter(round__in=rounds, state__in=DONE)
    first = {
        (round, unit): at
        for round, unit, at in sent.values_list("round", "unit").annotate(
            Min("sent_at")
        )
    }
    for one in rounds:
        for unit in programmes.asked(one).units:
            due = programmes.days_of(one, unit).last_due
            at = first.get((one.pk, unit))
            done = (one.pk, unit) in first
            day = at.date() if at else (due if done else on)
            period = programmes.period_of(one)
            yield Owed(unit, one.form, period, (day - due).days, not done)


def _bars(promise: Promise) -> Iterator[Bar]:
    """Thresholds that are the same everywhere and always, and targets of each unit."""
    up = {Comparator.AT_LEAST, Comparator.ABOVE}
    found: dict[Bar, None] = {}
    for some in promise.criteria:
        for level in some.levels:
            for criterion in level.criteria:
                for leaf in sub_criteria(criterion.node):
                    rule = leaf.rule
                    if isinstance(rule, Threshold) and len(rule.limits) == 1:
                        number = rule.limits[0].value
                        if isinstance(number, float):
                            upward = rule.comparator in up
                            found[Bar(rule.indicator, number, upward)] = None
    for target in promise.targets:
        if target.levels and target.window is None:
            upward = target.comparator in up
            found[Bar(target.indicator, target.value, upward)] = None
    yield from found


def _shares(promise: Promise) -> Iterator[Part]:
    """Of ratios that the pack says to be shares of a whole."""
    for one in promise.indicators.values():
        if _is_share(one) and one.numerator and one.denominator:
            yield Part(one.numerator, one.denominator)


def _is_share(one: Indicator) -> bool:
    top = one.high is not None and one.high <= one.scale
    return one.roll_up is RollUp.RATIO and (top or one.unit in {"%", "percent"})


def dismissals(programme: Programme) -> Iterator[Dismissal]:
    yield from Dismissal.objects.filter(programme=programme).order_by("-at", "-id")
