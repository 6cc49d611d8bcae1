"""Which levels somebody holds on a day."""

from datetime import date

from sqlmodel import Session

from certify.domain.qualification import QualificationKind, QualificationState
from certify.platform import Platform
from certify.services.qualifying.states import state_of
from certify.storage import qualifications


def levels_on(session: Session, person_id: int, day: date) -> list[str]:
    """Codes of the levels active on a day, the lowest first."""
    return sorted(
        row.code
        for row in qualifications.of_person(session, person_id)
        if row.kind is QualificationKind.LEVEL and state_of(row, day) is QualificationState.ACTIVE
    )


def holds_level(
    session: Session, platform: Platform, person_id: int, least: str, day: date
) -> bool:
    """Whether a level or a higher one is active on a day.

    Args:
        least: code; where the ladder has no such level, its highest one is meant.
    """
    wanted = known_level(platform, least)
    return max(levels_on(session, person_id, day), default="") >= wanted


def known_level(platform: Platform, code: str) -> str:
    """A level of the ladder by its code; the highest one where there is none such."""
    ladder = [level.code for level in platform.policy.qualification.ladder]
    return code if code in ladder or not ladder else ladder[-1]
