"""Measured values from a file, such as the export of a CRM: all of it or nothing (R-FRM-03)."""

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from sqlmodel import Session

from certify.courseware.table_file import Row
from certify.domain.evaluation import EvaluationPeriod, MeasuredValue
from certify.domain.evaluation_number import NONE_WORDS, check_range, read_number, share_of
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.indicator_scheme import Indicator, IndicatorScheme
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.errors import BadInput
from certify.i18n import LANGUAGES, N_, _, pick, speaking
from certify.platform import Platform
from certify.services.evaluation.import_table import (
    STAFF_NO,
    EvaluationImport,
    PeopleTable,
    person_in,
    read,
)
from certify.services.evaluation.measuring import measured_period
from certify.services.evaluation.roster import roster
from certify.services.people_words import plain
from certify.services.recording import record
from certify.storage import evaluation_people, evaluations
from certify.storage.evaluations import ValueRow

PART, WHOLE = "#part", "#whole"
_PART_WORDS = (N_("numerator"), "分子", "numerator")
_WHOLE_WORDS = (N_("denominator"), "分母", "denominator")


@dataclass
class _Plan:
    """What a file would change."""

    table: PeopleTable
    new: list[tuple[Row, int, dict[str, Fraction | None]]] = field(default_factory=list)
    """Row, person and the values that differ from those known."""
    skipped: int = 0


def import_measured(
    platform: Platform, *, actor: Actor, period: str, path: Path, apply: bool
) -> EvaluationImport:
    """Check a file of values and, if `apply` and nothing is wrong, take it over.

    A column for each indicator, headed by its code or title; or two of them, with “numerator” and
    “denominator” behind it: a denominator of 0 says that it is not applicable, as a dash does.
    An empty cell says nothing.

    Raises:
        NotPermitted, NotFound
        BadInput: the file cannot be read, or has no row of headings.
        Refused: the period is in review or closed.
    """
    require(actor, Action.RUN_EVALUATION)
    with platform.database.write() as session:
        found = measured_period(session, period)
        scheme = EvaluationRules.from_json(found.rules).scheme
        wanted = ", ".join([_("Staff no."), *(pick(one.title) for one in scheme.indicators)])
        table = read(path, headings(scheme), wanted)
        plan = _plan(session, platform, actor, found, scheme, table)
        if apply and not table.rejections:
            _take(session, platform, actor, found, plan, path)
    return table.report(imported=len(plan.new), skipped=plan.skipped, apply=apply)


def headings(scheme: IndicatorScheme) -> dict[str, str]:
    """Every way to head a column of a scheme, made `plain`, with the column it means."""
    parts, wholes = _spoken(_PART_WORDS), _spoken(_WHOLE_WORDS)
    found: dict[str, str] = {}
    for one in scheme.indicators:
        names = [one.code, *one.title.values()]
        found |= {plain(name): one.code for name in names}
        if one.is_rate:
            found |= {plain(name + word): one.code + PART for name in names for word in parts}
            found |= {plain(name + word): one.code + WHOLE for name in names for word in wholes}
    return found


def _plan(
    session: Session,
    platform: Platform,
    actor: Actor,
    period: EvaluationPeriod,
    scheme: IndicatorScheme,
    table: PeopleTable,
) -> _Plan:
    staff = {one.staff_no: one for one in evaluation_people.staff(session).values()}
    evaluated = {one.person_id for one in roster(session, platform, period)}
    known = evaluations.values(session, period.id or 0)
    first: dict[int, int] = {}
    plan = _Plan(table)
    for row in table.rows:
        person = person_in(table, row, staff, actor.person_id)
        if person is None:
            continue
        before = len(table.rejections)
        if person.person_id not in evaluated:
            absent = BadInput(_("This person is not in the period."), mend=_("Remove the row."))
            table.reject(row, STAFF_NO, absent)
        if person.person_id in first:
            message = _("Row {row} has the same staff number.")
            twice = message.format(row=first[person.person_id])
            table.reject(row, STAFF_NO, BadInput(twice, mend=_("Keep one of the two rows.")))
        first.setdefault(person.person_id, row.number)
        said = _read(table, row, scheme)
        if len(table.rejections) > before:
            continue
        changed = _changed(said, known.get(person.person_id, {}))
        if changed:
            plan.new.append((row, person.person_id, changed))
        else:
            plan.skipped += 1
    return plan


def _read(table: PeopleTable, row: Row, scheme: IndicatorScheme) -> dict[str, Fraction | None]:
    """What a row says; the table's rejections grow by what is wrong with it."""
    said: dict[str, Fraction | None] = {}
    for one in scheme.indicators:
        for column, reading in ((one.code, _value), (one.code + PART, _pair)):
            if column not in table.columns or not table.cell(row, column).text:
                continue
            try:
                if one.code in said:
                    raise BadInput(_("The indicator stands in two columns."))
                said[one.code] = reading(table, row, one)
            except BadInput as problem:
                table.reject(row, column, problem)
    return said


def _value(table: PeopleTable, row: Row, one: Indicator) -> Fraction | None:
    text = table.cell(row, one.code).text
    if text.casefold() in NONE_WORDS:
        return None
    number = read_number(text)
    check_range(number, one.least, one.most)
    return number


def _pair(table: PeopleTable, row: Row, one: Indicator) -> Fraction | None:
    whole = table.cell(row, one.code + WHOLE).text
    if not whole:
        raise BadInput(_("The denominator is missing."), mend=_("Fill in both cells."))
    return share_of(read_number(table.cell(row, one.code + PART).text), read_number(whole))


def _changed(
    said: dict[str, Fraction | None], known: dict[str, ValueRow]
) -> dict[str, Fraction | None]:
    return {
        code: value
        for code, value in said.items()
        if code not in known or known[code].value != value
    }


def _take(
    session: Session,
    platform: Platform,
    actor: Actor,
    period: EvaluationPeriod,
    plan: _Plan,
    path: Path,
) -> None:
    now = platform.clock.now()
    session.add_all(
        MeasuredValue(
            period_id=period.id or 0,
            person_id=person_id,
            indicator=code,
            value=value,
            source=f"{path.name}:{row.number}",
            recorded_by=actor.person_id,
            at=now,
        )
        for row, person_id, changed in plan.new
        for code, value in changed.items()
    )
    facts = {"file": plan.table.digest, "rows": len(plan.new), "skipped": plan.skipped}
    record(session, platform, actor, "values-imported", f"period:{period.id}", **facts)


def _spoken(words: tuple[str, ...]) -> set[str]:
    """Words in every language, as they are and translated."""
    found = set(words)
    for language in LANGUAGES:
        with speaking(language):
            found.add(_(words[0]))
    return found
