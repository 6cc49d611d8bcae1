"""Which answers wait for an examiner, in which round, and who may not mark them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlmodel import Session

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import Course, Exam
from certify.domain.marking import Bar, Marking, Plan, bar, code, plan
from certify.domain.person import Actor
from certify.errors import NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import grading
from certify.storage import attempts, courses, markings


@dataclass(frozen=True)
class Work:
    """One answer that waits."""

    attempt: Attempt
    position: int
    version: int
    """Id of the item version by which it is marked."""
    exam: Exam
    seed: str
    """That of the item on the form."""
    round: int
    code: str
    earlier: frozenset[int]
    """Person ids of those who marked it already."""


@dataclass(frozen=True)
class Board:
    """All that waits, with what decides who may mark it."""

    works: tuple[Work, ...]
    finished: tuple[int, ...]
    """Ids of attempts of which nothing is left to mark."""
    guides: Mapping[int, set[int]]
    authors: Mapping[int, frozenset[str]]
    """By exam id, staff numbers of those who wrote its course."""

    def bar(self, actor: Actor, work: Work) -> Bar | None:
        """Why the actor may not mark an answer; None when they may."""
        return bar(
            actor.person_id,
            candidate_id=work.attempt.person_id,
            guides=self.guides.get(work.attempt.person_id, set()),
            is_author=actor.staff_no in self.authors[work.attempt.exam_id],
            earlier=work.earlier,
        )


def board(session: Session, platform: Platform, waiting: Sequence[Attempt] | None = None) -> Board:
    """What waits for examiners.

    Args:
        waiting: attempts awaiting marking; all of them where None.
    """
    found = markings.awaiting(session) if waiting is None else waiting
    given = markings.of_attempts(session, [attempt.id or 0 for attempt in found])
    exams = {exam.id or 0: exam for exam in courses.all_exams(session)}
    works: list[Work] = []
    finished = []
    for attempt in found:
        of_attempt = given[attempt.id or 0]
        so_far = _plan(session, platform, attempt, of_attempt)
        works += _works(attempt, exams[attempt.exam_id], so_far, of_attempt)
        if so_far.is_decided:
            finished.append(attempt.id or 0)
    authors = {
        exam_id: frozenset(session.get_one(Course, exams[exam_id].course_id).authors)
        for exam_id in {attempt.exam_id for attempt in found}
    }
    return Board(tuple(works), tuple(finished), markings.guides(session), authors)


def plan_of(session: Session, platform: Platform, attempt: Attempt) -> Plan:
    """How far the marking of an attempt is."""
    given = markings.of_attempts(session, [attempt.id or 0])[attempt.id or 0]
    return _plan(session, platform, attempt, given)


def find(
    session: Session, platform: Platform, actor: Actor, code: str, *, locks: bool = False
) -> Work:
    """The answer with this code as the actor may mark it now.

    Args:
        locks: whether its attempt stays as it is until the transaction ends.
    Raises:
        NotFound
        Refused: it waits for nobody any more, or not for this person, with the reason.
    """
    wanted = code.strip().upper()
    attempt = _attempt_with(session, wanted)
    if attempt is not None and locks:
        attempt = attempts.locked(session, attempt.id or 0)
    if attempt is None or attempt.state is not AttemptState.AWAITING:
        raise NotFound(
            _("No answer “{code}” waits to be marked.").format(code=wanted),
            mend=_("“certify exam mark” lists all that you may mark."),
        )
    everything = board(session, platform, [attempt])
    work = next((one for one in everything.works if one.code == wanted), None)
    if work is None:
        raise Refused(_("This answer was marked in the meantime; it waits for nobody."))
    if (reason := everything.bar(actor, work)) is not None:
        raise Refused(bar_text(reason), mend=_("Somebody else must mark it."))
    return work


def bar_text(reason: Bar) -> str:
    """Why somebody may not mark, translated."""
    return {
        Bar.OWN: _("Nobody marks what is their own."),
        Bar.GUIDE: _("A guide does not mark a person they guide or guided."),
        Bar.AUTHOR: _("An author does not mark the exams of the own course."),
        Bar.EARLIER: _("You marked this answer already; now another person does."),
    }[reason]


def _attempt_with(session: Session, wanted: str) -> Attempt | None:
    """The attempt awaiting marking, one of whose answers has this code."""
    for attempt in markings.awaiting(session):
        for position in range(len(attempt.form)):
            if code(attempt.id or 0, position, attempt.seed) == wanted:
                return attempt
    return None


def _works(attempt: Attempt, exam: Exam, so_far: Plan, given: Sequence[Marking]) -> list[Work]:
    return [
        Work(
            attempt=attempt,
            position=position,
            version=so_far.parts[position].version,
            exam=exam,
            seed=str(attempt.form[position]["seed"]),
            round=number,
            code=code(attempt.id or 0, position, attempt.seed),
            earlier=frozenset(one.examiner_id for one in given if one.position == position),
        )
        for position, number in so_far.wanted.items()
    ]


def _plan(session: Session, platform: Platform, attempt: Attempt, given: Sequence[Marking]) -> Plan:
    shares: dict[int, list[Fraction]] = {}
    for marking in given:
        shares.setdefault(marking.position, []).append(marking.share or Fraction(0))
    return plan(
        grading.parts_of(session, platform, attempt),
        shares,
        attempt.pass_mark,
        platform.policy.marking,
    )
