"""Whose personal data are due for removal, and what stands in the way (R-FRM-05)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlmodel import Session

from certify.domain.erasure import Erasure
from certify.domain.permission import Action, require
from certify.domain.person import Actor, Person, PersonStatus
from certify.domain.privacy import due_on
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services.reporting.days import day_of
from certify.storage import erasures, personal_blockers, placements

OPEN = {
    "attempt": N_("attempts at exams not marked to the end: {count}"),
    "re-marking": N_("re-markings asked for and not decided: {count}"),
    "correction": N_("corrections of their exams not decided: {count}"),
    "appeal": N_("appeals not decided: {count}"),
    "evaluation": N_("ratings in an evaluation that is not closed: {count}"),
    "coaching-plan": N_("coaching plans not done: {count}"),
    "consequence": N_("consequences of a grade not decided: {count}"),
    "rectification": N_("rectification notices not closed: {count}"),
    "anomaly": N_("anomaly forms not closed: {count}"),
    "serious-problem": N_("serious problems not decided: {count}"),
    "refusal": N_("refusals of onboarding not decided: {count}"),
    "proposal": N_("proposals not decided: {count}"),
    "supervisor": N_("is still the direct supervisor of people: {count}"),
    "training-owner": N_("is still the training owner of people: {count}"),
    "guide": N_("is still the guide of people: {count}"),
}
"""What may be open, in words."""


@dataclass(frozen=True)
class Blocker:
    """One thing that stands in the way."""

    code: str
    """`employed`, `not-due`, `erased` or one of `OPEN`."""
    text: str
    """In words."""


@dataclass(frozen=True)
class RetentionRow:
    """One leaver."""

    staff_no: str
    name: str
    left_on: date | None
    """First day away; None when it was never written down."""
    due_on: date | None
    is_due: bool
    erased_on: date | None
    blockers: tuple[Blocker, ...]


class _Placed(Protocol):
    from_day: date
    status: PersonStatus


def left_on(known: Sequence[_Placed]) -> date | None:
    """The first day away of somebody who is away now: of the last leaving, as it was corrected.

    Args:
        known: of one person, in the order in which they were written down.
    """
    day: date | None = None
    for one in sorted(known, key=lambda row: row.from_day):  # keeps the order within a day
        if one.status is not PersonStatus.LEFT:
            day = None
        elif day is None:
            day = one.from_day
    return day


def retention(platform: Platform, *, actor: Actor, only_due: bool = False) -> list[RetentionRow]:
    """Everybody who has left: due first, then who becomes due next, erased people last.

    Raises:
        NotPermitted
    """
    require(actor, Action.ERASE)
    with platform.database.read() as session:
        placed = personal_blockers.placed(session)
        still_open, gone = personal_blockers.open_of_all(session), erasures.by_person(session)
        rows = [
            _row(
                platform,
                person,
                left_on(placed.get(person.id or 0, ())),
                still_open.get(person.id or 0, {}),
                gone.get(person.id or 0),
            )
            for person in personal_blockers.leavers(session)
        ]
    kept = (row for row in rows if row.is_due or not only_due)
    return sorted(kept, key=_order)


def blockers(
    session: Session, platform: Platform, person: Person, *, but: int | None = None
) -> tuple[Blocker, ...]:
    """Everything that stands in the way of removing a person's data, all at once.

    Args:
        but: number of the proposal that is being carried out.
    """
    id_ = person.id or 0
    left = left_on(placements.written(session, id_))
    still_open = personal_blockers.open_of(session, id_, but=but)
    return tuple(_blockers(platform, person, left, still_open, session.get(Erasure, id_)))


def open_words(found: Mapping[str, int]) -> Iterator[Blocker]:
    """What is open, in words."""
    for code, count in found.items():
        yield Blocker(code, _(OPEN[code]).format(count=count))


def said(found: Iterable[Blocker]) -> str:
    """Blockers as one sentence part."""
    return _("; ").join(one.text for one in found)


def _row(
    platform: Platform,
    person: Person,
    left: date | None,
    still_open: Mapping[str, int],
    gone: Erasure | None,
) -> RetentionRow:
    due = due_on(left, platform.policy.retention.years) if left else None
    return RetentionRow(
        staff_no=person.staff_no,
        name=person.name,
        left_on=left,
        due_on=due,
        is_due=gone is None and due is not None and due <= platform.today(),
        erased_on=day_of(platform, gone.at) if gone else None,
        blockers=() if gone else tuple(_blockers(platform, person, left, still_open, None)),
    )


def _blockers(
    platform: Platform,
    person: Person,
    left: date | None,
    still_open: Mapping[str, int],
    gone: Erasure | None,
) -> Iterator[Blocker]:
    if gone is not None:
        yield Blocker("erased", _("was removed already"))
        return
    if person.status is not PersonStatus.LEFT:
        yield Blocker("employed", _("works here"))
    elif left is None:
        yield Blocker("not-due", _("nobody wrote down since when they are away"))
    elif (day := due_on(left, platform.policy.retention.years)) > platform.today():
        text = _("left on {left}; due from {day} on").format(
            left=left.isoformat(), day=day.isoformat()
        )
        yield Blocker("not-due", text)
    yield from open_words(still_open)


def _order(row: RetentionRow) -> tuple[bool, bool, date, str]:
    return row.erased_on is not None, not row.is_due, row.due_on or date.max, row.staff_no
