"""The on-post qualification list (上岗资格认证名单) as of any day (R-CRT-01)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from certify.clock import local_date
from certify.domain import scoring
from certify.domain.attempt import Attempt
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.qualification import QualificationKind, QualificationState
from certify.platform import Platform
from certify.services import closing
from certify.services.results import QualificationView, qualification_view
from certify.storage import people, qualifications


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
    return local_date(platform.clock.now(), platform.policy.organisation.time_zone)


def qualification_list(
    platform: Platform, *, actor: Actor, wanted: ListFilter
) -> QualificationList:
    """Post qualifications as of a day, sorted by department, then staff number, then process.

    Dates in the past show the state then, from the recorded changes.

    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_QUALIFICATIONS)
    closing.close_overdue(platform)
    with platform.database.read() as session:
        persons = {row.person.id: row for row in people.rows(session)}
        departments = {
            row.code: {"zh": row.name, "en": row.name_en} for row in people.departments(session)
        }
        levels: dict[int, list[QualificationView]] = {}
        posts: list[tuple[int, int | None, QualificationView]] = []
        for found in qualifications.rows(session):
            view = qualification_view(platform, found, wanted.as_of)
            person_id = found.qualification.person_id
            if view is None:
                continue
            if view.kind is QualificationKind.LEVEL:
                levels.setdefault(person_id, []).append(view)
            else:
                posts.append((person_id, found.qualification.attempt_id, view))
        processes = {view.code: view.title for _person, _attempt, view in posts}
        rows = []
        for person_id, attempt_id, view in posts:
            row = persons[person_id]
            attempt = session.get(Attempt, attempt_id) if attempt_id else None
            rows.append(
                QualifiedPerson(
                    staff_no=row.person.staff_no,
                    name=row.person.name,
                    department={"zh": row.department.name, "en": row.department.name_en},
                    department_code=row.department.code,
                    post={"zh": row.post.name, "en": row.post.name_en},
                    process=view.title,
                    process_code=view.code,
                    level=_level(levels.get(person_id, [])),
                    mark=_mark(attempt),
                    is_retake=bool(attempt and attempt.number > 1),
                    issued_on=view.issued_on,
                    valid_to=view.valid_to,
                    certificate=view.certificate,
                    state=view.state,
                    days_left=view.days_left,
                    is_expiring=view.is_expiring,
                )
            )
    kept = [row for row in rows if _fits(row, wanted)]
    kept.sort(
        key=lambda row: (row.department_code, row.staff_no, row.process_code, row.certificate)
    )
    return QualificationList(wanted, tuple(kept), departments, processes)


def _level(held: list[QualificationView]) -> str:
    """The highest level held on the day."""
    active = [view.code for view in held if view.state is QualificationState.ACTIVE]
    return max(active, default="")


def _mark(attempt: Attempt | None) -> str:
    if attempt is None or attempt.earned is None or not attempt.possible:
        return ""
    return scoring.cut(scoring.mark(attempt.earned, attempt.possible) or Fraction(0))


def _fits(row: QualifiedPerson, wanted: ListFilter) -> bool:
    search = wanted.search.strip().lower()
    return (
        wanted.state in (None, row.state)
        and wanted.department in ("", row.department_code)
        and wanted.process in ("", row.process_code)
        and any(search in text.lower() for text in (row.staff_no, row.name, row.certificate))
    )
