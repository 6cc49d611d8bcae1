"""All that is kept of a person, for that person (R-PLT-07, G23); nothing of anybody else.

Left out are keys of exams, what single raters gave, who did what, and passwords; the inventory says
so column by column, and the file repeats it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from certify.domain.attempt import AttemptState
from certify.domain.evaluation_score import mix_parts
from certify.domain.permission import Action
from certify.domain.person import Actor, Person
from certify.domain.privacy import Kind, mentions_removed
from certify.domain.rating_secrecy import shown_to_ratee
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services.typed import person_for
from certify.storage import people, personal

OTHERS = N_("[another person]")
"""What stands where a text names somebody else."""


@dataclass(frozen=True)
class Section:
    """What one table holds of a person."""

    table: str
    title: str
    kind: Kind
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]
    """Plain JSON values by column; days and moments in ISO form, numbers exact as text."""
    left_out: Mapping[str, str]
    """Columns that are not shown, and why, in words."""


@dataclass(frozen=True)
class Extract:
    """Everything that is kept of a person."""

    staff_no: str
    name: str
    at: datetime
    sections: tuple[Section, ...]
    acts: Mapping[str, int]
    """In how many rows of each table the person is named as who did something."""

    @property
    def rows(self) -> int:
        """How many rows there are in all sections."""
        return sum(len(one.rows) for one in self.sections)


def extract(platform: Platform, *, actor: Actor, staff_no: str | None = None) -> Extract:
    """What is kept of a person, table by table; the same for that person and for HR.

    Args:
        staff_no: None for the actor.
    Raises:
        NotPermitted: it is somebody else's, and the actor is not of HR.
        NotFound
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.EXTRACT)
        others = _others(session, person)
        return Extract(
            staff_no=person.staff_no,
            name=person.name,
            at=platform.clock.now(),
            sections=tuple(_sections(session, person, others)),
            acts=personal.acts(session, person.id or 0),
        )


def _sections(session: Session, person: Person, others: "_Others") -> Iterator[Section]:
    for name, table in personal.personal_tables():
        shown: dict[str, bool] = {}
        left_out = {}
        for column in personal.columns(name):
            found = personal.declared(name, column)
            if found is None or (column == table.person and name != "person"):
                continue
            if found.hidden:
                left_out[column] = _(found.hidden)
            else:
                shown[column] = found.kind in (Kind.TEXT, None)
        kept = personal.rows(session, name, person.id or 0) if shown else []
        rows = _seen(session, name, kept)
        known = {
            column: personal.codes(session, name, column, [row[column] for row in rows])
            for column in shown
        }
        yield Section(
            table=name,
            title=_(table.title),
            kind=table.kind or Kind.IDENTITY,
            columns=tuple(shown),
            rows=tuple(
                {
                    column: others.without(_plain(row[column])) if is_text else _plain(row[column])
                    for column, is_text in shown.items()
                }
                | {
                    column: known[column][row[column]]
                    for column in shown
                    if known[column] and row[column] is not None
                }
                for row in rows
            ),
            left_out=left_out,
        )


def _seen(session: Session, name: str, rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """What of the rows the person may see already."""
    if name == "marking":  # other examiners are still marking
        states = personal.states(session, [row["attempt_id"] for row in rows])
        return [row for row in rows if states.get(row["attempt_id"]) is AttemptState.SUBMITTED]
    if name == "evaluation":
        return [_evaluated(session, row) for row in rows]
    return rows


def _evaluated(session: Session, row: dict[str, Any]) -> dict[str, Any]:
    """An evaluation without a score that gives a single rater away; see `rating_secrecy`."""
    counted = ((one.rater_type, one.counted) for one in mix_parts(row["parts"] or {}))
    return row if shown_to_ratee(counted).final else {**row, "final": None}


class _Others:
    """Names and numbers of everybody else, to be left out of what was written."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(names, key=len, reverse=True)

    def without(self, value: object) -> object:
        """A text, or JSON with texts in it, that names nobody else."""
        said = repr(value)
        found = [name for name in self.names if name in said]
        return mentions_removed(value, found, _(OTHERS)) if found else value


def _others(session: Session, person: Person) -> _Others:
    own = f"{person.staff_no} {person.name}"
    return _Others(
        {
            text
            for row in people.rows(session)
            if row.person.id != person.id
            for text in (row.person.staff_no, row.person.name)
            if text not in own
        }
    )


def _plain(value: object) -> object:
    """A value as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # a moment, too
        return value.isoformat()
    return str(value) if isinstance(value, Fraction) else value
