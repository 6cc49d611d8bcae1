"""What inspections say of people and departments: evidence, and the inspection report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlmodel import Session

from certify.domain.inspection import Inspection, InspectionResult, NoticeState
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.rectification import is_overdue
from certify.platform import Platform
from certify.storage import inspections, people, rectification


@dataclass(frozen=True)
class InspectionResults:
    """The checks of one person in some days, for an evaluation (R-EVA-09)."""

    numbers: tuple[str, ...]
    """Of the register: the evidence."""
    met: int
    not_met: int
    not_judged: int
    major: int

    @property
    def share(self) -> Fraction | None:
        """Share of the judged checks without fault; None when none was judged."""
        judged = self.met + self.not_met
        return Fraction(self.met, judged) if judged else None


@dataclass(frozen=True)
class DepartmentReport:
    """One department in the service quality inspection report (S3-QI-10)."""

    code: str
    name: dict[str, str]
    checks: int
    people: int
    """Different people inspected."""
    met: int
    not_met: int
    not_judged: int
    major: int
    notices: int
    """Rectification notices issued in the days of the report."""
    open: int
    """Of these, not closed yet."""
    overdue: int
    """Of these, not done although the deadline is over."""


def results_of(session: Session, person_id: int, first: date, last: date) -> InspectionResults:
    """The checks of a person from a first to a last day, inclusive."""
    found = inspections.between(session, first, last, person_id=person_id)
    return InspectionResults(
        numbers=tuple(one.number for one in found),
        met=_count(found, InspectionResult.MET),
        not_met=_count(found, InspectionResult.NOT_MET),
        not_judged=_count(found, InspectionResult.NOT_JUDGED),
        major=sum(one.is_major for one in found),
    )


def report(platform: Platform, *, actor: Actor, first: date, last: date) -> list[DepartmentReport]:
    """Every department with checks or notices in some days, both inclusive, by code.

    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_INSPECTIONS)
    today = platform.today()
    with platform.database.read() as session:
        checks = inspections.between(session, first, last)
        notices = [one for one in rectification.every(session) if first <= one.issued_on <= last]
        reports = []
        for department in people.departments(session):
            own = [one for one in checks if one.department_id == department.id]
            issued = [one for one in notices if one.department_id == department.id]
            if not own and not issued:
                continue
            reports.append(
                DepartmentReport(
                    code=department.code,
                    name=department.names,
                    checks=len(own),
                    people=len({one.person_id for one in own if one.person_id}),
                    met=_count(own, InspectionResult.MET),
                    not_met=_count(own, InspectionResult.NOT_MET),
                    not_judged=_count(own, InspectionResult.NOT_JUDGED),
                    major=sum(one.is_major for one in own),
                    notices=len(issued),
                    open=sum(one.state is not NoticeState.CLOSED for one in issued),
                    overdue=sum(is_overdue(one.state, one.due_on, today) for one in issued),
                )
            )
        return reports


def _count(found: Iterable[Inspection], result: InspectionResult) -> int:
    return sum(one.result is result for one in found)
