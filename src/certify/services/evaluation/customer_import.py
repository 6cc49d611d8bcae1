"""Customers' answers from a file: whom, which answer, what score; never who said it (R-PPL-06)."""

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from sqlmodel import Session

from certify.courseware.table_file import Row
from certify.domain.clean import tidy_line
from certify.domain.evaluation import EvaluationPeriod, RaterType, Rating
from certify.domain.evaluation_number import read_score
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.rater_mix import shares_by_type, shares_of
from certify.errors import BadInput
from certify.i18n import LANGUAGES, N_, _, speaking
from certify.platform import Platform
from certify.services.evaluation.asking import scored_period
from certify.services.evaluation.import_table import (
    STAFF_NO,
    EvaluationImport,
    PeopleTable,
    person_in,
    read,
)
from certify.services.evaluation.rating import staff_as_customer
from certify.services.evaluation.roster import roster
from certify.services.evaluation.words import class_word
from certify.services.people_words import plain
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.storage import evaluation_people, evaluations
from certify.storage.evaluation_people import StaffRow

REFERENCE, SCORE = "reference", "score"
MOST_REFERENCE = 60
_NAMES = {REFERENCE: N_("Reference"), SCORE: N_("Score")}
_MORE = {
    REFERENCE: ("答卷编号", "问卷编号", "回执编号", "编号", "answer", "answer no", "reference no"),
    SCORE: ("评分", "得分", "分数", "客户评分", "rating", "points"),
}


@dataclass
class _Plan:
    """What a file would change."""

    table: PeopleTable
    new: list[tuple[str, int, Fraction]] = field(default_factory=list)
    """Reference, ratee and score."""
    changed: list[tuple[Rating, Fraction]] = field(default_factory=list)
    skipped: int = 0


@dataclass(frozen=True)
class _Known:
    """What the home knows before the import."""

    staff: dict[str, StaffRow]
    rated: dict[int, str]
    """Class of everybody in the period whom customers rate or not."""
    with_customers: frozenset[int]
    answers: dict[str, Rating]


def import_customers(
    platform: Platform, *, actor: Actor, period: str, path: Path, apply: bool
) -> EvaluationImport:
    """Check a file of answers and, if `apply` and nothing is wrong, take it over.

    One row for each answer: staff number of the ratee, reference of the answer, score of 0 to 100.
    A reference that is known with another score is corrected; the same file twice changes nothing.

    Raises:
        NotPermitted, NotFound
        BadInput: the file cannot be read, or has no row of headings.
        Refused: the period is not being scored.
    """
    require(actor, Action.RUN_EVALUATION)
    with platform.database.write() as session:
        found = scored_period(session, period, shared=False)
        wanted = ", ".join([_("Staff no."), *(_(name) for name in _NAMES.values())])
        table = read(path, _headings(), wanted)
        plan = _plan(table, actor, _known(session, platform, found))
        if apply and not table.rejections:
            _take(session, platform, actor, found, plan)
    imported = len(plan.new) + len(plan.changed)
    return table.report(imported=imported, skipped=plan.skipped, apply=apply)


def _headings() -> dict[str, str]:
    found = {plain(word): column for column, words in _MORE.items() for word in (column, *words)}
    for language in LANGUAGES:
        with speaking(language):
            found |= {plain(_(name)): column for column, name in _NAMES.items()}
    return found


def _known(session: Session, platform: Platform, period: EvaluationPeriod) -> _Known:
    raters = EvaluationRules.from_json(period.rules).raters
    ratees = roster(session, platform, period)
    customers = {
        one.person_id
        for one in ratees
        if RaterType.CUSTOMER in shares_by_type(shares_of(one.ratee_class, raters))
    }
    return _Known(
        staff={one.staff_no: one for one in evaluation_people.staff(session).values()},
        rated={one.person_id: one.ratee_class for one in ratees},
        with_customers=frozenset(customers),
        answers=evaluations.answers(session, period.id or 0),
    )


def _plan(table: PeopleTable, actor: Actor, known: _Known) -> _Plan:
    plan = _Plan(table)
    first: dict[str, int] = {}
    for row in table.rows:
        before = len(table.rejections)
        person = person_in(table, row, known.staff, actor.person_id)
        if person is not None:
            _check_ratee(table, row, person, known)
        reference = _reference(table, row, known, first)
        score = _score(table, row)
        if person is None or reference is None or score is None:
            continue
        answer = known.answers.get(reference)
        if answer is not None and answer.person_id != person.person_id:
            taken = BadInput(_("This answer is known already, about somebody else."))
            table.reject(row, REFERENCE, taken)
        if len(table.rejections) > before:
            continue
        if answer is None:
            plan.new.append((reference, person.person_id, score))
        elif answer.score != score:
            plan.changed.append((answer, score))
        else:
            plan.skipped += 1
    return plan


def _check_ratee(table: PeopleTable, row: Row, person: StaffRow, known: _Known) -> None:
    if person.person_id not in known.rated:
        absent = BadInput(_("This person is not in the period."), mend=_("Remove the row."))
        table.reject(row, STAFF_NO, absent)
    elif person.person_id not in known.with_customers:
        word = class_word(known.rated[person.person_id])
        message = _("Customers do not rate this person: {ratee_class}.").format(ratee_class=word)
        table.reject(row, STAFF_NO, BadInput(message, mend=_("Remove the row.")))


def _reference(table: PeopleTable, row: Row, known: _Known, first: dict[str, int]) -> str | None:
    text = tidy_line(table.cell(row, REFERENCE).text).strip()
    try:
        text = checked_text(text, _("reference"), MOST_REFERENCE)
        if text in known.staff:
            raise staff_as_customer(text)
        if text in first:
            raise BadInput(
                _("Row {row} has the same reference.").format(row=first[text]),
                mend=_("Keep one of the two rows."),
            )
    except BadInput as problem:
        table.reject(row, REFERENCE, problem)
        return None
    first[text] = row.number
    return text


def _score(table: PeopleTable, row: Row) -> Fraction | None:
    try:
        return read_score(table.cell(row, SCORE).text)
    except BadInput as problem:
        table.reject(row, SCORE, problem)
        return None


def _take(
    session: Session, platform: Platform, actor: Actor, period: EvaluationPeriod, plan: _Plan
) -> None:
    now = platform.clock.now()
    session.add_all(
        Rating(
            period_id=period.id or 0,
            person_id=person_id,
            rater_type=RaterType.CUSTOMER,
            score=score,
            reference=reference,
            given_at=now,
        )
        for reference, person_id, score in plan.new
    )
    for answer, score in plan.changed:
        answer.score, answer.given_at = score, now
    facts = {
        "file": plan.table.digest,
        "new": len(plan.new),
        "changed": len(plan.changed),
        "skipped": plan.skipped,
    }
    record(session, platform, actor, "customer-answers-imported", f"period:{period.id}", **facts)
