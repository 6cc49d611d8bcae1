"""Notices and forms: every path through their steps, none skipped and none repeated."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from certify.domain import anomaly, rectification
from certify.domain.anomaly import AnomalyAction
from certify.domain.inspection import AnomalyState, NoticeState
from certify.domain.rectification import NoticeAction
from certify.errors import Refused

WAY = [NoticeAction.ANSWER, NoticeAction.DO, NoticeAction.VERIFY, NoticeAction.CLOSE]
FORM_WAY = [AnomalyAction.INSTRUCT, AnomalyAction.COUNTERSIGN, AnomalyAction.RECHECK]


@pytest.mark.parametrize("state", list(NoticeState))
@pytest.mark.parametrize("action", list(NoticeAction))
@pytest.mark.parametrize("passed", [True, False])
def test_in_each_state_of_a_notice_one_action_is_possible(
    state: NoticeState, action: NoticeAction, passed: bool
) -> None:
    if rectification.next_action(state) is not action:
        with pytest.raises(Refused):
            rectification.after(state, action, passed=passed)
        return
    reached = rectification.after(state, action, passed=passed)
    is_back = action is NoticeAction.VERIFY and not passed
    order = list(NoticeState)
    assert reached is (NoticeState.ISSUED if is_back else order[order.index(state) + 1])


@given(some.lists(some.tuples(some.sampled_from(NoticeAction), some.booleans()), max_size=30))
def test_a_closed_notice_has_gone_every_step_after_its_last_failure(
    tries: list[tuple[NoticeAction, bool]],
) -> None:
    state = NoticeState.ISSUED
    done: list[NoticeAction] = []
    for action, passed in tries:
        try:
            state = rectification.after(state, action, passed=passed)
        except Refused:
            continue
        failed = action is NoticeAction.VERIFY and not passed
        done = [] if failed else [*done, action]
    assert done == WAY[: len(done)]
    assert (state is NoticeState.CLOSED) == (done == WAY)


@given(some.dates(date(2020, 1, 1), date(2030, 1, 1)), some.integers(1, 180), some.integers(0, 400))
def test_done_on_the_deadline_is_in_time(day: date, days: int, passed: int) -> None:
    due_on = rectification.deadline(day, days)
    today = day + timedelta(days=passed)
    assert due_on - day == timedelta(days=days)
    for state in NoticeState:
        waits = state in (NoticeState.ISSUED, NoticeState.ANSWERED)
        assert rectification.is_overdue(state, due_on, today) == (waits and passed > days)


def test_the_deadline_of_the_samples() -> None:
    assert rectification.deadline(date(2023, 10, 10), 5) == date(2023, 10, 15)


@pytest.mark.parametrize("state", list(AnomalyState))
@pytest.mark.parametrize("action", list(AnomalyAction))
def test_in_each_state_of_a_form_one_action_is_possible(
    state: AnomalyState, action: AnomalyAction
) -> None:
    if anomaly.FROM[action] is state:
        assert anomaly.after(state, action) is not state
    else:
        with pytest.raises(Refused):
            anomaly.after(state, action)


@given(
    some.lists(
        some.tuples(some.sampled_from(AnomalyAction), some.booleans(), some.sets(some.just(7))),
        max_size=30,
    )
)
def test_a_closed_form_was_instructed_signed_by_all_and_rechecked(
    tries: list[tuple[AnomalyAction, bool, set[int]]],
) -> None:
    state = AnomalyState.OPENED
    done: list[AnomalyAction] = []
    for action, passed, unsigned in tries:
        try:
            state = anomaly.after(state, action, passed=passed, unsigned=unsigned)
        except Refused:
            continue
        if action is AnomalyAction.RECHECK and not passed:
            done = []
        elif not (action is AnomalyAction.COUNTERSIGN and unsigned):
            done = [*done, action]
    assert done == FORM_WAY[: len(done)]
    assert (state is AnomalyState.CLOSED) == (done == FORM_WAY)
