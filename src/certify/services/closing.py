"""Closing an attempt: mark it, decide, and let everything that follows happen at once.

Mark, verdict, remedial training, qualification, certificate and ledger are one transaction;
listeners hear of it after the commit.
"""

import logging
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from certify.clock import local_date
from certify.domain import remedial, scoring
from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import Course, Exam
from certify.domain.person import Person
from certify.domain.remedial import RemedialAssignment
from certify.domain.scoring import Earned
from certify.errors import NotSaved, Refused, TakenOver
from certify.hooks.events import AttemptScored, CertificateIssued
from certify.i18n import _
from certify.platform import Platform
from certify.services import awarding
from certify.services.attempt_time import heard_at
from certify.services.bank import contents, guarded
from certify.storage import attempts, ledger

log = logging.getLogger("certify.closing")


@dataclass(frozen=True)
class _Outcome:
    scored: AttemptScored
    issued: list[CertificateIssued]


def close_overdue(platform: Platform) -> int:
    """Submit every open attempt whose time is over, as it stood; returns how many."""
    with platform.database.read() as session:
        late = attempts.overdue(session, platform.clock.now())
    closed = 0
    for attempt_id in late:
        try:
            close_attempt(platform, attempt_id=attempt_id)
        except NotSaved:  # the database, not this attempt
            raise
        except Exception as problem:
            # The type alone: a message or a traceback could tell an item or an answer (G14).
            log.warning("attempt %s cannot be marked yet: %s", attempt_id, type(problem).__name__)
        else:
            closed += 1
    return closed


def close_attempt(platform: Platform, *, attempt_id: int, fence: int | None = None) -> None:
    """Submit and mark an attempt once; a second call finds it closed and changes nothing.

    Args:
        fence: that of the terminal which submits; None when the deadline does.
    Raises:
        TakenOver: another terminal holds the attempt.
    """
    outcome = None
    with platform.database.write() as session:
        attempt = attempts.locked(session, attempt_id)
        if attempt is None or attempt.state is not AttemptState.OPEN:
            return
        if fence is not None and fence != attempt.fence:
            raise taken_over()
        if attempts.close(session, attempt_id):
            session.refresh(attempt)
            outcome = _close(session, platform, attempt)
    if outcome is not None:
        platform.plugins.announce("certify_attempt_scored", summary=outcome.scored)
        for issued in outcome.issued:
            platform.plugins.announce("certify_certificate_issued", summary=issued)


def taken_over() -> TakenOver:
    """The refusal of a terminal that does not hold the attempt any more."""
    return TakenOver(
        _("This exam was continued on another terminal; here nothing more can be written."),
        mend=_("Go on there, or open the exam here again to take it back."),
    )


def _close(session: Session, platform: Platform, attempt: Attempt) -> _Outcome:
    now = heard_at(session, platform, attempt)
    by_deadline = now >= attempt.deadline
    submitted_at = min(now, attempt.deadline)
    exam = session.get_one(Exam, attempt.exam_id)
    course = session.get_one(Course, exam.course_id)
    person = session.get_one(Person, attempt.person_id, with_for_update=True)
    parts = _earned(session, platform, attempt)
    earned, possible = scoring.total(parts)
    mark = scoring.mark(earned, possible)
    profile = scoring.topic_profile(parts, attempt.pass_mark)
    attempt.submitted_at, attempt.by_deadline = submitted_at, by_deadline
    attempt.earned, attempt.possible = earned, possible
    attempt.passed = scoring.passed(mark, attempt.pass_mark)
    attempt.profile = scoring.profile_to_json(profile)
    session.add(attempt)
    ledger.append(
        session,
        at=now,
        actor_id=attempt.person_id,
        action="attempt-scored",
        subject=f"attempt:{attempt.id}",
        facts={
            "earned": str(earned),
            "possible": str(possible),
            "pass_mark": str(attempt.pass_mark),
            "passed": attempt.passed,
            "by_deadline": by_deadline,
            "chain_head": attempt.chain_head,
        },
    )
    issued = []
    if attempt.passed:
        issued = awarding.award(session, platform, person, attempt, exam, course)
    elif topics := remedial.topics_to_repeat(profile):
        failed_on = local_date(submitted_at, platform.policy.organisation.time_zone)
        session.add(
            RemedialAssignment(
                person_id=attempt.person_id,
                exam_id=attempt.exam_id,
                attempt_id=attempt.id or 0,
                topics=topics,
                assigned_at=submitted_at,
                due_on=remedial.due_day(failed_on, platform.policy.retake.remedial_days),
            )
        )
    scored = AttemptScored(attempt.id or 0, person.staff_no, exam.code, mark, attempt.passed)
    return _Outcome(scored, issued)


def _earned(session: Session, platform: Platform, attempt: Attempt) -> list[Earned]:
    """Points of every item on the form; a missing answer earns nothing."""
    rules = platform.policy.exam.model_copy(update={"partial_credit": attempt.partial_credit})
    given = attempts.latest(session, attempt.id or 0)
    by_version = contents(platform, session, [int(item["version"]) for item in attempt.form])
    parts = []
    for position, item in enumerate(attempt.form):
        known = by_version[int(item["version"])]
        possible = Fraction(Decimal(item["points"]))
        answer: dict[str, Any] | None = given[position].answer if position in given else None
        share = Fraction(0)
        if answer is not None:
            with guarded(known.type.name):
                parsed = known.type.answer_model.model_validate(answer)
                score = known.type.score(known.content, parsed, rules)
                if score is None:
                    raise _unmarked(known.type.name)
                share = score.share
        parts.append(Earned(topic=known.topic, earned=share * possible, possible=possible))
    return parts


def _unmarked(name: str) -> Refused:
    return Refused(
        _(
            "Answers of type “{type}” must be marked by a person, which certify cannot do yet."
        ).format(type=name),
        mend=_("Tell an administrator; your answers are kept."),
    )
