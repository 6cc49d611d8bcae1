"""The on-post qualification list (上岗资格认证名单) as of any day (R-CRT-01)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from sqlmodel import Session

from certify.domain import scoring
from certify.domain.permission import Action, require
from certify.domain.person import Actor, PersonStatus
from certify.domain.qualification import QualificationKind, QualificationState
from certify.platform import Platform
from certify.services import closing
from certify.services.results import QualificationView, period_view
from certify.services.standard_life import settling
from certify.storage import attempts, people, placements, qualifications
from certify.storage.attempts import AttemptMark
from certify.storage.people import PersonLine
from certify.storage.qualifications import PeriodRow


@dataclass(frozen=True)
class QualifiedPerson:
    """One row: who may serve what, until when, and why."""

    staff_no: str
    name: str
    department: dict[str, str]
    department_code: str
    post: dict[str, str]
    process: dict[str, str]
    process_code: str
    level: str
    mark: str
    is_retake: bool
    issued_on: date
    valid_to: date
    certificate: str
    state: QualificationState
    days_left: int
    is_expiring: bool


@dataclass(frozen=True)
class ListFilter:
    """Which rows are wanted."""

    as_of: date
    state: QualificationState | None = QualificationState.ACTIVE
    """None for every state; the form itself lists active ones."""
    department: str = ""
    """Department code; empty for all."""
    process: str = ""
    """Process code; empty for all."""
    search: str = ""
    """Part of a name, staff number or certificate number."""


@dataclass(frozen=True)
class QualificationList:
    """The list with what its filters can be set to."""

    filter: ListFilter
    rows: tuple[QualifiedPerson, ...]
    departments: dict[str, dict[str, str]]
    """Names by code and language."""
    processes: dict[str, dict[str, str]]

    @property
    def expiring(self) -> int:
        """How many of the rows expire soon."""
        return sum(row.is_expiring for row in self.rows)


def today(platform: Platform) -> date:
    """The calendar day where the company works."""
    return platform.today()


def qualification_list(
    platform: Platform, *, actor: Actor, wanted: ListFilter
) -> QualificationList:
    """Post qualifications as of a day, sorted by department, then staff number, then process.

    Dates in the past show everything as it was then: state, name, department, post and whether
    somebody was employed. Who has left serves nobody and stands on the list of earlier days alone.

    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_QUALIFICATIONS)
    closing.close_overdue(platform)
    settling.settle(platform)
    is_past = wanted.as_of < platform.today()
    # Who was in the department on a past day may be in another one now.
    department = "" if is_past else wanted.department
    with platform.database.read() as session:
        lines = people.lines(session, department=department)
        if is_past:
            lines = _as_of(session, lines, wanted)
        persons = {line.person_id: line for line in lines if line.status is PersonStatus.EMPLOYED}
        departments = {row.code: row.names for row in people.departments(session)}
        processes = qualifications.processes(session, wanted.as_of)
        levels: dict[int, str] = {}
        posts: list[tuple[PeriodRow, QualificationView]] = []
        for found in qualifications.periods(session, department=department, process=wanted.process):
            view = period_view(platform, found, wanted.as_of)
            if view is None or found.person_id not in persons:
                continue
            if view.kind is QualificationKind.POST:
                posts.append((found, view))
            elif view.state is QualificationState.ACTIVE:  # the highest one held on the day
                levels[found.person_id] = max(levels.get(found.person_id, ""), view.code)
        marked = attempts.marks(session) if posts else {}
    kept = []
    for found, view in posts:
        person = persons[found.person_id]
        if not _fits(person, view, wanted) or not _covers(found, person, wanted):
            continue
        mark = marked.get(found.attempt_id or 0)
        kept.append(
            QualifiedPerson(
                staff_no=person.staff_no,
                name=person.name,
                department=departments[person.department.code],
                department_code=person.department.code,
                post=person.post.names,
                process=view.title,
                process_code=view.code,
                level=levels.get(found.person_id, ""),
                mark=_mark(mark) if mark else "",
                is_retake=mark is not None and mark.number > 1,
                issued_on=view.issued_on,
                valid_to=view.valid_to,
                certificate=view.certificate,
                state=view.state,
                days_left=view.days_left,
                is_expiring=view.is_expiring,
            )
        )
    kept.sort(
        key=lambda row: (row.department_code, row.staff_no, row.process_code, row.certificate)
    )
    return QualificationList(wanted, tuple(kept), departments, processes)


def _as_of(session: Session, lines: Sequence[PersonLine], wanted: ListFilter) -> list[PersonLine]:
    """The people of the wanted department on a past day, as they were then.

    Who has no history stands as today; of a leaver without one nobody knows since when.
    """
    known = placements.known_on(session, wanted.as_of)
    departments = {row.id: row for row in people.departments(session)}
    posts = {row.id: row for row in people.posts(session)}
    found = []
    for line in lines:
        held = known.get(line.person_id)
        then = replace(line, status=PersonStatus.EMPLOYED)
        if held is not None:
            then = replace(
                line,
                name=held.name,
                department=departments[held.department_id],
                post=posts[held.post_id],
                status=held.status,
            )
        if wanted.department in ("", then.department.code):
            found.append(then)
    return found


def _covers(found: PeriodRow, person: PersonLine, wanted: ListFilter) -> bool:
    """Whether a row belongs on the list: who may serve is asked, and another post is not covered.

    A list of every state shows it all the same: the qualification stays (R-PPL-03).
    """
    is_of_who_may_serve = wanted.state is QualificationState.ACTIVE
    return not is_of_who_may_serve or found.post in ("", person.post.code)


def _mark(attempt: AttemptMark) -> str:
    if attempt.earned is None or not attempt.possible:
        return ""
    return scoring.cut(scoring.mark(attempt.earned, attempt.possible) or Fraction(0))


def _fits(person: PersonLine, view: QualificationView, wanted: ListFilter) -> bool:
    search = wanted.search.strip().lower()
    return wanted.state in (None, view.state) and any(
        search in text.lower() for text in (person.staff_no, person.name, view.certificate)
    )
