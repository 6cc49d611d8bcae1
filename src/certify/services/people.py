"""People as HR sees and changes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from certify.domain.clean import clean_line
from certify.domain.overseers import require_may_give
from certify.domain.permission import Action, require
from certify.domain.person import Actor, Department, Person, PersonStatus, Post, Role
from certify.domain.pinyin import finder
from certify.domain.privacy import is_pseudonym
from certify.domain.qualification import QualificationKind, QualificationState, standing_on
from certify.errors import BadInput, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import departments
from certify.services.departments import check_names, possible, taken
from certify.services.hiring import Newcomer, hire
from certify.storage import people, qualifications

# HR finds all that it does to people here.
departments_and_posts = departments.departments_and_posts
add_department = departments.add_department
add_post = departments.add_post


HIRE_YEARS = range(1900, 2200)


@dataclass(frozen=True)
class PersonView:
    """One line of the people list."""

    staff_no: str
    name: str
    department: dict[str, str]
    department_code: str
    post: dict[str, str]
    post_code: str
    supervisor: str
    supervisor_no: str
    hired_on: date
    status: PersonStatus
    roles: tuple[Role, ...]
    level: str
    qualifications: int
    """Active post qualifications today."""


def people_list(platform: Platform, *, actor: Actor, search: str = "") -> list[PersonView]:
    """Everybody, by department and staff number.

    Args:
        search: part of a name or number, or how a name is spelled (`domain.pinyin`).

    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_PEOPLE)
    day, found = platform.today(), finder(search)
    with platform.database.read() as session:
        roles = people.roles(session)
        levels: dict[int, str] = {}
        posts: dict[int, int] = {}
        for row in qualifications.periods(session):
            standing = standing_on(day, row.period, row.successors)
            if standing is None or standing.state is not QualificationState.ACTIVE:
                continue
            if row.kind is QualificationKind.LEVEL:
                levels[row.person_id] = max(levels.get(row.person_id, ""), row.code)
            else:
                posts[row.person_id] = posts.get(row.person_id, 0) + 1
        views = [
            PersonView(
                staff_no=line.staff_no,
                name=line.name,
                department=line.department.names,
                department_code=line.department.code,
                post=line.post.names,
                post_code=line.post.code,
                supervisor=line.supervisor,
                supervisor_no=line.supervisor_no,
                hired_on=line.hired_on,
                status=line.status,
                roles=tuple(role for role in Role if role in roles.get(line.person_id, ())),
                level=levels.get(line.person_id, ""),
                qualifications=posts.get(line.person_id, 0),
            )
            for line in people.lines(session)
            if found(line.name, line.staff_no)
        ]
    # Databases sort letters each in their own way.
    return sorted(views, key=lambda view: (view.department_code, view.staff_no))


def add_person(
    platform: Platform,
    *,
    actor: Actor,
    staff_no: str,
    name: str,
    department: str,
    post: str,
    hired_on: date,
    supervisor_no: str | None = None,
    roles: frozenset[Role] = frozenset(),
) -> None:
    """Add one person, who becomes a learner and gets every onboarding course (R-PPL-01).

    Args:
        department: code of the department.
        post: code of the post.
        supervisor_no: staff number of the direct supervisor; the top person has none.
        roles: what the person is besides a learner.
    Raises:
        NotPermitted: also when a role is not the actor's to give.
        BadInput: a value cannot be used; the possible ones are named.
        Refused: the staff number is taken, or the person would be their own supervisor.
    """
    require(actor, Action.CHANGE_PEOPLE)
    require_may_give(actor, roles)
    check_names(staff_no, name)
    check_staff_no(staff_no)
    check_hired_on(hired_on)
    if supervisor_no == staff_no:
        # A new person has no reports, so no longer circle can come about.
        raise Refused(_("Nobody can be their own supervisor."))
    try:
        with platform.database.write() as session:
            if people.by_staff_no(session, staff_no) is not None:
                raise taken(staff_no)
            above = supervisor(session, supervisor_no) if supervisor_no else None
            newcomer = Newcomer(
                staff_no=staff_no,
                name=name,
                department_id=one_named(_("department"), department, people.departments(session)),
                post_id=one_named(_("post"), post, people.posts(session)),
                supervisor_id=above.id if above else None,
                hired_on=hired_on,
                roles=roles,
            )
            hire(session, platform, actor, [newcomer])
    except IntegrityError as problem:
        # PostgreSQL lets somebody else take the number between our look and our write.
        raise taken(staff_no) from problem


def check_staff_no(staff_no: str) -> None:
    """Refuse a number that looks like another one, or that stands for a removed person.

    Raises:
        BadInput
    """
    if normalize("NFKC", staff_no) != staff_no:
        raise BadInput(
            _("The staff number “{staff_no}” has full-width characters.").format(
                staff_no=clean_line(staff_no)
            ),
            mend=_("Type it in half-width characters."),
        )
    if is_pseudonym(staff_no.upper()):
        raise BadInput(
            _("Staff numbers like {staff_no} stand for people whose data were removed.").format(
                staff_no=clean_line(staff_no)
            ),
            mend=_("Choose another number; who comes back after a removal is a new person."),
        )


def check_hired_on(day: date) -> None:
    """Refuse a day on which nobody can have been hired.

    Raises:
        BadInput
    """
    if day.year not in HIRE_YEARS:
        raise BadInput(
            _("Nobody is hired on {day}.").format(day=day.isoformat()),
            mend=_("Check the year."),
        )


def one_named(what: str, code: str, rows: Sequence[Department | Post]) -> int:
    """The id of the department or post with a code.

    Args:
        what: which of the two, translated.
    Raises:
        BadInput: naming the possible ones.
    """
    for row in rows:
        if row.code == code:
            return row.id or 0
    raise _unknown(what, code, possible(rows))


def supervisor(session: Session, staff_no: str) -> Person:
    """Somebody who works here and can be a supervisor.

    Raises:
        BadInput: naming the possible ones.
    """
    found = people.by_staff_no(session, staff_no)
    if found is not None and found.status is PersonStatus.EMPLOYED:
        return found
    held = people.roles(session)
    names = [
        f"{row.person.staff_no} ({row.person.name})"
        for row in people.rows(session)
        if Role.SUPERVISOR in held.get(row.person.id or 0, ())
        and row.person.status is PersonStatus.EMPLOYED
    ]
    mend = _("Possible: {values}").format(values=", ".join(names) or "–")
    raise _unknown(_("direct supervisor"), staff_no, mend)


def _unknown(what: str, code: str, mend: str) -> BadInput:
    message = _("There is no {what} “{code}”.").format(what=what, code=clean_line(code))
    return BadInput(message, mend=mend)
