"""Satisfaction surveys: brought in from a file, and what came back of each (R-SUP-03)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from certify.courseware.table_file import read_table
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.quality import Survey
from certify.domain.survey import is_enough, return_rate
from certify.errors import BadInput, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.people_rows import Rejection
from certify.services.recording import record
from certify.services.reporting.survey_rows import HEADINGS, RowReader, SurveyEntry, is_heading
from certify.storage import quality


@dataclass(frozen=True)
class SurveyImport:
    """What became of every row; `found = added + unchanged + rejected`."""

    found: int
    added: int
    unchanged: int
    rejected: int
    rejections: tuple[Rejection, ...]
    applied: bool
    """False for a dry run, and when any row was rejected: then nothing was changed."""


@dataclass(frozen=True)
class SurveyView:
    """One survey with its return rate."""

    code: str
    first_day: date
    last_day: date
    sent: int
    returned: int
    rate: Fraction | None
    """Returned of sent; None when none was sent."""
    is_enough: bool | None
    """Whether the rate reaches the target; None without a rate."""
    topics: dict[str, Fraction]
    """Means of attitude, efficiency and effect, 0 to 100."""


def import_surveys(platform: Platform, *, actor: Actor, path: Path, apply: bool) -> SurveyImport:
    """Check a survey file (CSV or XLSX) and, if `apply` and nothing is wrong, take it over.

    Raises:
        NotPermitted
        BadInput: the file cannot be read, or has no such headings.
        Refused: somebody else brought in the same surveys at the same moment.
    """
    require(actor, Action.RECORD_QUALITY)
    table = read_table(path, is_heading)
    if table is None:
        raise BadInput(
            _("The file has no row of headings."),
            place=str(path),
            mend=_("Write one with these columns: {columns}.").format(
                columns=", ".join(_(heading) for heading in HEADINGS.values())
            ),
        )
    reader = RowReader(table)
    entries = reader.read(table.rows)
    if not apply:
        with platform.database.read() as session:
            new = _new(session, reader, entries)
        return _report(len(table.rows), entries, new, reader, applied=False)
    try:
        with platform.database.write() as session:
            new = _new(session, reader, entries)
            if not reader.rejections:
                _store(session, platform, actor, path.name, new)
    except IntegrityError as problem:
        raise Refused(
            _("Somebody else brought in the same surveys at the same moment."),
            mend=_("Nothing was changed. Import the file again."),
        ) from problem
    return _report(len(table.rows), entries, new, reader, applied=not reader.rejections)


def surveys(platform: Platform, *, actor: Actor) -> list[SurveyView]:
    """Every survey, the newest first.

    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_REPORTS)
    with platform.database.read() as session:
        return [view(platform, one) for one in quality.surveys(session)]


def view(platform: Platform, one: Survey) -> SurveyView:
    """A stored survey with what follows from it."""
    rate = return_rate(one.sent, one.returned)
    return SurveyView(
        code=one.code,
        first_day=one.first_day,
        last_day=one.last_day,
        sent=one.sent,
        returned=one.returned,
        rate=rate,
        is_enough=is_enough(rate, platform.policy.survey.return_rate),
        topics={topic: Fraction(text) for topic, text in one.topics.items()},
    )


def _new(session: Session, reader: RowReader, entries: list[SurveyEntry]) -> list[SurveyEntry]:
    """The rows that are not known; one that says something else of a known survey is rejected."""
    known = {one.code: one for one in quality.surveys(session)}
    new = []
    for entry in entries:
        held = known.get(entry.code)
        if held is None:
            new.append(entry)
        elif _facts(held) != _facts(entry):
            message = _("The survey “{code}” is known with other figures.").format(code=entry.code)
            reader.reject(entry.row, "code", message, _("Give a new survey a new code."))
    reader.rejections.sort(key=lambda one: one.row)
    return new


def _facts(one: Survey | SurveyEntry) -> tuple[object, ...]:
    return one.first_day, one.last_day, one.sent, one.returned, one.topics


def _store(
    session: Session, platform: Platform, actor: Actor, source: str, new: list[SurveyEntry]
) -> None:
    for entry in new:
        session.add(
            Survey(
                code=entry.code,
                first_day=entry.first_day,
                last_day=entry.last_day,
                sent=entry.sent,
                returned=entry.returned,
                topics=entry.topics,
                source=f"{source}:{entry.row}",
                recorded_by=actor.person_id,
                at=platform.clock.now(),
            )
        )
        facts = {"sent": entry.sent, "returned": entry.returned, "topics": entry.topics}
        subject = f"survey:{entry.code}"
        record(session, platform, actor, "survey-imported", subject, **facts)


def _report(
    found: int,
    entries: list[SurveyEntry],
    new: list[SurveyEntry],
    reader: RowReader,
    *,
    applied: bool,
) -> SurveyImport:
    rejected = {one.row for one in reader.rejections}
    added = sum(one.row not in rejected for one in new)
    return SurveyImport(
        found=found,
        added=added,
        unchanged=found - len(rejected) - added,
        rejected=len(rejected),
        rejections=tuple(reader.rejections),
        applied=applied,
    )
