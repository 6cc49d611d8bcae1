"""Acceptance story 8: a boundary, and a grade that suspends until the exam is passed again."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from certify.clock import SetClock
from certify.domain.evaluation_score import decided, final_score
from certify.domain.grade import Grade
from certify.domain.qualification import QualificationState
from certify.domain.serving import ServiceRight, Why
from certify.platform import Platform
from certify.policy import GradePolicy
from certify.services import learning, results
from certify.services.evaluation import consequence_decisions
from certify.services.qualifying import standing
from certify.storage import evidence, people
from tests.platforms import actor, sit
from tests.services.evaluation_steps import (
    answer,
    close,
    hire,
    measure,
    open_quarter,
    rate,
    result,
    to_scoring,
)
from tests.services.learning_steps import pass_course
from tests.services.steps import check_books

WHO = "E1003"


@pytest.mark.parametrize(("rounding", "grade"), [("none", Grade.FAIR), ("half_up", Grade.GOOD)])
def test_79_50_is_fair_and_good_only_where_it_is_rounded(rounding: str, grade: Grade) -> None:
    score = final_score(Fraction(78), Fraction("81.75"), Fraction(60))

    assert score == Fraction("79.5")
    policy = GradePolicy.model_validate({"rounding": rounding})
    assert decided(score, policy, cap=None) is grade


@pytest.fixture
def graded(platform: Platform, clock: SetClock, tmp_path: Path) -> Platform:
    """E1003, qualified since March, ends the quarter at exactly 64.999."""
    hire(platform, WHO)
    pass_course(platform, WHO)
    open_quarter(platform, clock)
    measure(platform, WHO, "65")
    to_scoring(platform)
    rate(platform, "S0001", WHO, "65")
    rate(platform, WHO, WHO, "65")
    answer(platform, tmp_path, WHO, [*["65"] * 7, "64.95"])
    close(platform)
    return platform


def test_64_999_is_unqualified_and_suspends_at_once(graded: Platform) -> None:
    found = result(graded, WHO)

    assert (found.final, found.grade) == (Fraction("64.999"), Grade.UNQUALIFIED)
    assert _states(graded) == {
        "reception": QualificationState.SUSPENDED,
        "L1": QualificationState.SUSPENDED,
    }
    answer = _serves(graded)
    assert (answer.right, answer.why) == (ServiceRight.NO, Why.SUSPENDED)


def test_remedial_training_is_due_in_30_days_and_passing_gives_the_old_last_day_back(
    graded: Platform, clock: SetClock
) -> None:
    hr, learner = actor(graded, "H0001"), actor(graded, WHO)
    before = {
        one.code: one.valid_to for one in results.record(graded, actor=learner).qualifications
    }
    proposed = consequence_decisions.listed(graded, actor=hr)
    wanted = [one.id for one in proposed if one.kind == "remedial"]
    consequence_decisions.decide(graded, actor=hr, ids=wanted, confirm=True, reason="按制度")

    with graded.database.read() as session:
        person = people.by_staff_no(session, WHO)
        assert person is not None
        (assigned,) = evidence.assignments(session, person.id or 0)
    assert assigned.due_on == graded.today() + timedelta(days=30) == date(2024, 7, 31)

    clock.advance(timedelta(days=10))
    for lesson in learning.course_view(graded, actor=learner, course="sample").lessons:
        learning.finish_lesson(graded, actor=learner, course="sample", lesson=lesson.code)
    sit(graded, learner)

    assert _states(graded) == {
        "reception": QualificationState.ACTIVE,
        "L1": QualificationState.ACTIVE,
    }
    after = _last_days(graded)
    assert after == before == {"reception": date(2025, 3, 4), "L1": date(2025, 3, 4)}
    assert _serves(graded).right is ServiceRight.ALONE
    check_books(graded)


def _states(platform: Platform) -> dict[str, QualificationState]:
    found = results.record(platform, actor=actor(platform, WHO)).qualifications
    return {one.code: one.state for one in found}


def _serves(platform: Platform) -> standing.ServeView:
    return standing.serve(platform, actor=actor(platform, WHO), process="reception")


def _last_days(platform: Platform) -> dict[str, date]:
    found = results.record(platform, actor=actor(platform, WHO)).qualifications
    return {one.code: one.valid_to for one in found}
