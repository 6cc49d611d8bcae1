"""Conditions, reasons and grounds of qualifications in words."""

from collections.abc import Callable
from typing import Any

from certify.domain.certificate import NAME_CHANGED
from certify.domain.ladder import Obstacle
from certify.domain.qualification import Basis
from certify.i18n import N_, _, _n
from certify.policy import Condition
from certify.services.course_locks import PHASE_NAMES

COURSE_KINDS = {
    "onboarding": N_("onboarding training"),
    "in-service": N_("in-service training"),
    "special": N_("special training"),
}
GRADE_NAMES = {
    "excellent": N_("Excellent"),
    "good": N_("Good"),
    "fair": N_("Fair"),
    "unqualified": N_("Unqualified"),
}
"""The four grades, for people."""
BASIS_NAMES = {
    Basis.EXAM: N_("exam passed"),
    Basis.TRAINEE: N_("hired"),
    Basis.CONDITIONS: N_("all conditions met"),
    Basis.EXCEPTION: N_("exception by HR"),
    Basis.INITIAL_RECOGNITION: N_("initial recognition"),
    Basis.OUTSIDE_CERTIFICATE: N_("outside certificate"),
    Basis.DEMOTION: N_("level lowered"),
}
_CAUSES = {
    "attempt": N_("exam passed"),
    "grade": N_("grade Unqualified"),
    "appeal": N_("appeal upheld"),
    "lifted": N_("one of several reasons fell away"),
    "exam": N_("exam passed again"),
    "level": N_("higher level given"),
    "correction": N_("result corrected"),
    "trainee": N_("hired"),
    "conditions": N_("all conditions met"),
    "renewal": N_("renewed"),
}


def condition_text(one: Condition) -> str:
    """What a condition asks for."""
    return _TEXTS[one.kind](one)


def reason_text(reason: str) -> str:
    """Why a state was given: the words of who decided, or what a rule found."""
    cause, colon, rest = reason.partition(":")
    if reason == NAME_CHANGED:
        return _("the name changed")
    if cause == "standard" and rest:
        return _("training on the new text of {standard} missed").format(standard=rest)
    if colon and cause in _CAUSES:
        return _(_CAUSES[cause])
    return reason


def obstacle_text(one: Obstacle) -> str:
    """What keeps a person from being promoted (R-QUA-10)."""
    if one.kind == "unqualified":
        return _("The latest grade is Unqualified ({period}).").format(period=one.what)
    if one.kind == "suspended":
        return _("{code} is suspended.").format(code=one.what)
    return _("Remedial training is overdue: {exam}.").format(exam=one.what)


def value_text(one: Condition, value: str, evidence: str) -> str:
    """What there is of a condition: figures, then what they rest on."""
    if one.kind == "phases-complete":
        left = [_(PHASE_NAMES[phase]) for phase in evidence.split(", ") if phase]
        return _("still to complete: {phases}").format(phases=_("; ").join(left)) if left else ""
    if one.kind == "grades":
        for name, word in GRADE_NAMES.items():
            evidence = evidence.replace(f" {name}", f" {_(word)}")
        return "  ".join(part for part in (value, evidence) if part)
    if one.kind == "training-hours":
        return value
    return "  ".join(dict.fromkeys(part for part in (value, evidence) if part))


def _exam_passed(one: Any) -> str:
    text = _("An exam of {kind} passed in all its parts")
    return _narrowed(text.format(kind=_(COURSE_KINDS[one.course_kind])), one)


def _lessons_finished(one: Any) -> str:
    text = _("All lessons of a course of {kind} finished")
    return _narrowed(text.format(kind=_(COURSE_KINDS[one.course_kind])), one)


def _narrowed(text: str, one: Any) -> str:
    if one.module:
        text = _("{text}, module “{module}”").format(text=text, module=one.module)
    if one.within_months:
        months = _n("{count} month", "{count} months", one.within_months)
        months = months.format(count=one.within_months)
        text = _("{text}, within {months}").format(text=text, months=months)
    return text


def _held_for(one: Any) -> str:
    text = _n("{level} held for {count} month", "{level} held for {count} months", one.months)
    return text.format(level=one.level, count=one.months)


def _grades(one: Any) -> str:
    text = _n(
        "The latest quarterly grade {grade} or better",
        "The latest {count} quarterly grades {grade} or better",
        one.count,
    ).format(count=one.count, grade=_(GRADE_NAMES[one.at_least]))
    if one.one_at_least:
        best = _(GRADE_NAMES[one.one_at_least])
        text = _("{text}, one of them {best}").format(text=text, best=best)
    return text


def _hours(one: Any) -> str:
    text = _n("{count} hour of {kind}", "{count} hours of {kind}", one.hours)
    said = text.format(count=one.hours, kind=_(COURSE_KINDS[one.course_kind]))
    months = _n("{count} month", "{count} months", one.within_months)
    return _("{text}, within {months}").format(
        text=said, months=months.format(count=one.within_months)
    )


def _panel(one: Any) -> str:
    text = _n(
        "A panel of {count} person, mean {mean} or more",
        "A panel of {count} people, mean {mean} or more",
        one.members,
    ).format(count=one.members, mean=one.mean)
    return _("{text}, with the general manager").format(text=text) if one.top else text


_TEXTS: dict[str, Callable[[Any], str]] = {
    "exam-passed": _exam_passed,
    "lessons-finished": _lessons_finished,
    "phases-complete": lambda _one: _("All phases of onboarding complete, signed off by the guide"),
    "held-for": _held_for,
    "grades": _grades,
    "training-hours": _hours,
    "panel": _panel,
}
