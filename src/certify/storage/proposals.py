"""The rows of what one person proposed and another has to confirm."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from certify.domain.proposal import Proposal, ProposalKind, ProposalState


def open_of(session: Session, kind: ProposalKind, subject: str) -> Proposal | None:
    """The open proposal to do this to a subject; there is one at most."""
    query = select(Proposal).where(
        Proposal.kind == kind,
        Proposal.subject == subject,
        Proposal.state == ProposalState.OPEN,
    )
    return session.exec(query).first()


def open_about(session: Session, person_id: int) -> Sequence[Proposal]:
    """The open proposals about a person, the oldest first."""
    query = select(Proposal).where(
        Proposal.person_id == person_id, Proposal.state == ProposalState.OPEN
    )
    return session.exec(query.order_by(col(Proposal.id))).all()


def every(session: Session) -> Sequence[Proposal]:
    """All proposals, the newest first."""
    return session.exec(select(Proposal).order_by(col(Proposal.id).desc())).all()


def locked(session: Session, number: int) -> Proposal | None:
    """A proposal that nobody else decides meanwhile."""
    return session.get(Proposal, number, with_for_update=True)
