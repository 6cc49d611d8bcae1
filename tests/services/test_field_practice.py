"""On-site practice: the newcomer writes, the guide remarks and signs off when there is enough."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlmodel import select

from certify.domain.calendar import WorkingCalendar
from certify.domain.field_practice import Amount, FieldPracticeEntry, amount
from certify.domain.person import CONSOLE
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.policy import FieldPracticePolicy, Policy
from certify.services import field_practice, field_practice_log, guides, home
from tests.platforms import actor, with_policy
from tests.services.learning_steps import add_course, appoint, pass_course, sync
from tests.services.steps import at, check_books, clock_of

MONDAY = date(2024, 3, 4)
DAYS = some.lists(some.dates(date(2024, 1, 1), date(2024, 12, 31)))


@pytest.fixture
def guided(platform: Platform) -> Platform:
    """E1001 is guided by S0001; both have passed the department's course, and so hold L1."""
    appoint(platform, "E1001", "S0001")
    for staff_no in ("E1001", "S0001"):
        pass_course(platform, staff_no)
    return platform


def write(platform: Platform, day: date = MONDAY, task: str = "接待三位客户") -> int:
    return field_practice_log.write_entry(
        platform, actor=actor(platform, "E1001"), day=day, task=task
    )


def remark(platform: Platform, entry: int, guide: str = "S0001") -> None:
    field_practice_log.remark(
        platform,
        actor=actor(platform, guide),
        entry=entry,
        remark="讲得清楚",
        improvement="先复述客户的问题",
    )


def practised(platform: Platform, days: int, tasks: int) -> None:
    """Tasks with remarks on each of the first days from Monday on."""
    clock_of(platform).set(at("2024-03-29T04:00:00"))
    for day in range(days):
        for _task in range(tasks):
            remark(platform, write(platform, MONDAY + timedelta(days=day)))


@given(DAYS)
def test_entries_count_all_and_days_only_where_people_work(days: list[date]) -> None:
    found = amount(days, WorkingCalendar())
    assert found.entries == len(days)
    assert found.days == len({day for day in days if day.weekday() < 5})
    assert found.covers(found)
    assert not found.covers(Amount(found.entries, found.days + 1))


def test_the_log_is_locked_until_the_phases_before_are_complete(platform: Platform) -> None:
    appoint(platform, "E1001", "S0001")
    view = field_practice.log(platform, actor=actor(platform, "E1001"))
    assert view.locked
    assert not view.may_write
    with pytest.raises(Refused) as refused:
        write(platform)
    assert refused.value.message == view.locked

    pass_course(platform, "E1001")

    write(platform)
    assert field_practice.log(platform, actor=actor(platform, "E1001")).may_write


def test_ten_tasks_on_five_working_days_are_signed_off_by_the_guide(guided: Platform) -> None:
    guide = actor(guided, "S0001")
    practised(guided, days=5, tasks=2)
    last = field_practice.log(guided, actor=guide, staff_no="E1001")
    assert (last.done, last.missing) == (Amount(10, 5), ())

    field_practice_log.sign_off(guided, actor=guide, staff_no="E1001", note="可以独立上岗")

    view = field_practice.log(guided, actor=actor(guided, "E1001"))
    assert (view.signed_by, view.signed_on, view.note) == (
        "主管",
        date(2024, 3, 29),
        "可以独立上岗",
    )
    with pytest.raises(Refused):
        write(guided)
    with pytest.raises(Refused):
        field_practice_log.sign_off(guided, actor=guide, staff_no="E1001")
    assert field_practice.own_log(guided, actor=actor(guided, "E1001")) is None
    check_books(guided)


@pytest.mark.parametrize(("days", "tasks", "lines"), [(5, 1, 1), (4, 3, 1), (2, 2, 2), (7, 1, 1)])
def test_what_is_missing_for_the_sign_off_is_said_all_at_once(
    sqlite_platform: Platform, days: int, tasks: int, lines: int
) -> None:
    appoint(sqlite_platform, "E1001", "S0001")
    for staff_no in ("E1001", "S0001"):
        pass_course(sqlite_platform, staff_no)
    practised(sqlite_platform, days, tasks)
    guide = actor(sqlite_platform, "S0001")
    view = field_practice.log(sqlite_platform, actor=guide, staff_no="E1001")
    assert len(view.missing) == lines
    with pytest.raises(Refused) as refused:
        field_practice_log.sign_off(sqlite_platform, actor=guide, staff_no="E1001")
    assert all(line in refused.value.mend for line in view.missing)


def test_a_guide_below_the_level_of_policy_cannot_sign_off(platform: Platform) -> None:
    appoint(platform, "E1001", "S0001")
    pass_course(platform, "E1001")
    little = Policy(field_practice=FieldPracticePolicy(entries=1, working_days=1))
    platform = with_policy(platform, little)
    remark(platform, write(platform))
    guide = actor(platform, "S0001")
    assert field_practice.guide_level(platform) == "L1"  # the ladder knows no L2
    with pytest.raises(Refused) as refused:
        field_practice_log.sign_off(platform, actor=guide, staff_no="E1001")
    assert "L1" in refused.value.mend

    pass_course(platform, "S0001")
    field_practice_log.sign_off(platform, actor=guide, staff_no="E1001")


def test_a_level_that_ran_out_does_not_count(guided: Platform) -> None:
    little = Policy(field_practice=FieldPracticePolicy(entries=1, working_days=1))
    guided = with_policy(guided, little)
    remark(guided, write(guided))
    clock_of(guided).set(at("2025-03-20T04:00:00"))
    with pytest.raises(Refused):
        field_practice_log.sign_off(guided, actor=actor(guided, "S0001"), staff_no="E1001")


def test_a_day_to_come_is_refused_by_the_calendar_of_the_company(guided: Platform) -> None:
    clock_of(guided).set(at("2024-03-04T16:30:00"))  # the fifth has begun where they work
    write(guided, date(2024, 3, 5))
    with pytest.raises(BadInput):
        write(guided, date(2024, 3, 6))
    with pytest.raises(BadInput):
        write(guided, task=" \n ")
    with pytest.raises(BadInput):
        write(guided, task="x" * 501)


def test_an_entry_changes_until_the_guide_remarked_on_it_and_never_after(guided: Platform) -> None:
    learner, entry = actor(guided, "E1001"), write(guided)

    def change(who: str = "E1001") -> None:
        field_practice_log.change_entry(
            guided, actor=actor(guided, who), entry=entry, day=MONDAY, task="改过"
        )

    change()
    with pytest.raises(NotFound):
        change("E1002")
    remark(guided, entry)
    with pytest.raises(Refused):
        change()
    with pytest.raises(Refused):
        remark(guided, entry)
    [view] = field_practice.log(guided, actor=learner).entries
    assert (view.task, view.guide, view.improvement) == ("改过", "主管", "先复述客户的问题")
    check_books(guided)


def test_only_who_guides_today_remarks_and_signs(guided: Platform) -> None:
    entry = write(guided)
    for staff_no in ("E1002", "H0001", "E1001"):
        with pytest.raises(NotPermitted):
            remark(guided, entry, staff_no)
        with pytest.raises(NotPermitted):
            field_practice_log.sign_off(guided, actor=actor(guided, staff_no), staff_no="E1001")
    guides.end(guided, actor=CONSOLE, staff_no="E1001", guide_no="S0001", last_day=MONDAY)
    clock_of(guided).advance(timedelta(days=1))
    with pytest.raises(NotPermitted):
        remark(guided, entry)
    with pytest.raises(Refused):
        field_practice_log.remark(guided, actor=CONSOLE, entry=entry, remark="x", improvement="x")


def test_nobody_signs_for_themselves_even_where_the_table_says_so(guided: Platform) -> None:
    appoint(guided, "E1002", "E1001")
    with guided.database.write() as session:
        from certify.domain.person import Guidance

        own = actor(guided, "E1001").person_id
        session.add(Guidance(person_id=own, guide_id=own, from_day=MONDAY))
    entry = write(guided)
    with pytest.raises(NotPermitted):
        remark(guided, entry, "E1001")
    with pytest.raises(NotPermitted):
        field_practice_log.sign_off(guided, actor=actor(guided, "E1001"), staff_no="E1001")


def test_others_do_not_read_the_log(guided: Platform) -> None:
    write(guided)
    for staff_no in ("S0001", "H0001"):
        field_practice.log(guided, actor=actor(guided, staff_no), staff_no="E1001")
    with pytest.raises(NotPermitted):
        field_practice.log(guided, actor=actor(guided, "E1002"), staff_no="E1001")


def test_an_entry_that_no_database_gave_is_not_found(guided: Platform) -> None:
    for entry in (0, -1, 2**80):
        with pytest.raises(NotFound):
            remark(guided, entry)


def test_home_tells_the_newcomer_and_the_guide_what_goes_on(guided: Platform) -> None:
    learner, guide = actor(guided, "E1001"), actor(guided, "S0001")
    own = home.home(guided, actor=learner).practice_log
    assert own is not None
    assert (own.guides, own.entries) == (("主管",), ())
    assert home.home(guided, actor=guide).guided == ()

    entry = write(guided)
    assert [one.waiting for one in home.home(guided, actor=guide).guided] == [1]
    remark(guided, entry)
    assert home.home(guided, actor=guide).guided == ()
    assert home.home(guided, actor=actor(guided, "E1002")).practice_log is None


def test_what_is_written_holds_no_control_characters(guided: Platform) -> None:
    write(guided, task="接待\x1b[2J客户\n第二行")
    with guided.database.read() as session:
        [row] = session.exec(select(FieldPracticeEntry)).all()
    assert "\x1b" not in row.task
    assert "\n" not in row.task


def test_phases_without_courses_lock_no_log(platform: Platform, tmp_path: Path) -> None:
    platform.plugins.course_folders.clear()
    add_course(platform, tmp_path, "floor", phase='"on-site-practice"')
    sync(platform)
    write(platform)


def test_a_guide_says_nothing_of_a_day_before_they_guided(platform: Platform) -> None:
    appoint(platform, "E1001", "S0001")
    for staff_no in ("E1001", "S0001"):
        pass_course(platform, staff_no)
    clock_of(platform).set(at("2024-03-29T04:00:00"))
    early, guided_on = write(platform, MONDAY - timedelta(days=3)), write(platform, MONDAY)

    with pytest.raises(Refused):
        remark(platform, early)
    remark(platform, guided_on)

    hr = actor(platform, "H0001")
    guides.appoint(
        platform, actor=hr, staff_no="E1001", guide_no="E1002", from_day=date(2024, 3, 29)
    )
    with pytest.raises((Refused, NotPermitted)):
        remark(platform, write(platform, MONDAY), guide="E1002")
