"""What is still open of a person or in their hands, so that nothing may be removed yet."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.correction import Correction
from certify.domain.evaluation import (
    Appeal,
    CoachingPlan,
    ConsequenceState,
    EvaluationPeriod,
    PeriodState,
    ProposedConsequence,
    Rating,
    SeriousProblem,
)
from certify.domain.inspection import AnomalyForm, AnomalyState, NoticeState, RectificationNotice
from certify.domain.marking import Remarking
from certify.domain.person import Guidance, Person, PersonStatus
from certify.domain.placement import OnboardingRefusal, Placement, TrainingOwner
from certify.domain.proposal import Proposal, ProposalState


def open_of(session: Session, person_id: int, *, but: int | None = None) -> dict[str, int]:
    """How many things of each sort are open of a person, by the sort's code.

    Args:
        but: number of a proposal that does not count.
    """
    return open_of_all(session, person_id, but=but).get(person_id, {})


def open_of_all(
    session: Session, person_id: int | None = None, *, but: int | None = None
) -> dict[int, dict[str, int]]:
    """The same of everybody of whom something is open, by person, or of one person alone."""
    found: dict[int, dict[str, int]] = {}
    for code, whose, conditions in _queries(but):
        query = select(whose, func.count()).where(*conditions).group_by(whose)
        if person_id is not None:
            query = query.where(whose == person_id)
        for one, count in session.execute(query):
            found.setdefault(one, {})[code] = count
    return found


def placed(session: Session) -> dict[int, list[Placement]]:
    """What was written down of everybody, in the order in which it was."""
    found: dict[int, list[Placement]] = {}
    for row in session.scalars(select(Placement).order_by(col(Placement.id))):
        found.setdefault(row.person_id, []).append(row)
    return found


def leavers(session: Session) -> list[Person]:
    """Everybody who has left, by staff number."""
    found = session.scalars(select(Person).where(col(Person.status) == PersonStatus.LEFT)).all()
    return sorted(found, key=lambda one: one.staff_no)


def _queries(
    but: int | None,
) -> Iterator[tuple[str, Any, Sequence[ColumnElement[bool]]]]:
    """Code, whose it is, and when it is open."""
    sitter, still_open = aliased(Attempt), col(EvaluationPeriod.state) != PeriodState.CLOSED
    yield "attempt", col(Attempt.person_id), [col(Attempt.state) != AttemptState.SUBMITTED]
    yield (
        "re-marking",
        col(Attempt.person_id),
        [col(Attempt.id) == col(Remarking.attempt_id), col(Remarking.decided_at).is_(None)],
    )
    yield (
        "correction",
        col(Attempt.person_id),
        [
            col(Correction.exam_id) == col(Attempt.exam_id),
            col(Correction.applied_at).is_(None),
            col(Correction.withdrawn_at).is_(None),
            ~exists().where(  # one attempt of an exam stands for all of them
                col(sitter.person_id) == col(Attempt.person_id),
                col(sitter.exam_id) == col(Attempt.exam_id),
                col(sitter.id) < col(Attempt.id),
            ),
        ],
    )
    yield "appeal", col(Appeal.person_id), [col(Appeal.decided_at).is_(None)]
    yield (
        "evaluation",
        col(Rating.person_id),
        [col(Rating.period_id) == col(EvaluationPeriod.id), still_open],
    )
    yield "coaching-plan", col(CoachingPlan.person_id), [col(CoachingPlan.done_on).is_(None)]
    yield (
        "consequence",
        col(ProposedConsequence.person_id),
        [col(ProposedConsequence.state) == ConsequenceState.PROPOSED],
    )
    yield (
        "rectification",
        col(RectificationNotice.owner_id),
        [col(RectificationNotice.state) != NoticeState.CLOSED],
    )
    yield (
        "anomaly",
        col(AnomalyForm.person_id),
        [col(AnomalyForm.person_id).is_not(None), col(AnomalyForm.state) != AnomalyState.CLOSED],
    )
    yield (
        "serious-problem",
        col(SeriousProblem.person_id),
        [col(SeriousProblem.decided_at).is_(None)],
    )
    yield "refusal", col(OnboardingRefusal.person_id), [col(OnboardingRefusal.decided_at).is_(None)]
    proposed = [col(Proposal.state) == ProposalState.OPEN]
    yield (
        "proposal",
        col(Proposal.person_id),
        [
            *proposed,
            *([col(Proposal.id) != but] if but is not None else []),
        ],
    )
    yield (
        "supervisor",
        col(Person.supervisor_id),
        [col(Person.supervisor_id).is_not(None), col(Person.status) == PersonStatus.EMPLOYED],
    )
    yield "training-owner", col(TrainingOwner.owner_id), [col(TrainingOwner.to_day).is_(None)]
    yield "guide", col(Guidance.guide_id), [col(Guidance.to_day).is_(None)]
