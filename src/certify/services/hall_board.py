"""The board of an exam hall: who sits, who waits, who needs somebody; no answer and no mark.

A fixed number of queries, however many candidates: it is looked at every few seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session

from certify.domain.attempt import AttemptState
from certify.domain.course import Exam
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor, Role
from certify.domain.registration import Cohort, is_late, is_over
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.services import closing
from certify.storage import courses, hall, sitting_time
from certify.storage.hall import AttemptRow, Away, Line, MemberRow

SILENT_BEATS = 3
"""Signs of life that a server may miss before its connections count as lost."""
NEVER_AWAY = Away()


class CandidateState(StrEnum):
    """How a candidate stands to the exam."""

    TO_COME = "to-come"
    WAITING = "waiting"
    """Nobody lets them begin yet: an invigilator must admit them."""
    ADMITTED = "admitted"
    SITTING = "sitting"
    PAUSED = "paused"
    ON_BREAK = "on-break"
    SUBMITTED = "submitted"
    ENDED = "ended"
    """By an invigilator, before the time."""
    NO_SHOW = "no-show"
    EXCUSED = "excused"


class Connection(StrEnum):
    """Whether the terminal that holds an open attempt is connected to a server."""

    CONNECTED = "connected"
    LOST = "lost"
    NONE = "none"
    """No terminal of a server was heard of: it is sat at the machine itself, or not open."""


@dataclass(frozen=True)
class Candidate:
    """One person in the hall."""

    attempt_id: int | None
    staff_no: str
    name: str
    seat: str
    exam: str
    title: dict[str, str]
    """Of the exam."""
    cohort: str
    """Title of the cohort; empty without one."""
    cohort_id: int | None
    state: CandidateState
    is_late: bool = False
    """Whether the person comes after the time for that: admitting takes a reason."""
    answered: int = 0
    items: int = 0
    started_at: datetime | None = None
    deadline: datetime | None = None
    """While paused it is still to be moved by the pause: see `time_left`."""
    last_saved: datetime | None = None
    connection: Connection = Connection.NONE
    connected_since: datetime | None = None
    """Since when it is connected, or lost."""
    focus_lost: int = 0
    """How often the terminal was left for another window."""
    seconds_away: int = 0
    """How long, all together."""
    is_away: bool = False
    """Whether it is left now."""
    terminals: int = 0
    """How often the exam was opened or moved; 1 for who began it and stayed."""
    on_break_since: datetime | None = None
    paused_at: datetime | None = None
    break_left: int = 0
    """Seconds."""
    number: int = 0
    """Which attempt: 2 and more for a retake; 0 without one."""

    def time_left(self, now: datetime) -> int | None:
        """Whole seconds until the end of an open attempt, 0 and less when over; else None."""
        open_states = (CandidateState.SITTING, CandidateState.PAUSED, CandidateState.ON_BREAK)
        if self.deadline is None or self.state not in open_states:
            return None
        return int((self.deadline - (self.paused_at or now)).total_seconds())


@dataclass(frozen=True)
class Board:
    """Everybody of a cohort, or whoever sits now; and when it was looked at."""

    now: datetime
    title: str
    """Of the cohort; empty without one."""
    opens_at: datetime | None
    closes_at: datetime | None
    needs_admission: bool
    candidates: tuple[Candidate, ...]
    place: str = ""
    late_minutes: int | None = None


def board(
    platform: Platform, *, actor: Actor, cohort_id: int | None = None, exam: str = ""
) -> Board:
    """The board of a cohort, by staff numbers; without one whoever sits now, the first end first.

    A supervisor sees direct reports only.

    Args:
        exam: without a cohort, code of the one exam wanted; empty for all.
    Raises:
        NotPermitted, NotFound
    """
    watches_all = may(actor, Action.INVIGILATE)
    if not watches_all and Role.SUPERVISOR not in actor.roles:
        require(actor, Action.INVIGILATE)
    boss = None if watches_all else actor.person_id
    closing.close_overdue(platform)
    with platform.database.read() as session:
        if cohort_id is None:
            return _of_all(session, platform, exam, boss)
        return _of_cohort(session, platform, cohort_id, boss)


def _of_all(session: Session, platform: Platform, exam: str, boss: int | None) -> Board:
    wanted = courses.exam(session, exam) if exam else None
    if exam and wanted is None:
        raise NotFound(_("There is no exam “{exam}”.").format(exam=exam))
    rows = hall.attempt_rows(session, exam_id=wanted.id if wanted else None)
    rows = [row for row in rows if boss in (None, row.supervisor_id)]
    look = _Look(session, platform, [row.id for row in rows])
    seen = tuple(look.candidate(row) for row in rows)
    return Board(look.now, "", None, None, needs_admission=False, candidates=seen)


def _of_cohort(session: Session, platform: Platform, cohort_id: int, boss: int | None) -> Board:
    found = hall.cohort_with_exam(session, cohort_id)
    if found is None:
        raise NotFound(
            _("There is no cohort {number}.").format(number=cohort_id),
            mend=_("“certify cohort list” shows all of them."),
        )
    cohort, exam = found
    everybody = [
        one for one in hall.members(session, cohort_id) if boss in (None, one.supervisor_id)
    ]
    latest: dict[int, AttemptRow] = {}
    for row in hall.attempt_rows(session, cohort_id=cohort_id):
        if row.person_id not in latest or row.number > latest[row.person_id].number:
            latest[row.person_id] = row
    look = _Look(session, platform, [row.id for row in latest.values()])
    return Board(
        now=look.now,
        title=cohort.title,
        opens_at=cohort.opens_at,
        closes_at=cohort.closes_at,
        needs_admission=cohort.needs_admission,
        candidates=tuple(
            look.candidate(latest[one.person_id])
            if one.person_id in latest
            else _absent(one, cohort, exam, look.now)
            for one in everybody
        ),
        place=cohort.place,
        late_minutes=cohort.late_minutes,
    )


class _Look:
    """What one look at the hall reads of all attempts at once."""

    def __init__(self, session: Session, platform: Platform, attempt_ids: Sequence[int]) -> None:
        self.progress = sitting_time.progress(session, attempt_ids)
        self.away = hall.away(session, attempt_ids)
        self.lines = hall.lines(session, attempt_ids)
        self.now = platform.clock.now()
        silence = timedelta(seconds=SILENT_BEATS * platform.policy.sitting.beat_seconds)
        self.alive = {
            one.node
            for one in sitting_time.beats(session)
            if not one.stopped and one.at >= self.now - silence
        }

    def candidate(self, row: AttemptRow) -> Candidate:
        """Somebody who has begun."""
        answered, saved_at = self.progress.get(row.id, (0, None))
        focus = self.away.get(row.id, NEVER_AWAY)
        state = _state(row)
        line = self.lines.get(row.id) if row.state is AttemptState.OPEN else None
        return Candidate(
            attempt_id=row.id,
            staff_no=row.staff_no,
            name=row.name,
            seat=row.seat,
            exam=row.exam,
            title=row.title,
            cohort=row.cohort,
            cohort_id=row.cohort_id,
            state=state,
            answered=answered,
            items=row.items,
            started_at=row.started_at,
            deadline=row.deadline,
            last_saved=saved_at,
            connection=self._connection(line),
            connected_since=line.at if line else None,
            focus_lost=focus.lost,
            seconds_away=focus.seconds,
            is_away=focus.is_away and row.state is AttemptState.OPEN,
            terminals=row.fence,
            on_break_since=row.break_began_at,
            paused_at=row.paused_at,
            break_left=row.break_left,
            number=row.number,
        )

    def _connection(self, line: Line | None) -> Connection:
        if line is None:
            return Connection.NONE
        is_up = line.is_of_holder and line.kind == "connected" and line.node in self.alive
        return Connection.CONNECTED if is_up else Connection.LOST


def _state(row: AttemptRow) -> CandidateState:
    if row.state is not AttemptState.OPEN:
        return CandidateState.SUBMITTED if row.ended_by is None else CandidateState.ENDED
    if row.paused_at is not None:
        return CandidateState.PAUSED
    return CandidateState.SITTING if row.break_began_at is None else CandidateState.ON_BREAK


def _absent(member: MemberRow, cohort: Cohort, exam: Exam, now: datetime) -> Candidate:
    """Somebody who has not begun."""
    is_admitted = member.admitted_at is not None
    state = CandidateState.TO_COME
    if member.excused:
        state = CandidateState.EXCUSED
    elif is_over(cohort, now):
        state = CandidateState.NO_SHOW
    elif is_admitted:
        state = CandidateState.ADMITTED
    elif cohort.needs_admission or is_late(cohort, now):
        state = CandidateState.WAITING
    return Candidate(
        attempt_id=None,
        staff_no=member.staff_no,
        name=member.name,
        seat=member.seat,
        exam=exam.code,
        title=exam.title,
        cohort=cohort.title,
        cohort_id=cohort.id,
        state=state,
        is_late=is_late(cohort, now) and not is_admitted,
    )
