"""Annual plans with their lines, and ad-hoc plans."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from certify.domain.clean import clean
from certify.domain.training import AdHocPlan, AnnualPlan, PlanLine, TrainingSession


def annual(session: Session, year: int, *, lock: bool = False) -> AnnualPlan | None:
    """The plan of a year; with `lock` nobody else changes it until the transaction ends."""
    query = select(AnnualPlan).where(AnnualPlan.year == year)
    return session.exec(query.with_for_update() if lock else query).first()


def annuals(session: Session) -> Sequence[AnnualPlan]:
    """Every annual plan, the latest year first."""
    return session.exec(select(AnnualPlan).order_by(col(AnnualPlan.year).desc())).all()


def lines(session: Session, plan_id: int | None = None) -> dict[int, list[PlanLine]]:
    """The lines of one plan or of all, by plan, by month."""
    query = select(PlanLine)
    if plan_id is not None:
        query = query.where(PlanLine.plan_id == plan_id)
    found: dict[int, list[PlanLine]] = {}
    for line in session.exec(query.order_by(col(PlanLine.month), col(PlanLine.id))).all():
        found.setdefault(line.plan_id, []).append(line)
    return found


def ad_hoc(session: Session, code: str, *, lock: bool = False) -> AdHocPlan | None:
    """An ad-hoc plan by its code; with `lock` nobody else changes it until the end."""
    query = select(AdHocPlan).where(AdHocPlan.code == clean(code))
    return session.exec(query.with_for_update() if lock else query).first()


def ad_hocs(session: Session) -> Sequence[AdHocPlan]:
    """Every ad-hoc plan, the one that begins last first."""
    order = (col(AdHocPlan.first_day).desc(), col(AdHocPlan.id).desc())
    return session.exec(select(AdHocPlan).order_by(*order)).all()


def of_sessions(session: Session, sessions: Iterable[TrainingSession]) -> dict[int, str]:
    """The plan of each session that has one: its code, or year and month of the annual plan."""
    found = list(sessions)
    ad_hocs_by_id = dict(
        session.exec(
            select(AdHocPlan.id, AdHocPlan.code).where(
                col(AdHocPlan.id).in_({one.ad_hoc_plan_id for one in found})
            )
        ).all()
    )
    rows = session.exec(
        select(PlanLine.id, AnnualPlan.year, PlanLine.month)
        .join(AnnualPlan, col(PlanLine.plan_id) == col(AnnualPlan.id))
        .where(col(PlanLine.id).in_({one.line_id for one in found}))
    ).all()
    lines_by_id = {id_: f"{year}/{month:02}" for id_, year, month in rows}
    names = {
        one.id or 0: ad_hocs_by_id.get(one.ad_hoc_plan_id) or lines_by_id.get(one.line_id)
        for one in found
    }
    return {id_: name for id_, name in names.items() if name}
