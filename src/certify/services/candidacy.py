"""What a start rests on, read once: the exam with its course and bank, the person's attempts."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import Course, Exam
from certify.platform import Platform
from certify.services.bank import DrawnItem, bank_of
from certify.services.review_stale import stale_of
from certify.storage import attempts


@dataclass(frozen=True)
class Candidacy:
    """One person before one exam, as it is in one transaction."""

    person_id: int
    exam: Exam
    course: Course
    bank: Sequence[DrawnItem]
    """The items that the exam may draw; stale ones are not among them (R-STD-04)."""
    stale: int
    """How many items wait until somebody has looked whether they are still right."""
    past: Sequence[Attempt]
    """The person's attempts at the exam, the oldest first; the open one is among them."""

    @property
    def open_attempt(self) -> Attempt | None:
        """The attempt to go on with."""
        return next((one for one in self.past if one.state is AttemptState.OPEN), None)


def candidacy(session: Session, platform: Platform, person_id: int, exam: Exam) -> Candidacy:
    """Read what a start rests on; a caller that then starts has locked the person."""
    stale = stale_of(session, platform, course_id=exam.course_id)
    return Candidacy(
        person_id=person_id,
        exam=exam,
        course=session.get_one(Course, exam.course_id),
        bank=bank_of(session, exam.course_id, without=stale),
        stale=len(stale),
        past=attempts.of_person(session, person_id, exam.id),
    )
