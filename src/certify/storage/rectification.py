"""Rectification notices and their steps."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from certify.domain.inspection import NoticeState, NoticeStep, RectificationNotice


def by_number(session: Session, number: str, *, lock: bool = False) -> RectificationNotice | None:
    """One notice; locked until the transaction ends where that is wanted."""
    query = select(RectificationNotice).where(RectificationNotice.number == number)
    return session.exec(query.with_for_update() if lock else query).first()


def every(session: Session, *, is_open: bool = False) -> Sequence[RectificationNotice]:
    """Notices in the order of their numbers; with `is_open` those that are not closed."""
    query = select(RectificationNotice)
    if is_open:
        query = query.where(col(RectificationNotice.state) != NoticeState.CLOSED)
    return session.exec(query.order_by(col(RectificationNotice.id))).all()


def overdue(session: Session, today: date) -> Sequence[RectificationNotice]:
    """Those not done although their deadline is over, the longest overdue first."""
    query = select(RectificationNotice).where(
        col(RectificationNotice.state).in_([NoticeState.ISSUED, NoticeState.ANSWERED]),
        col(RectificationNotice.due_on) < today,
    )
    order = (col(RectificationNotice.due_on), col(RectificationNotice.id))
    return session.exec(query.order_by(*order)).all()


def numbers_by_inspection(session: Session) -> dict[int, list[str]]:
    """The numbers of the notices that checks led to, by check."""
    query = select(RectificationNotice.inspection_id, RectificationNotice.number).where(
        col(RectificationNotice.inspection_id).is_not(None)
    )
    found: dict[int, list[str]] = {}
    for inspection_id, number in session.exec(query.order_by(col(RectificationNotice.id))).all():
        found.setdefault(inspection_id or 0, []).append(number)
    return found


def steps(session: Session, notice_id: int) -> Sequence[NoticeStep]:
    """What was done to a notice, the first one first."""
    query = select(NoticeStep).where(NoticeStep.notice_id == notice_id)
    return session.exec(query.order_by(col(NoticeStep.id))).all()
