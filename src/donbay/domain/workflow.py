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

    Raises NotAllowed: `state_has_no_such_action`, `step_passed`, `role_may_not`.
    """
    lines = [t for t in TABLE if (t.state, t.action) == (state, action)]
    if not lines:
        raise NotAllowed(
            "state_has_no_such_action", state=state.value, action=action.value
        )
    here = [line for line in lines if _holds(line.at, step, steps)]
    if not here:
        raise NotAllowed("step_passed", state=state.value, action=action.value)
    for line in here:
        if role in line.who:
            return line.next, {Then.STAY: step, Then.FIRST: 0, Then.NEXT: step + 1}[
                line.then
            ]
    who = sorted(role.value for role in here[0].who)
    raise NotAllowed(
        "role_may_not", role=role.value, action=action.value, who=", ".join(who)
    )


def _holds(at: At, step: int, steps: int) -> bool:
    last = step >= steps - 1
    match at:
        case At.FIRST:
            return step == 0
        case At.BEFORE_LAST:
            return not last
        case At.LAST:
            return last
    return True


def allowed(state: State, step: int, role: RoleKind, steps: int) -> tuple[Action, ...]:
    """What the role may do now, in the order of the table."""
    return tuple(
        line.action
        for line in TABLE
        if line.state is state and role in line.who and _holds(line.at, step, steps)
    )


def needs_reason(action: Action) -> bool:
    """Whether the action is refused without a reason in words."""
    return any(line.reason for line in TABLE if line.action is action)
