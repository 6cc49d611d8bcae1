"""Measured values of a person: typed by the evaluation group, and shown with their scores."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlmodel import Session

from certify.domain.evaluation import EvaluationPeriod, MeasuredValue, PeriodState
from certify.domain.evaluation_number import NONE_WORDS, check_range, read_number
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.indicator_scheme import Indicator, IndicatorScheme
from certify.domain.indicator_score import IndicatorResult, measured
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Person
from certify.errors import BadInput, NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.evaluation.finding import locked_period, period_of
from certify.services.evaluation.rating import own_case
from certify.services.evaluation.roster import roster
from certify.services.recording import record
from certify.services.typed import person_for, person_of
from certify.storage import evaluations
from certify.storage.evaluations import ValueRow

TYPED = "typed"
MEASURING = (PeriodState.OPEN, PeriodState.SCORING)
"""States in which values may come."""


@dataclass(frozen=True)
class MeasuredView:
    """One indicator of a person."""

    indicator: str
    title: dict[str, str]
    """By language."""
    unit: dict[str, str]
    value: Fraction | None
    score: Fraction | None
    """0 to 100; None where it is not applicable or not measured."""
    weight: Fraction
    """Of 100, as it counts: what has no value leaves its weight to the rest."""
    is_measured: bool
    """Whether somebody said what it is, be it that it is not applicable."""
    source: str
    """File and row, or `typed`; empty where that is not shown."""


def set_value(
    platform: Platform,
    *,
    actor: Actor,
    period: str,
    staff_no: str,
    indicator: str,
    value: Decimal | str | None,
) -> None:
    """Write down the raw value of one indicator; the latest one counts.

    Args:
        value: in the unit of the indicator; None, or a dash: not applicable.
    Raises:
        NotPermitted: not of the evaluation group, or the actor's own case.
        NotFound, BadInput
        Refused: the period is in review or closed.
    """
    require(actor, Action.RUN_EVALUATION)
    require_person(actor)
    with platform.database.write() as session:
        found = measured_period(session, period)
        person = person_of(session, actor, staff_no)
        if person.id == actor.person_id:
            raise own_case()
        if not roster(session, platform, found, {person.id or 0}):
            raise not_evaluated(person, found)
        one = indicator_of(EvaluationRules.from_json(found.rules).scheme, indicator)
        number = read_value(one, value)
        session.add(
            MeasuredValue(
                period_id=found.id or 0,
                person_id=person.id,
                indicator=one.code,
                value=number,
                source=TYPED,
                recorded_by=actor.person_id,
                at=platform.clock.now(),
            )
        )
        said = None if number is None else str(number)
        facts = {"person": person.id, "indicator": one.code, "value": said}
        record(session, platform, actor, "value-measured", f"period:{found.id}", **facts)


def values(
    platform: Platform, *, actor: Actor, period: str, staff_no: str | None = None
) -> list[MeasuredView]:
    """Every indicator of a person with value and score as they are now.

    Args:
        staff_no: None for the actor.
    Raises:
        NotPermitted, NotFound
    """
    with platform.database.read() as session:
        found = period_of(session, period)
        person = person_for(session, actor, staff_no, Action.SEE_EVALUATIONS)
        scheme = EvaluationRules.from_json(found.rules).scheme
        known = evaluations.values(session, found.id or 0).get(person.id or 0, {})
    return measured_views(scheme, known)


def measured_views(scheme: IndicatorScheme, known: Mapping[str, ValueRow]) -> list[MeasuredView]:
    """Values with the scores they come to."""
    result = measured(scheme, {code: row.value for code, row in known.items()})
    sources = {code: row.source for code, row in known.items()}
    return [
        view(one, part, sources.get(one.code, ""))
        for one, part in zip(scheme.indicators, result.parts, strict=True)
    ]


def view(one: Indicator, part: IndicatorResult, source: str = "") -> MeasuredView:
    """What an indicator came to, with its words."""
    return MeasuredView(
        indicator=one.code,
        title=dict(one.title),
        unit=dict(one.unit),
        value=part.value,
        score=part.score,
        weight=part.weight,
        is_measured=part.is_measured,
        source=source,
    )


def measured_period(session: Session, code: str) -> EvaluationPeriod:
    """A period that takes values, and stays so until the transaction ends.

    Raises:
        NotFound
        Refused: it is in review or closed.
    """
    found = locked_period(session, code)
    if found.state not in MEASURING:
        raise Refused(
            _("{period} takes no more values.").format(period=found.code),
            mend=_("A period in review can go back to scoring, with a reason."),
        )
    return found


def read_value(one: Indicator, value: Decimal | str | None) -> Fraction | None:
    """A raw value as it was typed; None where it is not applicable.

    Raises:
        BadInput: it is no number, or there can be no such value.
    """
    if value is None or (isinstance(value, str) and value.strip().casefold() in NONE_WORDS):
        return None
    number = read_number(value)
    check_range(number, one.least, one.most)
    return number


def indicator_of(scheme: IndicatorScheme, code: str) -> Indicator:
    """An indicator by its code.

    Raises:
        BadInput: naming those there are.
    """
    for one in scheme.indicators:
        if one.code == code:
            return one
    raise BadInput(
        _("There is no indicator “{code}”.").format(code=code),
        mend=_("Possible: {values}").format(values=", ".join(scheme.codes)),
    )


def not_evaluated(person: Person, period: EvaluationPeriod) -> NotFound:
    """That a period does not evaluate somebody."""
    return NotFound(
        _("{name} is not evaluated in {period}.").format(name=person.name, period=period.code)
    )
