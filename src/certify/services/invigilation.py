"""The exams in progress, as the invigilator sees them; no answer and no mark is in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from certify.domain.permission import Action, may, require
from certify.domain.person import Actor, Role
from certify.domain.sitting_time import SittingEvent
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.services import closing
from certify.storage import courses, sitting_time
from certify.storage.sitting_time import OpenRow


@dataclass(frozen=True)
class OpenAttempt:
    """One exam in progress."""

    attempt_id: int
    staff_no: str
    name: str
    exam: str
    title: dict[str, str]
    cohort: str
    """Title of the cohort; empty without one."""
    number: int
    """2 and more for a retake."""
    items: int
    answered: int
    started_at: datetime
    deadline: datetime
    last_heard: datetime
    """Last answer, else the start."""
    focus_lost: int
    """How often the terminal was left for another window."""
    seconds_away: int
    """How long, all together."""
    is_away: bool
    """Whether it is left now."""
    terminals: int
    """How often it was opened; more than 1 after a lost connection or on another terminal."""
    on_break_since: datetime | None
    break_left: int
    """Seconds."""


@dataclass(frozen=True)
class Hall:
    """All exams in progress that the actor may watch, and when it was looked at."""

    now: datetime
    attempts: tuple[OpenAttempt, ...]


def hall(platform: Platform, *, actor: Actor, exam: str = "") -> Hall:
    """The exams in progress, the one that ends first at the top.

    A supervisor sees those of direct reports.

    Args:
        exam: code of the one exam wanted; empty for all.
    Raises:
        NotPermitted, NotFound
    """
    watches_all = may(actor, Action.INVIGILATE)
    if not watches_all and Role.SUPERVISOR not in actor.roles:
        require(actor, Action.INVIGILATE)
    closing.close_overdue(platform)
    with platform.database.read() as session:
        wanted = courses.exam(session, exam) if exam else None
        if exam and wanted is None:
            raise NotFound(_("There is no exam “{exam}”.").format(exam=exam))
        rows = [
            row
            for row in sitting_time.open_rows(session, wanted.id if wanted else None)
            if watches_all or row.person.supervisor_id == actor.person_id
        ]
        ids = [row.attempt.id or 0 for row in rows]
        progress = sitting_time.progress(session, ids)
        events = sitting_time.events_of(session, ids)
        return Hall(
            now=platform.clock.now(),
            attempts=tuple(
                _view(
                    row,
                    *progress.get(row.attempt.id or 0, (0, row.attempt.started_at)),
                    events.get(row.attempt.id or 0, ()),
                )
                for row in rows
            ),
        )


def _view(
    row: OpenRow, answered: int, heard: datetime, events: Iterable[SittingEvent]
) -> OpenAttempt:
    attempt = row.attempt
    focus = [one for one in events if one.kind in ("focus-lost", "focus-back")]
    away = [int(one.facts.get("seconds", 0)) for one in focus if one.kind == "focus-back"]
    return OpenAttempt(
        attempt_id=attempt.id or 0,
        staff_no=row.person.staff_no,
        name=row.person.name,
        exam=row.exam.code,
        title=row.exam.title,
        cohort=row.cohort.title if row.cohort else "",
        number=attempt.number,
        items=len(attempt.form),
        answered=answered,
        started_at=attempt.started_at,
        deadline=attempt.deadline,
        last_heard=heard,
        focus_lost=sum(one.kind == "focus-lost" for one in focus),
        seconds_away=sum(away),
        is_away=bool(focus) and focus[-1].kind == "focus-lost",
        terminals=attempt.fence,
        on_break_since=attempt.break_began_at,
        break_left=attempt.break_left,
    )
