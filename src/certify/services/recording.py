"""One line in the ledger, in the transaction that does what it says."""

from sqlmodel import Session

from certify.domain.person import Actor
from certify.errors import NotPermitted
from certify.i18n import _
from certify.platform import Platform
from certify.storage import ledger

WITH_PASS = frozenset({"signed-in", "exam-code-used"})
"""What may be written of who came with the code of a sitting; their exam has a chain of its own."""


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
    Raises:
        NotPermitted: the actor came with the code of a sitting, which others may have seen: it is
            good for that exam and changes nothing else, such as the password.
    """
    if actor.exam_pass is not None and action not in WITH_PASS:
        raise NotPermitted(
            _("An exam code leads to its exam and to nothing else."),
            mend=_("Sign in with your password to see the rest."),
        )
    ledger.append(
        session,
        at=platform.clock.now(),
        actor_id=actor.person_id,
        action=action,
        subject=subject,
        facts=facts,
    )
