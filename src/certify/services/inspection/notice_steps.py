"""The steps of a rectification notice: answered → done → verified → closed (R-INS-06)."""

from sqlmodel import Session

from certify.domain.inspection import NoticeState, RectificationNotice
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.domain.rectification import NoticeAction, after, deadline
from certify.errors import NotPermitted
from certify.i18n import _
from certify.platform import Platform
from certify.services.inspection import access
from certify.services.inspection.notices import add_step, is_impartial, no_notice
from certify.services.inspection.telling import tell
from certify.services.qualifying import remedial
from certify.services.typed import checked_text
from certify.storage import rectification


def answer(platform: Platform, *, actor: Actor, number: str, cause: str, measure: str) -> None:
    """The owner names the cause and the measure.

    Raises:
        NotPermitted: the actor is not the owner.
        NotFound, BadInput
        Refused: it is not the next step.
    """
    cause, measure = checked_text(cause, _("cause")), checked_text(measure, _("measure"))
    with platform.database.write() as session:
        found = _as_owner(session, actor, number)
        found.state = after(found.state, NoticeAction.ANSWER)
        found.cause, found.measure = cause, measure
        add_step(session, platform, actor, found, NoticeState.ANSWERED, f"{cause} → {measure}")
        tell(
            session,
            platform,
            [found.issued_by],
            "notice-answered",
            number=found.number,
            text=measure,
        )


def done(platform: Platform, *, actor: Actor, number: str, text: str = "") -> None:
    """The owner says that the measure is done; on the deadline it is in time.

    Raises:
        NotPermitted, NotFound, BadInput, Refused
    """
    text = checked_text(text, _("text")) if text.strip() else ""
    with platform.database.write() as session:
        found = _as_owner(session, actor, number)
        found.state = after(found.state, NoticeAction.DO)
        found.done_on = platform.today()
        add_step(session, platform, actor, found, NoticeState.DONE, text)
        tell(session, platform, [found.issued_by], "notice-done", number=found.number)


def verify(platform: Platform, *, actor: Actor, number: str, passed: bool, text: str = "") -> None:
    """An impartial inspector says whether the measure works.

    A failed verification opens the notice again with a new deadline, and assigns the owner
    remedial training until then (R-REM-05).

    Args:
        text: what was seen; must be there when it failed.
    Raises:
        NotPermitted: the actor does not inspect, or is not impartial.
        NotFound, BadInput, Refused
    """
    said = checked_text(text, _("finding")) if text.strip() or not passed else ""
    with platform.database.write() as session:
        found = _as_inspector(session, actor, number)
        found.state = after(found.state, NoticeAction.VERIFY, passed=passed)
        if passed:
            found.verified_on, found.verified_by = platform.today(), actor.person_id
        else:
            found.reopened += 1
            found.done_on = None
            found.due_on = deadline(platform.today(), platform.policy.rectification.days)
            _assign_remedial(session, platform, found)
        add_step(session, platform, actor, found, NoticeState.VERIFIED, said, passed)
        tell(
            session,
            platform,
            [found.owner_id],
            "notice-verified" if passed else "notice-failed",
            number=found.number,
            text=said,
            due=found.due_on.isoformat(),
        )


def close(platform: Platform, *, actor: Actor, number: str, text: str = "") -> None:
    """An impartial inspector closes what was verified.

    Raises:
        NotPermitted, NotFound, BadInput, Refused
    """
    text = checked_text(text, _("text")) if text.strip() else ""
    with platform.database.write() as session:
        found = _as_inspector(session, actor, number)
        found.state = after(found.state, NoticeAction.CLOSE)
        add_step(session, platform, actor, found, NoticeState.CLOSED, text)
        tell(session, platform, [found.owner_id], "notice-closed", number=found.number)


def _assign_remedial(session: Session, platform: Platform, notice: RectificationNotice) -> None:
    remedial.assign_for(
        session,
        platform,
        notice.owner_id,
        origin=remedial.VERIFICATION,
        origin_id=notice.id or 0,
        due_on=notice.due_on,
    )


def _as_owner(session: Session, actor: Actor, number: str) -> RectificationNotice:
    require_person(actor)
    found = _locked(session, actor, number)
    if found.owner_id != actor.person_id:
        raise NotPermitted(
            _("You are not the owner of {number}.").format(number=found.number),
            mend=_("The owner answers and does it."),
        )
    return found


def _as_inspector(session: Session, actor: Actor, number: str) -> RectificationNotice:
    require(actor, Action.INSPECT)
    require_person(actor)
    found = _locked(session, actor, number)
    if not is_impartial(session, actor, found):
        raise NotPermitted(
            _("You are the owner of {number}, or under them, or it came of a check of you.").format(
                number=found.number
            ),
            mend=_("Another inspector does it."),
        )
    return found


def _locked(session: Session, actor: Actor, number: str) -> RectificationNotice:
    found = rectification.by_number(session, number.strip().upper(), lock=True)
    if found is None or not access.may_see(session, actor, found.owner_id, None):
        raise no_notice(number)
    return found
