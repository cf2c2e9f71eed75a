"""The life of a report, from Lan's draft in Xa Ba to the province's approval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donbay.domain.roles import MEANS, RoleKind
from donbay.domain.workflow import (
    EDITABLE,
    START,
    TABLE,
    Action,
    NotAllowed,
    State,
    allowed,
    move,
    needs_reason,
)

LAN, MINH = RoleKind.REPORTER, RoleKind.REVIEWER
DISTRICT_THEN_PROVINCE = 2


def told(
    *acts: tuple[RoleKind, Action], steps: int = DISTRICT_THEN_PROVINCE
) -> tuple[State, int]:
    state, step = START
    for role, action in acts:
        state, step = move(state, step, action, role, steps)
    return state, step


def refused(
    role: RoleKind, action: Action, state: State, step: int = 0, steps: int = 2
) -> str:
    with pytest.raises(NotAllowed) as stop:
        move(state, step, action, role, steps)
    return stop.value.code


def test_lan_sends_and_district_and_province_approve() -> None:
    assert told((LAN, Action.SEND), (MINH, Action.APPROVE)) == (State.SENT, 1)
    end = told((LAN, Action.SEND), (MINH, Action.APPROVE), (MINH, Action.APPROVE))
    assert end == (State.APPROVED, 1)


def test_one_level_above_approves_at_once() -> None:
    end = told((LAN, Action.SEND), (MINH, Action.APPROVE), steps=1)
    assert end == (State.APPROVED, 0)


def test_what_the_province_sends_back_the_district_sees_again() -> None:
    back = ((LAN, Action.SEND), (MINH, Action.APPROVE), (MINH, Action.SEND_BACK))
    assert told(*back) == (State.RETURNED, 1)
    assert told(*back, (LAN, Action.SEND)) == (State.SENT, 0)


def test_lan_takes_back_until_somebody_approved() -> None:
    assert told((LAN, Action.SEND), (LAN, Action.TAKE_BACK)) == (State.WITHDRAWN, 0)
    assert refused(LAN, Action.TAKE_BACK, State.SENT, step=1) == "step_passed"
    assert State.WITHDRAWN in EDITABLE


def test_a_correction_leaves_the_approved_report_as_it_is() -> None:
    assert move(State.APPROVED, 1, Action.CORRECT, LAN, 2) == (State.APPROVED, 1)
    assert needs_reason(Action.CORRECT)
    assert needs_reason(Action.SEND_BACK)
    assert not needs_reason(Action.APPROVE)


def test_refusals_have_stable_codes() -> None:
    assert refused(LAN, Action.APPROVE, State.SENT) == "role_may_not"
    assert refused(RoleKind.LEADER, Action.SEND, State.DRAFT) == "role_may_not"
    assert refused(MINH, Action.APPROVE, State.DRAFT) == "state_has_no_such_action"
    assert refused(LAN, Action.SEND, State.APPROVED) == "state_has_no_such_action"


def test_those_who_only_look_move_nothing() -> None:
    movers = {role for line in TABLE for role in line.who}
    assert movers == {RoleKind.REPORTER, RoleKind.REVIEWER, RoleKind.PROGRAMME_OFFICE}
    assert MEANS.keys() == set(RoleKind)


@given(
    acts=st.lists(
        st.tuples(st.sampled_from(RoleKind), st.sampled_from(Action)), max_size=30
    ),
    steps=st.integers(1, 4),
)
def test_no_report_ever_leaves_the_table(
    acts: list[tuple[RoleKind, Action]], steps: int
) -> None:
    state, step = START
    for role, action in acts:
        offered = allowed(state, step, role, steps)
        try:
            after = move(state, step, action, role, steps)
        except NotAllowed:
            assert action not in offered
            continue
        assert action in offered
        lines = [t for t in TABLE if (t.state, t.action) == (state, action)]
        assert after[0] in {line.next for line in lines}
        assert 0 <= after[1] < steps
        state, step = after


@given(steps=st.integers(1, 4))
def test_every_state_is_reached_and_none_is_a_dead_end(steps: int) -> None:
    seen, todo = {START}, [START]
    for state, step in todo:
        offered = [
            (role, action)
            for role in RoleKind
            for action in allowed(state, step, role, steps)
        ]
        assert offered
        for role, action in offered:
            after = move(state, step, action, role, steps)
            if after not in seen:
                seen.add(after)
                todo.append(after)
    assert {state for state, _ in seen} == set(State)
