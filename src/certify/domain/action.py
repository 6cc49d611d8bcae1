"""Everything a person may want to do, and what it is called; `permission` says who may."""

from enum import StrEnum

from certify.i18n import N_


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
