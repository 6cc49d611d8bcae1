"""How the figures of the dashboard are said."""

from certify.domain.grade import Grade
from certify.i18n import N_, _
from certify.services.evaluation.words import GRADES
from certify.services.reporting.dashboard import Dashboard, Figure
from certify.services.reporting.said import Percent

TITLES = {
    "completed": N_("Courses completed"),
    "passed-first": N_("First-try pass rate"),
    "passed-finally": N_("Final pass rate"),
    "expiring-window": N_("Expire within {days} days"),
    "expiring-30": N_("Expire within 30 days"),
    "expiring-7": N_("Expire within 7 days"),
    "suspended": N_("Suspended"),
    "overdue-courses": N_("Overdue courses"),
    "overdue-remedial": N_("Overdue remedial training"),
    "overdue-rectification": N_("Overdue rectification"),
    "overdue-delta": N_("Overdue delta training"),
    "inspected-met": N_("Inspections met, 30 days"),
    "inspected-not-met": N_("Inspections not met"),
}
BEHIND = {
    "completed": N_("Courses not finished yet"),
    "passed-first": N_("Cohorts of a year: first-try pass rate"),
    "passed-finally": N_("Cohorts of a year: final pass rate"),
}
"""What the list behind a figure holds, where it is not what the figure counts."""
WARNS = ("expiring-7", "suspended")


def title(name: str, renewal_days: int) -> str:
    """The name of a figure."""
    if name.startswith("grade-"):
        return _("Grade: {grade}").format(grade=_(GRADES[Grade(name.removeprefix("grade-"))]))
    return _(TITLES[name]).format(days=renewal_days)


def behind(name: str, renewal_days: int) -> str:
    """The name of the list behind a figure."""
    return _(BEHIND[name]) if name in BEHIND else title(name, renewal_days)


def number(figure: Figure) -> str:
    """A figure in numbers: `1234 of 2000, 61.70 %`."""
    if figure.whole is None:
        return str(figure.number)
    said = _("{part} of {whole}").format(part=figure.number, whole=figure.whole)
    return f"{said}  {Percent(figure.rate)}"


def verdict(board: Dashboard, figure: Figure) -> str:
    """Whether the target is met, where there is one; empty otherwise."""
    if figure.name != "passed-first":
        return ""
    target = Percent(board.target)
    if figure.met is None:
        return _("target {target}").format(target=target)
    text = _("target {target} met") if figure.met else _("target {target} not met")
    return text.format(target=target)


def is_bad(figure: Figure) -> bool:
    """Whether a number above nothing asks for somebody to act."""
    if figure.name == "passed-first":
        return figure.met is False
    is_late = figure.name.startswith("overdue") or figure.name in WARNS
    return bool(figure.number) and (is_late or figure.name == f"grade-{Grade.UNQUALIFIED}")
