"""The sheets of departments: own scores by the evaluation group, and an own grade (R-EVA-10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session

from certify.domain.clean import clean
from certify.domain.department_sheet import may_score, sheet_score
from certify.domain.evaluation import DepartmentSheet, EvaluationPeriod, PeriodState
from certify.domain.evaluation_number import NONE_WORDS, read_score
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.grade import Grade, grade
from certify.domain.permission import Action, may, require, require_person
from certify.domain.person import Actor, Department, Person, Role
from certify.domain.scoring import cut
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _, pick
from certify.platform import Platform
from certify.services.evaluation.finding import locked_period, period_of
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.storage import department_sheets, people

GROUP = (Role.EVALUATOR, Role.HR)
"""Who scores departments: whoever may run an evaluation."""
SCORED_IN = (PeriodState.SCORING, PeriodState.REVIEW)


@dataclass(frozen=True)
class ScoreView:
    """One indicator of a sheet."""

    indicator: str
    title: dict[str, str]
    weight: str
    score: str
    """As it was given; empty while it is not, `-` where it is not applicable."""


@dataclass(frozen=True)
class SheetView:
    """The sheet of one department in one period."""

    period: str
    department: str
    name: dict[str, str]
    scores: tuple[ScoreView, ...]
    score: str
    """Cut for the eye; empty while there is none."""
    exact: Fraction | None
    grade: Grade | None
    remark: str
    revision: int
    """0 while nobody scored it."""
    at: datetime | None
    may_score: bool
    """Whether the person at the screen may score it now."""


def sheets(platform: Platform, *, actor: Actor, period: str) -> list[SheetView]:
    """Sheets of a period by department: all of them for the evaluation group.

    A supervisor sees that of the own department, once the period is closed.

    Raises:
        NotPermitted, NotFound
    """
    is_group = may(actor, Action.RUN_EVALUATION)
    if not is_group and Role.SUPERVISOR not in actor.roles:
        require(actor, Action.RUN_EVALUATION)
    with platform.database.read() as session:
        of = period_of(session, period)
        if not is_group and of.state is not PeriodState.CLOSED:
            return []
        found = department_sheets.newest(session, of.id or 0)
        own = session.get(Person, actor.person_id)
        return [
            _view(session, actor, of, one, found.get(one.id or 0))
            for one in sorted(people.departments(session), key=lambda one: one.code)
            if is_group or (own is not None and own.department_id == one.id)
        ]


def score(
    platform: Platform,
    *,
    actor: Actor,
    period: str,
    department: str,
    scores: Mapping[str, str],
    remark: str = "",
) -> SheetView:
    """Score a department, or score it anew while the period is not closed; earlier ones are kept.

    Args:
        scores: every indicator of the scheme, 0 to 100 as text; `-`: not applicable.
    Raises:
        NotPermitted: not of the evaluation group, or the own department while another can.
        NotFound
        BadInput: an indicator is missing or unknown, or a score is none.
        Refused: the period is not being scored.
    """
    require_person(actor)
    require(actor, Action.RUN_EVALUATION)
    remark = checked_text(remark, _("remark"), 2000) if remark.strip() else ""
    with platform.database.write() as session:
        of = locked_period(session, period, shared=True)
        _refuse_state(of)
        found = department_sheets.locked_department(session, clean(department))
        if found is None:
            raise NotFound(_("There is no department “{code}”.").format(code=department))
        if not _may_score(session, actor, found):
            raise NotPermitted(
                _("Nobody scores the own department while another of the group can."),
                mend=_("Let somebody of the evaluation group from another department score it."),
            )
        rules = EvaluationRules.from_json(of.rules)
        given = _checked(rules, scores)
        weights = {one.code: Fraction(one.weight) for one in rules.scheme.indicators}
        result = sheet_score(given, weights)
        before = department_sheets.newest(session, of.id or 0).get(found.id or 0)
        sheet = DepartmentSheet(
            period_id=of.id or 0,
            department_id=found.id or 0,
            revision=before.revision + 1 if before else 1,
            scores={code: None if one is None else str(one) for code, one in given.items()},
            score=result,
            grade=None if result is None else grade(result, rules.grades),
            remark=remark,
            scored_by=actor.person_id,
            at=platform.clock.now(),
        )
        session.add(sheet)
        session.flush()
        facts = {"sheet": sheet.id, "period": of.code, "revision": sheet.revision}
        record(session, platform, actor, "department-scored", f"department:{found.id}", **facts)
        return _view(session, actor, of, found, sheet)


def _checked(rules: EvaluationRules, scores: Mapping[str, str]) -> dict[str, Fraction | None]:
    known = {one.code: one for one in rules.scheme.indicators}
    if unknown := sorted(set(scores) - set(known)):
        raise BadInput(
            _("This scheme has no indicator “{indicator}”.").format(indicator=unknown[0]),
            mend=_("There are: {indicators}.").format(indicators=", ".join(known)),
        )
    given = {}
    for code, one in known.items():
        text = scores.get(code, "").strip()
        if not text:
            raise BadInput(
                _("“{indicator}” has no score.").format(indicator=pick(one.title)),
                mend=_("Write 0 to 100, or - where it is not applicable."),
            )
        given[code] = None if text in NONE_WORDS else _score(text, pick(one.title))
    return given


def _score(text: str, indicator: str) -> Fraction:
    try:
        return read_score(text)
    except BadInput as error:
        raise BadInput(error.message, place=indicator, mend=error.mend) from error


def _may_score(session: Session, actor: Actor, department: Department) -> bool:
    if actor.is_console or not may(actor, Action.RUN_EVALUATION):
        return False
    own = session.get_one(Person, actor.person_id).department_id
    group = department_sheets.departments_of(session, GROUP)
    others = [of for person_id, of in group if person_id != actor.person_id]
    return may_score(own, department.id or 0, others)


def _refuse_state(period: EvaluationPeriod) -> None:
    if period.state not in SCORED_IN:
        raise Refused(
            _("Departments are scored while a period is being scored or reviewed."),
            mend=_("“certify evaluation show {period}” says how far it is.").format(
                period=period.code
            ),
        )


def _view(
    session: Session,
    actor: Actor,
    period: EvaluationPeriod,
    department: Department,
    sheet: DepartmentSheet | None,
) -> SheetView:
    scheme = EvaluationRules.from_json(period.rules).scheme
    kept = sheet.scores if sheet else {}
    return SheetView(
        period=period.code,
        department=department.code,
        name=department.names,
        scores=tuple(
            ScoreView(one.code, dict(one.title), str(one.weight), _shown(kept, one.code))
            for one in scheme.indicators
        ),
        score=cut(sheet.score) if sheet and sheet.score is not None else "",
        exact=sheet.score if sheet else None,
        grade=sheet.grade if sheet else None,
        remark=sheet.remark if sheet else "",
        revision=sheet.revision if sheet else 0,
        at=sheet.at if sheet else None,
        may_score=period.state in SCORED_IN and _may_score(session, actor, department),
    )


def _shown(kept: Mapping[str, str | None], code: str) -> str:
    if code not in kept:
        return ""
    score = kept[code]
    return "-" if score is None else cut(Fraction(score))
