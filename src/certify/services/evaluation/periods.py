"""Periods of evaluation: opened, moved from state to state, listed (R-EVA-06)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from certify.domain.clean import clean_line
from certify.domain.evaluation import EvaluationPeriod, PeriodKind, PeriodState
from certify.domain.evaluation_period import AD_HOC_CODE, STEPS, days_of, overlapping
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.errors import BadInput, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.evaluation import asking, finding, schemes
from certify.services.evaluation.words import kind_word, state_word
from certify.services.recording import record
from certify.services.typed import checked_text, person_of
from certify.storage import evaluations, people


@dataclass(frozen=True)
class PeriodView:
    """A period and how far it is."""

    code: str
    kind: PeriodKind
    scheme: str
    scheme_title: dict[str, str]
    first_day: date
    last_day: date
    occasion: str
    state: PeriodState
    asked: int
    """Ratings the staff were asked for."""
    given: int
    people: int
    """Who was evaluated; 0 before it is closed."""
    opened_at: datetime
    closed_at: datetime | None


def open_period(
    platform: Platform,
    *,
    actor: Actor,
    kind: PeriodKind,
    code: str,
    scheme: str = "",
    first_day: date | None = None,
    last_day: date | None = None,
    occasion: str = "",
    only: Sequence[str] = (),
) -> PeriodView:
    """Open a period; the rules of today hold in it from now on.

    Args:
        code: `2024-06` for a month and `2024-Q2` for a quarter, which give the days; a code of
            its own for an ad-hoc one.
        scheme: empty for the one the policy names.
        first_day: of an ad-hoc one; with `last_day`, inclusive.
        occasion: of an ad-hoc one: the project, key link or complaint (S0-AS-03).
        only: of an ad-hoc one: staff numbers of whom it is about; empty for everybody.
    Raises:
        NotPermitted
        NotFound: no such scheme, or nobody of that number.
        BadInput: code, days, occasion or the policy's weights do not fit.
        Refused: the code is taken, or another regular period of the scheme overlaps.
    """
    require(actor, Action.RUN_EVALUATION)
    given = schemes.as_given(platform, scheme)
    kept: dict[str, Any] = EvaluationRules.of(platform.policy, given).to_json()
    code = code.strip()
    first, last = _days(kind, code, first_day, last_day)
    occasion = _occasion(kind, occasion, only)
    with platform.database.write() as session:
        people.lock(session)  # two that open overlapping periods take turns
        _refuse_taken(session, kind, code, given.name, first, last)
        if only:
            kept["only"] = sorted({person_of(session, actor, one).id or 0 for one in only})
        period = EvaluationPeriod(
            code=code,
            kind=kind,
            scheme=given.name,
            first_day=first,
            last_day=last,
            occasion=occasion,
            rules=kept,
            opened_by=actor.person_id,
            opened_at=platform.clock.now(),
        )
        session.add(period)
        session.flush()
        facts = {"code": code, "kind": kind, "scheme": given.name}
        record(session, platform, actor, "evaluation-opened", f"period:{period.id}", **facts)
        return _view(period, (0, 0), 0)


def every(platform: Platform, *, actor: Actor) -> list[PeriodView]:
    """All periods, the newest first. Everybody may know which there are."""
    require(actor, Action.SEE_EVALUATIONS, owner=actor.person_id)
    with platform.database.read() as session:
        asked = evaluations.asked_and_given(session)
        counts = evaluations.evaluated(session)
        return [
            _view(one, asked.get(one.id or 0, (0, 0)), counts.get(one.id or 0, 0))
            for one in evaluations.every(session)
        ]


def one(platform: Platform, *, actor: Actor, period: str) -> PeriodView:
    """A period by its code.

    Raises:
        NotFound
    """
    found = [one for one in every(platform, actor=actor) if one.code == period]
    if not found:
        raise finding.no_period(period)
    return found[0]


def rules(platform: Platform, *, actor: Actor, period: str) -> EvaluationRules:
    """The rules a period was opened with. Everybody may know what they are evaluated by.

    Raises:
        NotFound
    """
    require(actor, Action.SEE_EVALUATIONS, owner=actor.person_id)
    with platform.database.read() as session:
        return EvaluationRules.from_json(finding.period_of(session, period).rules)


def kind_of(code: str) -> PeriodKind:
    """The kind of period a code is one of; what names no month or quarter is ad hoc."""
    regular = (PeriodKind.MONTH, PeriodKind.QUARTER)
    return next((kind for kind in regular if days_of(kind, code.strip())), PeriodKind.AD_HOC)


def move(
    platform: Platform, *, actor: Actor, period: str, to: PeriodState, reason: str = ""
) -> PeriodView:
    """Take a period to its next state; `closing.close` closes it.

    Scoring begins on the last day at the earliest: until then it may still change who rates whom.

    Args:
        reason: of going back from review to scoring.
    Raises:
        NotPermitted, NotFound
        BadInput: no reason for going back.
        Refused: that state does not follow, or the period has not ended.
    """
    require(actor, Action.RUN_EVALUATION)
    with platform.database.write() as session:
        found = finding.locked_period(session, period)
        before = found.state
        if to is PeriodState.CLOSED or to not in STEPS[before]:
            raise Refused(
                _("{period} is {state}; it cannot become {to}.").format(
                    period=found.code, state=state_word(before), to=state_word(to)
                ),
                mend=_("The way is: opened, scoring, in review, closed."),
            )
        if before is PeriodState.REVIEW:
            reason = checked_text(reason, _("reason"))
        if before is PeriodState.OPEN and platform.today() < found.last_day:
            raise Refused(
                _("{period} ends on {day}; it is scored from that day on.").format(
                    period=found.code, day=found.last_day.isoformat()
                )
            )
        found.state = to
        facts: dict[str, object] = {"from": before, "to": to, "reason": reason}
        if to is PeriodState.SCORING:
            facts["asked"] = asking.ask(session, platform, found)
        record(session, platform, actor, "evaluation-moved", f"period:{found.id}", **facts)
    return one(platform, actor=actor, period=period)


def _days(kind: PeriodKind, code: str, first: date | None, last: date | None) -> tuple[date, date]:
    if kind is not PeriodKind.AD_HOC:
        found = days_of(kind, code)
        if found is None:
            example = "2024-06" if kind is PeriodKind.MONTH else "2024-Q2"
            raise BadInput(
                _("“{code}” is no {kind}.").format(code=clean_line(code), kind=kind_word(kind)),
                mend=_("Write it like {example}.").format(example=example),
            )
        if (first or found[0], last or found[1]) != found:
            raise BadInput(
                _("{code} goes from {first} to {last}.").format(
                    code=code, first=found[0].isoformat(), last=found[1].isoformat()
                ),
                mend=_("Leave out the days, or open an ad-hoc period."),
            )
        return found
    is_regular = any(days_of(one, code) for one in (PeriodKind.MONTH, PeriodKind.QUARTER))
    if is_regular or not AD_HOC_CODE.fullmatch(code):
        raise BadInput(
            _("“{code}” is no code of an ad-hoc period.").format(code=clean_line(code)),
            mend=_("Use letters, digits and hyphens, and not the name of a month or quarter."),
        )
    if first is None or last is None or last < first:
        raise BadInput(
            _("An ad-hoc period needs a first day and a last day not before it."),
            mend=_("Give both days. A regular period is written like 2024-06 or 2024-Q2."),
        )
    return first, last


def _occasion(kind: PeriodKind, occasion: str, only: Sequence[str]) -> str:
    if kind is PeriodKind.AD_HOC:
        return checked_text(occasion, _("occasion"))
    if occasion.strip() or only:
        raise BadInput(
            _("Only an ad-hoc period has an occasion and people of its own."),
            mend=_("Leave them out, or open an ad-hoc period."),
        )
    return ""


def _refuse_taken(
    session: Session, kind: PeriodKind, code: str, scheme: str, first: date, last: date
) -> None:
    if evaluations.by_code(session, code) is not None:
        raise Refused(_("There is a period {period} already.").format(period=code))
    if kind is PeriodKind.AD_HOC:
        return
    other = overlapping(first, last, evaluations.regular(session, scheme))
    if other is not None:
        raise Refused(
            _("{period} of the same scheme has days of it, {first} to {last}.").format(
                period=other.code,
                first=other.first_day.isoformat(),
                last=other.last_day.isoformat(),
            ),
            mend=_("Regular periods of one scheme never overlap; open an ad-hoc one."),
        )


def _view(period: EvaluationPeriod, asked: tuple[int, int], count: int) -> PeriodView:
    return PeriodView(
        code=period.code,
        kind=period.kind,
        scheme=period.scheme,
        scheme_title=period.rules["scheme"]["title"],
        first_day=period.first_day,
        last_day=period.last_day,
        occasion=period.occasion,
        state=period.state,
        asked=asked[0],
        given=asked[1],
        people=count,
        opened_at=period.opened_at,
        closed_at=period.closed_at,
    )
