"""Delta training as people meet it: what changed, how to pass, who has still to (R-STD-05)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from certify.domain.delta_training import How, needed_right
from certify.domain.permission import Action, may, require_person
from certify.domain.person import Actor
from certify.domain.standard import StandardVersion
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.services.course_locks import reading_locks
from certify.services.recording import record
from certify.services.review_stale import stale_of
from certify.services.standard_life import settling
from certify.storage import courses, delta_training, practice, standards
from certify.storage.delta_training import DeltaRow, PracticeRow


@dataclass(frozen=True)
class DeltaView:
    """One person's training on a new text. Texts in `old` and `new` are by language."""

    id: int
    staff_no: str
    name: str
    number: str
    item: dict[str, str]
    old: dict[str, Any] | None
    """The text before; None where there was none."""
    new: dict[str, Any]
    description: str
    """What changed and why."""
    effective_from: date
    due_on: date
    read_at: datetime | None
    passed_at: datetime | None
    passed_how: str
    is_late: bool
    """Whether the last day is over and it is not passed."""
    is_suspended: bool
    """Whether a post qualification is suspended for it now."""
    is_moot: bool
    """Whether a newer text took its place, or the standard is withdrawn."""
    right: int
    """Practice items answered rightly since it was read."""
    needed: int
    """How many have to be; 0 where no practice item asks for the new text."""
    is_confidential: bool

    @property
    def is_open(self) -> bool:
        """Whether it is still to be passed."""
        return self.passed_at is None and not self.is_moot


def mine(platform: Platform, *, actor: Actor) -> list[DeltaView]:
    """What the actor has still to learn, the most urgent first."""
    settling.settle(platform)
    with platform.database.read() as session:
        rows = delta_training.rows(session, person_id=actor.person_id, only_open=True)
        return [one for one in _views(session, platform, rows) if one.is_open]


def deltas(
    platform: Platform, *, actor: Actor, number: str = "", only_open: bool = False
) -> list[DeltaView]:
    """Delta training of everybody the actor may see, by the day it is due and staff number.

    Trainers who hold training and HR see everybody, supervisors their direct reports, everybody
    themselves.

    Args:
        number: of one standard alone.
    """
    settling.settle(platform)
    with platform.database.read() as session:
        rows = delta_training.rows(session, number=number, only_open=only_open)
        seen = [row for row in rows if _may_see(actor, row)]
        views = _views(session, platform, seen)
    return [one for one in views if one.is_open or not only_open]


def delta(platform: Platform, *, actor: Actor, training_id: int) -> DeltaView:
    """One training.

    Raises:
        NotFound: there is none that the actor may see.
    """
    settling.settle(platform)
    with platform.database.read() as session:
        row = found_row(session, training_id)
        if not _may_see(actor, row):
            raise no_training(training_id)
        return _views(session, platform, [row])[0]


def confirm_read(platform: Platform, *, actor: Actor, training_id: int) -> None:
    """Say that one has read what changed; saying it again changes nothing.

    Raises:
        NotFound: it is no training of the actor.
        Refused: the command line acts for nobody.
    """
    require_person(actor)
    with platform.database.write() as session:
        number = found_row(session, training_id).standard.number
        training = delta_training.locked(session, training_id)
        if training.person_id != actor.person_id:
            raise no_training(training_id)
        if training.read_at is None:
            training.read_at = platform.clock.now()
            session.add(training)
            subject = f"person:{actor.person_id}"
            record(session, platform, actor, "delta-training-read", subject, number=number)


def found_row(session: Session, training_id: int) -> DeltaRow:
    """A training with text, standard and person.

    Raises:
        NotFound
    """
    found = delta_training.rows(session, training_id=training_id)
    if not found:
        raise no_training(training_id)
    return found[0]


def no_training(training_id: int) -> NotFound:
    """That there is no such training, or none for this person."""
    return NotFound(
        _("There is no delta training {number}.").format(number=training_id),
        mend=_("“certify standard delta list” shows all of them."),
    )


def practicable(
    session: Session, platform: Platform, person_id: int, number: str
) -> list[PracticeRow]:
    """The practice items on a standard as it is now, of courses that the person may read."""
    items = delta_training.practice_items(session, number)
    if not items:
        return []
    stale = stale_of(session, platform)
    every = courses.every(session)
    open_ids = {
        course.id
        for course in every
        if course.available
        and course.id in {one.course_id for one in items}
        and not reading_locks(session, platform, person_id, course, every)
    }
    return [one for one in items if one.code not in stale and one.course_id in open_ids]


def progress(session: Session, platform: Platform, row: DeltaRow) -> tuple[set[int], int]:
    """The practice items a person answered rightly since reading, and how many are needed."""
    person_id = row.training.person_id
    items = practicable(session, platform, person_id, row.standard.number)
    needed = needed_right(platform.policy.standards.delta_right, len(items))
    if row.training.read_at is None:
        return set(), needed
    ids = [one.item_id for one in items]
    return practice.right_since(session, person_id, ids, row.training.read_at), needed


def after_practice(
    session: Session, platform: Platform, person_id: int, standards_cited: Sequence[str]
) -> None:
    """Write which trainings a right answer completes; called in the transaction that keeps it."""
    for row in delta_training.rows(session, person_id=person_id, only_open=True):
        if row.standard.number not in standards_cited:
            continue
        training = delta_training.locked(session, row.training.id or 0)
        right, needed = progress(session, platform, row)
        if training.passed_at is None and needed and len(right) >= needed:
            now = platform.clock.now()
            settling.write_pass(session, platform, row, How.PRACTICE, at=now, right=len(right))


def _may_see(actor: Actor, row: DeltaRow) -> bool:
    if may(actor, Action.HOLD_TRAINING):
        return True
    above = row.person.supervisor_id
    return may(actor, Action.SEE_RECORD, owner=row.person.id, owner_supervisor=above)


def _views(session: Session, platform: Platform, rows: Sequence[DeltaRow]) -> list[DeltaView]:
    if not rows:
        return []
    versions = standards.versions_by_number(session)
    today = platform.today()
    newest = settling.newest_material(session, today)
    views = []
    for row in rows:
        moot = settling.is_moot(row, newest.get(row.standard.id or 0), today)
        is_open = row.training.passed_at is None and not moot
        right, needed = progress(session, platform, row) if is_open else (set(), 0)
        before = _before(versions[row.standard.number], row.version)
        views.append(
            DeltaView(
                id=row.training.id or 0,
                staff_no=row.person.staff_no,
                name=row.person.name,
                number=row.standard.number,
                item=row.version.item,
                old=standards.content_of(before) if before else None,
                new=standards.content_of(row.version),
                description=row.version.description,
                effective_from=row.version.effective_from,
                due_on=row.training.due_on,
                read_at=row.training.read_at,
                passed_at=row.training.passed_at,
                passed_how=row.training.passed_how,
                is_late=is_open and row.training.due_on < today,
                is_suspended=is_open and row.training.suspended_at is not None,
                is_moot=moot and row.training.passed_at is None,
                right=min(len(right), needed),
                needed=needed,
                is_confidential=row.version.is_confidential,
            )
        )
    return views


def _before(
    versions: Sequence[StandardVersion], version: StandardVersion
) -> StandardVersion | None:
    older = [one for one in versions if one.effective_from < version.effective_from]
    return older[-1] if older else None
