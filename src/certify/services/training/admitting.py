"""Who attends a session: staff or, in customer training, people from outside; and excuses."""

from collections.abc import Sequence

from sqlmodel import Session

from certify.domain.permission import Action, require
from certify.domain.person import Actor, Person, PersonStatus
from certify.domain.training import Attendee, SessionState, TrainingSession
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.outside_people import outside_of
from certify.services.recording import record
from certify.services.training.agreements import require_agreement
from certify.services.training.arranging import tell, warnings
from certify.services.training.session_views import may_run
from certify.services.training.sessions import locked
from certify.services.typed import checked_text, person_of
from certify.storage import training


def admit(
    platform: Platform, *, actor: Actor, code: str, whom: Sequence[str]
) -> tuple[int, list[str]]:
    """Put people on the list of a session, all of them or none; who is on it stays on it.

    Args:
        whom: staff numbers; for customer training numbers of people from outside, `#` before each.
    Returns:
        How many were added, and warnings about sessions at the same time.
    Raises:
        NotPermitted, NotFound, BadInput
        Refused: the session is over, somebody is its trainer, has left, belongs to another kind of
            session, or has signed no agreement for training that the company pays.
    """
    require(actor, Action.HOLD_TRAINING)
    with platform.database.write() as session:
        one = locked(session, code)
        if one.state in (SessionState.CLOSED, SessionState.CANCELLED):
            raise Refused(_("This session is closed or cancelled."))
        added, told = 0, []
        for number in dict.fromkeys(text.strip() for text in whom if text.strip()):
            person_id, outside_id = _who(session, platform, actor, one, number)
            if training.attendee(session, one.id or 0, person=person_id, outside=outside_id):
                continue
            session.add(
                Attendee(session_id=one.id or 0, person_id=person_id, outside_id=outside_id)
            )
            session.flush()
            added += 1
            facts = {"person": person_id, "outside": outside_id}
            subject = f"training:{one.code}"
            record(session, platform, actor, "training-admitted", subject, **facts)
            told += [person_id] if person_id else []
        tell(session, platform, one, "training-admitted", told)
        return added, warnings(session, platform, one, [*told])


def excuse(platform: Platform, *, actor: Actor, code: str, who: str, reason: str) -> None:
    """Excuse somebody's absence.

    Raises:
        NotPermitted: the actor does not run the session, or it is their own absence.
        NotFound, BadInput
        Refused: the session is closed or cancelled, or the person came.
    """
    reason = checked_text(reason, _("reason"))
    with platform.database.write() as session:
        one, line = line_of(session, actor, code, who)
        refuse_own(actor, line)
        if line.in_at is not None:
            raise Refused(_("The person came; nothing is to be excused."))
        line.excused = reason
        facts = {"person": line.person_id, "outside": line.outside_id, "reason": reason}
        record(session, platform, actor, "training-excused", f"training:{one.code}", **facts)


def line_of(
    session: Session, actor: Actor, code: str, who: str
) -> tuple[TrainingSession, Attendee]:
    """A session that the actor runs and one line of its list, both locked.

    Raises:
        NotPermitted: the actor does not run it.
        NotFound
        Refused: it is closed or cancelled.
    """
    one = locked(session, code)
    if not may_run(actor, one):
        require(actor, Action.HOLD_TRAINING)
    if one.state in (SessionState.CLOSED, SessionState.CANCELLED):
        raise Refused(_("This session is closed or cancelled."))
    return one, on_list(session, actor, one, who)


def on_list(session: Session, actor: Actor, one: TrainingSession, who: str) -> Attendee:
    """One line of a session's list, locked.

    Raises:
        NotFound: the person is not on it.
    """
    if who.startswith("#"):
        found = training.attendee(session, one.id or 0, outside=_number(who))
    else:
        found = training.attendee(session, one.id or 0, person=person_of(session, actor, who).id)
    if found is None:
        raise NotFound(
            _("{who} is not on the list of this session.").format(who=who),
            mend=_("“certify training session admit” adds people."),
        )
    return found


def refuse_own(actor: Actor, line: Attendee) -> None:
    """Nobody excuses, confirms or assesses themselves (R-PPL-02).

    Raises:
        NotPermitted
    """
    if line.person_id is not None and line.person_id == actor.person_id:
        raise NotPermitted(
            _("This is about yourself."), mend=_("Somebody else who runs training does it.")
        )


def _who(
    session: Session, platform: Platform, actor: Actor, one: TrainingSession, number: str
) -> tuple[int | None, int | None]:
    """The person or the one from outside who may be admitted."""
    is_outside = number.startswith("#")
    if is_outside != (one.kind == "customer"):
        raise Refused(
            _("Customer training is for people from outside, all other training for the staff."),
            mend=_("People from outside are written with # before their number."),
        )
    if is_outside:
        return None, outside_of(session, _number(number), "customer").id
    person: Person = person_of(session, actor, number)
    if person.status is PersonStatus.LEFT:
        raise Refused(_("{name} has left the company.").format(name=person.name))
    if person.id == one.trainer_id:
        raise Refused(_("{name} gives this session.").format(name=person.name))
    require_agreement(session, platform, one, person)
    return person.id, None


def _number(text: str) -> int:
    digits = text[1:]
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise BadInput(
            _("“{text}” is no number of somebody from outside.").format(text=text),
            mend=_("Write # and the number."),
        )
    return int(digits)
