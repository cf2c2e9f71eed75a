"""The life of a submission, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from donbay.domain.roles import RoleKind


class State(StrEnum):
    """Where a submission stands."""

    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"


class Action(StrEnum):
    """What somebody does with a submission."""

    SEND = "send"
    TAKE_BACK = "take_back"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    CORRECT = "correct"


class At(StrEnum):
    """At which steps of the review path a line of the table holds."""

    ANY = "any"
    FIRST = "first"
    BEFORE_LAST = "before_last"
    LAST = "last"


class Then(StrEnum):
    """What becomes of the step."""

    STAY = "stay"
    FIRST = "first"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Transition:
    """A line of the table. `reason` must be given where it says so."""

    state: State
    action: Action
    who: frozenset[RoleKind]
    next: State
    at: At = At.ANY
    then: Then = Then.STAY
    reason: bool = False


class NotAllowed(Exception):  # noqa: N818 -- it is an answer, not an error of ours
    """The table has no such line; `code` is put in words by the catalogues."""

    def __init__(self, code: str, **parameters: str) -> None:
        self.code, self.parameters = code, parameters
        super().__init__(code)


START = (State.DRAFT, 0)
_PLACE = frozenset({RoleKind.REPORTER})
_REVIEW = frozenset({RoleKind.REVIEWER, RoleKind.PROGRAMME_OFFICE})
_CORRECT = frozenset({RoleKind.REPORTER, RoleKind.PROGRAMME_OFFICE})

# A report sent again starts at the first step: those who approved saw other figures.
# `correct` leaves the approved submission as it is and begins a new one at START.
TABLE: tuple[Transition, ...] = (
    Transition(State.DRAFT, Action.SEND, _PLACE, State.SENT, then=Then.FIRST),
    Transition(State.WITHDRAWN, Action.SEND, _PLACE, State.SENT, then=Then.FIRST),
    Transition(State.RETURNED, Action.SEND, _PLACE, State.SENT, then=Then.FIRST),
    Transition(State.SENT, Action.TAKE_BACK, _PLACE, State.WITHDRAWN, At.FIRST),
    Transition(State.SENT, Action.SEND_BACK, _REVIEW, State.RETURNED, reason=True),
    Transition(
        State.SENT, Action.APPROVE, _REVIEW, State.SENT, At.BEFORE_LAST, Then.NEXT
    ),
    Transition(State.SENT, Action.APPROVE, _REVIEW, State.APPROVED, At.LAST),
    Transition(State.APPROVED, Action.CORRECT, _CORRECT, State.APPROVED, reason=True),
)
EDITABLE = frozenset({State.DRAFT, State.RETURNED, State.WITHDRAWN})


def move(
    state: State, step: int, action: Action, role: RoleKind, steps: int
) -> tuple[State, int]:
    """Where an action leads; `step` counts from 0 to `steps` - 1.

    Raises NotAllowed: `role_may_not`, `state_has_no_such_action`, `step_passed`.
    """
    raise NotImplementedError


def allowed(state: State, step: int, role: RoleKind, steps: int) -> tuple[Action, ...]:
    """What the role may do now, in the order of the table."""
    raise NotImplementedError
