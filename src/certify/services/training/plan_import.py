"""Takes the lines of an annual plan from a table: all of them or none, a dry run first.

A line that stands in the plan already, word for word, is left alone: what `forms.annual_plan`
wrote changes nothing when it is read back (R-FRM-02). `found = added + unchanged + rejected`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session

from certify.courseware.table_file import Row, Table, read_table
from certify.domain.clean import clean_line
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.training import PlanLine, TrainingMode
from certify.errors import BadInput, CertifyError
from certify.i18n import LANGUAGES, N_, _, speaking
from certify.platform import Platform
from certify.services.people_words import plain
from certify.services.recording import record
from certify.services.training import words
from certify.services.training.amounts import fen_of, hours_of
from certify.services.training.planning import Planned, changeable, checked_line
from certify.storage import training_plans

HEADINGS = {
    "month": N_("Month"),
    "kind": N_("Kind"),
    "title": N_("Title"),
    "course": N_("Course"),
    "mode": N_("Mode"),
    "hours": N_("Hours"),
    "audience": N_("Audience"),
    "trainer": N_("Trainer"),
    "planned": N_("Planned cost"),
}
NEEDED = ("month", "kind", "title")


@dataclass(frozen=True)
class LineRejection:
    """Why a row cannot be taken."""

    row: int
    message: str
    mend: str


@dataclass(frozen=True)
class PlanImport:
    """What became of every row."""

    found: int
    added: int
    unchanged: int
    rejections: tuple[LineRejection, ...]
    applied: bool
    """False for a dry run, and when any row was rejected: then nothing was changed."""


def import_lines(
    platform: Platform, *, actor: Actor, year: int, path: Path, apply: bool
) -> PlanImport:
    """Check a table of plan lines (CSV or XLSX) and, if `apply` and nothing is wrong, add them.

    Raises:
        NotPermitted, NotFound
        BadInput: the file cannot be read, or has no row of headings.
        Refused: the plan is with HR or approved.
    """
    require(actor, Action.PLAN_TRAINING)
    table = read_table(path, _is_heading)
    if table is None:
        raise BadInput(
            _("The file has no row of headings."),
            place=str(path),
            mend=_("Write one with these columns: {columns}.").format(
                columns=", ".join(_(heading) for heading in HEADINGS.values())
            ),
        )
    with platform.database.write() as session:
        plan = changeable(session, year)
        known = training_plans.lines(session, plan.id).get(plan.id or 0, [])
        lines, rejections = _read(session, plan.id or 0, table)
        # What stands there once covers one row of the file, not two.
        left = [_said(line) for line in known]
        new = []
        for line in lines:
            if _said(line) in left:
                left.remove(_said(line))
            else:
                new.append(line)
        is_applied = apply and not rejections
        if is_applied:
            session.add_all(new)
            session.flush()
            facts = {"lines": [line.id for line in new], "file": table.digest}
            subject = f"training-plan:{year}"
            record(session, platform, actor, "training-lines-imported", subject, **facts)
    return PlanImport(
        found=len(table.rows),
        added=len(new),
        unchanged=len(lines) - len(new),
        rejections=tuple(rejections),
        applied=is_applied,
    )


def _read(
    session: Session, plan_id: int, table: Table
) -> tuple[list[PlanLine], list[LineRejection]]:
    places = _places(table.headings)
    lines, rejections = [], []
    for row in table.rows:
        said = {name: _cell(row, place) for name, place in places.items()}
        try:
            lines.append(PlanLine(plan_id=plan_id, **_fields(session, said)))
        except CertifyError as problem:
            rejections.append(LineRejection(row.number, problem.message, problem.mend))
    return lines, rejections


def _fields(session: Session, said: Mapping[str, str]) -> dict[str, Any]:
    month = said["month"].removesuffix("月")
    what = Planned(
        kind=_meant(said["kind"], words.KINDS, _("kind of training")),
        title=said["title"],
        course=said.get("course", ""),
        mode=TrainingMode(_meant(said["mode"], words.MODES, _("mode")))
        if said.get("mode")
        else TrainingMode.INTERNAL,
        hours=hours_of(said.get("hours", "")),
        audience=said.get("audience", ""),
        trainer=said.get("trainer", ""),
        planned_fen=fen_of(said.get("planned", "")),
    )
    number = int(month) if month.isascii() and month.isdigit() and len(month) < 3 else 0
    return checked_line(session, number, what)


def _meant(text: str, known: Mapping[Any, str], what: str) -> str:
    """The value that a cell names by its code or by its word in any language."""
    meanings = {plain(value): str(value) for value in known}
    for language in LANGUAGES:
        with speaking(language):
            meanings |= {plain(_(word)): str(value) for value, word in known.items()}
    if plain(text) not in meanings:
        raise BadInput(
            _("There is no {what} “{code}”.").format(what=what, code=clean_line(text)),
            mend=_("Possible: {values}").format(values=", ".join(_(w) for w in known.values())),
        )
    return meanings[plain(text)]


def _said(line: PlanLine) -> tuple[object, ...]:
    return tuple(getattr(line, name) for name in (*list(HEADINGS)[:-1], "planned_fen"))


def _places(row: Row) -> dict[str, int]:
    """The place of each known column in a row of headings."""
    meanings: dict[str, str] = {}
    for language in LANGUAGES:
        with speaking(language):
            meanings |= {plain(_(heading)): name for name, heading in HEADINGS.items()}
    found: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        if name := meanings.get(plain(cell.text)):
            found.setdefault(name, place)
    return found


def _is_heading(row: Row) -> bool:
    return set(NEEDED) <= set(_places(row))


def _cell(row: Row, place: int) -> str:
    return row.cells[place].text if place < len(row.cells) else ""
