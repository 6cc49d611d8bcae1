"""What people see of an evaluation: never a single rater's score (R-PLT-07, R-EVA-04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session

from certify.domain.evaluation import (
    Evaluation,
    EvaluationPeriod,
    PeriodKind,
    PeriodState,
    RaterType,
)
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.evaluation_score import Why, measured_parts, mix_parts
from certify.domain.grade import Grade
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor, Person
from certify.domain.rater_mix import MixPart
from certify.domain.rating_secrecy import Shown, shown_to_ratee
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.services.evaluation.finding import period_of
from certify.services.evaluation.measuring import MeasuredView, view
from certify.services.evaluation.scoring import ScoredPerson, scored
from certify.services.typed import person_for
from certify.storage import evaluation_people, evaluations
from certify.storage.evaluation_people import StaffRow
from certify.storage.evaluations import RatingRow

GROUPS = (RaterType.SUBORDINATE, RaterType.CUSTOMER)
"""Types of rater that are many, so that a mean hides each of them."""


@dataclass(frozen=True)
class RateeRow:
    """How far one person's evaluation is, for the evaluation group."""

    staff_no: str
    name: str
    department: dict[str, str]
    post: dict[str, str]
    ratee_class: str
    is_trainee: bool
    measured_known: int
    """Indicators of which somebody said what they are."""
    measured_asked: int
    ratings_given: int
    """Of the staff, those that count."""
    ratings_asked: int
    final: Fraction | None
    """From review on: while answers still come, the difference that one more makes would give it
    away."""
    grade: Grade | None
    why: str
    """Key of the reason for no grade or a capped one."""


@dataclass(frozen=True)
class MixView:
    """One type of rater in a result."""

    rater_type: RaterType
    share: Fraction
    """Of 100, by the table of the policy."""
    counted: Fraction
    """Of 100, as it counted; 0 where nobody answered or too few did."""
    mean: Fraction | None
    """None where it did not count, and where it would show a single rater's score."""
    absent: str
    """Key of why it did not count."""


@dataclass(frozen=True)
class ResultView:
    """What a closed period came to for one person, and of what it was made."""

    period: str
    kind: PeriodKind
    staff_no: str
    name: str
    evaluation_id: int
    revision: int
    ratee_class: str
    final: Fraction | None
    """None without one, and where it would tell the ratee what the supervisor gave."""
    is_final_hidden: bool
    grade: Grade | None
    why: str
    measured: Fraction | None
    measured_share: Fraction
    """Of 100; the raters have the rest."""
    measured_parts: tuple[MeasuredView, ...]
    mix: Fraction | None
    """Of all raters; only for the evaluation group: where one alone counted it is their score."""
    mix_parts: tuple[MixView, ...]
    comments: tuple[str, ...]
    """What supervisors wrote."""
    decided_at: datetime


def people(platform: Platform, *, actor: Actor, period: str) -> list[RateeRow]:
    """Everybody in a period and how far they are, by staff number.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.RUN_EVALUATION)
    with platform.database.read() as session:
        found = period_of(session, period)
        ratings = evaluations.ratings(session, found.id or 0)
        if found.state is PeriodState.CLOSED:
            kept = evaluations.current(session, found.id or 0)
            return [
                _closed_row(one, kept[person_id], ratings.get(person_id, []))
                for person_id, one in evaluation_people.staff(session).items()
                if person_id in kept
            ]
        return [
            _row(one, ratings.get(one.person_id, []), is_shown=found.state is PeriodState.REVIEW)
            for one in scored(session, platform, found)
        ]


def result(
    platform: Platform, *, actor: Actor, period: str, staff_no: str | None = None
) -> ResultView:
    """What a closed period came to for a person.

    Args:
        staff_no: None for the actor.
    Raises:
        NotPermitted
        NotFound: no such period, not closed, or it did not evaluate the person.
    """
    for one in results(platform, actor=actor, staff_no=staff_no):
        if one.period == period:
            return one
    with platform.database.read() as session:
        state = period_of(session, period).state
    if state is not PeriodState.CLOSED:
        raise NotFound(
            _("{period} is not closed yet.").format(period=period),
            mend=_("You are told when it is."),
        )
    raise NotFound(_("This person is not in the period."))


def results(platform: Platform, *, actor: Actor, staff_no: str | None = None) -> list[ResultView]:
    """What a person's closed periods came to, the newest first.

    Args:
        staff_no: None for the actor.
    Raises:
        NotPermitted, NotFound
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_EVALUATIONS)
        return [
            _result(actor, person, period, one, _comments(session, one))
            for one, period in evaluations.latest_of(session, person.id or 0)
            if period.state is PeriodState.CLOSED
        ]


def _row(one: ScoredPerson, ratings: Sequence[RatingRow], *, is_shown: bool) -> RateeRow:
    staff, found = one.ratee.staff, one.scored
    asked = _of_staff(ratings)
    return RateeRow(
        staff_no=staff.staff_no,
        name=staff.name,
        department=staff.department.names,
        post=staff.post.names,
        ratee_class=found.ratee_class,
        is_trainee=one.ratee.is_trainee,
        measured_known=sum(part.is_measured for part in found.measured.parts),
        measured_asked=len(found.measured.parts),
        ratings_given=sum(row.score is not None for row in asked),
        ratings_asked=len(asked),
        final=found.final if is_shown else None,
        grade=found.grade if is_shown else None,
        why=(found.why or "") if is_shown else "",
    )


def _closed_row(staff: StaffRow, kept: Evaluation, ratings: Sequence[RatingRow]) -> RateeRow:
    asked, parts = _of_staff(ratings), measured_parts(kept.parts)
    return RateeRow(
        staff_no=staff.staff_no,
        name=staff.name,
        department=staff.department.names,
        post=staff.post.names,
        ratee_class=kept.ratee_class,
        is_trainee=kept.why == Why.TRAINEE,
        measured_known=sum(part.is_measured for part in parts),
        measured_asked=len(parts),
        ratings_given=sum(row.score is not None for row in asked),
        ratings_asked=len(asked),
        final=kept.final,
        grade=kept.grade,
        why=kept.why,
    )


def _of_staff(ratings: Sequence[RatingRow]) -> list[RatingRow]:
    return [row for row in ratings if row.counts and row.rater_id is not None]


def _result(
    actor: Actor,
    person: Person,
    period: EvaluationPeriod,
    kept: Evaluation,
    comments: tuple[str, ...],
) -> ResultView:
    rules = EvaluationRules.from_json(period.rules)
    by_code = {one.code: one for one in rules.scheme.indicators}
    is_hidden = not final_is_shown(actor, person.id or 0, kept)
    return ResultView(
        period=period.code,
        kind=period.kind,
        staff_no=person.staff_no,
        name=person.name,
        evaluation_id=kept.id or 0,
        revision=kept.revision,
        ratee_class=kept.ratee_class,
        final=None if is_hidden else kept.final,
        is_final_hidden=is_hidden and kept.final is not None,
        grade=kept.grade,
        why=kept.why,
        measured=kept.measured,
        measured_share=Fraction(rules.evaluation.measured_share),
        measured_parts=tuple(view(by_code[one.code], one) for one in measured_parts(kept.parts)),
        mix=kept.mix if _may_see(RaterType.SUPERVISOR, actor, person) else None,
        mix_parts=tuple(
            _mix(one, actor, person, groups=_shown(kept).groups) for one in mix_parts(kept.parts)
        ),
        comments=comments,
        decided_at=kept.decided_at,
    )


def final_is_shown(actor: Actor, person_id: int, kept: Evaluation) -> bool:
    """Whether somebody may see a final score: a ratee not where it gives a rater away."""
    return actor.person_id != person_id or _shown(kept).final


def _shown(kept: Evaluation) -> Shown:
    return shown_to_ratee((one.rater_type, one.counted) for one in mix_parts(kept.parts))


def _mix(one: MixPart, actor: Actor, person: Person, *, groups: bool) -> MixView:
    return MixView(
        rater_type=one.rater_type,
        share=one.share,
        counted=one.counted,
        mean=one.mean if _may_see(one.rater_type, actor, person, groups=groups) else None,
        absent=one.absent or "",
    )


def _may_see(rater: RaterType, actor: Actor, person: Person, *, groups: bool = True) -> bool:
    """Whether the mean of a type of rater may be shown to somebody.

    A group that counts has enough answers for anybody but the ratee, who would know the
    supervisor's score from it. What a direct supervisor gave and what
    somebody gave themselves are single scores: the first is for the evaluation group, the second
    for that person too.
    """
    if rater in GROUPS:
        return groups or actor.person_id != person.id
    if actor.person_id == person.id:
        return rater is RaterType.SELF
    return may(actor, Action.RUN_EVALUATION)


def _comments(session: Session, kept: Evaluation) -> tuple[str, ...]:
    """What supervisors wrote of a person; a comment of a subordinate could tell who wrote it."""
    return tuple(evaluations.supervisor_comments(session, kept.period_id, kept.person_id))
