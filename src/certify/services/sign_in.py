"""Who is at the screen."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from certify.domain.overseers import require_may_give
from certify.domain.permission import Action, require
from certify.domain.person import CONSOLE, Actor, Person, PersonStatus, Role
from certify.errors import NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import passwords
from certify.services.recording import record
from certify.storage import people


@dataclass(frozen=True)
class SignedIn:
    """The actor, and what they may do first, or only."""

    actor: Actor
    must_change: bool
    only_exam: str = ""
    """Code of the exam that is all they may see, as with the code of a sitting; else empty."""
    key: str = ""
    """Fingerprint of the public key by which they came in; empty where they typed something."""


@dataclass(frozen=True)
class Choice:
    """One person of the ready-made company, to choose who to be."""

    staff_no: str
    name: str
    department: dict[str, str]
    post: dict[str, str]
    roles: tuple[Role, ...]


def act_as(platform: Platform, *, staff_no: str) -> Actor:
    """The person with this staff number, trusted as given (`--as`, or the demo).

    Whoever may open the database file may also change it, so a password would protect nothing
    here; `sign_in` guards the screens of a lasting home.

    Raises:
        NotFound: nobody employed has the number.
    """
    with platform.database.read() as session:
        person = people.by_staff_no(session, staff_no)
        if person is None or person.status is PersonStatus.LEFT:
            raise NotFound(
                _("Nobody has the staff number “{staff_no}”.").format(staff_no=staff_no),
                mend=_("“certify person list” shows all of them."),
            )
        return actor_of(session, person)


def as_of_now(platform: Platform, actor: Actor) -> Actor:
    """Who signed in a while ago, with the roles of this moment; none for who has left since."""
    with platform.database.read() as session:
        return with_present_roles(session, actor)


def with_present_roles(session: Session, actor: Actor) -> Actor:
    """The same within a transaction; the code of a sitting brings none."""
    if actor.exam_pass is not None:
        return actor
    person = session.get(Person, actor.person_id)
    is_here = person is not None and person.status is PersonStatus.EMPLOYED
    held = people.roles_of(session, actor.person_id) if is_here else frozenset()
    return actor if held == actor.roles else replace(actor, roles=held)


def note_acting(platform: Platform, *, actor: Actor, command: str) -> None:
    """Write into the ledger that somebody at the machine acted as a person, without a password.

    Args:
        command: its words without arguments, such as `certify qualification list`.
    """
    with platform.database.write() as session:
        record(session, platform, CONSOLE, "acted-as", f"person:{actor.person_id}", command=command)


def check_password(platform: Platform, *, staff_no: str, password: str) -> SignedIn:
    """Who has this password; slow on purpose. Only `access.entering` asks, which counts failures.

    Raises:
        Refused: number or password is wrong; which of them is not said.
    """
    with platform.database.read() as session:
        person = people.by_staff_no(session, staff_no)
        kept = people.credential(session, person.id or 0) if person else None
    # No connection is held while it is checked: others need them more.
    is_right = passwords.matches(kept, password)
    if person is None or not is_right or person.status is PersonStatus.LEFT:
        raise wrong()
    with platform.database.read() as session:
        return SignedIn(actor_of(session, person), bool(kept and kept.must_change))


def wrong() -> Refused:
    """What is said of any failed sign-in, whatever of it was wrong."""
    return Refused(
        _("Staff number or password is wrong."), mend=_("HR can give you a new start code.")
    )


def change_password(platform: Platform, *, actor: Actor, password: str) -> None:
    """Set the actor's own password.

    Raises:
        BadInput: it is too short.
    """
    hashed = passwords.make_hash(password)
    with platform.database.write() as session:
        session.merge(passwords.credential(actor.person_id, hashed))
        record(session, platform, actor, "password-changed", f"person:{actor.person_id}")


def give_start_code(platform: Platform, *, actor: Actor, staff_no: str) -> str:
    """A new start code for a person, shown once; they must choose a password with it.

    Raises:
        NotPermitted: also when the person is HR reviewer or administrator and the actor is not an
            administrator: a start code is a way to sign in as them.
        NotFound
    """
    require(actor, Action.CHANGE_PEOPLE)
    code = passwords.start_code()
    hashed = passwords.make_hash(code)
    with platform.database.write() as session:
        person = people.by_staff_no(session, staff_no)
        if person is None:
            raise NotFound(_("Nobody has the staff number “{staff_no}”.").format(staff_no=staff_no))
        require_may_give(actor, people.roles_of(session, person.id or 0))
        session.merge(passwords.credential(person.id or 0, hashed, must_change=True))
        record(session, platform, actor, "start-code-given", f"person:{person.id}")
    return code


def choices(platform: Platform) -> list[Choice]:
    """Everybody one may choose to be, in the ready-made company only.

    Raises:
        Refused: this is not the ready-made company.
    """
    with platform.database.read() as session:
        organisation = people.organisation(session)
        if organisation is None or not organisation.demo:
            raise Refused(_("Only in the demo may one choose who to be."))
        roles = people.roles(session)
        return [
            Choice(
                staff_no=row.person.staff_no,
                name=row.person.name,
                department={"zh": row.department.name, "en": row.department.name_en},
                post={"zh": row.post.name, "en": row.post.name_en},
                roles=tuple(role for role in Role if role in roles.get(row.person.id or 0, ())),
            )
            for row in people.rows(session)
            if row.person.status is PersonStatus.EMPLOYED
        ]


def actor_of(session: Session, person: Person) -> Actor:
    """A person with the roles they hold."""
    roles = people.roles_of(session, person.id or 0)
    return Actor(person.id or 0, person.staff_no, person.name, roles)
