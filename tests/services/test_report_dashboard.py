"""The supervision dashboard: its counts, its lists, and who is named in them (R-SUP-02)."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.course import Enrolment, Lesson
from certify.domain.evaluation import Evaluation, PeriodState
from certify.domain.grade import Grade
from certify.domain.inspection import InspectionResult, NoticeState
from certify.domain.person import CONSOLE
from certify.domain.remedial import RemedialAssignment
from certify.domain.standard import Standard, StandardCategory, StandardVersion
from certify.domain.standard_change import DeltaTraining
from certify.errors import NotFound
from certify.platform import Platform
from certify.policy import Policy
from certify.services import cohorts, learning
from certify.services.reporting.dashboard import Dashboard, behind, dashboard
from tests.platforms import NOON, actor, read_course, sit, with_policy
from tests.services.report_rows import (
    ACTIVE,
    SUSPENDED,
    TODAY,
    cohort,
    department,
    exam,
    ids,
    inspection,
    notice,
    period,
    put,
    qualify,
)

MET, NOT_MET, NOT_JUDGED = InspectionResult


def board(platform: Platform, department: str = "") -> Dashboard:
    return dashboard(platform, actor=CONSOLE, department=department)


def number(platform: Platform, figure: str, department: str = "") -> int:
    return board(platform, department).figure(figure).number


def enrol(platform: Platform, staff_no: str, due_on: date | None = None) -> None:
    row = Enrolment(person_id=ids(platform)[staff_no], course_id=1, enrolled_at=NOON, due_on=due_on)
    put(platform, row)


def test_an_empty_company_has_figures_without_rates(platform: Platform) -> None:
    found = board(platform)
    assert found.figure("completed").rate is None
    assert found.figure("passed-first").rate is None
    assert found.figure("passed-first").met is None
    assert found.period == ""
    assert {one.number for one in found.figures} == {0}


def test_completion_counts_enrolments_whose_lessons_are_all_finished(platform: Platform) -> None:
    enrol(platform, "E1001", TODAY - timedelta(days=1))
    enrol(platform, "E1002", TODAY)
    assert board(platform).figure("completed").whole == 2
    assert number(platform, "completed") == 0
    assert number(platform, "overdue-courses") == 1
    one = actor(platform, "E1001")
    first = learning.course_view(platform, actor=one, course="sample").lessons[0]
    learning.open_lesson(platform, actor=one, course="sample", lesson=first.code)
    learning.finish_lesson(platform, actor=one, course="sample", lesson=first.code)
    assert number(platform, "completed") == 0
    read_course(platform, one)
    assert number(platform, "completed") == 1
    assert number(platform, "overdue-courses") == 0
    assert [
        line.staff_no for line in behind(platform, actor=CONSOLE, figure="completed").lines
    ] == ["E1002"]


def test_pass_rates_are_those_of_the_cohorts_page(platform: Platform) -> None:
    who = ids(platform)
    first = cohort(
        platform,
        {who["E1001"]: [True], who["E1002"]: [False, True], who["S0001"]: [], who["H0001"]: [None]},
    )
    cohort(platform, {who["E1001"]: [], who["E1002"]: []}, over=False)
    found = board(platform)
    assert (found.figure("passed-first").number, found.figure("passed-first").whole) == (1, 3)
    assert found.figure("passed-finally").number == 2
    assert found.figure("passed-first").met is False
    shown = cohorts.one(platform, actor=CONSOLE, cohort_id=first).figures
    assert shown.rate == found.figure("passed-first").rate
    assert shown.final_rate == found.figure("passed-finally").rate
    lines = behind(platform, actor=actor(platform, "S0001"), figure="passed-first").lines
    assert [line.word for line in lines] == ["0/0", "1/3"]
    assert {line.staff_no for line in lines} == {""}


def test_what_expires_is_counted_to_the_last_day_and_not_once_renewed(platform: Platform) -> None:
    who = ids(platform)["E1001"]
    for days in (0, 7, 8, 30, 31, 60, 61):
        qualify(platform, who, TODAY + timedelta(days=days), code=f"p{days}")
    assert number(platform, "expiring-7") == 2
    assert number(platform, "expiring-30") == 4
    assert number(platform, "expiring-window") == 6
    qualify(platform, who, TODAY + timedelta(days=372), code="p7", valid_from=date(2024, 3, 12))
    assert number(platform, "expiring-7") == 2  # the renewal is decided only from its first day
    later = qualify(
        platform,
        who,
        TODAY + timedelta(days=365),
        (ACTIVE, TODAY),
        code="p0",
        valid_from=TODAY + timedelta(days=1),
    )
    assert later
    assert number(platform, "expiring-7") == 1


def test_suspended_counts_the_last_decision_as_of_today(platform: Platform) -> None:
    who = ids(platform)["E1001"]
    end, before = TODAY + timedelta(days=100), date(2023, 3, 5)
    qualify(platform, who, end, (ACTIVE, before), (SUSPENDED, TODAY), code="a")
    qualify(platform, who, end, (SUSPENDED, before), (ACTIVE, TODAY), code="b")
    qualify(platform, who, end, (ACTIVE, before), (SUSPENDED, TODAY + timedelta(1)), code="c")
    qualify(platform, who, TODAY - timedelta(1), (SUSPENDED, before), code="d")
    found = behind(platform, actor=CONSOLE, figure="suspended")
    assert [line.subject for line in found.lines] == ["a"]
    assert number(platform, "suspended") == 1


def test_remedial_training_is_overdue_until_it_is_read_again(
    platform: Platform, clock: SetClock
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    sit(platform, learner, right=0)
    assert number(platform, "overdue-remedial") == 0
    clock.advance(timedelta(days=400))
    assert number(platform, "overdue-remedial") == 1
    strict = Policy.model_validate({"retake": {"practice_right": 1}})
    assert number(with_policy(platform, strict), "overdue-remedial") == 1
    read_course(platform, learner)
    assert number(platform, "overdue-remedial") == 0


def test_of_several_assignments_the_latest_that_stands_counts(platform: Platform) -> None:
    who, now = ids(platform)["E1001"], NOON - timedelta(days=40)
    with platform.database.read() as session:
        topics = list(session.exec(select(Lesson)).first().topics)  # type: ignore[union-attr]
    for due, cancelled in ((1, None), (2, None), (3, NOON)):
        put(
            platform,
            RemedialAssignment(
                person_id=who,
                exam_id=exam(platform),
                topics=topics,
                assigned_at=now,
                due_on=TODAY - timedelta(days=due),
                cancelled_at=cancelled,
                origin="grade",
            ),
        )
    found = behind(platform, actor=CONSOLE, figure="overdue-remedial")
    assert [line.day for line in found.lines] == [TODAY - timedelta(days=2)]


def test_notices_are_overdue_from_the_day_after_their_deadline(platform: Platform) -> None:
    who = ids(platform)["S0001"]
    put(platform, notice(platform, who, TODAY))
    assert number(platform, "overdue-rectification") == 0
    late = notice(platform, who, TODAY - timedelta(days=1), "RN-2024-000002")
    done = notice(platform, who, TODAY - timedelta(days=1), "RN-2024-000003")
    done.state = NoticeState.DONE
    put(platform, late, done)
    assert number(platform, "overdue-rectification") == 1
    assert number(platform, "overdue-rectification", "CS") == 1


def test_delta_training_is_overdue_until_passed(platform: Platform) -> None:
    who = ids(platform)
    standard = Standard(number="CS-001")
    put(platform, standard)
    version = StandardVersion(
        standard_id=standard.id or 0,
        effective_from=date(2024, 1, 1),
        item={"zh": "售前咨询响应"},
        category=StandardCategory.PROCESS,
        content_hash="-",
        created_at=NOON,
    )
    put(platform, version)
    for staff_no, passed in (("E1001", None), ("E1002", NOON)):
        put(
            platform,
            DeltaTraining(
                version_id=version.id or 0,
                person_id=who[staff_no],
                assigned_at=NOON,
                due_on=TODAY - timedelta(days=1),
                passed_at=passed,
            ),
        )
    found = behind(platform, actor=CONSOLE, figure="overdue-delta")
    assert [(line.staff_no, line.subject) for line in found.lines] == [("E1001", "CS-001")]


def test_grades_are_those_of_the_last_closed_period_by_the_last_revision(
    platform: Platform,
) -> None:
    who = ids(platform)
    one = period(platform, {who["E1001"]: Grade.FAIR, who["E1002"]: Grade.UNQUALIFIED})
    period(platform, {who["E1001"]: Grade.EXCELLENT}, code="2023-Q3", last_day=date(2023, 9, 30))
    running = PeriodState.REVIEW
    period(
        platform,
        {who["E1001"]: Grade.GOOD},
        code="2024-Q1",
        last_day=date(2024, 3, 31),
        state=running,
    )
    put(
        platform,
        Evaluation(
            period_id=one,
            person_id=who["E1001"],
            revision=2,
            ratee_class="front-line",
            grade=Grade.GOOD,
            decided_by=1,
            decided_at=NOON,
        ),
    )
    found = board(platform)
    assert found.period == "2023-Q4"
    counts = {grade: found.figure(f"grade-{grade}").number for grade in Grade}
    assert counts == {Grade.EXCELLENT: 0, Grade.GOOD: 1, Grade.FAIR: 0, Grade.UNQUALIFIED: 1}


def test_inspections_of_thirty_days_count_met_and_not_met(platform: Platform) -> None:
    who = ids(platform)["E1001"]
    for n, (result, days) in enumerate(
        ((MET, 0), (MET, 29), (NOT_MET, 1), (NOT_JUDGED, 1), (MET, 30)), start=1
    ):
        put(platform, inspection(who, result, TODAY - timedelta(days), number=f"IN-2024-{n:06}"))
    put(
        platform,
        inspection(None, NOT_MET, number="IN-2024-000009", department_id=department(platform)),
    )
    found = board(platform)
    assert (found.figure("inspected-met").number, found.figure("inspected-met").whole) == (2, 4)
    assert number(platform, "inspected-not-met", "CS") == 2
    office = next(code for code in found.departments if code != "CS")
    assert number(platform, "inspected-not-met", office) == 0


def test_a_department_counts_only_its_own_people(platform: Platform) -> None:
    who = ids(platform)
    qualify(platform, who["E1001"], TODAY + timedelta(days=5))
    qualify(platform, who["0001"], TODAY + timedelta(days=5))
    assert number(platform, "expiring-7") == 2
    assert number(platform, "expiring-7", "CS") == 1
    with pytest.raises(NotFound):
        board(platform, "nowhere")
