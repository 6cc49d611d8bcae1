"""Who holds a standard: people whose post qualification stands on it (R-STD-05)."""

from datetime import date

from sqlmodel import Session

from certify.domain.person import Person, PersonStatus
from certify.domain.qualification import QualificationKind, QualificationState
from certify.services.qualifying.states import state_of
from certify.storage import courses, qualifications, reviews

HELD = (QualificationState.ACTIVE, QualificationState.SUSPENDED)


def processes_on(session: Session, number: str) -> set[str]:
    """Codes of the processes for which a course qualifies whose items in use cite a standard."""
    citing = {row.course_id for row in reviews.citing(session) if number in row.standards}
    exams = courses.all_exams(session)
    return {one.process_code for one in exams if one.course_id in citing and one.process_code}


def holders(session: Session, number: str, day: date) -> dict[int, list[str]]:
    """By person, the processes on a standard that they are qualified for as a day begins.

    Only who is employed; who is suspended that day learns it too, for the day they are back. What
    was given in the course of the day does not count: so settling early in it and late is the
    same.
    """
    processes = processes_on(session, number)
    found: dict[int, set[str]] = {}
    for process in sorted(processes):
        for row in qualifications.periods(session, process=process):
            if row.kind is not QualificationKind.POST or row.issued_on >= day:
                continue
            if state_of(row, day) in HELD:
                found.setdefault(row.person_id, set()).add(process)
    return {
        person_id: sorted(held)
        for person_id, held in sorted(found.items())
        if session.get_one(Person, person_id).status is PersonStatus.EMPLOYED
    }
