"""Who may give a session: an inside trainer holds a level on the day (R-TRN-07)."""

from datetime import date

from sqlmodel import Session

from certify.domain.person import Person
from certify.domain.qualification import QualificationKind, QualificationState, standing_on
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.storage import qualifications


def check_trainer(session: Session, platform: Platform, trainer: Person, day: date) -> None:
    """Refuse an inside trainer without the level on the day of the session.

    Raises:
        Refused: naming the level that is wanted.
    """
    ladder = [level.code for level in platform.policy.qualification.ladder]
    wanted = platform.policy.training.trainer_level
    if wanted not in ladder and ladder:
        wanted = ladder[-1]  # a ladder without that rung asks for its highest
    if max(_levels_on(session, trainer.id or 0, day), default="") < wanted:
        raise Refused(
            _("{name} does not hold level {level} or higher on {day}.").format(
                name=trainer.name, level=wanted, day=day.isoformat()
            ),
            mend=_("Choose a trainer who does, or somebody from outside."),
        )


def _levels_on(session: Session, person_id: int, day: date) -> set[str]:
    """The levels a person holds on a day."""
    rows = qualifications.rows(session, person_id=person_id, kind=QualificationKind.LEVEL)
    standings = [
        (one.row.code, standing_on(day, one.row.period, one.row.successors)) for one in rows
    ]
    active = QualificationState.ACTIVE
    return {code for code, found in standings if found and found.state is active}
