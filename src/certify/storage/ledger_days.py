"""What the ledger says of some kinds of deeds in a span of time, and why they were done."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from certify.domain.field_practice import PhaseExemption
from certify.domain.ledger import LedgerEntry
from certify.domain.message import PersonMessage
from certify.domain.placement import OnboardingRefusal
from certify.domain.qualification import Qualification, QualificationChange, QualificationState

EXTENDED = "qualification-extended"
"""The deed, and the message to its holder that keeps the reason."""
Why = dict[tuple[str, int, datetime, str], str]
"""Reasons by action, person, moment, and code where there is one."""


def of_actions(
    session: Session,
    actions: Collection[str],
    *,
    since: datetime,
    until: datetime,
    subject: str | None = None,
) -> Sequence[LedgerEntry]:
    """The entries of some actions, in order.

    Args:
        since: first moment.
        until: first moment that is not wanted any more.
        subject: such as `person:12`; None for every one.
    """
    query = select(LedgerEntry).where(
        col(LedgerEntry.action).in_(actions), LedgerEntry.at >= since, LedgerEntry.at < until
    )
    if subject is not None:
        query = query.where(LedgerEntry.subject == subject)
    return session.exec(query.order_by(col(LedgerEntry.sequence))).all()


def reasons(session: Session, *, since: datetime, until: datetime) -> Why:
    """Why HR decided what it decided about people: the ledger itself holds no free text."""
    found: Why = {}
    changes = (
        select(QualificationChange, Qualification)
        .join(Qualification, col(Qualification.id) == col(QualificationChange.qualification_id))
        .where(QualificationChange.at >= since, QualificationChange.at < until)
        .where(QualificationChange.state == QualificationState.ACTIVE)
    )
    for change, held in session.exec(changes):
        for action in ("qualification-granted", "qualification-changed"):
            found[action, held.person_id, change.at, held.code] = change.reason
    told = select(PersonMessage).where(PersonMessage.kind == EXTENDED)
    for one in session.exec(told.where(PersonMessage.at >= since, PersonMessage.at < until)):
        code, reason = str(one.facts.get("code", "")), str(one.facts.get("reason", ""))
        found[EXTENDED, one.person_id, one.at, code] = reason
    freed = select(PhaseExemption).where(PhaseExemption.at >= since, PhaseExemption.at < until)
    for exemption in session.exec(freed):
        which = "phase-exempted", exemption.person_id, exemption.at, exemption.phase
        found[which] = exemption.reason
    for refusal in session.exec(select(OnboardingRefusal)):
        if refusal.decided_at is not None:
            which = "refusal-decided", refusal.person_id, refusal.decided_at, ""
            found[which] = refusal.decision
    return found
