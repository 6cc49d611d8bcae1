"""Closing a period: everybody's grade at once, told to each, heard by plugins (R-EVA-04 … -11)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.course import Course, Enrolment
from certify.domain.evaluation import Evaluation, EvaluationPeriod, MeasuredValue, SeriousProblem
from certify.domain.grade import Grade
from certify.domain.message import PersonMessage
from certify.domain.placement import Absence
from certify.errors import CertifyError, Refused
from certify.hooks.events import EvaluationClosed
from certify.hooks.hookspecs import hookimpl
from certify.platform import Platform
from certify.policy import EvaluationPolicy, GradePolicy, Policy
from certify.services.evaluation import closing, rating, scoring
from certify.storage import people
from tests.platforms import NOON, actor, with_policy
from tests.services.evaluation_steps import (
    Q2,
    answer,
    close,
    hire,
    hr,
    measure,
    open_quarter,
    rate,
    result,
    to_review,
    to_scoring,
)
from tests.services.steps import check_books


def scored(platform: Platform, clock: SetClock, folder: Path) -> None:
    """Q2 being scored, E1001 as in story 7."""
    open_quarter(platform, clock)
    measure(platform, "E1001", "80")
    to_scoring(platform)
    rate(platform, "S0001", "E1001", "82")
    rate(platform, "E1001", "E1001", "95")
    answer(platform, folder, "E1001", ["78"] * 6)


def id_of(platform: Platform, staff_no: str) -> int:
    with platform.database.read() as session:
        found = people.by_staff_no(session, staff_no)
    assert found is not None
    return found.id or 0


def kept(platform: Platform, staff_no: str) -> list[Evaluation]:
    with platform.database.read() as session:
        query = select(Evaluation).where(Evaluation.person_id == id_of(platform, staff_no))
        return list(session.exec(query.order_by(Evaluation.revision)).all())  # type: ignore[arg-type]


def test_everybody_gets_a_result_or_the_reason_for_none_and_is_told(
    platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    scored(platform, clock, tmp_path)

    found = close(platform)

    assert (found.people, found.graded) == (5, 1)
    assert found.grades[Grade.GOOD] == 1
    assert [one.why for one in kept(platform, "E1002")] == ["not-measured"]
    with platform.database.read() as session:
        told = session.exec(
            select(PersonMessage).where(PersonMessage.kind == "evaluation-closed")
        ).all()
    facts = {one.person_id: one.facts for one in told}
    assert len(told) == 5
    assert facts[id_of(platform, "E1001")] == {
        "period": Q2,
        "grade": "good",
        "appeal_until": "2024-07-08",
    }
    check_books(platform)


def test_plugins_hear_of_it_after_the_commit(
    sqlite_platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    heard: list[EvaluationClosed] = []

    class Listener:
        @hookimpl
        def certify_evaluation_closed(self, summary: EvaluationClosed) -> None:
            assert kept(sqlite_platform, "E1001")
            heard.append(summary)

    sqlite_platform.plugins.manager.register(Listener(), name="listener")
    scored(sqlite_platform, clock, tmp_path)

    close(sqlite_platform)

    assert heard == [EvaluationClosed(period=Q2, graded=1)]


def test_a_result_keeps_all_it_was_made_of_as_exact_text(
    platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    scored(platform, clock, tmp_path)
    close(platform)

    [found] = kept(platform, "E1001")

    assert found.final == Fraction("80.68")
    by_rater = {one["rater"]: one for one in found.parts["mix"]}
    assert by_rater["customer"] == {
        "rater": "customer",
        "share": "40",
        "counted": "40",
        "answers": 6,
        "mean": "78",
        "absent": "",
    }
    assert found.parts["days_present"] == 91
    assert {one["code"]: one["weight"] for one in found.parts["measured"]}["customer-data"] == "100"


def test_a_mean_of_many_odd_values_is_kept_exactly(
    platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    scored(platform, clock, tmp_path)
    primes = (999_999_937, 999_999_929, 999_999_893, 999_999_883, 999_999_797, 999_999_761)
    codes = (
        "repair-request-timely",
        "visit-completion",
        "complaint-satisfaction",
        "report-on-time",
        "customer-data",
        "other-duties",
    )
    with platform.database.write() as session:
        period = session.exec(select(EvaluationPeriod)).one()
        session.add_all(
            MeasuredValue(
                period_id=period.id or 0,
                person_id=id_of(platform, "E1001"),
                indicator=code,
                value=Fraction(90 * prime + 1, prime),
                source="odd",
                recorded_by=0,
                at=NOON,
            )
            for code, prime in zip(codes, primes, strict=True)
        )
    close(platform)

    [found] = kept(platform, "E1001")

    assert found.measured is not None
    assert len(str(found.measured)) > 64
    assert found.final == Fraction("0.6") * found.measured + Fraction("0.4") * Fraction("81.7")


def test_story_8_79_50_is_fair_and_half_up_makes_it_good(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    def grade_of(platform: Platform, code: str) -> Any:
        from certify.domain.evaluation import PeriodKind
        from certify.services.evaluation import periods

        periods.open_period(platform, actor=hr(platform), kind=PeriodKind.MONTH, code=code)
        measure(platform, "E1001", "78", code)
        to_scoring(platform, code)
        for who, score in (("S0001", "81.75"), ("E1001", "81.75")):
            rating.rate(
                platform,
                actor=actor(platform, who),
                period=code,
                staff_no="E1001",
                score=score,
            )
        close(platform, code)
        return result(platform, "E1001", code)

    clock.set(NOON.replace(month=7))
    plain = grade_of(sqlite_platform, "2024-05")
    policy = Policy(grades=GradePolicy(rounding="half_up"))
    rounded = grade_of(with_policy(sqlite_platform, policy), "2024-06")

    assert (plain.final, plain.grade) == (Fraction("79.50"), Grade.FAIR)
    assert (rounded.final, rounded.grade) == (Fraction("79.50"), Grade.GOOD)


def test_who_was_there_for_under_30_days_has_no_grade(
    platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    hire(platform, "E1003", hired_on=date(2024, 6, 2))
    scored(platform, clock, tmp_path)
    with platform.database.write() as session:
        session.add(
            Absence(
                person_id=id_of(platform, "E1001"),
                from_day=date(2024, 4, 1),
                to_day=date(2024, 6, 1),
                reason="产假",
                recorded_by=0,
                at=NOON,
            )
        )
    close(platform)

    assert (result(platform, "E1001").grade, result(platform, "E1001").why) == (None, "few-days")
    assert result(platform, "E1003").why == "few-days"


def test_a_newcomer_in_onboarding_is_not_graded_and_nobody_is_asked(
    sqlite_platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    hire(sqlite_platform, "E1003", hired_on=date(2024, 4, 15))
    with sqlite_platform.database.write() as session:
        course = session.exec(select(Course)).first()
        assert course is not None
        assert course.kind == "onboarding"
        session.add(
            Enrolment(
                person_id=id_of(sqlite_platform, "E1003"),
                course_id=course.id or 0,
                enrolled_at=NOON,
            )
        )
    scored(sqlite_platform, clock, tmp_path)

    close(sqlite_platform)

    assert result(sqlite_platform, "E1003").why == "trainee"
    with pytest.raises(CertifyError):
        rate(sqlite_platform, "S0001", "E1003", "90")


def test_a_confirmed_serious_problem_caps_the_grade(
    platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    scored(platform, clock, tmp_path)
    for staff_no, confirmed in (("E1001", True), ("E1002", False)):
        with platform.database.write() as session:
            session.add(
                SeriousProblem(
                    person_id=id_of(platform, staff_no),
                    day=date(2024, 6, 30),
                    what="顶撞客户",
                    reported_by=0,
                    at=NOON,
                    confirmed=confirmed,
                )
            )
    close(platform)

    found = result(platform, "E1001")
    assert (found.final, found.grade) == (Fraction("80.68"), Grade.FAIR)
    assert found.why == "serious-problem"


def test_of_two_who_close_at_once_one_is_refused(
    platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    scored(platform, clock, tmp_path)
    to_review(platform)
    came: list[object] = []

    def one() -> None:
        try:
            came.append(closing.close(platform, actor=hr(platform), period=Q2))
        except Refused as refused:
            came.append(refused)

    threads = [Thread(target=one) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(type(one).__name__ for one in came) == ["Closed", "Refused"]
    assert len(kept(platform, "E1001")) == 1
    check_books(platform)


def test_a_result_is_worked_out_anew_for_an_appeal_under_the_rules_of_its_period(
    platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    scored(platform, clock, tmp_path)
    close(platform)
    changed = with_policy(platform, Policy(evaluation=EvaluationPolicy(measured_share=Decimal(0))))
    with changed.database.write() as session:
        period = session.exec(select(EvaluationPeriod)).one()
        session.add(
            MeasuredValue(
                period_id=period.id or 0,
                person_id=id_of(platform, "E1001"),
                indicator="customer-data",
                value=Fraction(100),
                source="appeal",
                recorded_by=0,
                at=NOON,
            )
        )
        found = scoring.recompute(
            session, changed, period, id_of(platform, "E1001"), revision=2, decided_by=0
        )
        session.add(found)

    assert found.final == 60 + Fraction("0.4") * Fraction("81.70")
    assert (result(platform, "E1001").revision, result(platform, "E1001").grade) == (
        2,
        Grade.EXCELLENT,
    )
