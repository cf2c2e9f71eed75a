"""Saying that a suspicion is none, and why."""

from __future__ import annotations

from donbay.domain.screening import Suspicion
from donbay.domain.workflow import NotAllowed
from donbay.web.journal.actions import acting
from donbay.web.offices.permissions import By
from donbay.web.programmes.models import Programme
from donbay.web.quality.models import Dismissal
from donbay.web.quality.permissions import may_dismiss


def dismiss(by: By, programme: Programme, one: Suspicion, reason: str) -> Dismissal:
    """Keep the reason; the suspicion is not told again."""
    if not may_dismiss(by, programme.pk, one.unit):
        raise NotAllowed("only_the_inspector")
    if not reason.strip():
        raise NotAllowed("reason_missing")
    about = {
        "kind": str(one.kind),
        "indicator": one.indicator,
        "period": str(one.period),
    }
    with acting(by.stamp, programme.chain) as act:
        made, new = Dismissal.objects.get_or_create(
            programme=programme,
            unit_id=one.unit,
            **about,
            defaults={
                "reason": reason.strip(),
                "by": by.stamp.by,
                "by_name": by.stamp.name,
                "at": act.at,
            },
        )
        if not new:
            raise NotAllowed("changed_meanwhile")
        what = {"what": str(one.kind), "unit": one.unit, "indicator": one.indicator}
        more = {"period": str(one.period), "reason": made.reason}
        act.note("dismiss", "dismissal", made.pk, **what, **more)
    return made
