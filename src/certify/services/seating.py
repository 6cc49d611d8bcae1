"""Who sits where: seats of a cohort, given one by one, from a table, or in a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from certify.courseware.table_file import Row, read_table
from certify.domain import seats
from certify.domain.clean import clean_line
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.registration import CohortMember
from certify.errors import BadInput, Refused
from certify.i18n import LANGUAGES, N_, _, speaking
from certify.platform import Platform
from certify.services import closing
from certify.services.conduct_rules import known_cohort, locked_cohort, members_of
from certify.services.people_words import plain
from certify.services.recording import record
from certify.storage import cohorts

MOST_SEAT = 20
"""Characters."""
MOST_IN_ROW = 999
HEADINGS = {"staff_no": N_("Staff no."), "seat": N_("Seat")}


@dataclass(frozen=True)
class Seat:
    """Where one member sits."""

    staff_no: str
    name: str
    seat: str


def seats_of(platform: Platform, *, actor: Actor, cohort_id: int) -> tuple[Seat, ...]:
    """Where everybody of a cohort sits, by staff numbers.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.MANAGE_COHORTS)
    with platform.database.read() as session:
        known_cohort(session, cohort_id)
        return _seats(session, cohort_id)


def assign(
    platform: Platform, *, actor: Actor, cohort_id: int, seats_by_staff_no: Mapping[str, str]
) -> tuple[Seat, ...]:
    """Give members of a cohort these seats, all of them or none; an empty one takes it away.

    Two may exchange theirs. Who sits at a seat in this moment is moved by `conducting.move` alone,
    which asks for a reason; one who sits without a seat may be given one.

    Returns:
        Where everybody sits now.
    Raises:
        NotPermitted, BadInput
        NotFound: naming every staff number that is not in the cohort.
        Refused: two would have the same seat, or somebody would be moved in the middle of an exam.
    """
    require(actor, Action.MANAGE_COHORTS)
    wanted = {
        staff_no: checked_seat(seat) if seat.strip() else ""
        for staff_no, seat in seats_by_staff_no.items()
    }
    return _assign(platform, actor, cohort_id, wanted, {})


def _assign(
    platform: Platform,
    actor: Actor,
    cohort_id: int,
    wanted: Mapping[str, str],
    places: Mapping[str, str],
) -> tuple[Seat, ...]:
    """Args:
    places: where each staff number was read; empty where nobody wrote a file.
    """
    closing.close_overdue(platform)  # whose time is over sits nowhere any more
    with platform.database.write() as session:
        locked_cohort(session, cohort_id)
        members = members_of(session, cohort_id, wanted)
        sitting = cohorts.open_attempts(session, cohort_id)
        for member, (staff_no, seat) in zip(members, wanted.items(), strict=True):
            attempt = sitting.get(member.person_id)
            if attempt is not None and member.seat and member.seat.casefold() != seat.casefold():
                raise _sits(staff_no, member.seat, attempt, places.get(staff_no, ""))
            member.seat = seat
            session.add(member)
        session.flush()
        _refuse_double(session, cohort_id)
        return _seated(session, platform, actor, cohort_id, len(members))


def assign_free(
    platform: Platform, *, actor: Actor, cohort_id: int, per_row: int = seats.ROW
) -> tuple[Seat, ...]:
    """Give everybody without a seat the next free one, by staff numbers: `A-01`, `A-02` …

    Who is excused gets none.

    Args:
        per_row: seats in a row, 1 to 999; then the next letter begins.
    Returns:
        Where everybody sits now.
    Raises:
        NotPermitted, NotFound, BadInput
    """
    require(actor, Action.MANAGE_COHORTS)
    if not 1 <= per_row <= MOST_IN_ROW:
        raise BadInput(_("A row has from 1 to {most} seats.").format(most=MOST_IN_ROW))
    with platform.database.write() as session:
        locked_cohort(session, cohort_id)
        rows = cohorts.members(session, cohort_id).get(cohort_id, [])
        free = seats.first_free((row.member.seat for row in rows), per_row)
        without = [row.member for row in rows if not row.member.seat and not row.member.excused]
        for member in without:
            member.seat = next(free)
            session.add(member)
        session.flush()
        return _seated(session, platform, actor, cohort_id, len(without))


def assign_from_table(
    platform: Platform, *, actor: Actor, cohort_id: int, path: Path
) -> tuple[Seat, ...]:
    """Give the seats of a table (CSV or XLSX) with the columns staff number and seat.

    Raises:
        BadInput: it cannot be read, a row is not complete, or a person stands in it twice.
        as `assign` does.
    """
    require(actor, Action.MANAGE_COHORTS)
    columns = {
        name: {plain(word) for word in (name, *_translations(heading))}
        for name, heading in HEADINGS.items()
    }
    table = read_table(path, lambda row: all(_place(row, words) >= 0 for words in columns.values()))
    if table is None:
        raise BadInput(
            _("The file has no row of headings."),
            place=str(path),
            mend=_("Write one with these columns: {columns}.").format(
                columns=", ".join(_(heading) for heading in HEADINGS.values())
            ),
        )
    places = {name: _place(table.headings, words) for name, words in columns.items()}
    wanted: dict[str, str] = {}
    lines: dict[str, str] = {}
    for row in table.rows:
        staff_no, seat = (_text(row, places[name]) for name in ("staff_no", "seat"))
        here = f"{path}:{row.number}"
        if not staff_no or not seat:
            raise BadInput(_("A row needs a staff number and a seat."), place=here)
        if staff_no in wanted:
            raise BadInput(_("{staff_no} stands here twice.").format(staff_no=staff_no), place=here)
        wanted[staff_no], lines[staff_no] = checked_seat(seat), here
    return _assign(platform, actor, cohort_id, wanted, lines)


def checked_seat(seat: str) -> str:
    """A seat as one clean word or two.

    Raises:
        BadInput
    """
    found = " ".join(clean_line(seat).split())
    if not 0 < len(found) <= MOST_SEAT:
        raise BadInput(_("Name a seat in 1 to {most} characters.").format(most=MOST_SEAT))
    return found


def give(session: Session, member: CohortMember, seat: str) -> None:
    """Give a member a seat; the caller has locked the cohort.

    Raises:
        Refused: somebody has it.
    """
    member.seat = seat
    session.add(member)
    session.flush()
    _refuse_double(session, member.cohort_id)


def _sits(staff_no: str, seat: str, attempt: int, place: str) -> Refused:
    return Refused(
        _("{staff_no} sits the exam at {seat} now; no seat was changed.").format(
            staff_no=staff_no, seat=seat
        ),
        place=place,
        mend=_(
            "Move them with a reason: M in the list of exams in progress, or “certify attempt move "
            "{attempt}”."
        ).format(attempt=attempt),
    )


def _refuse_double(session: Session, cohort_id: int) -> None:
    taken: dict[str, str] = {}
    for row in cohorts.members(session, cohort_id).get(cohort_id, []):
        seat = row.member.seat.casefold()
        if seat and seat in taken:
            raise Refused(
                _("Seat {seat} would be that of {first} and of {second}.").format(
                    seat=row.member.seat, first=taken[seat], second=row.person.staff_no
                ),
                mend=_("Give everybody another seat."),
            )
        taken[seat] = row.person.staff_no


def _seated(
    session: Session, platform: Platform, actor: Actor, cohort_id: int, count: int
) -> tuple[Seat, ...]:
    if count:
        record(session, platform, actor, "seats-given", f"cohort:{cohort_id}", count=count)
    return _seats(session, cohort_id)


def _seats(session: Session, cohort_id: int) -> tuple[Seat, ...]:
    members_of(session, cohort_id, ())
    return tuple(
        Seat(row.person.staff_no, row.person.name, row.member.seat)
        for row in cohorts.members(session, cohort_id).get(cohort_id, [])
    )


def _translations(heading: str) -> list[str]:
    found = []
    for language in LANGUAGES:
        with speaking(language):
            found.append(_(heading))
    return found


def _place(row: Row, words: set[str]) -> int:
    return next((n for n, cell in enumerate(row.cells) if plain(cell.text) in words), -1)


def _text(row: Row, place: int) -> str:
    return row.cells[place].text.strip() if place < len(row.cells) else ""
