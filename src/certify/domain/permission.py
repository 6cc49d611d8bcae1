"""Who may do what: one table, checked by services; what is not in it is denied (R-PLT-07)."""

from enum import StrEnum

from certify.domain.person import Actor, Role
from certify.errors import NotPermitted, Refused
from certify.i18n import N_, _


class Action(StrEnum):
    """Something a person may want to do to something that belongs to a person or to nobody."""

    LEARN = "learn"
    SIT_EXAM = "sit-exam"
    SEE_RECORD = "see-record"
    SEE_PEOPLE = "see-people"
    CHANGE_PEOPLE = "change-people"
    ASSIGN_COURSE = "assign-course"
    SEE_QUALIFICATIONS = "see-qualifications"
    EXPORT = "export"
    SYNC_COURSES = "sync-courses"
    SEE_BANK = "see-bank"
    SEE_ANALYSIS = "see-analysis"
    MARK = "mark"
    CORRECT = "correct"
    MANAGE_COHORTS = "manage-cohorts"
    INVIGILATE = "invigilate"
    GRANT_TIME = "grant-time"
    CONDUCT_EXAM = "conduct-exam"
    DECIDE_RETAKE = "decide-retake"
    SEE_LEDGER = "see-ledger"
    WRITE_ITEMS = "write-items"
    REVIEW_ITEMS = "review-items"
    MANAGE_STANDARDS = "manage-standards"
    SET_TRAINING_NEEDS = "set-training-needs"
    EXEMPT = "exempt"
    GUIDE = "guide"
    WRITE_CASE = "write-case"
    PUBLISH_CASE = "publish-case"
    PLAN_DEVELOPMENT = "plan-development"
    MANAGE_QUALIFICATIONS = "manage-qualifications"
    RUN_EVALUATION = "run-evaluation"
    SEE_EVALUATIONS = "see-evaluations"
    DECIDE_CONSEQUENCES = "decide-consequences"
    DECIDE_APPEAL = "decide-appeal"
    PLAN_TRAINING = "plan-training"
    APPROVE_TRAINING = "approve-training"
    HOLD_TRAINING = "hold-training"
    INSPECT = "inspect"
    SEE_INSPECTIONS = "see-inspections"
    INSTRUCT_ANOMALY = "instruct-anomaly"
    OPINE_STANDARD = "opine-standard"
    SEE_REPORTS = "see-reports"
    RECORD_QUALITY = "record-quality"
    CHANGE_POLICY = "change-policy"
    ISSUE_CERTIFICATES = "issue-certificates"
    MANAGE_KEYS = "manage-keys"
    BACK_UP = "back-up"
    EXTRACT = "extract"
    ERASE = "erase"
    MANAGE_ACCESS = "manage-access"


LABELS = {
    Action.LEARN: N_("read lessons"),
    Action.SIT_EXAM: N_("sit an exam"),
    Action.SEE_RECORD: N_("see a record"),
    Action.SEE_PEOPLE: N_("see the people list"),
    Action.CHANGE_PEOPLE: N_("change people"),
    Action.ASSIGN_COURSE: N_("assign a course"),
    Action.SEE_QUALIFICATIONS: N_("see the qualification list"),
    Action.EXPORT: N_("export a list"),
    Action.SYNC_COURSES: N_("load courses"),
    Action.SEE_BANK: N_("see the item bank"),
    Action.SEE_ANALYSIS: N_("see the item analysis"),
    Action.MARK: N_("mark answers"),
    Action.CORRECT: N_("correct results"),
    Action.MANAGE_COHORTS: N_("register people for an exam"),
    Action.INVIGILATE: N_("watch exams in progress"),
    Action.GRANT_TIME: N_("give time in an exam"),
    Action.CONDUCT_EXAM: N_("conduct an exam"),
    Action.DECIDE_RETAKE: N_("decide about another attempt"),
    Action.SEE_LEDGER: N_("see the ledger"),
    Action.WRITE_ITEMS: N_("write items"),
    Action.REVIEW_ITEMS: N_("review items"),
    Action.MANAGE_STANDARDS: N_("change standards"),
    Action.SET_TRAINING_NEEDS: N_("set which courses a post needs"),
    Action.EXEMPT: N_("free a person from a phase of onboarding"),
    Action.GUIDE: N_("guide on-site practice"),
    Action.WRITE_CASE: N_("write a case"),
    Action.PUBLISH_CASE: N_("publish a case"),
    Action.PLAN_DEVELOPMENT: N_("change a development plan"),
    Action.MANAGE_QUALIFICATIONS: N_("change qualifications"),
    Action.RUN_EVALUATION: N_("run an evaluation"),
    Action.SEE_EVALUATIONS: N_("see an evaluation"),
    Action.DECIDE_CONSEQUENCES: N_("decide what a grade brings"),
    Action.DECIDE_APPEAL: N_("decide an appeal"),
    Action.PLAN_TRAINING: N_("plan training"),
    Action.APPROVE_TRAINING: N_("approve a training plan"),
    Action.HOLD_TRAINING: N_("run training sessions"),
    Action.INSPECT: N_("inspect service"),
    Action.SEE_INSPECTIONS: N_("see inspections"),
    Action.INSTRUCT_ANOMALY: N_("give the instruction on an anomaly form"),
    Action.OPINE_STANDARD: N_("give an opinion on a new standard"),
    Action.SEE_REPORTS: N_("see reports"),
    Action.RECORD_QUALITY: N_("record surveys and goals"),
    Action.CHANGE_POLICY: N_("change the company's rules"),
    Action.ISSUE_CERTIFICATES: N_("hand out certificates"),
    Action.MANAGE_KEYS: N_("change the signing keys"),
    Action.BACK_UP: N_("back up the database"),
    Action.EXTRACT: N_("see all that is kept of a person"),
    Action.ERASE: N_("remove personal data"),
    Action.MANAGE_ACCESS: N_("change ways to sign in"),
}

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
