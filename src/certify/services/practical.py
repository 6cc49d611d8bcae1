"""Practical exams: an examiner opens one for a person, watches, and marks each task (R-ASM-08)."""

from dataclasses import dataclass

from sqlmodel import Session

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import Exam
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Person, PersonStatus
from certify.errors import NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import marking_work
from certify.services.bank import contents
from certify.services.candidacy import candidacy
from certify.services.drawing import new_attempt, record_step
from certify.services.lobby import blockers, find_exam
from certify.services.terms import set_terms
from certify.storage import courses, people


@dataclass(frozen=True)
class PracticalExam:
    """An exam that an examiner can open."""

    exam: str
    title: dict[str, str]


def practical_exams(platform: Platform, *, actor: Actor) -> list[PracticalExam]:
    """Every practical exam of a course that is loaded.

    Raises:
        NotPermitted
    """
    require_person(actor)
    require(actor, Action.MARK)
    with platform.database.read() as session:
        return [
            PracticalExam(exam.code, exam.title)
            for exam in courses.all_exams(session)
            if exam.part == "practical" and exam.available
        ]


def candidate(platform: Platform, *, actor: Actor, staff_no: str) -> str:
    """The name behind a staff number, to be confirmed before an exam is opened.

    Raises:
        NotPermitted, NotFound
    """
    require_person(actor)
    require(actor, Action.MARK)
    with platform.database.read() as session:
        return _person(session, staff_no).name


def open_practical(
    platform: Platform, *, actor: Actor, exam: str, staff_no: str
) -> tuple[str, ...]:
    """Draw the tasks of a practical exam for a person; the codes of the answers to be marked.

    The attempt waits for examiners from the start: there is nothing to be sat at a terminal.

    Raises:
        NotPermitted, NotFound
        Refused: with every reason why the person cannot be examined now, or the actor may not.
    """
    require_person(actor)
    require(actor, Action.MARK)
    with platform.database.write() as session:
        found = find_exam(session, exam)
        if found.part != "practical":
            raise Refused(
                _("“{exam}” is no practical exam; its candidate sits it alone.").format(exam=exam)
            )
        person = _person(session, staff_no)
        # Two examiners take turns: the attempt of the first blocks the second.
        session.get(Person, person.id, with_for_update=True)
        who = Actor(person.id or 0, person.staff_no, person.name, frozenset())
        before = candidacy(session, platform, who.person_id, found)
        if reasons := blockers(session, platform, before):
            raise Refused("\n".join(reasons), place=f"{person.name} {person.staff_no}")
        attempt = new_attempt(session, platform, who, before)
        set_terms(session, platform, attempt, found)
        _hand_over(session, platform, actor, attempt, found)
        board = marking_work.board(session, platform, [attempt])
        for work in board.works:
            if (reason := board.bar(actor, work)) is not None:
                raise Refused(marking_work.bar_text(reason), mend=_("Somebody else must mark it."))
        return tuple(work.code for work in board.works)


def _hand_over(
    session: Session, platform: Platform, actor: Actor, attempt: Attempt, exam: Exam
) -> None:
    """Let the attempt wait for its examiners."""
    versions = [int(item["version"]) for item in attempt.form]
    if not all(one.type.is_observed for one in contents(platform, session, versions).values()):
        raise Refused(
            _("The blueprint of “{exam}” draws items that nobody can watch.").format(
                exam=exam.code
            ),
            mend=_("Let the course draw items of type “practical” alone."),
        )
    attempt.state, attempt.submitted_at = AttemptState.AWAITING, attempt.started_at
    session.add(attempt)
    session.flush()
    record_step(session, platform, actor, "practical-opened", attempt)


def _person(session: Session, staff_no: str) -> Person:
    person = people.by_staff_no(session, staff_no)
    if person is None or person.status is not PersonStatus.EMPLOYED:
        raise NotFound(_("Nobody has the staff number “{staff_no}”.").format(staff_no=staff_no))
    return person
