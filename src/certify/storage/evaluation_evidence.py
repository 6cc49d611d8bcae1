"""Events at work behind a score, and serious problems."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from certify.domain.evaluation import EvaluationEvidence, SeriousProblem
from certify.domain.person import Person


def problems(
    session: Session, *, person_id: int | None = None
) -> Sequence[tuple[SeriousProblem, Person]]:
    """Serious problems with whose they are, in the order in which they were reported."""
    query = select(SeriousProblem, Person).join(
        Person, col(SeriousProblem.person_id) == col(Person.id)
    )
    if person_id is not None:
        query = query.where(SeriousProblem.person_id == person_id)
    return session.exec(query.order_by(col(SeriousProblem.id))).all()


def locked_problem(session: Session, problem_id: int) -> SeriousProblem | None:
    """One serious problem as it is now, which nobody else changes until the transaction ends."""
    query = select(SeriousProblem).where(SeriousProblem.id == problem_id).with_for_update()
    return session.exec(query).first()


def counted(
    session: Session, scheme: str, kind: str, reference: str
) -> tuple[EvaluationEvidence, Person] | None:
    """Where an event counts already in a scheme, with whose it is."""
    query = (
        select(EvaluationEvidence, Person)
        .join(Person, col(EvaluationEvidence.person_id) == col(Person.id))
        .where(
            EvaluationEvidence.scheme == scheme,
            EvaluationEvidence.kind == kind,
            EvaluationEvidence.reference == reference,
        )
    )
    return session.exec(query).first()


def attach(session: Session, evidence: EvaluationEvidence) -> bool:
    """Keep an event; False where it counts in its scheme already."""
    try:
        with session.begin_nested():
            session.add(evidence)
    except IntegrityError:
        return False
    return True


def of_person(session: Session, person_id: int) -> Sequence[EvaluationEvidence]:
    """The events behind a person's scores, the newest day first."""
    query = select(EvaluationEvidence).where(EvaluationEvidence.person_id == person_id)
    order = (col(EvaluationEvidence.day).desc(), col(EvaluationEvidence.id).desc())
    return session.exec(query.order_by(*order)).all()
