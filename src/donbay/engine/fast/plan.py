"""The plan: which requests are evaluated together, and what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from donbay.domain.formulas import Operand, operands
from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.periods import Frequency, Period, periods_between
from donbay.domain.programmes import Programme
from donbay.domain.verdicts import Days
from donbay.engine.fast.forms import Element, Forms
from donbay.engine.fast.places import Places
from donbay.engine.fast.sheets import Frame, Request


class Way(Enum):
    """How a sheet is evaluated; each has a class in `sheets`."""

    QUICK = auto()
    GENERAL = auto()
    TESTED = auto()
    FORMULA = auto()


@dataclass(eq=False)
class Draft:
    """A sheet to be; more requests may still come to it.

    `depth`: how many sheets stand under it, one on another.
    """

    way: Way
    frame: Frame
    depth: int
    requests: list[Request] = field(default_factory=list)


class Plan:
    """Drafts for everything asked for, and for what that rests on.

    `at` tells of a request, widened, its draft and its column there.
    """

    def __init__(
        self, programme: Programme, places: Places, forms: Forms, days: Days
    ) -> None:
        self.programme, self.places, self.forms = programme, places, forms
        self.days, self.start = days, forms.start()
        self.drafts: dict[tuple[object, ...], Draft] = {}
        self.at: dict[Request, tuple[Draft, int]] = {}

    def widened(self, request: Request) -> Request:
        """With the scopes of the programme, the indicator and a ratio's parts."""
        indicators = self.programme.indicators
        indicator = indicators[request.indicator]
        scopes = {self.programme.scope, indicator.scope}
        if indicator.roll_up is RollUp.RATIO:
            scopes.add(indicators[indicator.numerator or ""].scope)
            scopes.add(indicators[indicator.denominator or ""].scope)
        clauses = request.clauses | {scope for scope in scopes if scope}
        return Request(request.indicator, request.category, clauses)

    def base_of(self, request: Request, operand: Operand) -> Request:
        """What a request rests on for an operand: under its scopes and more."""
        return self.widened(
            Request(operand.indicator, operand.category, request.clauses)
        )

    def periods(self, indicator: Indicator) -> tuple[Period, ...]:
        """Ended by `on`, from the first reported in the programme (MEANING 10)."""
        if indicator.frequency is Frequency.SPAN:
            if self.forms.empty:
                return ()
            spans = (s for s in indicator.spans if s.last <= self.days.on)
            return tuple(sorted(spans, key=lambda s: (s.last, s.first)))
        if self.start is None:
            return ()
        return tuple(periods_between(self.start, self.days.on, indicator.frequency))

    def elements(self, request: Request) -> list[Element]:
        """The elements that a collected indicator's or ratio's cells are read from."""
        indicator = self.programme.indicators[request.indicator]
        parts = [indicator.id]
        if indicator.roll_up is RollUp.RATIO:
            parts = [indicator.numerator or "", indicator.denominator or ""]
        elif indicator.roll_up is RollUp.MEAN and indicator.weight:
            parts.append(indicator.weight)
        found: list[Element] = []
        for part in parts:
            known = self.programme.indicators[part].categories
            own = part == indicator.id or request.category in known
            found.append((part, request.category if own else None))
        return found

    def place(self, request: Request) -> Draft:
        """Put a widened request, and first what it rests on, on drafts."""
        if request in self.at:
            return self.at[request][0]
        indicator = self.programme.indicators[request.indicator]
        bases = [
            self.place(self.base_of(request, operand))
            for operand in operands_of(indicator)
        ]
        draft = self._draft_for(indicator, request, bases)
        self.at[request] = draft, len(draft.requests)
        draft.requests.append(request)
        return draft

    def _draft_for(
        self, indicator: Indicator, request: Request, bases: Sequence[Draft]
    ) -> Draft:
        """Requests of one way, roll-up and frame share a draft where they can."""
        offset = self.places.start[indicator.level]
        frame = Frame(
            indicator.level,
            indicator.frequency,
            request.clauses,
            offset,
            len(self.places) - offset,
            self.periods(indicator),
        )
        way = self._way(indicator, request)
        depth = 1 + max((base.depth for base in bases), default=-1)
        key: tuple[object, ...] = (way, request)
        if way is Way.QUICK:
            key = (way, indicator.roll_up, frame)
        elif way is Way.TESTED:
            key = (way, indicator.roll_up, frame, depth, bases[0].frame.frequency)
        return self.drafts.setdefault(key, Draft(way, frame, depth))

    def _way(self, indicator: Indicator, request: Request) -> Way:
        if indicator.roll_up in {RollUp.SHARE, RollUp.COUNT}:
            return Way.TESTED
        if indicator.roll_up is RollUp.FORMULA:
            return Way.FORMULA
        return Way.QUICK if self._is_quick(indicator, request) else Way.GENERAL

    def _is_quick(self, indicator: Indicator, request: Request) -> bool:
        if indicator.carry or indicator.roll_up is RollUp.NONE:
            return False
        for part, category in self.elements(request):
            found = self.programme.indicators[part]
            if found.frequency is not indicator.frequency:
                return False
            if found.level != indicator.level or not found.roll_up.collected:
                return False
            adds = found.roll_up is RollUp.SUM
            if category is None and found.categories and adds:
                return False
            if (part, category) in self.forms.bounded:
                return False
        return True


def operands_of(indicator: Indicator) -> list[Operand]:
    """What an indicator is computed from, as operands."""
    match indicator.roll_up:
        case RollUp.FORMULA if indicator.formula is not None:
            return list(operands(indicator.formula))
        case RollUp.SHARE | RollUp.COUNT if indicator.condition is not None:
            condition = indicator.condition
            return [Operand(condition.indicator, condition.category)]
    return []
