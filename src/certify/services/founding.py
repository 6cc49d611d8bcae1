"""The first start: a company gets its home and its first administrator."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from certify.domain.clean import is_clean_name
from certify.domain.person import Department, Organisation, Person, Post, Role, RoleGrant
from certify.errors import BadInput, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import passwords
from certify.services.placing import placements
from certify.storage import ledger, people


@dataclass(frozen=True)
class OrganisationView:
    """The company, and whether anyone may choose who to be in it."""

    name: str
    is_demo: bool


def organisation(platform: Platform) -> OrganisationView | None:
    """The company of this home; None before it was founded."""
    with platform.database.read() as session:
        found = people.organisation(session)
        return OrganisationView(found.name, found.demo) if found else None


def found_organisation(
    platform: Platform,
    *,
    name: str,
    staff_no: str,
    person_name: str,
    password: str | None,
    is_demo: bool = False,
) -> None:
    """Create the company and its first administrator, who is HR too until others are.

    Args:
        password: None only for the ready-made company, where nobody signs in.
    Raises:
        Refused: the home already has a company.
        BadInput: a name is empty or holds characters that cannot be shown.
    """
    for value in (name, staff_no, person_name):
        if not is_clean_name(value):
            raise BadInput(
                _("“{value}” cannot be a name or number.").format(value=value),
                mend=_("Use 1 to 80 printable characters."),
            )
    hashed = passwords.make_hash(password) if password is not None else None
    try:
        with platform.database.write() as session:
            _found(session, platform, name, staff_no, person_name, hashed, is_demo)
    except IntegrityError as problem:  # somebody founded it a moment ago
        raise _founded() from problem


def _found(
    session: Session,
    platform: Platform,
    name: str,
    staff_no: str,
    person_name: str,
    hashed: str | None,
    is_demo: bool,
) -> None:
    now = platform.clock.now()
    if people.organisation(session) is not None:
        raise _founded()
    session.add(Organisation(name=name, demo=is_demo))
    department = Department(code="D00", name=_("Head office"), name_en="Head office")
    post = Post(code="administrator", name=_("Administrator"), name_en="Administrator")
    post.layer, post.meets_customers = "experienced-management", False
    session.add(department)
    session.add(post)
    session.flush()
    person = Person(
        staff_no=staff_no,
        name=person_name,
        department_id=department.id or 0,
        post_id=post.id or 0,
        hired_on=platform.today(),
    )
    session.add(person)
    session.flush()
    placements.write(session, platform, person, person.hired_on)
    for role in (Role.ADMINISTRATOR, Role.HR, Role.LEARNER):
        session.add(RoleGrant(person_id=person.id or 0, role=role))
    if hashed is not None:
        session.add(passwords.credential(person.id or 0, hashed))
    ledger.append(
        session,
        at=now,
        actor_id=0,
        action="organisation-founded",
        subject=f"person:{person.id}",
        facts={"demo": is_demo},
    )


def _founded() -> Refused:
    return Refused(_("This home already belongs to an organisation."))
