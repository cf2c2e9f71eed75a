"""Every line of the workflow's table, tried by every role through the actions."""

from itertools import product

import pytest
from django.db import transaction
from tests.web.people import People, by, water
from tests.web.submissions.stories import approved, filled, fresh, sent

from donbay.domain.roles import RoleKind
from donbay.domain.workflow import TABLE, Action, At, NotAllowed, State
from donbay.web.offices.models import User
from donbay.web.submissions import actions, permissions
from donbay.web.submissions.models import Submission

pytestmark = pytest.mark.django_db
LAST = 1


def at(people: People, state: State, step: int) -> Submission:
    """A report of Tràng Xá in this state."""
    if state is State.APPROVED:
        return approved(people)
    if state is State.DRAFT:
        return filled(people)
    report = sent(people)
    if state is State.WITHDRAWN:
        return actions.take_back(by(people.an), report)
    if state is State.RETURNED:
        report = actions.send_back(by(people.binh), report, {"homes": "?"})
        actions.note(by(people.an), report, "homes", "Đúng vậy")
        return fresh(report)
    return actions.approve(by(people.binh), report) if step == LAST else report


def do(action: Action, user: User, report: Submission) -> Submission:
    who = by(user)
    match action:
        case Action.SEND:
            return actions.send(who, report)
        case Action.TAKE_BACK:
            return actions.take_back(who, report)
        case Action.SEND_BACK:
            return actions.send_back(who, report, {"homes": "?"})
        case Action.APPROVE:
            return actions.approve(who, report)
    return actions.correct(who, report, "Đếm nhầm")


def who_is(people: People, kind: RoleKind, step: int) -> User:
    """Of each role, the person whose place the step is."""
    return {
        RoleKind.REPORTER: people.an,
        RoleKind.REVIEWER: people.linh if step == LAST else people.binh,
        RoleKind.OWNER: people.em,
        RoleKind.PROGRAMME_OFFICE: people.chi,
        RoleKind.LEADER: people.dung,
        RoleKind.INSPECTOR: people.giang,
    }[kind]


def expected(state: State, step: int, action: Action, kind: RoleKind) -> State | None:
    """What the table says of it; None where it says nothing."""
    places = {At.ANY: True, At.FIRST: step == 0}
    places |= {At.LAST: step == LAST, At.BEFORE_LAST: step < LAST}
    for line in TABLE:
        here = (line.state, line.action) == (state, action) and places[line.at]
        if here and kind in line.who:
            return line.next
    return None


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (State.DRAFT, 0),
        (State.SENT, 0),
        (State.SENT, LAST),
        (State.RETURNED, 0),
        (State.WITHDRAWN, 0),
        (State.APPROVED, LAST),
    ],
)
def test_the_table_decides(state: State, step: int) -> None:
    people = People(water())
    report = at(people, state, step)
    for action, kind in product(Action, RoleKind):
        user = who_is(people, kind, step)
        then = expected(state, step, action, kind)
        offered = action in permissions.actions_for(user, report)
        assert offered == (then is not None), (action, kind)
        before = transaction.savepoint()
        if then is None:
            with pytest.raises(NotAllowed):
                do(action, user, report)
        else:
            came_to(do(action, user, report), action, then, report)
        transaction.savepoint_rollback(before)


def came_to(after: Submission, action: Action, then: State, report: Submission) -> None:
    if action is Action.CORRECT:
        assert (after.corrects_id, after.state) == (report.pk, State.DRAFT)
        assert fresh(report).state == then
    else:
        assert after.state == then


def test_the_province_does_not_act_at_the_district_step_but_the_office_may() -> None:
    people = People(water())
    report = sent(people)

    with pytest.raises(NotAllowed, match="not_your_step"):
        actions.approve(by(people.linh), report)
    assert actions.approve(by(people.chi), report).step == 1
