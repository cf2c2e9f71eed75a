"""What was known when: from which day on the figures of a period stood, and changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from donbay.domain.periods import Period, parse_period
from donbay.domain.verdicts import TargetRow
from donbay.web.ledger.queries import recorded
from donbay.web.portal.published import Seen
from donbay.web.results.explaining import below, needed

MOST = 500  # places whose rows are counted for one page


@dataclass(frozen=True, slots=True)
class Known:
    """Of a period: its figures, the first and last day they came, and corrections."""

    period: Period
    figures: int
    first: datetime
    last: datetime
    corrections: int


def known_when(seen: Seen, row: TargetRow) -> Sequence[Known] | None:
    """The newest period first; None where there are too many places to count."""
    places = below(seen.titles.territory, row.unit)
    if len(places) > MOST:
        return None
    indicators = needed(seen.titles.pack.programme, row.indicator)
    found = [
        Known(parse_period(one.period), one.figures, one.first, one.last, one.again)
        for one in recorded(seen.programme, places, indicators)
    ]
    ended = [one for one in found if one.period.last <= seen.days.on]
    return sorted(ended, key=lambda one: one.period.last, reverse=True)
