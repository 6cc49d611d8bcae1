"""Passing delta training: by practice items on the new text, or in a trainer's session (R-STD-05).

An exam passes it by itself; `settling` sees to that. Exam items are never shown here: their keys
would be known. The answers are those of practice, which passes the training with the last right
one that is needed.
"""

from certify.domain.course import Course
from certify.domain.delta_training import How
from certify.domain.item import ItemVersion
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.domain.practice import Practicable
from certify.errors import NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.bank import contents
from certify.services.practice import PracticeRound, open_course, shown_of
from certify.services.standard_life import settling
from certify.services.standard_life.delta import found_row, no_training, practicable, progress
from certify.services.typed import checked_text, person_of
from certify.storage import delta_training
from certify.storage.delta_training import DeltaRow


def begin(platform: Platform, *, actor: Actor, training_id: int) -> PracticeRound:
    """The practice items on the new text that the actor did not answer rightly yet.

    Raises:
        NotFound: it is no training of the actor.
        Refused: what changed is not read yet, no practice item asks for it, it is passed, or an
            exam of the course is in progress.
    """
    require_person(actor)
    with platform.database.read() as session:
        row = found_row(session, training_id)
        if row.training.person_id != actor.person_id:
            raise no_training(training_id)
        refuse_passed(row)
        if row.training.read_at is None:
            raise Refused(_("First read what changed."), mend=_("Then say that you read it."))
        right, _needed = progress(session, platform, row)
        every = practicable(session, platform, actor.person_id, row.standard.number)
        if not every:
            raise Refused(
                _("No practice item asks for the new text yet."),
                mend=_("A trainer can write them, or train you and record it."),
            )
        left = [one for one in every if one.item_id not in right] or every
        seed = platform.new_seed()
        known = contents(platform, session, [one.version_id for one in left])
        items = []
        for one in left:
            course = session.get_one(Course, one.course_id)
            open_course(session, platform, actor, course.code)
            version = session.get_one(ItemVersion, one.version_id)
            found = Practicable(one.item_id, one.version_id, one.code, version.topic, version.type)
            items.append(shown_of(found, known[one.version_id], course, seed))
        return PracticeRound(
            course=row.standard.number, title=dict(row.version.item), items=tuple(items)
        )


def record_session(
    platform: Platform, *, actor: Actor, staff_no: str, number: str, session_name: str
) -> None:
    """Record that a trainer trained somebody on the new text and found that they know it.

    Args:
        number: of the standard.
        session_name: which session it was, such as its number or its day and place.
    Raises:
        NotPermitted, BadInput
        NotFound: the person has no such training to pass.
        Refused: it is the actor's own.
    """
    require(actor, Action.HOLD_TRAINING)
    require_person(actor)
    said = checked_text(session_name, _("session"))
    settling.settle(platform)
    with platform.database.write() as session:
        person = person_of(session, actor, staff_no)
        if person.id == actor.person_id:
            raise Refused(
                _("Nobody records their own training as passed."),
                mend=_("Another trainer must do it."),
            )
        rows = delta_training.rows(
            session, person_id=person.id, number=number.strip(), only_open=True
        )
        if not rows:
            raise nothing_open(person.staff_no, number)
        row = rows[-1]
        training = delta_training.locked(session, row.training.id or 0)
        if training.passed_at is not None:
            raise nothing_open(person.staff_no, number)
        now = platform.clock.now()
        settling.write_pass(
            session, platform, row, How.RECORDED, at=now, actor=actor, session_name=said
        )


def nothing_open(staff_no: str, number: str) -> NotFound:
    """That somebody has nothing to pass on a standard."""
    return NotFound(
        _("{staff_no} has no delta training on {number} to pass.").format(
            staff_no=staff_no, number=number
        ),
        mend=_("“certify standard delta list” shows all of them."),
    )


def refuse_passed(row: DeltaRow) -> None:
    """Refuse to go on with what is passed.

    Raises:
        Refused
    """
    if row.training.passed_at is not None:
        raise Refused(_("You have passed this already."))
