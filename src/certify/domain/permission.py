"""Who may do what: one table, checked by services; what is not in it is denied (R-PLT-07)."""

from certify.domain.action import LABELS, Action
from certify.domain.person import Actor, Role
from certify.errors import NotPermitted, Refused
from certify.i18n import _

__all__ = ["LABELS", "Action", "may", "require", "require_person"]

_OWN = frozenset(
    {
        Action.LEARN,
        Action.SIT_EXAM,
        Action.SEE_RECORD,
        Action.PLAN_DEVELOPMENT,
        Action.SEE_EVALUATIONS,
        Action.SEE_INSPECTIONS,
        Action.EXTRACT,
        Action.MANAGE_ACCESS,
    }
)
"""Everybody may do these to what is their own."""

_WITH_PASS = frozenset({Action.SIT_EXAM, Action.SEE_RECORD})
"""What of it the code of a sitting is good for: others may have seen the code."""

_BY_ROLE: dict[Role, frozenset[Action]] = {
    Role.LEARNER: frozenset(),
    Role.TRAINER: frozenset(
        {
            Action.SYNC_COURSES,
            Action.SEE_BANK,
            Action.WRITE_ITEMS,
            Action.REVIEW_ITEMS,
            Action.MANAGE_STANDARDS,
            Action.WRITE_CASE,
            Action.PUBLISH_CASE,
            Action.SEE_ANALYSIS,
            Action.MARK,
            Action.CORRECT,
            Action.MANAGE_COHORTS,
            Action.INVIGILATE,
            Action.GRANT_TIME,
            Action.CONDUCT_EXAM,
            Action.PLAN_TRAINING,
            Action.HOLD_TRAINING,
            Action.OPINE_STANDARD,
            Action.SEE_REPORTS,
        }
    ),
    Role.EXAMINER: frozenset({Action.MARK}),
    Role.GUIDE: frozenset({Action.GUIDE, Action.WRITE_CASE}),
    Role.SUPERVISOR: frozenset(
        {
            Action.WRITE_CASE,
            Action.PLAN_TRAINING,
            Action.INSTRUCT_ANOMALY,
            Action.OPINE_STANDARD,
            Action.SEE_REPORTS,
        }
    ),
    Role.INSPECTOR: frozenset(
        {
            Action.INSPECT,
            Action.SEE_INSPECTIONS,
            Action.OPINE_STANDARD,
            Action.SEE_REPORTS,
            Action.RECORD_QUALITY,
        }
    ),
    Role.EVALUATOR: frozenset(
        {
            Action.RUN_EVALUATION,
            Action.SEE_EVALUATIONS,
            Action.DECIDE_APPEAL,
            Action.OPINE_STANDARD,
            Action.SEE_REPORTS,
        }
    ),
    Role.HR: frozenset(
        {
            Action.SEE_RECORD,
            Action.SEE_PEOPLE,
            Action.CHANGE_PEOPLE,
            Action.ASSIGN_COURSE,
            Action.SEE_QUALIFICATIONS,
            Action.EXPORT,
            Action.SEE_LEDGER,
            Action.SEE_ANALYSIS,
            Action.CORRECT,
            Action.MANAGE_COHORTS,
            Action.INVIGILATE,
            Action.GRANT_TIME,
            Action.CONDUCT_EXAM,
            Action.DECIDE_RETAKE,
            Action.MANAGE_STANDARDS,
            Action.SET_TRAINING_NEEDS,
            Action.EXEMPT,
            Action.WRITE_CASE,
            Action.PUBLISH_CASE,
            Action.PLAN_DEVELOPMENT,
            Action.MANAGE_QUALIFICATIONS,
            Action.RUN_EVALUATION,
            Action.SEE_EVALUATIONS,
            Action.DECIDE_CONSEQUENCES,
            Action.DECIDE_APPEAL,
            Action.PLAN_TRAINING,
            Action.APPROVE_TRAINING,
            Action.HOLD_TRAINING,
            Action.SEE_INSPECTIONS,
            Action.OPINE_STANDARD,
            Action.SEE_REPORTS,
            Action.RECORD_QUALITY,
            Action.CHANGE_POLICY,
            Action.ISSUE_CERTIFICATES,
            Action.EXTRACT,
            Action.ERASE,
            Action.MANAGE_ACCESS,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Action.SEE_PEOPLE,
            Action.CHANGE_PEOPLE,
            Action.SYNC_COURSES,
            Action.SEE_LEDGER,
            Action.CHANGE_POLICY,
            Action.MANAGE_KEYS,
            Action.BACK_UP,
            Action.MANAGE_ACCESS,
        }
    ),
}
"""What a role may do to anybody's things."""

_OF_REPORTS: dict[Role, frozenset[Action]] = {
    Role.SUPERVISOR: frozenset(
        {
            Action.SEE_RECORD,
            Action.ASSIGN_COURSE,
            Action.INVIGILATE,
            Action.DECIDE_RETAKE,
            Action.PLAN_DEVELOPMENT,
            Action.SEE_EVALUATIONS,
            Action.SEE_INSPECTIONS,
        }
    ),
}
"""What a role may do to the things of the person's own direct reports."""


def may(
    actor: Actor, action: Action, *, owner: int | None = None, owner_supervisor: int | None = None
) -> bool:
    """Whether an actor may do an action.

    Args:
        owner: person id of whose thing it is; None for things of nobody in particular.
        owner_supervisor: person id of the owner's direct supervisor.
    """
    own = _OWN if actor.exam_pass is None else _WITH_PASS
    if owner is not None and owner == actor.person_id and action in own:
        return True
    if any(action in _BY_ROLE.get(role, frozenset()) for role in actor.roles):
        return True
    is_report = owner_supervisor is not None and owner_supervisor == actor.person_id
    return is_report and any(action in _OF_REPORTS.get(role, frozenset()) for role in actor.roles)


def require(
    actor: Actor, action: Action, *, owner: int | None = None, owner_supervisor: int | None = None
) -> None:
    """Refuse unless `may`.

    Raises:
        NotPermitted: naming what was wanted.
    """
    if not may(actor, action, owner=owner, owner_supervisor=owner_supervisor):
        raise NotPermitted(
            _("You may not {action}.").format(action=_(LABELS.get(action, action))),
            mend=_("Ask HR or an administrator if you need to."),
        )


def require_person(actor: Actor) -> None:
    """Refuse the command line itself where somebody of the staff is needed.

    Raises:
        Refused
    """
    if actor.is_console:
        raise Refused(
            _("This can only be done as somebody of the staff."),
            mend=_("Say who you are: --as STAFF_NO."),
        )
