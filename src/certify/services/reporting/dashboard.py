"""The supervision dashboard (R-SUP-02): numbers, and the list behind each of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from sqlmodel import Session

from certify.domain.course import Course, Exam
from certify.domain.grade import Grade
from certify.domain.inspection import InspectionResult
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor
from certify.domain.rates import CohortCounts, rate_of, share
from certify.domain.registration import is_over
from certify.domain.remedial import RemedialAssignment
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.services import remedial
from certify.services.reporting.days import begins, day_of
from certify.storage import people, report_cohorts, report_grades, report_remedial, reports
from certify.storage.reports import Named, Who

LOOKS_BACK = timedelta(days=365)
"""How far back cohorts count."""
INSPECTED = timedelta(days=29)
"""Inspections of this day and so many before it."""
MOST = 1000
"""Lines that a list behind a figure shows."""


@dataclass(frozen=True)
class Figure:
    """One number of the dashboard."""

    name: str
    """Such as `expiring-30`; its list is asked for by it."""
    number: int
    whole: int | None = None
    """Of how many; None where it is no share."""
    met: bool | None = None
    """Whether a share reaches its target; None where there is none."""

    @property
    def rate(self) -> Fraction | None:
        """The exact share; None where it is none or nothing counts."""
        return None if self.whole is None else share(self.number, self.whole)


@dataclass(frozen=True)
class Dashboard:
    """All figures of one department, or of the company."""

    day: date
    department: str
    """Code of the department; empty for all."""
    departments: dict[str, dict[str, str]]
    target: Fraction
    """Pass rate that is wanted."""
    period: str
    """Code of the evaluation period whose grades are shown; empty where none is closed."""
    figures: tuple[Figure, ...]

    def figure(self, name: str) -> Figure:
        """One figure by its name."""
        return next(one for one in self.figures if one.name == name)


@dataclass(frozen=True)
class Line:
    """One line behind a figure."""

    staff_no: str
    """Empty where the line names nobody."""
    name: str
    subject: str
    title: dict[str, str]
    day: date | None
    word: str


@dataclass(frozen=True)
class Behind:
    """The list behind a figure, as far as the person who asks may see it."""

    figure: Figure
    lines: tuple[Line, ...]
    hidden: int
    """How many more there are of people whom the actor may not see by name."""


def dashboard(platform: Platform, *, actor: Actor, department: str = "") -> Dashboard:
    """Every figure as of today, counts only.

    Args:
        department: code of the only department that counts; empty for the company.
    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.SEE_REPORTS)
    target = platform.policy.cohort.target
    with platform.database.read() as session:
        where = _department(session, department)
        whole = reports.count(session, reports.enrolled(where))
        open_ones = reports.count(session, reports.unfinished(where))
        rate = rate_of(_cohorts(session, platform, where), target)
        figures = [
            Figure("completed", whole - open_ones, whole),
            Figure("passed-first", rate.passed, rate.counted, rate.met),
            Figure("passed-finally", rate.passed_in_the_end, rate.counted),
        ]
        counted = [
            Figure(name, reports.count(session, make()))
            for name, make in _lists(session, platform, where).items()
            if name not in ("completed", "inspected-met", "inspected-not-met")
        ]
        figures += counted if _tells_nobody(platform, actor, counted) else _ungraded(counted)
        met, missed = (
            reports.count(session, _inspected(platform, where, result))
            for result in (InspectionResult.MET, InspectionResult.NOT_MET)
        )
        figures += [
            Figure("inspected-met", met, met + missed),
            Figure("inspected-not-met", missed, met + missed),
        ]
        period = report_grades.last_period(session)
        return Dashboard(
            day=platform.today(),
            department=department,
            departments={one.code: one.names for one in people.departments(session)},
            target=target,
            period=period.code if period else "",
            figures=tuple(figures),
        )


def behind(platform: Platform, *, actor: Actor, figure: str, department: str = "") -> Behind:
    """The list behind a figure: HR sees everybody, a supervisor the own reports, others counts.

    Raises:
        NotPermitted
        NotFound: there is no such figure or department.
    """
    require(actor, Action.SEE_REPORTS)
    with platform.database.read() as session:
        where = _department(session, department)
        if figure in ("passed-first", "passed-finally"):
            return _cohort_lines(session, platform, figure, where)
        make = _lists(session, platform, where).get(figure)
        if make is None:
            raise NotFound(_("There is no figure “{name}”.").format(name=figure))
        who = make()
        found = Figure(figure, reports.count(session, who))
        if may(actor, _needs(figure)):
            lines = reports.named(session, who, most=MOST)
        else:
            own = {*reports.reports_of(session, actor.person_id), actor.person_id}
            seen = reports.named(session, who, only=own, most=MOST)
            lines = [one for one in seen if _may_see(actor, figure, one)]
        return Behind(found, tuple(_line(one) for one in lines), found.number - len(lines))


def _tells_nobody(platform: Platform, actor: Actor, figures: Sequence[Figure]) -> bool:
    """Whether the counts of grades may be shown: in a tiny department they name somebody."""
    graded = sum(one.number for one in figures if one.name.startswith("grade-"))
    least = platform.policy.raters.least_subordinates
    return may(actor, Action.SEE_EVALUATIONS) or graded == 0 or graded >= least


def _ungraded(figures: Sequence[Figure]) -> list[Figure]:
    return [one for one in figures if not one.name.startswith("grade-")]


def _needs(figure: str) -> Action:
    if figure.startswith("grade-"):
        return Action.SEE_EVALUATIONS
    return Action.SEE_INSPECTIONS if figure.startswith("inspected") else Action.SEE_RECORD


def _may_see(actor: Actor, figure: str, one: Named) -> bool:
    return one.person_id is not None and may(
        actor, _needs(figure), owner=one.person_id, owner_supervisor=one.supervisor_id
    )


def _line(one: Named) -> Line:
    return Line(one.staff_no, one.name, one.subject, one.title, one.day, one.word)


def _department(session: Session, code: str) -> int | None:
    if not code:
        return None
    for one in people.departments(session):
        if one.code == code:
            return one.id
    raise NotFound(_("There is no department “{code}”.").format(code=code))


def _lists(session: Session, platform: Platform, where: int | None) -> dict[str, Callable[[], Who]]:
    """The statement of each figure that is a list of people, by name, in order."""
    day = platform.today()
    window = platform.policy.qualification.renewal_days
    period = report_grades.last_period(session)
    period_id = period.id or 0 if period else 0

    def soon(days: int) -> Callable[[], Who]:
        return lambda: reports.expiring(where, day, day + timedelta(days=days))

    def grade(one: Grade) -> Callable[[], Who]:
        return lambda: report_grades.graded(where, period_id, one)

    return {
        "completed": lambda: reports.unfinished(where),
        "expiring-window": soon(window),
        "expiring-30": soon(30),
        "expiring-7": soon(7),
        "suspended": lambda: reports.suspended(where, day),
        "overdue-courses": lambda: reports.unfinished(where, day),
        "overdue-remedial": lambda: report_remedial.these(_remedial(session, platform, where)),
        "overdue-rectification": lambda: reports.overdue_notices(where, day),
        "overdue-delta": lambda: reports.overdue_delta(where, day),
        **{f"grade-{one}": grade(one) for one in Grade},
        "inspected-met": lambda: _inspected(platform, where, InspectionResult.MET),
        "inspected-not-met": lambda: _inspected(platform, where, InspectionResult.NOT_MET),
    }


def _inspected(platform: Platform, where: int | None, result: InspectionResult) -> Who:
    day = platform.today()
    return reports.inspected(where, day - INSPECTED, day, result)


def _remedial(session: Session, platform: Platform, where: int | None) -> list[int]:
    """Ids of the assignments past their day of which something is left to do."""
    found = report_remedial.overdue(session, where, platform.today())
    if not platform.policy.retake.practice_right:
        return [id_ for id_, (_one, is_left) in found.items() if is_left]
    return [
        id_
        for id_, (one, is_left) in found.items()
        if is_left or _is_to_practise(session, platform, one)
    ]


def _is_to_practise(session: Session, platform: Platform, one: RemedialAssignment) -> bool:
    exam = session.get_one(Exam, one.exam_id)
    course = session.get_one(Course, exam.course_id)
    return remedial.remedial_of(session, platform, one.person_id, exam, course) is not None


def _cohorts(session: Session, platform: Platform, where: int | None) -> list[CohortCounts]:
    return [counts for _title, _exam, _closes, counts in _cohort_rows(session, platform, where)]


def _cohort_rows(
    session: Session, platform: Platform, where: int | None
) -> list[tuple[str, dict[str, str], date, CohortCounts]]:
    day, now = platform.today(), platform.clock.now()
    far = begins(platform, date(9999, 1, 1))
    since = begins(platform, day - LOOKS_BACK)
    return [
        (
            one.cohort.title,
            one.exam,
            day_of(platform, one.cohort.closes_at or one.cohort.created_at),
            replace(one.counts, is_over=is_over(one.cohort, now)),
        )
        for one in report_cohorts.counted(session, first=since, last=far, department=where)
    ]


def _cohort_lines(session: Session, platform: Platform, figure: str, where: int | None) -> Behind:
    """The cohorts behind a pass rate; they name nobody."""
    target = platform.policy.cohort.target
    rows = _cohort_rows(session, platform, where)
    lines = []
    for title, exam, day, counts in rows:
        rate = rate_of([counts], target)
        passed = rate.passed if figure == "passed-first" else rate.passed_in_the_end
        lines.append(Line("", "", title, exam, day, f"{passed}/{rate.counted}"))
    total = rate_of([row[3] for row in rows], target)
    number = total.passed if figure == "passed-first" else total.passed_in_the_end
    return Behind(Figure(figure, number, total.counted, total.met), tuple(lines), 0)
