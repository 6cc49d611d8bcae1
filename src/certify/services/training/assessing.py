"""The assessment at the end of a session, its record 《考核记录表》, and the closing (R-TRN-08)."""

from fractions import Fraction

from certify.domain.attendance import Presence
from certify.domain.permission import require_person
from certify.domain.person import Actor
from certify.domain.scoring import passed as reaches
from certify.domain.training import SessionState
from certify.errors import BadInput, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.training.admitting import line_of, refuse_own
from certify.services.training.hours import attendance_of
from certify.services.training.session_views import may_run, views
from certify.services.training.sessions import locked
from certify.services.typed import checked_text

CAME = (Presence.THERE, Presence.END_UNKNOWN, Presence.ATTENDED, Presence.TOO_SHORT)


def assess(
    platform: Platform,
    *,
    actor: Actor,
    code: str,
    who: str,
    mark: Fraction | None = None,
    passed: bool | None = None,
    remark: str = "",
) -> bool:
    """Write down how somebody did in the assessment; gives whether they passed.

    Args:
        mark: 0 to 100; against the pass mark of policy it decides unless `passed` is given.
        passed: the verdict of an assessment without marks.
    Raises:
        NotPermitted: the actor does not run the session, or it is their own result.
        NotFound
        BadInput: neither a mark nor a verdict, or both that contradict.
        Refused: the session has not begun, is closed, an exam here is its assessment, or somebody
            who did not come should pass.
    """
    require_person(actor)
    verdict = _verdict(platform, mark, passed)
    with platform.database.write() as session:
        one, line = line_of(session, actor, code, who)
        refuse_own(actor, line)
        if one.state is not SessionState.HELD:
            raise Refused(
                _("This session has not begun."), mend=_("It begins when the first one signs in.")
            )
        if one.cohort_id is not None and line.person_id is not None:
            raise Refused(
                _("The exam of cohort {number} is the assessment of this session.").format(
                    number=one.cohort_id
                ),
                mend=_("Its results appear here by themselves."),
            )
        presence = attendance_of(platform, one, line, platform.clock.now()).presence
        if verdict and presence not in CAME:
            raise Refused(_("Nobody passes a session they did not come to."))
        line.mark, line.passed, line.assessed_by = mark, verdict, actor.person_id
        line.remark = checked_text(remark, _("remark")) if remark.strip() else ""
        record(
            session,
            platform,
            actor,
            "training-assessed",
            f"training:{one.code}",
            person=line.person_id,
            outside=line.outside_id,
            mark=None if mark is None else str(mark),
            passed=verdict,
        )
        return verdict


def close(platform: Platform, *, actor: Actor, code: str) -> None:
    """Close a session: its assessment record is complete and stays as it is.

    Raises:
        NotPermitted: the actor does not run the session.
        NotFound
        Refused: it is not over, or somebody has neither result nor excuse; all are named.
    """
    require_person(actor)
    with platform.database.write() as session:
        one = locked(session, code)
        if not may_run(actor, one):
            raise NotPermitted(_("You do not run this session."))
        if one.state is not SessionState.HELD or platform.clock.now() < one.ends_at:
            raise Refused(_("Only a session that was held and is over can be closed."))
        (view,) = views(session, platform, actor, [one])
        if open_ones := [line.name for line in view.attendees if not line.is_settled]:
            raise Refused(
                _(
                    "These have neither a result nor an excuse, or their end is unknown: {names}."
                ).format(names=_(", ").join(open_ones)),
                mend=_("Write down their results, excuse them, or confirm when they left."),
            )
        one.state = SessionState.CLOSED
        record(session, platform, actor, "training-closed", f"training:{one.code}")


def _verdict(platform: Platform, mark: Fraction | None, passed: bool | None) -> bool:
    if mark is None and passed is None:
        raise BadInput(_("There is neither a mark nor a verdict."), mend=_("Write one of them."))
    if mark is None:
        return bool(passed)
    if not 0 <= mark <= 100:
        raise BadInput(_("A mark lies between 0 and 100."))
    reached = reaches(mark, platform.policy.exam.pass_mark)
    if passed not in (None, reached):
        raise BadInput(
            _("The mark and the verdict contradict each other."),
            mend=_("The pass mark decides; leave the verdict out."),
        )
    return reached
