"""Results of attempts and the corrections they rest on."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.correction import Correction, CorrectionKind
from certify.domain.item import Item, ItemVersion
from certify.domain.marking import Remarking
from certify.domain.result import AttemptResult

_LATEST = (
    select(AttemptResult)
    .where(AttemptResult.attempt_id == bindparam("attempt"))
    .order_by(col(AttemptResult.number).desc())
    .limit(1)
)
_APPLIED = (
    select(Correction)
    .where(Correction.exam_id == bindparam("exam"), col(Correction.applied_at).is_not(None))
    .order_by(col(Correction.applied_at), col(Correction.id))
)
_LAST_APPLIED = (
    select(Correction.id)
    .where(Correction.exam_id == bindparam("exam"), col(Correction.applied_at).is_not(None))
    .order_by(col(Correction.applied_at).desc(), col(Correction.id).desc())
    .limit(1)
)


def of_attempt(session: Session, attempt_id: int) -> Sequence[AttemptResult]:
    """Every result of an attempt, the first one first; the last one counts."""
    query = select(AttemptResult).where(AttemptResult.attempt_id == attempt_id)
    return session.exec(query.order_by(col(AttemptResult.number))).all()


def latest(session: Session, attempt_id: int) -> AttemptResult | None:
    """The result that counts; None while there is none."""
    return session.exec(_LATEST, params={"attempt": attempt_id}).first()


def applied_corrections(session: Session, exam_id: int) -> Sequence[Correction]:
    """The corrections of an exam that count, in the order in which they were applied."""
    return session.exec(_APPLIED, params={"exam": exam_id}).all()


def last_correction(session: Session, exam_id: int) -> int | None:
    """The id of the correction of an exam that was applied last."""
    return session.exec(_LAST_APPLIED, params={"exam": exam_id}).first()


def corrections(session: Session) -> Sequence[Correction]:
    """Every correction, the newest first."""
    return session.exec(select(Correction).order_by(col(Correction.id).desc())).all()


def with_version(session: Session, exam_id: int, version_id: int) -> Sequence[Attempt]:
    """The attempts with a result on whose form a version stood, oldest first; locked.

    Those without a result are locked with them: who closes one at this moment read the corrections
    before, and is waited for, or will read them after.
    """
    query = (
        select(Attempt)
        .where(Attempt.exam_id == exam_id)
        .order_by(col(Attempt.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return [
        attempt
        for attempt in session.exec(query).all()
        if attempt.state is AttemptState.SUBMITTED
        and any(int(item["version"]) == version_id for item in attempt.form)
    ]


def versions_on_forms(session: Session, exam_id: int) -> list[tuple[str, ItemVersion]]:
    """Every item version that stood on a form of an exam, with the code of its item."""
    forms = session.exec(select(Attempt.form).where(Attempt.exam_id == exam_id)).all()
    shown = {int(item["version"]) for form in forms for item in form}
    query = (
        select(Item.code, ItemVersion)
        .join(Item, col(ItemVersion.item_id) == col(Item.id))
        .where(col(ItemVersion.id).in_(shown))
        .order_by(col(Item.code), col(ItemVersion.id))
    )
    return [(code, version) for code, version in session.exec(query).all()]


def requests(session: Session, attempt_id: int | None = None) -> Sequence[Remarking]:
    """Requests for re-marking, of one attempt or of all, oldest first."""
    query = select(Remarking).order_by(col(Remarking.id))
    if attempt_id is not None:
        query = query.where(Remarking.attempt_id == attempt_id)
    return session.exec(query).all()


def marked_again(session: Session, attempt: Attempt, *, since: datetime) -> bool:
    """Whether an answer of an attempt got other points by a person since a moment."""
    return any(
        correction.kind is CorrectionKind.REMARK
        and correction.facts["attempt"] == attempt.id
        and correction.applied_at is not None
        and correction.applied_at >= since
        for correction in applied_corrections(session, attempt.exam_id)
    )
