"""How far a period of evaluation is, in words: its way, what is missing, its grades."""

from collections.abc import Sequence

from textual.content import Content

from certify.domain.evaluation import PeriodState
from certify.domain.grade import counted
from certify.i18n import N_, _, pick
from certify.services.evaluation import words
from certify.services.evaluation.asking import Waiting
from certify.services.evaluation.periods import PeriodView
from certify.services.evaluation.views import RateeRow
from certify.tui import evaluation_words
from certify.tui.safe_text import safe_line

NEXT = {
    PeriodState.OPEN: (N_("Begin scoring"), N_("Raters are asked from now on.")),
    PeriodState.SCORING: (N_("Go to review"), N_("Nobody rates any more; you may go back.")),
    PeriodState.REVIEW: (
        N_("Close the period"),
        N_(
            "Every grade is fixed and told; only an upheld appeal changes it. What each grade "
            "brings is proposed to HR."
        ),
    ),
}
"""What the next step is called, and what it does."""
NAMED = 3
"""How many people are named before only their number is said."""


def summary(period: PeriodView, waiting: Sequence[Waiting], people: Sequence[RateeRow]) -> Content:
    """The way of a period, its days and, until it is closed, what is missing."""
    days = f"{period.first_day.isoformat()} – {period.last_day.isoformat()}"
    about = [words.kind_word(period.kind), days, pick(period.scheme_title), period.occasion]
    lines = [
        evaluation_words.steps(period.state),
        safe_line(" · ".join(part for part in about if part)),
    ]
    if period.state is PeriodState.CLOSED:
        return Content("\n").join(lines)
    if lacking := missing(waiting, people):
        lines.append(safe_line(_("Missing: {what}").format(what=lacking), "$warning"))
    else:
        lines.append(Content.styled(_("Nothing is missing."), "$success"))
    return Content("\n").join(lines)


def missing(waiting: Sequence[Waiting], people: Sequence[RateeRow]) -> str:
    """Who has not rated and who has no values, the first few by name."""
    said = []
    if waiting:
        raters = [f"{one.name} ({one.open})" for one in waiting]
        text = _("not rated by {names}")
        said.append(text.format(names=evaluation_words.names(raters, NAMED)))
    if names := [one.name for one in unmeasured(people)]:
        text = _("no values of {names}")
        said.append(text.format(names=evaluation_words.names(names, NAMED)))
    return _("; ").join(said)


def missing_lines(waiting: Sequence[Waiting], people: Sequence[RateeRow]) -> list[str]:
    """Everybody who has not rated, then everybody without values."""
    raters = _("{name} {staff_no} has not rated {open} of {asked}")
    values = _("{name} {staff_no}: {count} indicators have no value")
    lines = [
        raters.format(
            name=one.name, staff_no=one.staff_no, open=one.open, asked=one.open + one.given
        )
        for one in waiting
    ]
    lines += [
        values.format(
            name=one.name, staff_no=one.staff_no, count=one.measured_asked - one.measured_known
        )
        for one in unmeasured(people)
    ]
    return lines


def unmeasured(people: Sequence[RateeRow]) -> list[RateeRow]:
    """Whose indicators are not all known; trainees get no grade and need none."""
    return [one for one in people if one.measured_known < one.measured_asked and not one.is_trainee]


def before_moving(
    period: PeriodView, waiting: Sequence[Waiting], people: Sequence[RateeRow]
) -> str:
    """What the next step does, what is still missing and, before closing, the grades."""
    lines = [_(NEXT[period.state][1])]
    lacking = missing(waiting, people)
    if lacking and period.state is not PeriodState.OPEN:
        lines.append(_("Still missing: {what}").format(what=lacking))
    if period.state is PeriodState.REVIEW:
        lines.append(_grades(people))
    return "\n".join(lines)


def _grades(people: Sequence[RateeRow]) -> str:
    counts = counted(one.grade for one in people if one.grade is not None)
    said = [f"{words.grade_word(one)} {count}" for one, count in counts.items()]
    ungraded, without = _("no grade"), sum(one.grade is None for one in people)
    return " · ".join([*said, f"{ungraded} {without}"])
