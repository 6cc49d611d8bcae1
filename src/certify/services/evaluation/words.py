"""The words of evaluation."""

from collections.abc import Mapping

from certify.domain.evaluation import PeriodKind, PeriodState, RaterType
from certify.domain.evaluation_score import Why
from certify.domain.grade import Grade
from certify.domain.rater_mix import Absent
from certify.i18n import N_, _

KINDS: Mapping[str, str] = {
    PeriodKind.MONTH: N_("month"),
    PeriodKind.QUARTER: N_("quarter"),
    PeriodKind.AD_HOC: N_("ad hoc"),
}
STATES: Mapping[str, str] = {
    PeriodState.OPEN: N_("just opened"),
    PeriodState.SCORING: N_("scoring"),
    PeriodState.REVIEW: N_("being reviewed"),
    PeriodState.CLOSED: N_("closed"),
}
RATERS: Mapping[str, str] = {
    RaterType.SUPERVISOR: N_("direct supervisor"),
    RaterType.SELF: N_("self"),
    RaterType.SUBORDINATE: N_("subordinates"),
    RaterType.CUSTOMER: N_("customers"),
}
GRADES: Mapping[str, str] = {
    Grade.EXCELLENT: N_("Excellent"),
    Grade.GOOD: N_("Good"),
    Grade.FAIR: N_("Fair"),
    Grade.UNQUALIFIED: N_("Unqualified"),
}
CLASSES: Mapping[str, str] = {
    "front-line": N_("front line, meets customers"),
    "back-office": N_("back office"),
    "supervisor": N_("leads, meets customers"),
    "manager": N_("leads, meets no customers"),
}
REASONS: Mapping[str, str] = {
    Why.TRAINEE: N_("still in training: not graded"),
    Why.FEW_DAYS: N_("present for too few days of the period"),
    Why.NOT_MEASURED: N_("no indicator could be measured"),
    Why.FEW_RATERS: N_("too few raters"),
    Why.SERIOUS_PROBLEM: N_("capped: a serious service problem was confirmed"),
}
ABSENCES: Mapping[str, str] = {
    Absent.NO_ANSWER: N_("no answer"),
    Absent.TOO_FEW: N_("too few answers to be shown"),
}


def kind_word(kind: str) -> str:
    """What a kind of period is called."""
    return _(KINDS[kind])


def state_word(state: str) -> str:
    """What a state of a period is called."""
    return _(STATES[state])


def rater_word(rater: str) -> str:
    """What a type of rater is called."""
    return _(RATERS[rater])


def grade_word(grade: str | None) -> str:
    """What a grade is called; a dash where there is none."""
    return "–" if grade is None else _(GRADES[grade])


def class_word(ratee: str) -> str:
    """What a class of staff is called in the rater table."""
    return _(CLASSES[ratee]) if ratee in CLASSES else ratee


def why_text(why: str) -> str:
    """Why there is no grade, or a capped one; empty where nothing is to be said."""
    return _(REASONS[why]) if why in REASONS else why


def absent_text(absent: str) -> str:
    """Why a type of rater does not count; empty where it does."""
    return _(ABSENCES[absent]) if absent in ABSENCES else ""


def hidden_text() -> str:
    """Why a ratee does not see the final score."""
    return _("The score itself is not shown: it would tell what your supervisor gave.")
