"""Lives replayed from a database are exactly what the live services decided (R-PLT-05)."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.career_life import Life, Rules
from certify.domain.career_living import live
from certify.domain.evaluation import Evaluation, EvaluationPeriod
from certify.domain.person import Person
from certify.domain.qualification import QualificationState
from certify.domain.training import Attendee, SessionState, TrainingSession
from certify.errors import Refused
from certify.platform import Platform
from certify.policy import Level
from certify.policy.qualification import ExamPassed, TrainingHours
from certify.services import onboarding, people
from certify.services.policy import careers
from certify.services.qualifying import deciding, decisions
from certify.services.qualifying.states import state_of
from certify.storage import qualifications
from tests.platforms import actor, read_course, sit, with_full_ladder
from tests.services.grading_steps import closed, company
from tests.services.second_person import revoke

PEOPLE = [f"E20{number:02}" for number in range(1, 11)]
EVERYBODY = ["E1001", "E1002", *PEOPLE]
SCORES = (95, 82, 79, 66, 60, 88, 64, 91, 80, 70, 86, 50)


def at(day: date) -> datetime:
    """Noon in Shanghai."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def drive(platform: Platform, clock: SetClock) -> Platform:
    """A dozen people through two years: exams failed and passed, quarters, decisions of HR."""
    own = with_full_ladder(company(platform))
    hr = actor(own, "H0001")
    for staff_no in PEOPLE:
        people.add_person(
            own,
            actor=hr,
            staff_no=staff_no,
            name="员工",
            department="CS",
            post="agent",
            hired_on=date(2024, 3, 4),
            supervisor_no="S0001",
        )
    for place, staff_no in enumerate(EVERYBODY):
        clock.set(at(date(2024, 3, 5) + timedelta(days=place)))
        who = actor(own, staff_no)
        read_course(own, who)
        if place % 3 == 0:
            sit(own, who, right=0)
            clock.set(clock.now() + timedelta(days=1))
            read_course(own, who)
        if place % 5:
            onboarding.exempt(
                own, actor=hr, staff_no=staff_no, phase="on-site-practice", reason="熟手"
            )
        sit(own, who)
    for code, first in (("2024-Q2", 0), ("2024-Q3", 4), ("2024-Q4", 7)):
        scores = {
            staff_no: str(SCORES[(first + place) % len(SCORES)])
            for place, staff_no in enumerate(EVERYBODY)
        }
        closed(own, clock, scores, code)
        if code == "2024-Q2":
            clock.set(clock.now() + timedelta(days=3))
            for staff_no in EVERYBODY[::4]:
                grant(own, staff_no)
            decide(own, "E2002", "reception", QualificationState.SUSPENDED)
        if code == "2024-Q3":
            clock.set(clock.now() + timedelta(days=5))
            decide(own, "E2002", "reception", QualificationState.ACTIVE)
            revoke(own, "E2004", "reception")
    for place, staff_no in enumerate(EVERYBODY):
        clock.set(at(date(2025, 1, 10) + timedelta(days=8 * place)))
        who = actor(own, staff_no)
        try:
            sit(own, who)
        except Refused:  # not before the window opens
            continue
    clock.set(at(date(2025, 6, 1)))
    return own


def grant(platform: Platform, staff_no: str) -> None:
    decisions.grant(
        platform,
        actor=actor(platform, "H0001"),
        staff_no=staff_no,
        level="L2",
        reason="开业所需",
        exception=True,
    )


def decide(platform: Platform, staff_no: str, code: str, state: QualificationState) -> None:
    deciding.decide(
        platform,
        actor=actor(platform, "H0001"),
        staff_no=staff_no,
        code=code,
        state=state,
        reason="决定",
    )


def replayed(platform: Platform) -> dict[str, Life]:
    rules = Rules.of(platform.policy, platform.plugins.evaluation_schemes.values())
    with platform.database.read() as session:
        return {
            one.staff_no: live(one, rules, platform.today())
            for one in careers.everybody(session, platform)
        }


def stored_grades(platform: Platform, staff_no: str) -> list[tuple[str, object, object]]:
    with platform.database.read() as session:
        query = (
            select(EvaluationPeriod, Evaluation)
            .join(Evaluation)
            .join(Person, Person.id == Evaluation.person_id)  # type: ignore[arg-type]
            .where(Person.staff_no == staff_no)
            .order_by(EvaluationPeriod.last_day)  # type: ignore[arg-type]
        )
        return [(of.code, one.final, one.grade) for of, one in session.exec(query).all()]


def stored(platform: Platform, staff_no: str) -> list[tuple[object, ...]]:
    with platform.database.read() as session:
        rows = qualifications.of_person(session, actor(platform, staff_no).person_id)
        return sorted(
            (
                one.code,
                one.issued_on,
                one.period.valid_from,
                one.period.valid_to,
                one.period.changes,
            )
            for one in rows
        )


@pytest.fixture
def driven(platform: Platform, clock: SetClock) -> Platform:
    return drive(platform, clock)


def test_the_replay_gives_exactly_what_was_stored(driven: Platform) -> None:
    lives = replayed(driven)

    suspended = renewed = 0
    for staff_no in EVERYBODY:
        life = lives[staff_no]
        assert [(one.period, one.final, one.grade) for one in life.grades] == stored_grades(
            driven, staff_no
        )
        assert (
            sorted(
                (one.code, one.issued_on, one.period.valid_from, one.period.valid_to,
                 one.period.changes)
                for one in life.given
            )
            == stored(driven, staff_no)
        ), staff_no  # fmt: skip
        suspended += any(
            state is QualificationState.SUSPENDED
            for one in life.given
            for _day, state in one.period.changes
        )
        renewed += len(life.given) > len(life.codes)
    assert suspended > 2
    assert renewed > 2

    check_states(driven, lives)


def check_states(driven: Platform, lives: dict[str, Life]) -> None:
    """The state of each day is the one that the lists show."""
    with driven.database.read() as session:
        for staff_no in EVERYBODY:
            rows = qualifications.of_person(session, actor(driven, staff_no).person_id)
            day = date(2024, 3, 1)
            while day < date(2026, 7, 1):
                for code in lives[staff_no].codes:
                    states = [
                        state
                        for row in rows
                        if row.code == code and (state := state_of(row, day)) is not None
                    ]
                    shown = lives[staff_no].state_on(code, day)
                    assert shown in states or (shown is None and not states)
                    if QualificationState.ACTIVE in states:
                        assert shown is QualificationState.ACTIVE
                day += timedelta(days=9)


def attend(platform: Platform, staff_no: str, day: date, *, hours: int, there: int) -> None:
    """A session of so many hours, of each of which somebody was there for some minutes."""
    start = at(day)
    with platform.database.write() as session:
        training = TrainingSession(
            code=f"{staff_no}-{day.isoformat()}",
            title="应急演练",
            kind="in-service",
            starts_at=start,
            ends_at=start + timedelta(hours=hours),
            state=SessionState.HELD,
            recorded_by=1,
            at=start,
        )
        session.add(training)
        session.flush()
        session.add(
            Attendee(
                session_id=training.id or 0,
                person_id=actor(platform, staff_no).person_id,
                in_at=start,
                out_at=start + timedelta(minutes=there * hours),
            )
        )


def with_hours(platform: Platform) -> Platform:
    """The same platform, whose first level asks for six hours of training in service."""
    own = platform.policy
    first = Level(
        code="L1",
        title={"zh": "初级", "en": "First"},
        months=12,
        conditions=(
            ExamPassed(course_kind="onboarding"),
            TrainingHours(course_kind="in-service", hours=6, within_months=12),
        ),
    )
    rules = own.qualification.model_copy(update={"ladder": (first,)})
    return dataclasses.replace(platform, policy=own.model_copy(update={"qualification": rules}))


def test_a_level_that_asks_for_hours_comes_out_the_same_with_sessions_attended(
    platform: Platform, clock: SetClock
) -> None:
    """Seven hours of seven, six hours too short to count, and none: only the first has it."""
    own = with_hours(company(platform))
    attend(own, "E1001", date(2024, 3, 5), hours=7, there=60)
    attend(own, "E1002", date(2024, 3, 5), hours=8, there=47)
    for staff_no in ("E1001", "E1002"):
        clock.set(at(date(2024, 3, 8)))
        who = actor(own, staff_no)
        read_course(own, who)
        sit(own, who)

    clock.set(at(date(2024, 3, 9)))
    lives = replayed(own)
    for staff_no in ("E1001", "E1002"):
        assert sorted(
            (one.code, one.issued_on, one.period.valid_from, one.period.valid_to,
             one.period.changes)
            for one in lives[staff_no].given
        ) == stored(own, staff_no)  # fmt: skip
    assert "L1" in lives["E1001"].codes
    assert "L1" not in lives["E1002"].codes
    training = own.policy.training.model_copy(update={"attended_share": Fraction(3, 4)})
    milder = own.policy.model_copy(update={"training": training})
    assert "L1" in replayed(dataclasses.replace(own, policy=milder))["E1002"].codes
