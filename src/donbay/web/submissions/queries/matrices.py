"""The matrix of a period: who has sent what, place by place and form by form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from donbay.domain.forms import Form
from donbay.domain.territory import Version
from donbay.domain.workflow import State
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme, Round
from donbay.web.programmes.queries import Days
from donbay.web.submissions.models import Submission

NOT_STARTED, DRAFT, LATE = "not_started", "draft", "late"
STATES = (NOT_STARTED, DRAFT, "sent", "returned", "approved", LATE)
_UNSENT = frozenset({NOT_STARTED, DRAFT, "returned"})


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one unit stands with one form. `correcting`: an approved one is mended."""

    round: Round
    unit: str
    state: str
    late: bool
    days: Days
    submission: int | None = None
    correcting: bool = False

    @property
    def code(self) -> str:
        """What is shown first: that it is late, before how far it has come."""
        return LATE if self.late else self.state


@dataclass(frozen=True, slots=True)
class Line:
    """One unit; a cell is None where the form does not ask it."""

    unit: str
    version: Version
    cells: tuple[Cell | None, ...]

    @property
    def codes(self) -> set[str]:
        return {code for cell in self.cells if cell for code in (cell.code, cell.state)}


@dataclass(frozen=True)
class Matrix:
    """Units by forms, in the order of the territory and of the rounds."""

    rounds: tuple[Round, ...]
    forms: tuple[Form, ...]
    lines: tuple[Line, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many cells stand where; a late one counts as late only."""
        found = Counter(c.code for line in self.lines for c in line.cells if c)
        return {state: found[state] for state in STATES}


def rounds_of(programme: Programme, period: str) -> list[Round]:
    """All rounds of a period, in the order of their due days."""
    found = Round.objects.filter(programme=programme, period=period)
    return programmes.shared(found.select_related("programme").order_by("due", "id"))


def matrix(rounds: Sequence[Round], units: Collection[str], on: date) -> Matrix:
    """Cells of these rounds and units; three queries, whatever their number."""
    asked = [programmes.asked(one) for one in rounds]
    kept = set(units)
    versions = {
        unit: version
        for some in asked
        for unit, version in some.units.items()
        if unit in kept
    }
    days = programmes.days(rounds, versions)
    newest = _newest(rounds, versions)
    lines = [
        Line(
            unit,
            version,
            tuple(
                _cell(one, unit, days[one.pk, unit], newest.get((one.pk, unit)), on)
                if unit in some.units
                else None
                for one, some in zip(rounds, asked, strict=True)
            ),
        )
        for unit, version in versions.items()
    ]
    return Matrix(tuple(rounds), tuple(some.form for some in asked), tuple(lines))


Standing = tuple[int, str, bool]


def _newest(
    rounds: Sequence[Round], units: Collection[str]
) -> dict[tuple[int, str], Standing]:
    """The report to look at; one that mends an approved one comes after it."""
    rows = Submission.objects.filter(round__in=rounds).order_by("id")
    found = {}
    for pk, of, unit, state, corrects in rows.values_list(
        "id", "round_id", "unit_id", "state", "corrects_id"
    ):
        if unit in units:
            found[of, unit] = (pk, state, corrects is not None)
    return found


def _cell(
    round: Round, unit: str, days: Days, standing: Standing | None, on: date
) -> Cell:
    if standing is None:
        return Cell(round, unit, NOT_STARTED, on > days.last_due, days)
    pk, found, correcting = standing
    state = DRAFT if found == State.WITHDRAWN else found
    late = state in _UNSENT and not correcting and on > days.last_due
    return Cell(round, unit, state, late, days, pk, correcting)
