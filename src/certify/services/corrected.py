"""What a correction does to every attempt it touches, inside one transaction."""

from fractions import Fraction

from sqlmodel import Session

from certify.domain import remedial, scoring
from certify.domain.attempt import Attempt
from certify.domain.correction import Change, Correction, CorrectionKind
from certify.domain.course import Course, Exam
from certify.domain.message import PersonMessage
from certify.domain.person import Person
from certify.domain.qualification import QualificationChange, QualificationState
from certify.domain.result import Part, ResultKind, Verdict, verdict
from certify.platform import Platform
from certify.services import awarding, closing, grading, verdicts
from certify.storage import attempts, ledger, qualifications, results


def carry_out(
    session: Session, platform: Platform, correction: Correction, actor_id: int
) -> list[Change]:
    """Write the new results and let their consequences follow; what changed, for whom.

    Attempts still open, or waiting for an examiner, are corrected when they get their result.
    """
    correction.applied_at, correction.applied_by = platform.clock.now(), actor_id
    session.add(correction)
    session.flush()
    touched = results.with_version(session, correction.exam_id, correction.version_id)
    if correction.kind is CorrectionKind.REMARK:
        touched = [one for one in touched if one.id == correction.facts["attempt"]]
    changes = (_correct(session, platform, correction, attempt) for attempt in touched)
    return [change for change in changes if change is not None]


def _correct(
    session: Session, platform: Platform, correction: Correction, attempt: Attempt
) -> Change | None:
    before = results.latest(session, attempt.id or 0)
    old = [Part.from_json(part) for part in before.parts] if before else []
    # What persons decided stays; corrections that were applied are counted by `parts_of`.
    marked = {part.position: part.share for part in old if part.share is not None}
    parts = grading.parts_of(session, platform, attempt, marked=marked)
    if parts == old:
        return None
    person = session.get_one(Person, attempt.person_id, with_for_update=True)
    was, after = _mark(attempt), verdict(parts, attempt.pass_mark)
    falls = _lower(attempt, was, after)
    if falls and not correction.lowers:
        return _change(attempt, person, was, after, kept=True)
    passed_before = bool(attempt.passed)
    kind = ResultKind.REMARKED if correction.kind is CorrectionKind.REMARK else ResultKind.CORRECTED
    at = correction.applied_at or platform.clock.now()
    verdicts.record(
        session,
        attempt,
        parts,
        kind=kind,
        at=at,
        actor_id=correction.applied_by or 0,
        reason=correction.reason,
    )
    granted: tuple[str, ...] = ()
    revoked: tuple[str, ...] = ()
    if after.passed and not passed_before:
        granted = _pass(session, platform, attempt, person)
    elif passed_before and not after.passed:
        revoked = _fail(session, platform, correction, attempt, after)
    if was != after.mark:
        _tell(session, correction, attempt, was, after, revoked)
    return _change(
        attempt, person, was, after, passed_before=passed_before, granted=granted, revoked=revoked
    )


def _pass(
    session: Session, platform: Platform, attempt: Attempt, person: Person
) -> tuple[str, ...]:
    """A failure became a pass: its remedial training falls away, and it gives what a pass gives."""
    if (assigned := attempts.assignment(session, attempt.id or 0)) is not None:
        assigned.cancelled_at = platform.clock.now()
        session.add(assigned)
    exam = session.get_one(Exam, attempt.exam_id)
    course = session.get_one(Course, exam.course_id)
    now = platform.clock.now()
    issued = awarding.award(session, platform, person, attempt, exam, course, now)
    return tuple(one.code for one in issued)


def _fail(
    session: Session,
    platform: Platform,
    correction: Correction,
    attempt: Attempt,
    after: Verdict,
) -> tuple[str, ...]:
    """A pass became a failure: what it gave is revoked, and there is something to learn again."""
    at, revoked = platform.clock.now(), []
    for row in qualifications.rows(session, person_id=attempt.person_id):
        states = [change.state for change in row.changes]
        if row.qualification.attempt_id != attempt.id or QualificationState.REVOKED in states:
            continue
        session.add(
            QualificationChange(
                qualification_id=row.qualification.id or 0,
                state=QualificationState.REVOKED,
                from_day=platform.today(),
                at=at,
                actor_id=correction.applied_by,
                reason=f"correction:{correction.id}",
            )
        )
        number = row.certificate.number
        ledger.append(
            session,
            at=at,
            actor_id=correction.applied_by or 0,
            action="qualification-revoked",
            subject=f"person:{attempt.person_id}",
            facts={"certificate": number, "correction": correction.id},
        )
        revoked.append(number)
    if topics := remedial.topics_to_repeat(after.profile, after.fatal_topics):
        closing.assign_remedial(session, platform, attempt, topics, at)
    return tuple(revoked)


def _tell(
    session: Session,
    correction: Correction,
    attempt: Attempt,
    was: Fraction | None,
    after: Verdict,
    revoked: tuple[str, ...],
) -> None:
    """Nobody's result changes without a word to them."""
    session.add(
        PersonMessage(
            person_id=attempt.person_id,
            at=correction.applied_at or correction.proposed_at,
            kind="result-changed",
            facts={
                "attempt": attempt.id,
                "before": "" if was is None else scoring.cut(was),
                "after": "" if after.mark is None else scoring.cut(after.mark),
                "passed": after.passed,
                "revoked": list(revoked),
                "reason": correction.reason,
            },
        )
    )


def _mark(attempt: Attempt) -> Fraction | None:
    if attempt.earned is None or attempt.possible is None:
        return None
    return scoring.mark(attempt.earned, attempt.possible)


def _lower(attempt: Attempt, was: Fraction | None, after: Verdict) -> bool:
    """Whether the person would be worse off."""
    if attempt.passed and not after.passed:
        return True
    return was is not None and (after.mark is None or after.mark < was)


def _change(
    attempt: Attempt,
    person: Person,
    was: Fraction | None,
    after: Verdict,
    *,
    kept: bool = False,
    passed_before: bool | None = None,
    granted: tuple[str, ...] = (),
    revoked: tuple[str, ...] = (),
) -> Change:
    before = bool(attempt.passed) if passed_before is None else passed_before
    return Change(
        attempt_id=attempt.id or 0,
        staff_no=person.staff_no,
        name=person.name,
        before=was,
        after=was if kept else after.mark,
        passed_before=before,
        passed_after=before if kept else after.passed,
        kept=kept,
        granted=granted,
        revoked=revoked,
    )
