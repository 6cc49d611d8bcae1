"""Confirming what another person proposed: only now is it done, in the confirming transaction."""

from certify.domain.person import Actor
from certify.domain.proposal import ProposalKind, ProposalState
from certify.platform import Platform
from certify.services import proposals
from certify.services.privacy import erasing, leftovers
from certify.services.qualifying import deciding


def confirm(platform: Platform, *, actor: Actor, number: int) -> None:
    """Carry a proposal out as its second person.

    Raises:
        NotFound
        NotPermitted: the actor may not do what is proposed, or it is about them.
        Refused: it is decided, the actor proposed it, or it cannot be done any more.
    """
    changed = None
    with platform.database.write() as session:
        found = proposals.to_decide(session, actor, number)
        kind = found.kind
        proposals.close(session, platform, actor, found, ProposalState.CONFIRMED)
        if kind is ProposalKind.REVOCATION:
            changed = deciding.revoke_proposed(session, platform, actor, found)
        else:
            erasing.carry_out(session, platform, found, actor)
    if kind is ProposalKind.ERASURE:
        leftovers.finish(platform)
    if changed is not None:
        platform.plugins.announce("certify_qualification_changed", summary=changed)
