"""Periods of evaluation, what is measured and rated in them, and what they came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from certify.domain.clean import clean
from certify.domain.evaluation import (
    Evaluation,
    EvaluationPeriod,
    MeasuredValue,
    PeriodKind,
    PeriodState,
    RaterType,
    Rating,
    SeriousProblem,
)
from certify.domain.person import Person


@dataclass(frozen=True, slots=True)
class ValueRow:
    """The latest raw value of one indicator for one person."""

    value: Fraction | None
    source: str


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One rating in a list of many."""

    person_id: int
    rater_type: RaterType
    rater_id: int | None
    counts: bool
    score: Fraction | None


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A rating with its period and the ratee."""

    rating: Rating
    period: EvaluationPeriod
    person: Person


def every(session: Session) -> Sequence[EvaluationPeriod]:
    """All periods, the newest first."""
    order = (col(EvaluationPeriod.first_day).desc(), col(EvaluationPeriod.id).desc())
    return session.exec(select(EvaluationPeriod).order_by(*order)).all()


def by_code(session: Session, code: str) -> EvaluationPeriod | None:
    query = select(EvaluationPeriod).where(EvaluationPeriod.code == clean(code))
    return session.exec(query).first()


def locked(session: Session, code: str, *, shared: bool = False) -> EvaluationPeriod | None:
    """A period as it is now; its state stays until the transaction ends.

    Args:
        shared: whether others may hold it like this at the same time, as raters do.
    """
    query = select(EvaluationPeriod).where(EvaluationPeriod.code == clean(code))
    return session.exec(query.with_for_update(read=shared)).first()


def regular(session: Session, scheme: str) -> Sequence[EvaluationPeriod]:
    """The regular periods of a scheme, the oldest first."""
    query = select(EvaluationPeriod).where(
        EvaluationPeriod.scheme == scheme, EvaluationPeriod.kind != PeriodKind.AD_HOC
    )
    return session.exec(query.order_by(col(EvaluationPeriod.first_day))).all()


def values(session: Session, period_id: int) -> dict[int, dict[str, ValueRow]]:
    """The latest values of a period by person and indicator."""
    query = (
        columns(
            col(MeasuredValue.person_id),
            col(MeasuredValue.indicator),
            col(MeasuredValue.value),
            col(MeasuredValue.source),
        )
        .where(
            col(MeasuredValue.period_id) == period_id,
            col(MeasuredValue.person_id).is_not(None),
        )
        .order_by(col(MeasuredValue.id))
    )
    found: dict[int, dict[str, ValueRow]] = {}
    for person_id, indicator, value, source in session.execute(query):
        found.setdefault(person_id, {})[indicator] = ValueRow(value, source)
    return found


def ratings(session: Session, period_id: int) -> dict[int, list[RatingRow]]:
    """All that was asked for and given in a period, by ratee."""
    query = (
        columns(
            col(Rating.person_id),
            col(Rating.rater_type),
            col(Rating.rater_id),
            col(Rating.counts),
            col(Rating.score),
        )
        .where(col(Rating.period_id) == period_id)
        .order_by(col(Rating.id))
    )
    found: dict[int, list[RatingRow]] = {}
    for row in session.execute(query):
        found.setdefault(row.person_id, []).append(RatingRow(*row))
    return found


def of_ratee(session: Session, period_id: int, person_id: int) -> Sequence[Rating]:
    """What was asked for one person, locked until the transaction ends."""
    query = select(Rating).where(Rating.period_id == period_id, Rating.person_id == person_id)
    return session.exec(query.order_by(col(Rating.id)).with_for_update()).all()


def supervisor_comments(session: Session, period_id: int, person_id: int) -> Sequence[str]:
    """What direct supervisors wrote of a person in a period, who counts first."""
    query = select(Rating.comment).where(
        Rating.period_id == period_id,
        Rating.person_id == person_id,
        Rating.rater_type == RaterType.SUPERVISOR,
        Rating.comment != "",
    )
    return session.exec(query.order_by(col(Rating.counts).desc(), col(Rating.id))).all()


def asked(session: Session, rater_id: int, period: str = "") -> list[AskedRow]:
    """Whom somebody is to rate in the periods that are being scored, by staff number.

    Args:
        period: code of the only one wanted; empty for all.
    """
    query = (
        select(Rating, EvaluationPeriod, Person)
        .join(EvaluationPeriod, col(Rating.period_id) == col(EvaluationPeriod.id))
        .join(Person, col(Rating.person_id) == col(Person.id))
        .where(Rating.rater_id == rater_id, EvaluationPeriod.state == PeriodState.SCORING)
    )
    if period:
        query = query.where(EvaluationPeriod.code == clean(period))
    found = [AskedRow(*row) for row in session.exec(query).all()]
    return sorted(
        found, key=lambda row: (row.period.first_day, row.period.code, row.person.staff_no)
    )


def answers(session: Session, period_id: int) -> dict[str, Rating]:
    """Customers' answers of a period by their reference."""
    query = select(Rating).where(
        Rating.period_id == period_id, Rating.rater_type == RaterType.CUSTOMER
    )
    return {one.reference: one for one in session.exec(query).all()}


def asked_and_given(session: Session) -> dict[int, tuple[int, int]]:
    """How many ratings that count the staff were asked for and gave, by period."""
    query = (
        columns(col(Rating.period_id), func.count(), func.count(col(Rating.score)))
        .where(col(Rating.counts), col(Rating.rater_type) != RaterType.CUSTOMER)
        .group_by(col(Rating.period_id))
    )
    return {period_id: (asked, given) for period_id, asked, given in session.execute(query)}


def evaluated(session: Session) -> dict[int, int]:
    """How many people were evaluated, by period."""
    query = columns(
        col(Evaluation.period_id), func.count(col(Evaluation.person_id).distinct())
    ).group_by(col(Evaluation.period_id))
    return {period_id: count for period_id, count in session.execute(query)}


def current(session: Session, period_id: int) -> dict[int, Evaluation]:
    """What a period came to, by person; of several revisions the newest."""
    query = select(Evaluation).where(Evaluation.period_id == period_id)
    found = session.exec(query.order_by(col(Evaluation.revision))).all()
    return {one.person_id: one for one in found}


def latest_of(session: Session, person_id: int) -> list[tuple[Evaluation, EvaluationPeriod]]:
    """What a person's periods came to, the newest period first, each in its newest revision."""
    query = (
        select(Evaluation, EvaluationPeriod)
        .join(EvaluationPeriod, col(Evaluation.period_id) == col(EvaluationPeriod.id))
        .where(Evaluation.person_id == person_id)
        .order_by(
            col(EvaluationPeriod.first_day), col(EvaluationPeriod.id), col(Evaluation.revision)
        )
    )
    newest = {period.id: (one, period) for one, period in session.exec(query).all()}
    return list(reversed(newest.values()))


def with_serious_problem(session: Session, first: date, last: date) -> set[int]:
    """Who has a confirmed serious problem on a day of a period, both ends inclusive."""
    query = select(SeriousProblem.person_id).where(
        col(SeriousProblem.confirmed).is_(True),
        col(SeriousProblem.day) >= first,
        col(SeriousProblem.day) <= last,
    )
    return set(session.exec(query).all())
