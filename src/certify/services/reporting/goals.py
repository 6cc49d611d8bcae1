"""Quality goals: from a baseline to a target, and how far they came (R-SUP-04)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from certify.domain.goal_progress import progress
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.quality import QualityGoal, QualityGoalValue
from certify.errors import BadInput, NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.storage import quality

MOST_CHARACTERS = 60
PRESET = (
    (
        "satisfaction",
        {"zh": "客户满意度", "en": "Customer satisfaction"},
        {"zh": "%", "en": "%"},
        70,
        90,
    ),
    (
        "response-time",
        {"zh": "平均响应时间", "en": "Average response time"},
        {"zh": "分钟", "en": "min"},
        15,
        5,
    ),
    (
        "complaint-time",
        {"zh": "投诉平均处理时间", "en": "Average complaint handling time"},
        {"zh": "小时", "en": "h"},
        48,
        24,
    ),
)
"""The goals of the sources (S1-DT-01 … S1-DT-03): code, title, unit, baseline, target."""


@dataclass(frozen=True)
class Measured:
    """Where a measure stood on a day."""

    day: date
    value: Fraction
    progress: Fraction


@dataclass(frozen=True)
class GoalView:
    """One goal with all that was measured, the oldest first."""

    code: str
    title: dict[str, str]
    unit: dict[str, str]
    base: Fraction
    target: Fraction
    values: tuple[Measured, ...]

    @property
    def rises(self) -> bool:
        """Whether more is better."""
        return self.target > self.base

    @property
    def now(self) -> Measured | None:
        """What was measured last."""
        return self.values[-1] if self.values else None


def goals(platform: Platform, *, actor: Actor) -> list[GoalView]:
    """Every goal, in the order in which they were set.

    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_REPORTS)
    with platform.database.read() as session:
        return views(session)


def views(session: Session, until: date | None = None) -> list[GoalView]:
    """Every goal with what was measured up to a day, or until now."""
    measured = quality.values(session, until)
    return [_view(one, measured.get(one.id or 0, [])) for one in quality.goals(session)]


def set_goal(
    platform: Platform,
    *,
    actor: Actor,
    code: str,
    title: str,
    unit: str,
    base: str,
    target: str,
) -> None:
    """Set a goal; it stays as it is from then on.

    Args:
        base: where the measure stands at the start, as a decimal number.
        target: where it is to go; other than `base`.
    Raises:
        NotPermitted, BadInput
        Refused: there is one with this code.
    """
    require(actor, Action.RECORD_QUALITY)
    code = checked_text(code, _("code"), MOST_CHARACTERS)
    titles = {"zh": checked_text(title, _("title"))}
    units = {"zh": checked_text(unit, _("unit"), MOST_CHARACTERS)}
    begins, ends = number(base), number(target)
    if begins == ends:
        raise BadInput(
            _("Baseline and target are the same."),
            mend=_("A goal leads from one value to another."),
        )
    try:
        with platform.database.write() as session:
            if quality.goal(session, code) is not None:
                raise _known(code)
            _add(session, platform, actor, (code, titles, units, begins, ends))
    except IntegrityError as problem:  # somebody else was a moment quicker
        raise _known(code) from problem


def seed(platform: Platform, *, actor: Actor) -> int:
    """Set the goals of the sources that are not there yet; gives how many were.

    Raises:
        NotPermitted
    """
    require(actor, Action.RECORD_QUALITY)
    with platform.database.write() as session:
        missing = [one for one in PRESET if quality.goal(session, one[0]) is None]
        for code, title, unit, base, target in missing:
            _add(session, platform, actor, (code, title, unit, Fraction(base), Fraction(target)))
    return len(missing)


def measure(platform: Platform, *, actor: Actor, code: str, value: str, day: date) -> Measured:
    """Write down where a measure stands on a day; gives it with the progress.

    Args:
        value: a decimal number.
        day: today or before.
    Raises:
        NotPermitted, NotFound, BadInput
        Refused: another value of that day is written down.
    """
    require(actor, Action.RECORD_QUALITY)
    exact = number(value)
    if day > platform.today():
        raise BadInput(
            _("{day} is still to come.").format(day=day.isoformat()),
            mend=_("Write down what was measured, on its day."),
        )
    with platform.database.write() as session:
        goal = quality.goal(session, code, lock=True)
        if goal is None:
            raise NotFound(
                _("There is no goal “{code}”.").format(code=code),
                mend=_("“certify goal list” shows all of them."),
            )
        held = quality.value_on(session, goal.id or 0, day)
        if held is not None and held.value != exact:
            raise Refused(
                _("Of {day} there is another value.").format(day=day.isoformat()),
                mend=_("What was measured stays. Write down the value of another day."),
            )
        if held is None:
            session.add(
                QualityGoalValue(
                    goal_id=goal.id or 0,
                    day=day,
                    value=exact,
                    recorded_by=actor.person_id,
                    at=platform.clock.now(),
                )
            )
            facts = {"day": day.isoformat(), "value": str(exact)}
            record(session, platform, actor, "goal-measured", f"goal:{code}", **facts)
        return Measured(day, exact, _progress(goal, exact))


def number(text: str) -> Fraction:
    """A decimal number as it was typed, exact.

    Raises:
        BadInput
    """
    digits = text.strip().removeprefix("-")
    if digits.isascii() and digits.replace(".", "", 1).isdigit() and len(digits) <= 18:
        return Fraction(text.strip())
    raise BadInput(
        _("“{text}” is no number.").format(text=text), mend=_("Write it like 12 or 12.5.")
    )


def _add(
    session: Session,
    platform: Platform,
    actor: Actor,
    goal: tuple[str, dict[str, str], dict[str, str], Fraction, Fraction],
) -> None:
    code, title, unit, base, target = goal
    session.add(
        QualityGoal(
            code=code,
            title=title,
            unit=unit,
            base=base,
            target=target,
            recorded_by=actor.person_id,
            at=platform.clock.now(),
        )
    )
    session.flush()
    facts = {"base": str(base), "target": str(target)}
    record(session, platform, actor, "goal-set", f"goal:{code}", **facts)


def _view(goal: QualityGoal, values: list[QualityGoalValue]) -> GoalView:
    return GoalView(
        code=goal.code,
        title=goal.title,
        unit=goal.unit,
        base=goal.base or Fraction(0),
        target=goal.target or Fraction(0),
        values=tuple(
            Measured(one.day, one.value, _progress(goal, one.value))
            for one in values
            if one.value is not None
        ),
    )


def _progress(goal: QualityGoal, value: Fraction) -> Fraction:
    return progress(goal.base or Fraction(0), goal.target or Fraction(0), value)


def _known(code: str) -> Refused:
    return Refused(
        _("There is a goal “{code}” already.").format(code=code),
        mend=_("Choose another code."),
    )
