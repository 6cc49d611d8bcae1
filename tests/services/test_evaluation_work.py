"""How much of evaluation waits for whom."""

from certify.clock import SetClock
from certify.platform import Platform
from certify.services.evaluation import appeals, coaching, rating, work
from certify.services.evaluation.work import EvaluationWork
from tests.platforms import actor
from tests.services.grading_steps import closed, company, scoring
from tests.services.test_grade_consequences import decide, found, of_kind


def waits(platform: Platform, who: str) -> EvaluationWork:
    return work.work_of(platform, actor=actor(platform, who))


def test_what_waits_is_counted_for_whom_it_waits(platform: Platform, clock: SetClock) -> None:
    own = company(platform)
    assert waits(own, "S0001") == EvaluationWork(0, 0, 0, 0)
    closed(own, clock, {"E1001": "70", "E1002": "95"})
    proposed = len(found(own))
    assert waits(own, "H0001").consequences == proposed
    assert waits(own, "E1001") == EvaluationWork(0, 0, 0, 0)
    appeals.ask(own, actor=actor(own, "E1001"), period="2024-Q2", reason="x")
    assert (waits(own, "V0001").appeals, waits(own, "S0001").appeals) == (1, 0)
    decide(own, of_kind(own, "E1001", "coaching-plan").id)
    assert waits(own, "H0001").consequences == proposed - 1
    assert waits(own, "S0001").plans == 1
    boss = actor(own, "S0001")
    (plan,) = coaching.listed(own, actor=boss)
    coaching.write(own, actor=boss, plan=plan.id, steps="x")
    coaching.mark_done(own, actor=boss, plan=plan.id)
    assert waits(own, "S0001").plans == 0


def test_ratings_wait_until_they_are_given(sqlite_platform: Platform, clock: SetClock) -> None:
    own = company(sqlite_platform)
    scoring(own, clock)
    assert waits(own, "S0001").ratings == 3  # two reports and the own one
    rating.rate(own, actor=actor(own, "S0001"), period="2024-Q2", staff_no="E1001", score="1")
    assert waits(own, "S0001").ratings == 2
