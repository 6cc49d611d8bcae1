"""A company that evaluates: a small scheme, a whole evaluation group, periods run to a state."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlmodel import Session, select

from certify.clock import SetClock
from certify.domain.evaluation import Evaluation, EvaluationPeriod, PeriodKind, PeriodState
from certify.domain.indicator_scheme import (
    Indicator,
    IndicatorScheme,
    ScoringTable,
    TableForm,
)
from certify.domain.person import Department, Person, Post, Role, RoleGrant
from certify.platform import Platform
from certify.services.evaluation import closing, measuring, periods, rating
from tests.platforms import actor, with_policy

SCHEME = "small"
CODES = ("speed", "care")
AS_IT_IS = ScoringTable.of((0, 0), (100, 100), form=TableForm.LINEAR)


def _indicator(code: str, zh: str, en: str, weight: int) -> Indicator:
    return Indicator(
        code=code,
        title={"zh": zh, "en": en},
        unit={"zh": "分", "en": "points"},
        weight=Decimal(weight),
        table=AS_IT_IS,
        most=Fraction(100),
    )


SMALL = IndicatorScheme(
    name=SCHEME,
    title={"zh": "两项指标", "en": "Two indicators"},
    indicators=(_indicator("speed", "速度", "Speed", 40), _indicator("care", "细致", "Care", 60)),
)
"""Two indicators whose raw value is the score."""


def company(platform: Platform) -> Platform:
    """A platform with the small scheme, an evaluator V0001 of another department and H0002 of HR.

    E1001 and E1002 are back office under S0001: their supervisor has 80 and they themselves 20.
    """
    platform.plugins.evaluation_schemes[SCHEME] = SMALL
    with platform.database.write() as session:
        for post in session.exec(select(Post)).all():
            post.meets_customers = False
        other = Department(code="TEC", name="技术部", name_en="Technology")
        session.add(other)
        session.flush()
        _hire(session, "V0001", "评估员", Role.EVALUATOR, other.id or 0)
        _hire(session, "H0002", "人事二", Role.HR, other.id or 0)
    return with_small_scheme(platform)


def with_small_scheme(platform: Platform) -> Platform:
    """The same platform, whose regular periods have the small scheme."""
    rules = platform.policy.evaluation.model_copy(update={"scheme": SCHEME})
    return with_policy(platform, platform.policy.model_copy(update={"evaluation": rules}))


def _hire(session: Session, staff_no: str, name: str, role: Role, department_id: int) -> None:
    person = Person(
        staff_no=staff_no,
        name=name,
        department_id=department_id,
        post_id=session.exec(select(Post.id)).first() or 0,
        hired_on=date(2024, 3, 4),
    )
    session.add(person)
    session.flush()
    session.add_all([RoleGrant(person_id=person.id or 0, role=one) for one in (Role.LEARNER, role)])


def scoring(platform: Platform, clock: SetClock, code: str = "2024-Q2") -> None:
    """Open a quarter and let scoring begin on the first noon after it."""
    group = actor(platform, "V0001")
    made = periods.open_period(platform, actor=group, kind=PeriodKind.QUARTER, code=code)
    noon = datetime(made.last_day.year, made.last_day.month, made.last_day.day, 4, tzinfo=UTC)
    clock.set(noon)
    periods.move(platform, actor=group, period=code, to=PeriodState.SCORING)


def in_review(
    platform: Platform, clock: SetClock, scores: Mapping[str, str], code: str = "2024-Q2"
) -> None:
    """Run a quarter to review, in which the supervisor and every indicator give the same score."""
    scoring(platform, clock, code)
    for staff_no, score in scores.items():
        measure(platform, code, staff_no, score)
        rating.rate(
            platform, actor=actor(platform, "S0001"), period=code, staff_no=staff_no, score=score
        )
    group = actor(platform, "V0001")
    periods.move(platform, actor=group, period=code, to=PeriodState.REVIEW)


def measure(platform: Platform, code: str, staff_no: str, value: str) -> None:
    """Give every indicator of somebody the same raw value."""
    for indicator in CODES:
        measuring.set_value(
            platform,
            actor=actor(platform, "V0001"),
            period=code,
            staff_no=staff_no,
            indicator=indicator,
            value=value,
        )


def closed(
    platform: Platform, clock: SetClock, scores: Mapping[str, str], code: str = "2024-Q2"
) -> None:
    """Run a quarter to its end."""
    in_review(platform, clock, scores, code)
    closing.close(platform, actor=actor(platform, "V0001"), period=code)


def evaluations(platform: Platform, staff_no: str) -> list[Evaluation]:
    """Every revision of what periods came to for somebody, the oldest first."""
    with platform.database.read() as session:
        query = (
            select(Evaluation)
            .join(EvaluationPeriod)
            .join(Person, Person.id == Evaluation.person_id)  # type: ignore[arg-type]
            .where(Person.staff_no == staff_no)
            .order_by(EvaluationPeriod.first_day, Evaluation.revision)  # type: ignore[arg-type]
        )
        return list(session.exec(query).all())


def without_suspension_at_once(platform: Platform) -> Platform:
    """The same company, where HR confirms also a suspension."""
    rules = platform.policy.evaluation.model_copy(update={"suspend_at_once": False})
    return replace(platform, policy=platform.policy.model_copy(update={"evaluation": rules}))
