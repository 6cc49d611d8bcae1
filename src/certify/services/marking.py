"""Marking essays and practicals: the queue, one answer, and what an examiner gives it (R-ASM-08).

Examiners see the task, the answer and the rubric, never whose they are; only who watches a
practical sees the person. Nobody marks own work, that of a person they guide, or an exam of a
course they wrote (R-PPL-02).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.attempt import Attempt, AttemptState
from certify.domain.marking import Marking, share
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Person
from certify.domain.question_type import Criterion
from certify.domain.result import ResultKind
from certify.domain.scoring import points_text
from certify.domain.sealing import sealed
from certify.i18n import LANGUAGES
from certify.platform import Platform
from certify.services import closing, marking_work, own_exam
from certify.services.bank import contents, guarded
from certify.services.marking_points import given_points, given_remarks
from certify.services.marking_work import Work
from certify.storage import attempts, ledger


@dataclass(frozen=True)
class Waiting:
    """One answer that waits for an examiner."""

    code: str
    """Its name; it tells nothing of the person."""
    exam: str
    title: dict[str, str]
    task: dict[str, str]
    """The stem, by language."""
    round: int
    """1 first examiner, 2 second, 3 the one who decides."""
    since: date
    """Day on which it was submitted."""
    candidate: str
    """Name and staff number where the examiner watches the task; else empty."""


@dataclass(frozen=True)
class Queue:
    """What an examiner may mark."""

    answers: tuple[Waiting, ...]
    barred: int
    """How many more wait which somebody else must mark."""


@dataclass(frozen=True)
class AnswerToMark:
    """One answer with its rubric."""

    waiting: Waiting
    answer: dict[str, str]
    """What the candidate wrote, by language; empty texts where the task is watched."""
    criteria: tuple[Criterion, ...]
    maximum: str
    """Points of the whole rubric."""
    guidance: dict[str, str]
    """What the author wrote for those who mark, by language."""


@dataclass(frozen=True)
class Given:
    """What became of a marking."""

    points: str
    maximum: str
    is_decided: bool
    """Whether the attempt has its result now."""


def queue(platform: Platform, *, actor: Actor) -> Queue:
    """Every answer that the actor may mark, those of one task together.

    Raises:
        NotPermitted
    """
    _require_examiner(actor)
    with platform.database.read() as session:
        board = marking_work.board(session, platform)
        own = [work for work in board.works if board.bar(actor, work) is None]
        shown = [_waiting(session, platform, work) for work in own]
        others = len(board.works) - len(own)
    _settle(platform, board.finished)
    order = sorted(zip(own, shown, strict=True), key=lambda one: _order(*one))
    return Queue(tuple(waiting for _work, waiting in order), others)


def answer(platform: Platform, *, actor: Actor, code: str) -> AnswerToMark:
    """One answer by its code, to be marked.

    Raises:
        NotPermitted, NotFound
        Refused: the actor may not mark it, with the reason, or sits an exam of its course.
    """
    _require_examiner(actor)
    sat = own_exam.sat_by(platform, actor)
    with platform.database.read() as session:
        work = marking_work.find(session, platform, actor, code)
        own_exam.refuse_bank(sat, work.exam.course_id)
        known = contents(platform, session, [work.version])[work.version]
        response = attempts.latest(session, work.attempt.id or 0).get(work.position)
        given = response.answer if response else None
        with guarded(known.type.name):
            written = dict.fromkeys(LANGUAGES, "")
            if given is not None:
                parsed = known.type.answer_model.model_validate(given)
                written = {
                    language: known.type.answer_text(known.content, parsed, language)
                    for language in LANGUAGES
                }
            criteria = tuple(known.type.rubric(known.content))
            guidance = dict(known.type.explanation(known.content))
        return AnswerToMark(
            waiting=_waiting(session, platform, work),
            answer=written,
            criteria=criteria,
            maximum=points_text(_maximum(criteria)),
            guidance=guidance,
        )


def give(
    platform: Platform,
    *,
    actor: Actor,
    code: str,
    points: Mapping[str, str],
    remarks: Mapping[str, str] | None = None,
) -> Given:
    """Mark one answer by every criterion; the last one that was wanted gives the result.

    Args:
        points: by criterion code, as typed.
        remarks: by criterion code, where there is something to say.
    Raises:
        NotPermitted, NotFound
        BadInput: a criterion has no points, or not such as it can give.
        Refused: the actor may not mark it, or it is marked already.
    """
    _require_examiner(actor)
    outcome = None
    with platform.database.write() as session:
        work = marking_work.find(session, platform, actor, code, locks=True)
        known = contents(platform, session, [work.version])[work.version]
        with guarded(known.type.name):
            criteria = known.type.rubric(known.content)
        typed = given_points(criteria, points)
        part = share(typed, {one.code: one.points for one in criteria})
        now = platform.clock.now()
        marking = Marking(
            attempt_id=work.attempt.id or 0,
            position=work.position,
            round=work.round,
            examiner_id=actor.person_id,
            points={name: str(value) for name, value in typed.items()},
            remarks=given_remarks(criteria, remarks or {}),
            share=part,
            at=now,
        )
        session.add(marking)
        session.flush()
        ledger.append(
            session,
            at=now,
            actor_id=actor.person_id,
            action="answer-marked",
            subject=f"attempt:{work.attempt.id}",
            facts={
                "position": work.position,
                "round": work.round,
                "share": str(part),
                "points": marking.points,
                "seals": sealed(marking),
            },
        )
        outcome = _decide(session, platform, work.attempt, actor.person_id)
    if outcome is not None:
        closing.announce(platform, outcome)
    maximum = _maximum(criteria)
    return Given(points_text(part * maximum), points_text(maximum), outcome is not None)


def _settle(platform: Platform, attempt_ids: Sequence[int]) -> None:
    """Give attempts their result of which nothing is left to mark, although nobody marked last.

    So it is after a correction voided the only answer that waited, or a change of the policy.
    """
    for attempt_id in attempt_ids:
        with platform.database.write() as session:
            attempt = attempts.locked(session, attempt_id)
            if attempt is None or attempt.state is not AttemptState.AWAITING:
                continue
            outcome = _decide(session, platform, attempt, None)
        if outcome is not None:
            closing.announce(platform, outcome)


def _decide(
    session: Session, platform: Platform, attempt: Attempt, actor_id: int | None
) -> closing.Outcome | None:
    """The result with all that follows, once nothing is left to mark."""
    plan = marking_work.plan_of(session, platform, attempt)
    if not plan.is_decided:
        return None
    return closing.decide(
        session,
        platform,
        attempt,
        plan.parts,
        kind=ResultKind.MARKED,
        at=platform.clock.now(),
        actor_id=actor_id,
    )


def _waiting(session: Session, platform: Platform, work: Work) -> Waiting:
    known = contents(platform, session, [work.version])[work.version]
    with guarded(known.type.name):
        shown = known.type.present(known.content, work.seed)
    candidate = ""
    if known.type.is_observed:
        person = session.get_one(Person, work.attempt.person_id)
        candidate = f"{person.name} {person.staff_no}"
    submitted = work.attempt.submitted_at or work.attempt.started_at
    return Waiting(
        code=work.code,
        exam=work.exam.code,
        title=work.exam.title,
        task=dict(shown.get("stem", {})),
        round=work.round,
        since=local_date(submitted, platform.policy.organisation.time_zone),
        candidate=candidate,
    )


def _order(work: Work, waiting: Waiting) -> tuple[str, int, str]:
    """Answers to one task follow each other, in an order that tells nothing of the person."""
    return waiting.exam, work.version, work.code


def _maximum(criteria: Sequence[Criterion]) -> Fraction:
    return sum((Fraction(one.points) for one in criteria), Fraction(0))


def _require_examiner(actor: Actor) -> None:
    require_person(actor)
    require(actor, Action.MARK)
