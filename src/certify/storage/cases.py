"""The cases of the library."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from certify.domain.case_story import CaseStory
from certify.domain.clean import clean
from certify.storage import people


def every(session: Session) -> Sequence[CaseStory]:
    """All cases, the newest first."""
    return session.exec(select(CaseStory).order_by(col(CaseStory.id).desc())).all()


def by_code(session: Session, code: str, *, lock: bool = False) -> CaseStory | None:
    """One case.

    Args:
        lock: whether nobody else may change it until the transaction ends.
    """
    query = select(CaseStory).where(CaseStory.code == clean(code).upper())
    return session.exec(query.with_for_update() if lock else query).first()


def next_code(session: Session) -> str:
    """The code of a new case: `CASE-0001`, counted upwards, never given twice."""
    people.lock(session)  # two writers take turns
    count = session.exec(select(func.max(CaseStory.id))).one() or 0
    return f"CASE-{count + 1:04}"
