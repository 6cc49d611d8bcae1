"""What evaluation tells a person, in words: grades, appeals, what a grade brings."""

from collections.abc import Mapping
from typing import Any

from certify.domain.consequence import LABELS
from certify.i18n import N_, _
from certify.services.evaluation.words import grade_word

_TEXTS = {
    "coaching-plan-wanted": N_(
        "Write a coaching plan for {staff_no}; it is to be carried out until {due}."
    ),
    "coaching-plan-written": N_("Your coaching plan, until {due}: {steps}"),
    "consequence-withdrawn": N_("Withdrawn after your appeal: {consequence}."),
    "serious-problem-confirmed": N_(
        "A serious service problem of {day} was confirmed: {what}. Reason: {reason}"
    ),
    "serious-problem-dismissed": N_(
        "A reported problem of {day} was found not to be a serious one: {what}. Reason: {reason}"
    ),
}


def said(kind: str, facts: Mapping[str, Any]) -> str | None:
    """A message in words; None for a kind of message that is not evaluation's."""
    if kind == "evaluation-closed":
        text = _("Evaluation {period}: {grade}. You may appeal until {day}.")
        grade = _grade(facts["grade"])
        return text.format(period=facts["period"], grade=grade, day=facts["appeal_until"])
    if kind == "appeal-decided":
        text = _("Your appeal on {period} was rejected; the grade stays {grade}. Reason: {reason}")
        if facts["upheld"]:
            text = _("Your appeal on {period} was upheld: {grade}. Reason: {reason}")
        given = {name: facts[name] for name in ("period", "reason")}
        return text.format(**given, grade=_grade(facts["grade"]))
    if kind == "consequence-confirmed":
        return _confirmed(facts)
    if kind not in _TEXTS:
        return None
    named = _(LABELS.get(facts.get("consequence", ""), facts.get("consequence", "")))
    return _(_TEXTS[kind]).format(**{**facts, "consequence": named})


def _confirmed(facts: Mapping[str, Any]) -> str:
    what = _(LABELS.get(facts["consequence"], facts["consequence"]))
    if factor := facts.get("factor"):
        what = f"{what} × {factor}"
    reason = facts["reason"] or _("at once, by the rules of the company")
    if due := facts.get("due"):
        text = _("After your evaluation: {what}, until {due}. Reason: {reason}")
        return text.format(what=what, due=due, reason=reason)
    text = _("After your evaluation: {what}. Reason: {reason}")
    return text.format(what=what, reason=reason)


def _grade(grade: str | None) -> str:
    return grade_word(grade) if grade else _("no grade")
