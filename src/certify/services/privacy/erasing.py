"""Removing a person's data: seen first, proposed, confirmed by another person, done (R-FRM-05).

What stays leads to a pseudonym. Marks, results, counts and hashes stay as they are, so that the
ledger holds and every statistic says the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from certify.domain.erasure import Erasure
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Person
from certify.domain.privacy import REMOVED_NAME, pseudonym, without_mentions
from certify.domain.proposal import Proposal, ProposalKind, ProposalState
from certify.domain.sealing import sealed
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import proposals
from certify.services.privacy import leftovers
from certify.services.privacy.retention import Blocker, blockers, said
from certify.services.privacy.sealing_anew import anew
from certify.services.recording import record
from certify.services.typed import checked_text, person_of
from certify.storage import people, personal

ACTION = "person-erased"
"""What the ledger calls it; its facts are counts by table."""


@dataclass(frozen=True)
class ErasurePlan:
    """What an erasure would do, or did."""

    staff_no: str
    name: str
    pseudonym: str
    removed: Mapping[str, int]
    """How many rows of each table lose something."""
    mentions: Mapping[str, int]
    """Texts of others that name the person, by `table.column`."""
    blockers: tuple[Blocker, ...]
    leftovers: leftovers.Leftovers
    proposal: int | None = None
    """Number of the proposal, when one was made."""
    is_done: bool = False


def preview(platform: Platform, *, actor: Actor, staff_no: str) -> ErasurePlan:
    """Exactly what would be removed, and everything that blocks it; nothing is changed.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.ERASE)
    with platform.database.read() as session:
        return _plan(session, platform, _person(session, actor, staff_no))


def propose(platform: Platform, *, actor: Actor, staff_no: str, reason: str) -> ErasurePlan:
    """Propose to remove a person's data, or remove them where no second person is asked for.

    Raises:
        NotPermitted: the actor is not of HR, or it is about them.
        NotFound
        BadInput: no reason, or one that names the person: it is kept for ever.
        Refused: something blocks it; all of it is named. Or it is proposed already.
    """
    require_person(actor)
    require(actor, Action.ERASE)
    reason = checked_text(reason, _("reason"))
    with platform.database.write() as session:
        person = _person(session, actor, staff_no)
        if person.id == actor.person_id:
            raise NotPermitted(
                _("Nobody decides about themselves."), mend=_("Ask another colleague of HR.")
            )
        names = (person.staff_no, person.name)
        if without_mentions(reason, names, "") != reason:
            raise BadInput(
                _("The reason names the person, and it is kept for ever."),
                mend=_("Write it without name and staff number."),
            )
        plan = _plan(session, platform, person)
        _refuse_blocked(plan.blockers)
        made = proposals.propose(
            session,
            platform,
            actor,
            kind=ProposalKind.ERASURE,
            subject=f"person:{person.id}",
            person_id=person.id or 0,
            facts={},
            reason=reason,
        )
        if platform.policy.trust.two_persons:
            return replace(plan, proposal=made.id)
        proposals.close(session, platform, actor, made, ProposalState.CONFIRMED)
        carry_out(session, platform, made, actor)
    leftovers.finish(platform)
    return replace(plan, is_done=True)


def carry_out(session: Session, platform: Platform, proposal: Proposal, actor: Actor) -> None:
    """Remove a person's data, in the transaction that confirms the proposal.

    Call `leftovers.finish` once it is committed.

    Raises:
        Refused: something blocks it by now.
    """
    person = session.get_one(Person, proposal.person_id, with_for_update=True)
    _refuse_blocked(blockers(session, platform, person, but=proposal.id))
    remove(session, platform, person, actor, proposal.proposed_by, proposal.reason)


def remove(
    session: Session,
    platform: Platform,
    person: Person,
    actor: Actor,
    proposed_by: int,
    reason: str,
) -> None:
    """Empty, delete and rename what the inventory says; nothing is asked."""
    id_, now = person.id or 0, platform.clock.now()
    names, stands = (person.staff_no, person.name), pseudonym(id_)
    session.flush()
    counts = {}
    for name, table in personal.personal_tables():
        if count := personal.remove(session, name, id_, now):
            counts[name] = count
        if table.pseudonyms:
            personal.rename(session, name, id_, {"staff_no": stands, "name": REMOVED_NAME})
    mentioned = personal.mentions(session, names, stands, replace=True)
    removed = {**counts, "mentions": sum(mentioned.values())}
    session.expire_all()  # the rows were changed behind the session's back
    erasure = Erasure(
        person_id=id_,
        at=now,
        proposed_by=proposed_by,
        confirmed_by=actor.person_id,
        reason=reason,
        removed=removed,
    )
    session.add(erasure)
    session.flush()
    seals, digests = anew(session, id_)
    facts = {"proposed_by": proposed_by, "removed": removed, "digests": digests}
    subject = f"person:{id_}"
    record(session, platform, actor, ACTION, subject, **facts, seals=seals | sealed(erasure))


def _plan(session: Session, platform: Platform, person: Person) -> ErasurePlan:
    id_ = person.id or 0
    counts = {
        name: count
        for name, _table in personal.personal_tables()
        if (count := personal.would_remove(session, name, id_))
    }
    names, stands = (person.staff_no, person.name), pseudonym(id_)
    return ErasurePlan(
        staff_no=person.staff_no,
        name=person.name,
        pseudonym=stands,
        removed=counts,
        mentions=personal.mentions(session, names, stands, replace=False),
        blockers=blockers(session, platform, person),
        leftovers=leftovers.found(session, platform, id_),
    )


def _person(session: Session, actor: Actor, staff_no: str) -> Person:
    if not staff_no or people.by_staff_no(session, staff_no) is None:
        raise NotFound(_("Nobody has the staff number “{staff_no}”.").format(staff_no=staff_no))
    return person_of(session, actor, staff_no)


def _refuse_blocked(found: tuple[Blocker, ...]) -> None:
    if found:
        raise Refused(
            _("The data cannot be removed yet: {blockers}.").format(blockers=said(found)),
            mend=_("Settle these first; “certify person retention” shows who is due."),
        )
