"""Rating people: while a period is being scored, each rating may be changed (R-EVA-03)."""

from decimal import Decimal

from sqlmodel import Session

from certify.domain.clean import tidy_line
from certify.domain.evaluation import EvaluationPeriod, RaterType, Rating
from certify.domain.evaluation_number import read_score
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Person, PersonStatus
from certify.domain.rater_mix import shares_by_type, shares_of
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.evaluation.asking import Ask, asked_view, scored_period
from certify.services.evaluation.roster import roster
from certify.services.evaluation.words import class_word
from certify.services.recording import record
from certify.services.typed import MOST_CHARACTERS, checked_text, person_of
from certify.storage import evaluations, people
from certify.storage.evaluations import AskedRow


def rate(
    platform: Platform,
    *,
    actor: Actor,
    period: str,
    staff_no: str,
    score: Decimal | str | None,
    comment: str = "",
    rater_type: RaterType | None = None,
) -> Ask:
    """Give or change the rating of somebody the actor was asked to rate.

    Args:
        score: 0 to 100 with at most two places; None takes it back. Who only comments gives none.
        rater_type: as what; None for the only way in which the actor was asked.
    Raises:
        NotFound
        NotPermitted: the actor was not asked; nobody rates a colleague as customer.
        BadInput: the score is out of range, or the comment missing or too long.
        Refused: the period is not being scored.
    """
    require_person(actor)
    if rater_type is RaterType.CUSTOMER:
        raise NotPermitted(
            _("Nobody rates a colleague, or themselves, as a customer."),
            mend=_("Answers of customers are brought in by the evaluation group."),
        )
    given = None if score is None else read_score(score)
    comment = _comment(comment)
    with platform.database.write() as session:
        found = scored_period(session, period)
        person = person_of(session, actor, staff_no)
        row = _asked(session, actor, found, person, rater_type)
        if row.counts and given is None and row.score is None:
            raise BadInput(_("The score is missing."), mend=_("Give one from 0 to 100."))
        if not row.counts and given is not None:
            raise BadInput(
                _("Here only a comment is asked for: another supervisor rates."),
                mend=_("Leave the score out."),
            )
        row.score, row.comment, row.given_at = given, comment, platform.clock.now()
        facts = {"rating": row.id, "taken_back": given is None and row.counts}
        record(session, platform, actor, "rating-given", f"period:{found.id}", **facts)
        return asked_view(AskedRow(row, found, person), people.row(session, person.id or 0))


def type_answer(
    platform: Platform,
    *,
    actor: Actor,
    period: str,
    staff_no: str,
    reference: str,
    score: Decimal | str,
) -> None:
    """Write down one customer's answer that came on paper or by telephone.

    Args:
        reference: where the answer is kept, such as a number of the survey; never a person.
    Raises:
        NotPermitted: not of the evaluation group, or the actor's own case.
        NotFound, BadInput
        Refused: the period is not being scored, the person has no customers or has left, or the
            reference is known already.
    """
    require(actor, Action.RUN_EVALUATION)
    require_person(actor)
    reference = checked_text(reference, _("reference"), 60)
    given = read_score(score)
    with platform.database.write() as session:
        found = scored_period(session, period, shared=False)  # one number, one answer
        person = person_of(session, actor, staff_no)
        if person.id == actor.person_id:
            raise own_case()
        check_reference(session, reference)
        if reference in evaluations.answers(session, found.id or 0):
            raise Refused(_("There is an answer {reference} already.").format(reference=reference))
        _refuse_no_customers(session, platform, found, person)
        session.add(
            Rating(
                period_id=found.id or 0,
                person_id=person.id or 0,
                rater_type=RaterType.CUSTOMER,
                score=given,
                reference=reference,
                given_at=platform.clock.now(),
            )
        )
        facts = {"person": person.id, "reference": reference}
        record(session, platform, actor, "customer-answer-typed", f"period:{found.id}", **facts)


def check_reference(session: Session, reference: str) -> None:
    """Refuse a staff number as the reference of a customer.

    Raises:
        BadInput
    """
    if people.by_staff_no(session, reference) is not None:
        raise staff_as_customer(reference)


def staff_as_customer(reference: str) -> BadInput:
    """That somebody of the staff is never a customer."""
    return BadInput(
        _("{reference} is a staff number: nobody rates a colleague as a customer.").format(
            reference=reference
        ),
        mend=_("Give the number of the answer in the survey."),
    )


def own_case() -> NotPermitted:
    """That somebody would bring in what their own score is made of."""
    return NotPermitted(
        _("Nobody brings in what was measured or said of themselves."),
        mend=_("Let somebody else of the evaluation group do it."),
    )


def _asked(
    session: Session,
    actor: Actor,
    period: EvaluationPeriod,
    person: Person,
    rater_type: RaterType | None,
) -> Rating:
    rows = [
        one
        for one in evaluations.of_ratee(session, period.id or 0, person.id or 0)
        if one.rater_id == actor.person_id and rater_type in (None, one.rater_type)
    ]
    if not rows:
        raise NotPermitted(
            _("You were not asked to rate {name} in {period}.").format(
                name=person.name, period=period.code
            ),
            mend=_("“certify evaluation rate” lists whom you are to rate."),
        )
    return rows[0]


def _refuse_no_customers(
    session: Session, platform: Platform, period: EvaluationPeriod, person: Person
) -> None:
    found = roster(session, platform, period, {person.id or 0})
    if not found or person.status is PersonStatus.LEFT:
        raise NotFound(
            _("{name} is not evaluated in {period}.").format(name=person.name, period=period.code)
        )
    rules = EvaluationRules.from_json(period.rules)
    if RaterType.CUSTOMER not in shares_by_type(shares_of(found[0].ratee_class, rules.raters)):
        raise Refused(
            _("Customers do not rate this person: {ratee_class}.").format(
                ratee_class=class_word(found[0].ratee_class)
            )
        )


def _comment(text: str) -> str:
    text = tidy_line(text).strip()
    return checked_text(text, _("comment"), 4 * MOST_CHARACTERS) if text else ""
