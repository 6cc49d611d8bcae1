"""Notices and anomaly forms through services: who may do which step, deadlines, who is told."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlmodel import select

from certify.domain.inspection import AnomalyState, NoticeState
from certify.domain.person import Role
from certify.domain.remedial import RemedialAssignment
from certify.errors import BadInput, CertifyError, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.inspection import anomalies, anomaly_steps, notice_steps, notices, words
from tests.platforms import actor
from tests.services.inspection_steps import (
    check,
    hire,
    inspectors,
    kinds,
    on,
    second_department,
)
from tests.services.learning_steps import pass_course
from tests.services.steps import check_books

MONDAY = date(2024, 3, 4)
DUE = date(2024, 3, 9)


@pytest.fixture
def ready(platform: Platform) -> Platform:
    """Two inspectors, and S0002 at the head of the warehouse."""
    inspectors(platform)
    second_department(platform, "S0002")
    return platform


@pytest.fixture
def quick(sqlite_platform: Platform) -> Platform:
    """The same on SQLite alone."""
    inspectors(sqlite_platform)
    second_department(sqlite_platform, "S0002")
    return sqlite_platform


def issue(platform: Platform, owner: str = "E1001", **more: str) -> str:
    return notices.issue(
        platform, actor=actor(platform, "I0001"), owner=owner, problem="响应超时", **more
    )


def answer(platform: Platform, number: str, who: str = "E1001") -> None:
    notice_steps.answer(
        platform, actor=actor(platform, who), number=number, cause="漏看", measure="双屏提醒"
    )


def done(platform: Platform, number: str, who: str = "E1001") -> None:
    notice_steps.done(platform, actor=actor(platform, who), number=number)


def verify(platform: Platform, number: str, who: str = "I0001", *, passed: bool = True) -> None:
    notice_steps.verify(
        platform, actor=actor(platform, who), number=number, passed=passed, text="抽查十单"
    )


def close(platform: Platform, number: str, who: str = "I0001") -> None:
    notice_steps.close(platform, actor=actor(platform, who), number=number)


def state(platform: Platform, number: str) -> NoticeState:
    return notices.show(platform, actor=actor(platform, "I0002"), number=number).state


def test_a_notice_goes_its_way_and_each_is_told(ready: Platform) -> None:
    number = issue(ready, inspection=check(ready, "E1001", fault=True))
    assert number == "RN-2024-000001"
    assert kinds(ready, "E1001") == ["inspected", "notice-issued"]
    assert kinds(ready, "S0001") == ["notice-issued"]
    answer(ready, number)
    done(ready, number)
    assert kinds(ready, "I0001") == ["notice-answered", "notice-done"]
    verify(ready, number, "I0002")
    close(ready, number, "I0002")
    assert kinds(ready, "E1001")[2:] == ["notice-verified", "notice-closed"]
    view = notices.show(ready, actor=actor(ready, "E1001"), number=number)
    assert (view.state, view.next, view.due_on) == (NoticeState.CLOSED, None, DUE)
    assert [one.by for one in view.steps] == [
        "员工I0001",
        "王小兰",
        "王小兰",
        "员工I0002",
        "员工I0002",
    ]
    check_books(ready)


def test_a_failed_verification_opens_it_again_with_a_new_deadline_and_remedial_training(
    ready: Platform,
) -> None:
    pass_course(ready, "E1001")
    number = issue(ready)
    answer(ready, number)
    done(ready, number)
    on(ready, date(2024, 3, 8))
    verify(ready, number, passed=False)
    view = notices.show(ready, actor=actor(ready, "E1001"), number=number)
    assert (view.state, view.due_on, view.reopened) == (NoticeState.ISSUED, date(2024, 3, 13), 1)
    assert view.done_on is None
    with ready.database.read() as session:
        [assignment] = session.exec(select(RemedialAssignment)).all()
    assert (assignment.origin, assignment.due_on) == ("verification", date(2024, 3, 13))
    assert assignment.person_id == actor(ready, "E1001").person_id
    answer(ready, number)
    done(ready, number)
    verify(ready, number)
    close(ready, number)
    assert state(ready, number) is NoticeState.CLOSED
    check_books(ready)


STEPS: dict[str, Callable[[Platform, str, str], None]] = {
    "answer": answer,
    "done": done,
    "verify": verify,
    "close": close,
}


def test_the_owner_does_the_first_steps_and_another_one_the_others(quick: Platform) -> None:
    number = issue(quick, owner="I0002")
    for who, error in (("I0001", NotPermitted), ("E1001", NotFound), ("H0001", NotPermitted)):
        with pytest.raises(error):
            answer(quick, number, who)
    answer(quick, number, "I0002")
    done(quick, number, "I0002")
    for who in ("I0002", "S0001", "H0001"):
        with pytest.raises(NotPermitted):
            verify(quick, number, who)
    verify(quick, number)
    with pytest.raises(NotPermitted):
        close(quick, number, "I0002")
    close(quick, number)


def test_who_issues_names_somebody_else_and_what_there_is(quick: Platform) -> None:
    for values, error in (
        ({"owner": "I0001"}, NotPermitted),
        ({"owner": "nobody"}, NotFound),
        ({"inspection": "IN-2024-000009"}, NotFound),
        ({"standard": "CS-999"}, NotFound),
    ):
        with pytest.raises(error):
            issue(quick, **values)
    with pytest.raises(NotPermitted):
        notices.issue(quick, actor=actor(quick, "S0001"), owner="E1001", problem="x")
    assert issue(quick) == "RN-2024-000001"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.sampled_from(list(STEPS)), max_size=10))
def test_no_step_of_a_notice_is_skipped_or_repeated(quick: Platform, tries: list[str]) -> None:
    number = issue(quick)
    went: list[str] = []
    for name in tries:
        try:
            STEPS[name](quick, number, "E1001" if name in ("answer", "done") else "I0001")
            went.append(name)
        except Refused:
            continue
    assert went == list(STEPS)[: len(went)]
    assert state(quick, number) is list(NoticeState)[len(went)]


def test_done_on_the_deadline_is_in_time_and_overdue_the_day_after(ready: Platform) -> None:
    late, punctual = issue(ready), issue(ready)
    on(ready, DUE)
    answer(ready, punctual)
    done(ready, punctual)
    on(ready, DUE + timedelta(days=1))
    for who in ("I0001", "E1001", "S0001", "H0001"):
        found = notices.overdue(ready, actor=actor(ready, who))
        assert [(one.number, one.days_left) for one in found] == [(late, -1)]
    assert notices.overdue(ready, actor=actor(ready, "E1002")) == []
    assert words.days_left(DUE, DUE) == _("due today")


def test_each_sees_what_waits_for_them(quick: Platform) -> None:
    number = issue(quick)

    def waiting(who: str) -> list[str]:
        return [one.number for one in notices.waiting(quick, actor=actor(quick, who))]

    assert (waiting("E1001"), waiting("I0001")) == ([number], [])
    answer(quick, number)
    done(quick, number)
    assert (waiting("E1001"), waiting("I0001"), waiting("I0002")) == ([], [number], [number])


@pytest.mark.parametrize("text", ["", " ", "x" * 501])
def test_a_failure_must_be_explained(quick: Platform, text: str) -> None:
    number = issue(quick)
    answer(quick, number)
    done(quick, number)
    with pytest.raises(BadInput):
        notice_steps.verify(
            quick, actor=actor(quick, "I0001"), number=number, passed=False, text=text
        )
    assert state(quick, number) is NoticeState.DONE


def open_form(platform: Platform, who: str = "I0001", **more: str) -> str:
    return anomalies.open_form(
        platform,
        actor=actor(platform, who),
        what="同一客户三次投诉",
        cause="交接漏记",
        process="已致歉并上门",
        countermeasure="交接双签",
        department=more.get("department", "CS"),
        staff_no=more.get("staff_no", ""),
    )


def instruct(platform: Platform, number: str, who: str = "S0001", *codes: str) -> None:
    anomaly_steps.instruct(
        platform,
        actor=actor(platform, who),
        number=number,
        instruction="本周内完成双签",
        departments=codes or ("CS", "WH"),
    )


def sign(platform: Platform, number: str, department: str, who: str) -> None:
    anomaly_steps.countersign(
        platform, actor=actor(platform, who), number=number, department=department, opinion="同意"
    )


def recheck(platform: Platform, number: str, who: str = "I0002", *, passed: bool = True) -> None:
    anomaly_steps.recheck(
        platform, actor=actor(platform, who), number=number, passed=passed, text="已执行"
    )


def test_a_form_goes_its_way_and_closes(ready: Platform) -> None:
    number = open_form(ready)
    assert number == "AN-2024-000001"
    assert kinds(ready, "S0001") == ["anomaly-opened"]
    instruct(ready, number)
    assert kinds(ready, "S0002") == ["anomaly-instructed"]
    sign(ready, number, "WH", "S0002")
    view = anomalies.show(ready, actor=actor(ready, "S0001"), number=number)
    assert [(one.department_code, bool(one.signed_by)) for one in view.signatures] == [
        ("CS", False),
        ("WH", True),
    ]
    assert view.state is AnomalyState.INSTRUCTED
    sign(ready, number, "CS", "S0001")
    assert "anomaly-countersigned" in kinds(ready, "I0002")
    recheck(ready, number)
    view = anomalies.show(ready, actor=actor(ready, "I0001"), number=number)
    assert view.state is AnomalyState.CLOSED
    assert [one.action for one in view.steps] == [
        "opened",
        "instructed",
        "countersigned",
        "countersigned",
        "rechecked",
    ]
    assert kinds(ready, "I0001") == ["anomaly-closed"]
    check_books(ready)


def test_a_failed_recheck_goes_back_to_the_instruction_and_all_sign_again(ready: Platform) -> None:
    number = open_form(ready)
    instruct(ready, number, "S0001", "WH")
    sign(ready, number, "WH", "S0002")
    recheck(ready, number, passed=False)
    inspector = actor(ready, "I0001")
    assert anomalies.show(ready, actor=inspector, number=number).state is AnomalyState.OPENED
    instruct(ready, number, "S0002", "WH", "CS", "WH")
    view = anomalies.show(ready, actor=inspector, number=number)
    assert [(one.department_code, one.signed_by) for one in view.signatures] == [
        ("WH", ""),
        ("CS", ""),
    ]
    with pytest.raises(Refused):
        recheck(ready, number)
    sign(ready, number, "WH", "S0002")
    sign(ready, number, "CS", "S0001")
    recheck(ready, number)
    assert len(anomalies.show(ready, actor=inspector, number=number).steps) == 8
    check_books(ready)


def test_who_opened_a_form_or_is_concerned_decides_nothing_of_it(quick: Platform) -> None:
    hire(quick, "X0001", Role.INSPECTOR, Role.SUPERVISOR)
    number = open_form(quick, "X0001", staff_no="S0002")
    for who in ("X0001", "S0002"):
        for step in (
            partial(instruct, quick, number, who),
            partial(sign, quick, number, "CS", who),
            partial(recheck, quick, number, who),
        ):
            with pytest.raises(NotPermitted):
                step()
    with pytest.raises(BadInput):
        instruct(quick, number, "S0001", "WH")
    instruct(quick, number, "S0001", "CS")
    with pytest.raises(NotPermitted):
        sign(quick, number, "CS", "I0002")
    sign(quick, number, "CS", "S0001")
    with pytest.raises(Refused):
        sign(quick, number, "CS", "S0001")


def test_only_named_departments_sign_and_each_once(quick: Platform) -> None:
    number = open_form(quick)
    for codes in ((" ",), ("XX",)):
        with pytest.raises(CertifyError):
            instruct(quick, number, "S0001", *codes)
    instruct(quick, number, "S0001", "WH", "CS")
    sign(quick, number, "WH", "S0002")
    with pytest.raises(Refused):
        sign(quick, number, "WH", "S0002")
    with pytest.raises(NotPermitted):
        sign(quick, number, "CS", "S0002")
    with pytest.raises(NotPermitted):
        instruct(quick, open_form(quick), "H0001")


FORM_STEPS: list[Callable[[Platform, str], None]] = [
    lambda platform, number: instruct(platform, number),
    lambda platform, number: sign(platform, number, "CS", "S0001"),
    lambda platform, number: sign(platform, number, "WH", "S0002"),
    lambda platform, number: recheck(platform, number),
]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.integers(0, 3), max_size=12))
def test_no_step_of_a_form_is_skipped_or_repeated(quick: Platform, tries: list[int]) -> None:
    number = open_form(quick)
    went: list[int] = []
    for step in tries:
        try:
            FORM_STEPS[step](quick, number)
            went.append(step)
        except Refused:
            continue
    assert went[:1] == [0][: len(went)]
    assert len(went) == len(set(went))
    found = anomalies.show(quick, actor=actor(quick, "I0001"), number=number)
    assert (found.state is AnomalyState.CLOSED) == (len(went) == 4)
    assert 3 not in went[:3]


def test_only_who_may_sees_a_form(quick: Platform) -> None:
    number = open_form(quick, staff_no="E1001")
    for who in ("E1001", "S0001", "S0002", "H0001", "I0002"):
        assert [one.number for one in anomalies.forms(quick, actor=actor(quick, who))] == [number]
    assert anomalies.forms(quick, actor=actor(quick, "E1002")) == []
    with pytest.raises(NotFound):
        anomalies.show(quick, actor=actor(quick, "E1002"), number=number)
    assert [one.number for one in anomalies.waiting(quick, actor=actor(quick, "S0001"))] == [number]
    assert anomalies.waiting(quick, actor=actor(quick, "I0001")) == []
