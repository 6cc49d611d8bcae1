"""Remedial training that a grade or a verification asks for, and what passing gives (R-REM-05)."""

from datetime import date

from sqlmodel import Session

from certify.domain.attempt import Attempt
from certify.domain.course import Course, Exam
from certify.domain.message import PersonMessage
from certify.domain.person import Person
from certify.domain.qualification import QualificationKind
from certify.domain.remedial import RemedialAssignment
from certify.platform import Platform
from certify.services.qualifying.states import reinstate_for
from certify.services.remedial import open_assignment
from certify.storage import courses, evidence, ledger, qualifications

GRADE = "grade"
VERIFICATION = "verification"
SUSPENDING = (GRADE,)
"""Origins that suspend until the exam is passed again."""


def assign_for(
    session: Session,
    platform: Platform,
    person_id: int,
    *,
    origin: str,
    origin_id: int,
    due_on: date,
    exam_id: int | None = None,
) -> list[int]:
    """Assign remedial training on every topic of an exam, to be passed again by a day.

    Args:
        origin: `grade` or `verification`.
        origin_id: the evaluation or the notice.
        due_on: last day, inclusive.
        exam_id: the exam; None for the written exam of each process the person was qualified for.
    Returns:
        Ids of the exams; empty where the person holds nothing that an exam of a loaded course
        gives.
    """
    wanted = [exam_id] if exam_id is not None else _own_exams(session, person_id)
    now = platform.clock.now()
    for one in wanted:
        exam = courses.exam_by_id(session, one)
        course = session.get_one(Course, exam.course_id)
        session.add(
            RemedialAssignment(
                person_id=person_id,
                exam_id=one,
                origin=origin,
                origin_id=origin_id,
                topics=list(course.topics),
                assigned_at=now,
                due_on=due_on,
            )
        )
        facts = {"exam": exam.code, "due_on": due_on.isoformat(), "origin": f"{origin}:{origin_id}"}
        ledger.append(
            session,
            at=now,
            actor_id=0,
            action="remedial-assigned",
            subject=f"person:{person_id}",
            facts=facts,
        )
        told = {"title": exam.title, "due_on": due_on.isoformat(), "origin": origin}
        session.add(
            PersonMessage(person_id=person_id, at=now, kind="remedial-assigned", facts=told)
        )
    session.flush()
    return wanted


def passed(
    session: Session, platform: Platform, person: Person, exam: Exam, attempt: Attempt
) -> list[str]:
    """What a pass gives back: the process at once, the levels when nothing of the kind is left.

    Called with the pass already written; the codes of what was given back. An attempt that was
    begun before the training was assigned passes nothing of it, whenever it is marked.
    """
    person_id = person.id or 0
    mine = [
        one
        for one in evidence.assignments(session, person_id)
        if one.origin in SUSPENDING and one.assigned_at <= attempt.started_at
    ]
    if all(one.exam_id != exam.id for one in mine):
        return []
    left = {
        one.exam_id
        for one in mine
        if one.exam_id != exam.id
        and open_assignment(session, person_id, courses.exam_by_id(session, one.exam_id))
    }
    codes = {exam.process_code} if exam.process_code else set()
    if not left:
        held = qualifications.held(session, person_id, QualificationKind.LEVEL)
        codes |= {one.code for one in held}
    return reinstate_for(
        session,
        platform,
        person_id,
        cause=f"{GRADE}:",
        actor_id=0,
        reason=f"exam:{exam.code}",
        codes=codes,
    )


def _own_exams(session: Session, person_id: int) -> list[int]:
    """The written exams that give the processes a person was qualified for."""
    codes = {one.code for one in qualifications.held(session, person_id, QualificationKind.POST)}
    return [
        one.id or 0
        for one in courses.all_exams(session)
        if one.process_code in codes and one.available and one.part == "written"
    ]
