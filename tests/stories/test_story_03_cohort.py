"""Acceptance story 3: the pass rate of a cohort, and how retakes leave its verdict."""

from datetime import timedelta
from pathlib import Path

import pytest

from certify.domain.person import Person, Role, RoleGrant
from certify.platform import Platform
from certify.services import cohorts, learning, registering
from certify.storage import people
from tests.platforms import actor, read_course, sit
from tests.services.steps import check_books, clock_of
from tests.stories.story_course import load_course

EXAM = "service-written"
TWENTY = [f"C{number:04}" for number in range(1, 21)]


@pytest.fixture
def company(platform: Platform, tmp_path: Path) -> Platform:
    """Twenty people who have read the course."""
    load_course(
        platform,
        tmp_path,
        "service",
        kind="special",
        bank={"reception": 60},
        blueprint=[("reception", 20, "1")],
    )
    with platform.database.write() as session:
        model = people.by_staff_no(session, "E1001")
        assert model is not None
        for staff_no in TWENTY:
            person = Person(
                staff_no=staff_no,
                name=staff_no,
                department_id=model.department_id,
                post_id=model.post_id,
                hired_on=model.hired_on,
            )
            session.add(person)
            session.flush()
            session.add(RoleGrant(person_id=person.id or 0, role=Role.LEARNER))
    for staff_no in TWENTY:
        read_course(platform, actor(platform, staff_no), "service")
    return platform


def cohort(platform: Platform, first_time: int, no_shows: int, excused: int) -> int:
    """Of twenty registered, so many pass first time; the others fail, are away, or are excused."""
    hr, now = actor(platform, "H0001"), platform.clock.now()
    number = registering.new_cohort(
        platform,
        actor=hr,
        exam=EXAM,
        title="四月批次",
        opens_at=now,
        closes_at=now + timedelta(hours=4),
    )
    registering.register(platform, actor=hr, cohort_id=number, staff_nos=TWENTY)
    away = TWENTY[len(TWENTY) - no_shows - excused :]
    for staff_no in away[no_shows:]:
        registering.excuse(platform, actor=hr, cohort_id=number, staff_no=staff_no, reason="病假")
    for place, staff_no in enumerate(TWENTY[: len(TWENTY) - len(away)]):
        sit(platform, actor(platform, staff_no), EXAM, right=20 if place < first_time else 10)
    clock_of(platform).advance(timedelta(hours=5))
    return number


def rate(platform: Platform, number: int) -> cohorts.CohortView:
    return cohorts.one(platform, actor=actor(platform, "H0001"), cohort_id=number)


def test_17_of_18_sitters_pass_and_the_no_show_counts_too(company: Platform) -> None:
    number = cohort(company, first_time=17, no_shows=1, excused=1)

    found = rate(company, number)
    assert (found.figures.registered, found.figures.counted, found.figures.passed) == (20, 19, 17)
    assert (found.rate, found.figures.met) == ("89.47", True)
    check_books(company)


def test_16_of_19_do_not_meet_and_retakes_lift_the_final_rate_alone(company: Platform) -> None:
    number = cohort(company, first_time=16, no_shows=0, excused=1)
    assert (rate(company, number).rate, rate(company, number).figures.met) == ("84.21", False)

    for staff_no in TWENTY[16:18]:
        learner = actor(company, staff_no)
        for lesson in learning.course_view(company, actor=learner, course="service").lessons:
            learning.finish_lesson(company, actor=learner, course="service", lesson=lesson.code)
        sit(company, learner, EXAM)

    after = rate(company, number)
    assert (after.rate, after.figures.met) == ("84.21", False)
    assert after.final_rate == "94.73"
