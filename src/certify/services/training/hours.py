"""Hours of training that a person attended, for the conditions of the ladder."""

from datetime import datetime, timedelta

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.attendance import Attendance, attendance
from certify.domain.ladder import Hours
from certify.domain.training import Attendee, TrainingSession
from certify.domain.training_hours import SignedSession, training_hours
from certify.platform import Platform
from certify.storage import training as store


def attended(session: Session, platform: Platform, person_id: int) -> list[Hours]:
    """The sessions that a person attended and that count, with exact hours, oldest first.

    A session counts when the person was there for the share that policy asks (R-TRN-04).
    """
    zone = platform.policy.organisation.time_zone
    signed = [
        SignedSession(
            local_date(one.starts_at, zone),
            one.kind,
            one.starts_at,
            one.ends_at,
            line.in_at,
            line.out_at,
            one.state,
        )
        for one, line in store.of_person(session, person_id)
    ]
    return training_hours(signed, platform.policy.training.attended_share)


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
