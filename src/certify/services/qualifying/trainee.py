"""The level of newcomers: given when they are hired, for accompanied work only (L0)."""

from sqlmodel import Session

from certify.domain.newcomer import trainee_level, trainee_period
from certify.domain.person import Person
from certify.domain.qualification import Basis, QualificationKind
from certify.hooks.events import CertificateIssued
from certify.platform import Platform
from certify.services.qualifying.giving import Gift, give
from certify.storage import qualifications


def give_trainee(session: Session, platform: Platform, person: Person) -> CertificateIssued | None:
    """Make a newcomer a trainee from the day of hire; None where that gives nothing.

    Who holds a level, or did, is no newcomer any more.
    """
    level = trainee_level(platform.policy.qualification.ladder)
    if level is None:
        return None
    has_level = bool(qualifications.held(session, person.id or 0, QualificationKind.LEVEL))
    period = trainee_period(level, person.hired_on, platform.today(), has_level=has_level)
    if period is None:
        return None
    gift = Gift(
        QualificationKind.LEVEL,
        level.code,
        level.title,
        period,
        Basis.TRAINEE,
        reason=f"trainee:{person.hired_on.isoformat()}",
    )
    return give(session, platform, person, gift, platform.clock.now())
