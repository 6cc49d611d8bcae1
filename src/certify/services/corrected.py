"""What a correction does to every attempt it touches, inside one transaction."""

from dataclasses import dataclass
from fractions import Fraction

from sqlmodel import Session

from certify.domain import remedial, scoring
from certify.domain.attempt import Attempt
from certify.domain.correction import Change, Correction, CorrectionKind
from certify.domain.course import Course, Exam
from certify.domain.ladder import is_met
from certify.domain.message import PersonMessage
from certify.domain.person import Person
from certify.domain.qualification import QualificationState
from certify.domain.result import Part, ResultKind, Verdict, verdict
from certify.domain.sealing import sealed
from certify.hooks.events import AttemptScored, CertificateIssued
from certify.platform import Platform
from certify.services import closing, exam_parts, grading, keeping, verdicts
from certify.services.closing import Outcome
from certify.services.qualifying import awarding
from certify.services.qualifying.evidence import evidence_of
from certify.services.qualifying.giving import write_change
from certify.storage import attempts, ledger, qualifications, results


@dataclass(frozen=True)
class Carried:
    """What a correction did."""

    changes: list[Change]
    outcomes: list[Outcome]
    """What listeners hear of it after the commit."""


def carry_out(
    session: Session, platform: Platform, correction: Correction, actor_id: int
) -> Carried:
    """Write the new results and let their consequences follow; what changed, for whom.

    Attempts still open, or waiting for an examiner, are corrected when they get their result.
    """
    correction.applied_at, correction.applied_by = platform.clock.now(), actor_id
    session.add(correction)
    session.flush()
    touched = results.with_version(session, correction.exam_id, correction.version_id)
    if correction.kind is CorrectionKind.REMARK:
        touched = [one for one in touched if one.id == correction.facts["attempt"]]
    done = Carried([], [])
    for attempt in touched:
        change = _correct(session, platform, correction, attempt, done.outcomes)
        done.changes.extend([change] if change is not None else [])
    return done


def _correct(
    session: Session,
    platform: Platform,
    correction: Correction,
    attempt: Attempt,
    outcomes: list[Outcome],
) -> Change | None:
    written = results.of_attempt(session, attempt.id or 0)
    old = [Part.from_json(part) for part in written[-1].parts]
    applied = results.applied_corrections(session, attempt.exam_id)
    held = keeping.holding(session, platform, attempt, written[0], applied)
    # What persons decided stays.
    marked = {part.position: part.share for part in old if part.share is not None}
    parts = grading.parts_of(session, platform, attempt, marked=marked, corrections=held)
    was, after = _mark(attempt), verdict(parts, attempt.pass_mark)
    is_kept = correction.id not in {one.id for one in held}
    if parts == old and not is_kept:
        return None
    person = session.get_one(Person, attempt.person_id, with_for_update=True)
    if is_kept:
        return _change(attempt, person, was, after, kept=True)
    passed_before = bool(attempt.passed)
    falls_through = passed_before and not after.passed
    carried = _carried(session, platform, attempt) if falls_through else set()
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
    issued: list[CertificateIssued] = []
    revoked: tuple[str, ...] = ()
    if after.passed and not passed_before:
        issued = _pass(session, platform, attempt, person)
    elif falls_through:
        lost = carried - _carried(session, platform, attempt)
        revoked = _revoke(session, platform, correction, attempt, lost)
    if not after.passed:
        _learn_again(session, platform, attempt, after, anew=falls_through)
    if was != after.mark:
        _tell(session, correction, attempt, was, after, revoked)
    exam = session.get_one(Exam, attempt.exam_id)
    scored = AttemptScored(attempt.id or 0, person.staff_no, exam.code, after.mark, after.passed)
    outcomes.append(Outcome(scored, issued))
    return _change(
        attempt,
        person,
        was,
        after,
        passed_before=passed_before,
        granted=tuple(one.code for one in issued),
        revoked=revoked,
    )


def _pass(
    session: Session, platform: Platform, attempt: Attempt, person: Person
) -> list[CertificateIssued]:
    """A failure became a pass: its remedial training falls away, and it gives what a pass gives."""
    if (assigned := attempts.assignment(session, attempt.id or 0)) is not None:
        assigned.cancelled_at = platform.clock.now()
        session.add(assigned)
    exam = session.get_one(Exam, attempt.exam_id)
    course = session.get_one(Course, exam.course_id)
    now = platform.clock.now()
    return awarding.award(session, platform, person, attempt, exam, course, now)


def _carried(session: Session, platform: Platform, attempt: Attempt) -> set[int | str]:
    """What a person's passes carry: ids of complete ones, codes of levels they are enough for.

    A qualification falls with any pass it rests on, also with that of another part (R-ASM-05) or
    of another course; not with those that the policy would not count any more anyway.
    """
    passed = exam_parts.passed_by(session, platform, attempt.person_id)
    complete = exam_parts.complete_passes(platform, passed)
    carried: set[int | str] = {one.id or 0 for one, _exam in complete}
    if attempt.passed:  # what it gave itself always falls with it
        carried.add(attempt.id or 0)
    evidence = evidence_of(session, platform, attempt.person_id)
    ladder, today = platform.policy.qualification.ladder, platform.today()
    return carried | {
        level.code for level in ladder if not level.conditions or is_met(level, evidence, today)
    }


def _revoke(
    session: Session,
    platform: Platform,
    correction: Correction,
    attempt: Attempt,
    lost: set[int | str],
) -> tuple[str, ...]:
    """A pass became a failure: what rested on it is revoked; the certificates' numbers."""
    at, revoked = platform.clock.now(), []
    for row in qualifications.rows(session, person_id=attempt.person_id):
        states = [change.state for change in row.changes]
        rests_on = {row.qualification.attempt_id, row.qualification.code}
        if not rests_on & lost or QualificationState.REVOKED in states:
            continue
        change = write_change(
            session,
            row.qualification,
            QualificationState.REVOKED,
            from_day=platform.today(),
            at=at,
            actor_id=correction.applied_by,
            reason=f"correction:{correction.id}",
        )
        number = row.certificate.number
        ledger.append(
            session,
            at=at,
            actor_id=correction.applied_by or 0,
            action="qualification-revoked",
            subject=f"person:{attempt.person_id}",
            facts={
                "certificate": number,
                "correction": correction.id,
                "seals": sealed(change),
            },
        )
        revoked.append(number)
    return tuple(revoked)


def _learn_again(
    session: Session, platform: Platform, attempt: Attempt, after: Verdict, *, anew: bool
) -> None:
    """Exactly the topics that are below now (R-REM-01).

    Args:
        anew: whether it was a pass until now; else what was learnt since the failure counts.
    """
    topics = remedial.topics_to_repeat(after.profile, after.fatal_topics)
    assigned = attempts.assignment(session, attempt.id or 0)
    if topics and (anew or assigned is None):
        closing.assign_remedial(session, platform, attempt, topics, platform.clock.now())
    elif assigned is not None:
        assigned.topics = topics or assigned.topics
        assigned.cancelled_at = None if topics else platform.clock.now()
        session.add(assigned)


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
                "exam": session.get_one(Exam, attempt.exam_id).title,
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
