"""The sign-in sheet: in and out, by the person or by the trainer for who is there (R-TRN-04).

People sign themselves at their own terminal, now and only now; nobody signs as somebody else. Who
runs the session writes down the times of those before them, and the sheet says that they did.
"""

from datetime import datetime, timedelta

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.clean import clean
from certify.domain.permission import require_person
from certify.domain.person import Actor, Person
from certify.domain.training import Attendee, SessionState, TrainingSession
from certify.errors import BadInput, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.training.admitting import on_list, refuse_own
from certify.services.training.agreements import require_agreement
from certify.services.training.session_views import may_run
from certify.services.training.sessions import locked
from certify.services.training.trainers import check_trainer
from certify.services.typed import checked_text
from certify.services.windows import moment_text


def sign_in(
    platform: Platform,
    *,
    actor: Actor,
    code: str,
    who: str | None = None,
    at: datetime | None = None,
) -> datetime:
    """Note that somebody came; the first one lets the session begin. Gives the moment.

    Args:
        who: staff number, or number of somebody from outside; None: the actor.
        at: when, for who runs the session; None: now.
    Raises:
        NotPermitted: it is somebody else's line, and the actor does not run the session.
        NotFound, BadInput
        Refused: too early, too late, signed in already, no training agreement signed before the
            start, or the trainer lacks the level on the day.
    """
    require_person(actor)
    with platform.database.write() as session:
        one, line = _line(session, actor, code, who)
        at = _moment(platform, one, line, actor, at)
        _check_time_in(platform, one, line, actor, at)
        if line.in_at is not None:
            raise Refused(
                _("Signed in already, at {moment}.").format(
                    moment=moment_text(platform, line.in_at)
                )
            )
        if line.person_id is not None:
            person = session.get_one(Person, line.person_id)
            require_agreement(session, platform, one, person)
        if one.state is SessionState.PLANNED:
            _begin(session, platform, actor, one)
        line.in_at, line.signed_by, line.excused = at, actor.person_id, ""
        _record(session, platform, actor, one, line, "training-signed-in", at)
        return at


def sign_out(
    platform: Platform,
    *,
    actor: Actor,
    code: str,
    who: str | None = None,
    at: datetime | None = None,
) -> datetime:
    """Note that somebody left; gives the moment.

    Raises:
        NotPermitted: it is somebody else's line, and the actor does not run the session.
        NotFound, BadInput
        Refused: not signed in, signed out already, or too long after the end: the trainer confirms.
    """
    require_person(actor)
    with platform.database.write() as session:
        one, line = _line(session, actor, code, who)
        at = _moment(platform, one, line, actor, at)
        _check_open_end(platform, line, at)
        last = one.ends_at + timedelta(minutes=platform.policy.training.sign_out_minutes)
        if at > last:
            raise Refused(
                _("The session ended at {moment}.").format(
                    moment=moment_text(platform, one.ends_at)
                ),
                mend=_("The trainer confirms until when somebody was there."),
            )
        line.out_at = at
        _record(session, platform, actor, one, line, "training-signed-out", at)
        return at


def confirm_end(
    platform: Platform, *, actor: Actor, code: str, who: str, at: datetime | None = None
) -> datetime:
    """Say until when somebody was there who did not sign out; gives the moment.

    Args:
        at: until when; None: until the end of the session.
    Raises:
        NotPermitted: the actor does not run the session, or it is their own line.
        NotFound, BadInput
        Refused: the session is not over, the end is known, or they never came.
    """
    require_person(actor)
    with platform.database.write() as session:
        one, line = _line(session, actor, code, who)
        refuse_own(actor, line)
        if platform.clock.now() < one.ends_at:
            raise Refused(
                _("The session goes on until {moment}.").format(
                    moment=moment_text(platform, one.ends_at)
                )
            )
        if at is None:
            at = max(one.ends_at, line.in_at or one.ends_at)
        else:
            at = _moment(platform, one, line, actor, at)
        _check_open_end(platform, line, at)
        line.out_at, line.confirmed_by = at, actor.person_id
        _record(session, platform, actor, one, line, "training-end-confirmed", at)
        return at


def take_back(platform: Platform, *, actor: Actor, code: str, who: str, reason: str) -> None:
    """Take back what was noted of somebody by mistake; the ledger keeps it.

    Raises:
        NotPermitted: the actor does not run the session, or it is their own line.
        NotFound, BadInput
        Refused: nothing was noted, or there is a result already.
    """
    require_person(actor)
    reason = checked_text(reason, _("reason"))
    with platform.database.write() as session:
        one, line = _line(session, actor, code, who)
        refuse_own(actor, line)
        if line.in_at is None:
            raise Refused(_("Nothing was noted of this person."))
        if line.passed is not None:
            raise Refused(_("There is a result already."))
        facts = {
            "person": line.person_id,
            "outside": line.outside_id,
            "in": line.in_at.isoformat(),
            "out": line.out_at and line.out_at.isoformat(),
            "reason": reason,
        }
        line.in_at = line.out_at = line.signed_by = line.confirmed_by = None
        record(
            session, platform, actor, "training-times-taken-back", f"training:{one.code}", **facts
        )


def _line(
    session: Session, actor: Actor, code: str, who: str | None
) -> tuple[TrainingSession, Attendee]:
    """A session that is not over for good and the line that the actor may write."""
    one = locked(session, code)
    if one.state in (SessionState.CLOSED, SessionState.CANCELLED):
        raise Refused(_("This session is closed or cancelled."))
    who = actor.staff_no if who is None else clean(who)
    if who != actor.staff_no and not may_run(actor, one):  # before it is said who is on the list
        raise NotPermitted(
            _("Nobody signs for somebody else."),
            mend=_("Everybody signs at their own terminal, or the trainer notes who is there."),
        )
    return one, on_list(session, actor, one, who)


def _moment(
    platform: Platform,
    one: TrainingSession,
    line: Attendee,
    actor: Actor,
    at: datetime | None,
) -> datetime:
    """When it was: now, or what who runs the session says."""
    now = platform.clock.now()
    if at is None:
        return now
    if line.person_id == actor.person_id:
        raise NotPermitted(
            _("For yourself the time is now."), mend=_("The trainer can note another time.")
        )
    if at > now:
        raise BadInput(_("{moment} is still to come.").format(moment=moment_text(platform, at)))
    zone = platform.policy.organisation.time_zone
    first, last = (local_date(moment, zone) for moment in (one.starts_at, one.ends_at))
    if not first <= local_date(at, zone) <= last:
        raise BadInput(
            _("{moment} is not on a day of this session.").format(moment=moment_text(platform, at))
        )
    return at


def _check_time_in(
    platform: Platform, one: TrainingSession, line: Attendee, actor: Actor, at: datetime
) -> None:
    policy = platform.policy.training
    if at < one.starts_at - timedelta(minutes=policy.sign_in_minutes):
        raise Refused(
            _(
                "The session begins at {moment}; signing in is possible {count} minutes before."
            ).format(moment=moment_text(platform, one.starts_at), count=policy.sign_in_minutes)
        )
    if at >= one.ends_at:
        raise Refused(
            _("The session ended at {moment}.").format(moment=moment_text(platform, one.ends_at)),
            mend=_("The trainer can note when you came."),
        )


def _check_open_end(platform: Platform, line: Attendee, at: datetime) -> None:
    if line.in_at is None:
        raise Refused(_("Nobody signs out who has not signed in."))
    if line.out_at is not None:
        raise Refused(
            _("Signed out already, at {moment}.").format(moment=moment_text(platform, line.out_at))
        )
    if at < line.in_at:
        raise BadInput(
            _("That is before they came, at {moment}.").format(
                moment=moment_text(platform, line.in_at)
            )
        )


def _begin(session: Session, platform: Platform, actor: Actor, one: TrainingSession) -> None:
    """The session begins: its trainer still holds the level today (R-TRN-07)."""
    if one.trainer_id is not None:
        trainer = session.get_one(Person, one.trainer_id)
        day = local_date(one.starts_at, platform.policy.organisation.time_zone)
        check_trainer(session, platform, trainer, day)
    one.state = SessionState.HELD
    record(session, platform, actor, "training-begun", f"training:{one.code}")


def _record(
    session: Session,
    platform: Platform,
    actor: Actor,
    one: TrainingSession,
    line: Attendee,
    action: str,
    at: datetime,
) -> None:
    facts = {"person": line.person_id, "outside": line.outside_id, "moment": at.isoformat()}
    record(session, platform, actor, action, f"training:{one.code}", **facts)
