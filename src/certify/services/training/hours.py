"""Hours of training that a person attended, for the conditions of the ladder."""

from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.attendance import Attendance, attendance
from certify.domain.training import Attendee, SessionState, TrainingSession
from certify.platform import Platform
from certify.storage import training as store


def attended(
    session: Session, platform: Platform, person_id: int
) -> list[tuple[date, str, Fraction]]:
    """The sessions a person attended: day, kind of training and exact hours, oldest first.

    A session counts when the person was there for the share that policy asks (R-TRN-04), with the
    time the person was there. Cancelled sessions and those for customers count nothing (R-TRN-09).
    """
    zone = platform.policy.organisation.time_zone
    found = []
    for training, line in store.of_person(session, person_id):
        if training.state is SessionState.CANCELLED or training.kind == "customer":
            continue
        if hours := attendance_of(platform, training, line, platform.clock.now()).hours:
            found.append((local_date(training.starts_at, zone), training.kind, hours))
    return found


def attendance_of(
    platform: Platform, training: TrainingSession, line: Attendee, now: datetime
) -> Attendance:
    """How somebody attended a session, by the company's rules."""
    policy = platform.policy.training
    return attendance(
        (training.starts_at, training.ends_at),
        (line.in_at, line.out_at),
        now,
        needed=policy.attended_share,
        late_after=timedelta(minutes=policy.late_minutes),
        is_excused=bool(line.excused),
    )
