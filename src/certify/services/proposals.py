"""Deeds of two persons: somebody proposes, another one confirms or declines (ASVS 2.3.5).

`confirming` carries out what was confirmed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from certify.domain.message import PersonMessage
from certify.domain.permission import Action, may, require, require_person
from certify.domain.person import Actor, Person
from certify.domain.proposal import Proposal, ProposalKind, ProposalState
from certify.errors import NotFound, NotPermitted, Refused
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.sign_in import with_present_roles
from certify.services.typed import checked_text
from certify.storage import proposals

NEEDS = {
    ProposalKind.REVOCATION: Action.MANAGE_QUALIFICATIONS,
    ProposalKind.ERASURE: Action.ERASE,
}
"""What one must be allowed to propose, confirm or decline each kind."""

KINDS = {
    ProposalKind.REVOCATION: N_("revoke a qualification"),
    ProposalKind.ERASURE: N_("remove personal data"),
}
"""The kinds in words."""

STATES = {
    ProposalState.OPEN: N_("waits for a second person"),
    ProposalState.CONFIRMED: N_("confirmed"),
    ProposalState.DECLINED: N_("declined"),
    ProposalState.WITHDRAWN: N_("withdrawn"),
}
"""The states in words."""


@dataclass(frozen=True)
class ProposalView:
    """A proposal as those see it who may decide it."""

    id: int
    kind: ProposalKind
    staff_no: str
    name: str
    facts: Mapping[str, str]
    """What exactly: such as `code`, `certificate`, `from_day`."""
    reason: str
    state: ProposalState
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    remark: str
    may_decide: bool
    """Whether the actor may confirm or decline it."""
    is_own: bool
    """Whether the actor proposed it and may take it back."""


def propose(
    session: Session,
    platform: Platform,
    actor: Actor,
    *,
    kind: ProposalKind,
    subject: str,
    person_id: int,
    facts: Mapping[str, str],
    reason: str,
) -> Proposal:
    """Write down what somebody wants done, in the transaction that checked that it can be.

    Args:
        subject: to what, such as `qualification:7`; one proposal of a kind may be open for it.
        person_id: whom it is about.
        facts: what confirming needs to know.
        reason: checked already.
    Raises:
        NotPermitted: it is about the actor.
        Refused: the same is proposed already, or nobody in particular proposes it.
    """
    require_person(actor)
    require(with_present_roles(session, actor), NEEDS[kind])
    _refuse_own(actor, person_id)
    if (old := proposals.open_of(session, kind, subject)) is not None:
        raise Refused(
            _("This is proposed already, as number {number}.").format(number=old.id),
            mend=_("Another person confirms it: certify proposal confirm {number}.").format(
                number=old.id
            ),
        )
    made = Proposal(
        kind=kind,
        subject=subject,
        person_id=person_id,
        facts=dict(facts),
        reason=reason,
        proposed_by=actor.person_id,
        proposed_at=platform.clock.now(),
    )
    session.add(made)
    session.flush()
    record(
        session,
        platform,
        actor,
        "proposal-made",
        subject,
        proposal=made.id,
        kind=kind.value,
        person=person_id,
    )
    return made


def listed(platform: Platform, *, actor: Actor) -> list[ProposalView]:
    """The proposals of the kinds the actor may decide: open ones first, then the newest.

    Raises:
        NotPermitted: the actor may decide none.
    """
    kinds = {kind for kind, needed in NEEDS.items() if may(actor, needed)}
    if not kinds:
        require(actor, Action.MANAGE_QUALIFICATIONS)
    with platform.database.read() as session:
        found = [
            _view(session, actor, row) for row in proposals.every(session) if row.kind in kinds
        ]
    return sorted(found, key=lambda one: one.state is not ProposalState.OPEN)


def decline(platform: Platform, *, actor: Actor, number: int, reason: str) -> None:
    """Refuse what another person proposed; nothing is done.

    Raises:
        NotPermitted, NotFound, Refused: see `to_decide`.
        BadInput: no reason.
    """
    reason = checked_text(reason, _("reason"))
    with platform.database.write() as session:
        found = to_decide(session, actor, number)
        close(session, platform, actor, found, ProposalState.DECLINED, reason)
        session.add(
            PersonMessage(
                person_id=found.proposed_by,
                at=platform.clock.now(),
                kind="proposal-declined",
                facts={"number": number, "reason": reason},
            )
        )


def withdraw(platform: Platform, *, actor: Actor, number: int) -> None:
    """Take back what the actor proposed.

    Raises:
        NotFound
        NotPermitted: somebody else proposed it.
        Refused: it is decided.
    """
    require_person(actor)
    with platform.database.write() as session:
        found = _open(session, number)
        if found.proposed_by != actor.person_id:
            raise NotPermitted(
                _("Only who proposed it takes it back."),
                mend=_("Decline it: certify proposal decline {number}.").format(number=number),
            )
        close(session, platform, actor, found, ProposalState.WITHDRAWN)


def to_decide(session: Session, actor: Actor, number: int) -> Proposal:
    """An open proposal that the actor may confirm or decline, locked.

    Raises:
        NotFound
        NotPermitted: the actor may not do what is proposed, or it is about them.
        Refused: it is decided, or the actor proposed it.
    """
    require_person(actor)
    found = _open(session, number)
    require(with_present_roles(session, actor), NEEDS[found.kind])
    _refuse_own(actor, found.person_id)
    if found.proposed_by == actor.person_id:
        raise Refused(
            _("A proposal is confirmed by another person than who made it."),
            mend=_("Ask a colleague who may do it, or withdraw it."),
        )
    return found


def close(
    session: Session,
    platform: Platform,
    actor: Actor,
    found: Proposal,
    state: ProposalState,
    remark: str = "",
) -> None:
    """Write down what became of a proposal."""
    found.state, found.remark = state, remark
    found.decided_by, found.decided_at = actor.person_id, platform.clock.now()
    session.add(found)
    session.flush()
    record(
        session,
        platform,
        actor,
        f"proposal-{state.value}",
        found.subject,
        proposal=found.id,
        kind=found.kind.value,
        person=found.person_id,
    )


def _open(session: Session, number: int) -> Proposal:
    found = proposals.locked(session, number)
    if found is None:
        raise NotFound(
            _("There is no proposal {number}.").format(number=number),
            mend=_("“certify proposal list” shows all of them."),
        )
    if found.state is not ProposalState.OPEN:
        raise Refused(
            _("Proposal {number} is decided: {state}.").format(
                number=number, state=_(STATES[found.state])
            )
        )
    return found


def _refuse_own(actor: Actor, person_id: int) -> None:
    if person_id == actor.person_id:
        raise NotPermitted(
            _("Nobody decides about themselves."), mend=_("Ask another colleague of HR.")
        )


def _view(session: Session, actor: Actor, row: Proposal) -> ProposalView:
    about = session.get_one(Person, row.person_id)
    is_open = row.state is ProposalState.OPEN
    is_own = row.proposed_by == actor.person_id
    return ProposalView(
        id=row.id or 0,
        kind=row.kind,
        staff_no=about.staff_no,
        name=about.name,
        facts={key: str(value) for key, value in row.facts.items()},
        reason=row.reason,
        state=row.state,
        proposed_by=_name(session, row.proposed_by),
        proposed_at=row.proposed_at,
        decided_by=_name(session, row.decided_by),
        decided_at=row.decided_at,
        remark=row.remark,
        may_decide=is_open and not is_own and about.id != actor.person_id,
        is_own=is_open and is_own,
    )


def _name(session: Session, person_id: int | None) -> str:
    found = session.get(Person, person_id) if person_id else None
    return f"{found.name} {found.staff_no}" if found else ""
