"""One line in the ledger, in the transaction that does what it says."""

from sqlmodel import Session

from certify.domain.person import Actor
from certify.platform import Platform
from certify.storage import ledger


def record(
    session: Session,
    platform: Platform,
    actor: Actor,
    action: str,
    subject: str,
    **facts: object,
) -> None:
    """Write what an actor did, now.

    Args:
        action: such as `plan-submitted`.
        subject: what it was done to, such as `plan:7` or `person:12`.
        facts: plain JSON values; people by their internal number only, so that personal data can
            be removed later without breaking the chain.
    """
    ledger.append(
        session,
        at=platform.clock.now(),
        actor_id=actor.person_id,
        action=action,
        subject=subject,
        facts=facts,
    )
