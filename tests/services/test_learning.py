"""Reading courses and the first screen: what is due, where one goes on, what one holds."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from certify.domain.course import Course, Enrolment
from certify.domain.person import CONSOLE
from certify.errors import NotFound, Refused
from certify.i18n import speaking
from certify.platform import Platform
from certify.services import course_sync, home, learning
from tests.platforms import COURSES, NOON, actor, read_course, sit
from tests.services.steps import at, begin, check_books, clock_of, count, fail


def test_opening_the_first_lesson_enrols_and_starts_at_its_beginning(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    assert not learning.course_view(platform, actor=learner, course="sample").is_enrolled

    lesson = learning.open_lesson(platform, actor=learner, course="sample", lesson="lesson-1")

    assert (lesson.number, lesson.count, lesson.block) == (1, 3, 0)
    assert (lesson.previous, lesson.next) == (None, "lesson-2")
    assert set(lesson.body) == set(lesson.title) == {"zh", "en"}
    assert learning.course_view(platform, actor=learner, course="sample").is_enrolled


def test_a_reader_goes_on_at_the_paragraph_they_left(platform: Platform) -> None:
    learner = actor(platform, "E1001")

    def block() -> int:
        return learning.open_lesson(
            platform, actor=learner, course="sample", lesson="lesson-2"
        ).block

    block()
    for kept, expected in ((4, 4), (2, 2), (-3, 0)):
        learning.keep_place(platform, actor=learner, course="sample", lesson="lesson-2", block=kept)
        assert block() == expected
    other = actor(platform, "E1002")
    assert (
        learning.open_lesson(platform, actor=other, course="sample", lesson="lesson-2").block == 0
    )


def test_progress_counts_what_is_finished_and_names_where_to_go_on(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    for lesson in ("lesson-1", "lesson-3"):
        learning.open_lesson(platform, actor=learner, course="sample", lesson=lesson)
        learning.finish_lesson(platform, actor=learner, course="sample", lesson=lesson)
    learning.open_lesson(platform, actor=learner, course="sample", lesson="lesson-2")

    view = learning.course_view(platform, actor=learner, course="sample")

    assert (view.finished, view.next_lesson) == (2, "lesson-2")
    assert [(one.is_started, one.is_finished) for one in view.lessons] == [
        (True, True),
        (True, False),
        (True, True),
    ]
    check_books(platform)


def test_a_lesson_cannot_be_finished_before_it_was_opened(platform: Platform) -> None:
    with pytest.raises(Refused):
        learning.finish_lesson(
            platform, actor=actor(platform, "E1001"), course="sample", lesson="lesson-1"
        )


def test_the_command_line_itself_reads_nothing(platform: Platform) -> None:
    with pytest.raises(Refused):
        learning.open_lesson(platform, actor=CONSOLE, course="sample", lesson="lesson-1")
    assert count(platform, Enrolment) == 0


@pytest.fixture
def second_course(platform: Platform, tmp_path: Path) -> Platform:
    """A course `advanced` that asks for `sample` first."""
    copy = tmp_path / "advanced"
    shutil.copytree(COURSES / "sample", copy)
    for path in copy.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        text = text.replace("GRE-", "GRA-").replace("LIM-", "LIA-")
        text = text.replace('code = "sample"', 'code = "advanced"')
        text = text.replace('"sample-written"', '"advanced-written"')
        text = text.replace("hours = 1", 'hours = 1\nprerequisites = ["sample"]')
        path.write_text(text, encoding="utf-8")
    platform.plugins.course_folders.append(copy)
    found = course_sync.sync_courses(platform, actor=CONSOLE)
    assert [one.change for one in found] == ["unchanged", "loaded"], found
    return platform


def test_a_course_is_locked_until_its_prerequisite_is_finished(second_course: Platform) -> None:
    learner = actor(second_course, "E1001")
    view = learning.course_view(second_course, actor=learner, course="advanced")
    assert [lock.title["en"] for lock in view.locks] == ["Sample course"]
    for language, title in (("en", "“Sample course”"), ("zh", "示例课程")):
        with pytest.raises(Refused) as refused, speaking(language):
            learning.open_lesson(second_course, actor=learner, course="advanced", lesson="lesson-1")
        assert title in refused.value.message

    read_course(second_course, learner)

    assert learning.course_view(second_course, actor=learner, course="advanced").locks == ()
    assert learning.open_lesson(
        second_course, actor=learner, course="advanced", lesson="lesson-1"
    ).body


def test_a_prerequisite_that_is_not_installed_locks_and_is_named(second_course: Platform) -> None:
    with second_course.database.write() as session:
        course = session.exec(select(Course).where(Course.code == "advanced")).one()
        course.prerequisites = ["not-installed"]

    view = learning.course_view(
        second_course, actor=actor(second_course, "E1001"), course="advanced"
    )

    assert [lock.title["zh"] for lock in view.locks] == ["not-installed"]


def test_two_exams_of_one_process_never_leave_two_certificates_for_the_same_days(
    second_course: Platform,
) -> None:
    learner = actor(second_course, "E1001")
    for course in ("sample", "advanced"):
        read_course(second_course, learner, course)
        sit(second_course, learner, f"{course}-written")

    held = home.home(second_course, actor=learner).held

    assert sorted(view.code for view in held) == ["L1", "reception"]
    clock_of(second_course).set(at("2025-02-20T04:00:00"))
    sit(second_course, learner, "advanced-written")  # renews, whichever exam gave it first
    assert len(home.home(second_course, actor=learner).held) == 4


def test_an_assigned_course_is_due_on_its_day_and_overdue_after_it(platform: Platform) -> None:
    learner, hr = actor(platform, "E1001"), actor(platform, "H0001")
    due = date(2024, 3, 10)
    learning.enrol(platform, actor=hr, staff_no="E1001", course="sample", due_on=due)

    for moment, is_overdue in (("2024-03-10T15:59:59", False), ("2024-03-10T16:00:00", True)):
        clock_of(platform).set(at(moment))
        (one,) = home.home(platform, actor=learner).due
        assert (one.course.due_on, one.is_overdue) == (due, is_overdue)


def test_assigning_again_moves_the_day_and_enrols_no_second_time(platform: Platform) -> None:
    hr = actor(platform, "H0001")
    for due in (date(2024, 3, 10), date(2024, 4, 10), None):
        learning.enrol(platform, actor=hr, staff_no="E1001", course="sample", due_on=due)

    view = learning.course_view(platform, actor=actor(platform, "E1001"), course="sample")
    assert view.due_on is None
    assert count(platform, Enrolment) == 1


def test_a_course_or_person_that_does_not_exist_cannot_be_assigned(platform: Platform) -> None:
    for staff_no, course in (("nobody", "sample"), ("E1001", "nothing")):
        with pytest.raises(NotFound):
            learning.enrol(
                platform,
                actor=actor(platform, "H0001"),
                staff_no=staff_no,
                course=course,
                due_on=None,
            )


def test_home_leads_from_the_course_to_the_exam_to_what_is_held(platform: Platform) -> None:
    learner = actor(platform, "E1001")

    def view() -> home.HomeView:
        return home.home(platform, actor=learner)

    fresh = view()
    assert ([c.code for c in fresh.other], fresh.due, fresh.held) == (["sample"], (), ())
    assert (fresh.today, fresh.now, fresh.name) == (date(2024, 3, 4), NOON, "王小兰")

    learning.open_lesson(platform, actor=learner, course="sample", lesson="lesson-1")
    assert [one.course.next_lesson for one in view().due] == ["lesson-1"]
    assert view().other == ()

    read_course(platform, learner)
    (due,) = view().due
    assert due.course.next_lesson is None
    assert [door.may_start for door in due.exams] == [True]

    terminal = begin(platform, learner)
    door = view().open_exam
    assert door is not None
    assert (door.open_attempt, door.deadline) == (
        terminal.sitting.attempt_id,
        terminal.sitting.deadline,
    )

    terminal.answer_all()
    terminal.submit()
    done = view()
    assert (done.open_exam, done.due) == (None, ())
    assert {one.code for one in done.held} == {"L1", "reception"}
    assert done.expiring == ()

    clock_of(platform).set(at("2025-01-02T16:00:00"))
    renewing = view()
    assert {one.code for one in renewing.expiring} == {"L1", "reception"}
    assert [one.course.code for one in renewing.due] == ["sample"]

    clock_of(platform).set(at("2025-03-04T16:00:00"))
    assert view().held == ()


def test_home_after_a_failure_keeps_the_course_due_until_the_exam_is_passed(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    fail(platform, learner, "limits")
    clock_of(platform).advance(timedelta(days=1))

    (due,) = home.home(platform, actor=learner).due

    (door,) = due.exams
    assert door.remedial is not None
    assert door.remedial.lessons == ("lesson-3",)
    assert not door.may_start


def test_home_submits_what_ran_out_of_time(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    begin(platform, learner).answer_all()
    clock_of(platform).advance(timedelta(hours=1))

    view = home.home(platform, actor=learner)

    assert view.open_exam is None
    assert {one.code for one in view.held} == {"L1", "reception"}
