"""Giving and taking roles of somebody who works here (R-PPL-02, R-PLT-07)."""

from collections.abc import Collection

from sqlmodel import Session

from certify.domain.overseers import require_may_give
from certify.domain.permission import Action, require
from certify.domain.person import Actor, Person, PersonStatus, Role, RoleGrant
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.typed import person_of
from certify.storage import people


def change_roles(
    platform: Platform,
    *,
    actor: Actor,
    staff_no: str,
    give: Collection[Role] = (),
    take: Collection[Role] = (),
) -> frozenset[Role]:
    """Give and take roles; what is held or lacking already is left alone.

    Returns:
        The roles held from now on.
    Raises:
        NotPermitted: also for HR reviewer and administrator by anybody but an administrator.
        NotFound
        Refused: the person has left, a role is both given and taken, everybody learns, or nobody
            would be left who administers.
    """
    require(actor, Action.CHANGE_PEOPLE)
    if both := set(give) & set(take):
        raise Refused(
            _("The role {role} is both given and taken.").format(role=sorted(both)[0].value)
        )
    if Role.LEARNER in take:
        raise Refused(_("Everybody learns: this role is not taken."))
    with platform.database.write() as session:
        people.lock(session)
        person = person_of(session, actor, staff_no)
        held = people.roles_of(session, person.id or 0)
        given, taken = set(give) - held, set(take) & held
        require_may_give(actor, given | taken)
        if person.status is not PersonStatus.EMPLOYED and given:
            raise Refused(_("{name} does not work here any more.").format(name=person.name))
        if Role.ADMINISTRATOR in taken and _is_last(session, person):
            raise Refused(
                _("Nobody would be left who administers."),
                mend=_("Make somebody else administrator first."),
            )
        for role in taken:
            session.delete(session.get_one(RoleGrant, (person.id, role)))
        session.add_all(RoleGrant(person_id=person.id or 0, role=role) for role in given)
        now = frozenset(held - taken | given)
        if given or taken:
            record(
                session,
                platform,
                actor,
                "person-changed",
                f"person:{person.id}",
                fields=["roles"],
                roles=sorted(now),
            )
        return now


def _is_last(session: Session, person: Person) -> bool:
    """Whether nobody else who works here is administrator."""
    roles = people.roles(session)
    return not any(
        row.person.id != person.id
        and row.person.status is not PersonStatus.LEFT
        and Role.ADMINISTRATOR in roles.get(row.person.id or 0, ())
        for row in people.rows(session)
    )
