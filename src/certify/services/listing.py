"""The on-post qualification list (上岗资格认证名单) as of any day (R-CRT-01)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from sqlmodel import Session

from certify.domain import scoring
from certify.domain.permission import Action, require
from certify.domain.person import Actor, PersonStatus
from certify.domain.pinyin import finder
from certify.domain.qualification import QualificationKind, QualificationState
from certify.platform import Platform
from certify.services import closing
from certify.services.cycles import no_search_for_cycles
from certify.services.results import QualificationView, period_view
from certify.services.standard_life import settling
from certify.storage import attempts, people, placements, qualifications
from certify.storage.people import PersonLine
from certify.storage.qualifications import PeriodRow


@dataclass(frozen=True, slots=True)
class QualifiedPerson:
    """One row: who may serve what, until when, and why."""

    staff_no: str
    name: str
    department: dict[str, str]
    department_code: str
    post: dict[str, str]
    post_code: str
    supervisor: str
    supervisor_no: str
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
    """Part of a name, staff number or certificate number, or how a name is spelled."""
    post: str = ""
    """Post code; empty for all."""
    level: str = ""
    """Code of the highest level held on the day; empty for all."""
    supervisor: str = ""
    """Staff number of the direct supervisor; empty for all."""
    within: int | None = None
    """Only what ends within so many days and is not renewed; None for all."""


@dataclass(frozen=True)
class QualificationList:
    """The list with what its filters can be set to."""

    filter: ListFilter
    rows: tuple[QualifiedPerson, ...]
    departments: dict[str, dict[str, str]]
    """Names by code and language."""
    processes: dict[str, dict[str, str]]
    levels: dict[str, str]
    """The highest level held on the day, by staff number, also of who holds nothing else."""

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
    found, _everybody = list_and_people(platform, actor=actor, wanted=wanted)
    return found


def list_and_people(
    platform: Platform, *, actor: Actor, wanted: ListFilter
) -> tuple[QualificationList, list[PersonLine]]:
    """The list beside all who were employed, or were in the department, on its day.

    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_QUALIFICATIONS)
    closing.close_overdue(platform)
    settling.settle(platform)
    with no_search_for_cycles():
        return _list(platform, wanted)


def _list(platform: Platform, wanted: ListFilter) -> tuple[QualificationList, list[PersonLine]]:
    is_past = wanted.as_of < platform.today()
    # Who was in the department on a past day may be in another one now.
    department = "" if is_past else wanted.department
    with platform.database.read() as session:
        persons = employed_on(session, platform, wanted.as_of, wanted.department)
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
    kept, search = [], finder(wanted.search)
    for found, view in posts:
        person, level = persons[found.person_id], levels.get(found.person_id, "")
        if not _covers(found, person, wanted) or not _fits(person, level, view, wanted, search):
            continue
        mark = marked.get(found.attempt_id or 0)
        kept.append(
            QualifiedPerson(
                staff_no=person.staff_no,
                name=person.name,
                department=person.department.names,
                department_code=person.department.code,
                post=person.post.names,
                post_code=person.post.code,
                supervisor=person.supervisor,
                supervisor_no=person.supervisor_no,
                process=view.title,
                process_code=view.code,
                level=level,
                mark=_mark(mark.earned, mark.possible) if mark else "",
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
    held = {line.staff_no: levels[id_] for id_, line in persons.items() if id_ in levels}
    rows = QualificationList(wanted, tuple(kept), departments, processes, held)
    return rows, list(persons.values())


def employed_on(
    session: Session, platform: Platform, as_of: date, department: str = ""
) -> dict[int, PersonLine]:
    """Who worked here, or in a department, on a day, as they were then; by person id."""
    if as_of < platform.today():
        lines = _as_of(session, people.lines(session), as_of, department)
    else:
        lines = people.lines(session, department=department)
    return {line.person_id: line for line in lines if line.status is PersonStatus.EMPLOYED}


def _as_of(
    session: Session, lines: Sequence[PersonLine], as_of: date, department: str
) -> list[PersonLine]:
    """The people of the wanted department on a past day, as they were then.

    Who has no history stands as today; of a leaver without one nobody knows since when.
    """
    known = placements.known_on(session, as_of)
    everybody = {line.person_id: line for line in lines}
    departments = people.places(people.departments(session))
    posts = people.places(people.posts(session))
    found = []
    for line in lines:
        held = known.get(line.person_id)
        then = replace(line, status=PersonStatus.EMPLOYED)
        if held is not None:
            above = everybody.get(held.supervisor_id or 0)
            then = replace(
                line,
                name=held.name,
                department=departments[held.department_id],
                post=posts[held.post_id],
                status=held.status,
                supervisor=above.name if above else "",
                supervisor_no=above.staff_no if above else "",
            )
        if department in ("", then.department.code):
            found.append(then)
    return found


def _covers(found: PeriodRow, person: PersonLine, wanted: ListFilter) -> bool:
    """Whether a row belongs on the list: who may serve is asked, and another post is not covered.

    A list of every state shows it all the same: the qualification stays (R-PPL-03).
    """
    is_of_who_may_serve = wanted.state is QualificationState.ACTIVE
    return not is_of_who_may_serve or found.post in ("", person.post.code)


@lru_cache(maxsize=4_096)  # the same few marks stand in many rows
def _mark(earned: Fraction | None, possible: Fraction | None) -> str:
    if earned is None or not possible:
        return ""
    return scoring.cut(scoring.mark(earned, possible) or Fraction(0))


def _fits(
    person: PersonLine,
    level: str,
    view: QualificationView,
    wanted: ListFilter,
    search: Callable[..., bool],
) -> bool:
    return (
        wanted.state in (None, view.state)
        and wanted.post in ("", person.post.code)
        and wanted.level in ("", level)
        and wanted.supervisor in ("", person.supervisor_no)
        and (wanted.within is None or view.ends_within(wanted.within))
        and search(person.name, person.staff_no, view.certificate)
    )
