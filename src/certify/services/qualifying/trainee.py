"""The level of newcomers: given when they are hired, for accompanied work only (L0)."""

from sqlmodel import Session

from certify.domain.person import Person
from certify.domain.qualification import Basis, QualificationKind
from certify.domain.validity import Validity, add_months
from certify.hooks.events import CertificateIssued
from certify.platform import Platform
from certify.policy import Level
from certify.services.qualifying.giving import Gift, give
from certify.storage import qualifications


def trainee_level(platform: Platform) -> Level | None:
    """The level of newcomers; None where the ladder has none."""
    return next((one for one in platform.policy.qualification.ladder if one.trainee), None)


def give_trainee(session: Session, platform: Platform, person: Person) -> CertificateIssued | None:
    """Make a newcomer a trainee from the day of hire; None where that gives nothing.

    Who holds a level, or did, is no newcomer any more.
    """
    level = trainee_level(platform)
    if level is None or qualifications.held(session, person.id or 0, QualificationKind.LEVEL):
        return None
    first = person.hired_on
    period = Validity(first, add_months(first, level.months), first)
    if period.valid_to < platform.today():
        return None
    gift = Gift(
        QualificationKind.LEVEL,
        level.code,
        level.title,
        period,
        Basis.TRAINEE,
        reason=f"trainee:{first.isoformat()}",
    )
    return give(session, platform, person, gift, platform.clock.now())
