"""What a grade brings, in a series of grades (R-EVA-08); appeals and their days (R-EVA-06)."""

from collections.abc import Collection, Iterable
from datetime import date

from certify.domain.calendar import WorkingCalendar
from certify.domain.grade import Grade
from certify.i18n import N_
from certify.policy import Consequence, ConsequencePolicy

LABELS = {
    "bonus": N_("performance bonus"),
    "commendation": N_("commendation"),
    "promotion-priority": N_("priority in promotion"),
    "coaching-plan": N_("coaching plan"),
    "warning": N_("warning"),
    "suspension": N_("suspension"),
    "remedial": N_("remedial course and exam"),
    "transfer-or-level-down": N_("transfer or one level down"),
}
"""What each kind is called."""


def proposed(
    grade: Grade,
    before: Iterable[Grade | None],
    policy: ConsequencePolicy,
    *,
    is_regular: bool = True,
) -> tuple[Consequence, ...]:
    """What is proposed for a grade.

    Args:
        before: grades of the earlier regular periods of the scheme, the newest first; a period
            without grade neither counts nor ends a row.
        is_regular: whether the grade is that of a regular period; an ad-hoc one is never part of
            a row, so it brings only what a single grade brings.
    """
    row = in_a_row(grade, before) if is_regular else 1
    return tuple(one for one in _of(grade, policy) if one.in_a_row <= row)


def needs_row(grade: Grade, policy: ConsequencePolicy) -> bool:
    """Whether anything a grade brings depends on the grades before it."""
    return any(one.in_a_row > 1 for one in _of(grade, policy))


def in_a_row(grade: Grade, before: Iterable[Grade | None]) -> int:
    """How often a grade stands in a row, itself included.

    Args:
        before: the newest first; None where there was no grade.
    """
    row = 1
    for earlier in before:
        if earlier is None:
            continue
        if earlier is not grade:
            break
        row += 1
    return row


def last_day_to_appeal(told_on: date, working_days: int, calendar: WorkingCalendar) -> date:
    """The last day, inclusive, on which a grade may be objected to (R-EVA-06)."""
    return calendar.after(told_on, working_days)


def may_decide_appeal(
    decider_id: int, ratee_id: int, supervisors: Collection[int], raters: Collection[int]
) -> bool:
    """Whether somebody is neither the ratee, nor a supervisor, nor a rater (R-EVA-06, R-PPL-02).

    Args:
        supervisors: direct supervisors of the ratee in the period and today.
        raters: who was asked to rate the ratee in the period, whether or not they did.
    """
    return decider_id not in {ratee_id, *supervisors, *raters}


def _of(grade: Grade, policy: ConsequencePolicy) -> tuple[Consequence, ...]:
    found: tuple[Consequence, ...] = getattr(policy, grade.value)
    return found
