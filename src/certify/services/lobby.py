"""Before an exam: its rules, and every reason why it cannot be sat now."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.attempt import AttemptState
from certify.domain.blueprint import Cell, shortages
from certify.domain.course import Exam
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.registration import Gate
from certify.domain.scoring import points_text
from certify.domain.validity import window_opens
from certify.errors import NotFound
from certify.i18n import _, _n, pick
from certify.platform import Platform
from certify.services import exam_parts, review_words
from certify.services.candidacy import Candidacy, candidacy
from certify.services.course_locks import exam_locks, lock_reasons
from certify.services.deadline import Announced
from certify.services.drawing import repeated_share
from certify.services.limits import attempt_limit, limit_blockers
from certify.services.own_time import OwnTime, own_time
from certify.services.plugin_rules import plugin_reasons
from certify.services.remedial import RemedialView, open_assignment, remedial_of
from certify.services.windows import Standing, standing, window_blockers
from certify.storage import courses, hall, qualifications, reviews


@dataclass(frozen=True)
class LobbyView:
    """An exam as one person finds it."""

    exam: str
    title: dict[str, str]
    course: str
    course_title: dict[str, str]
    minutes: int
    items: int
    points: str
    pass_mark: str
    attempts_left: int
    attempts_made: int
    open_attempt: int | None
    """Id of the attempt to go on with."""
    deadline: datetime | None
    """End of the open attempt."""
    blockers: tuple[str, ...]
    """Why a new attempt cannot be started, all reasons, translated; empty when it can."""
    remedial: RemedialView | None
    is_passed: bool = False
    """Whether the latest attempt was a pass."""
    is_awaiting: bool = False
    """Whether the latest attempt waits for an examiner."""
    notices: tuple[str, ...] = ()
    """What is worth knowing before the start, translated; it keeps nobody from starting."""
    time: OwnTime | None = None
    """The time the person has in it."""
    gate: Gate | None = None
    """What the person finds at the door of their window; None without one."""
    place: str = ""
    """The hall in which it is sat; empty where it does not matter."""
    seat: str = ""
    announcements: tuple[Announced, ...] = ()
    """What was told to the person's cohort, in order: who waits for the start hears it, too."""

    @property
    def may_start(self) -> bool:
        """Whether a new attempt can be started, or the open one continued."""
        return self.open_attempt is not None or not self.blockers


def lobby(platform: Platform, *, actor: Actor, exam: str) -> LobbyView:
    """An exam's rules and whether the actor may start.

    Raises:
        NotFound
    """
    require(actor, Action.SIT_EXAM, owner=actor.person_id)
    with platform.database.read() as session:
        found = find_exam(session, exam)
        before = candidacy(session, platform, actor.person_id, found)
        course, past, current = before.course, before.past, before.open_attempt
        cells = [Cell.model_validate(cell) for cell in found.blueprint]
        limit = attempt_limit(session, platform, actor.person_id, found, past)
        policy, now = platform.policy, platform.clock.now()
        stands = standing(session, actor.person_id, found.id or 0, now)
        reasons = [*watched_only(found), *blockers(session, platform, before)]
        repeats = [] if reasons or current else _repeats(session, platform, before)
        return LobbyView(
            exam=exam,
            title=found.title,
            course=course.code,
            course_title=course.title,
            minutes=found.minutes,
            items=sum(cell.count for cell in cells),
            points=points_text(Fraction(sum(cell.count * cell.points for cell in cells))),
            pass_mark=points_text(Fraction(policy.exam.pass_mark)),
            attempts_left=limit.left,
            attempts_made=len(past),
            open_attempt=current.id if current else None,
            deadline=current.deadline if current else None,
            blockers=tuple(reasons),
            remedial=remedial_of(session, platform, actor.person_id, found, course),
            is_passed=bool(past and past[-1].passed),
            is_awaiting=bool(past and past[-1].state is AttemptState.AWAITING),
            notices=tuple(repeats),
            time=own_time(session, platform, actor.person_id, found),
            gate=stands.gate if stands else None,
            place=stands.window.place if stands else "",
            seat=stands.member.seat if stands else "",
            announcements=_announced(session, stands),
        )


@dataclass(frozen=True)
class Door:
    """What somebody finds at the door of their window."""

    gate: Gate | None
    """None without a window."""
    announcements: tuple[Announced, ...] = ()


def door(platform: Platform, *, actor: Actor, exam: str) -> Door:
    """What the actor finds at the door of their window now; light, for who waits before it.

    Raises:
        NotFound
    """
    require(actor, Action.SIT_EXAM, owner=actor.person_id)
    with platform.database.read() as session:
        found = find_exam(session, exam)
        stands = standing(session, actor.person_id, found.id or 0, platform.clock.now())
        return Door(stands.gate if stands else None, _announced(session, stands))


def _announced(session: Session, stands: Standing | None) -> tuple[Announced, ...]:
    if stands is None:
        return ()
    told = hall.told_to_cohort(session, stands.window.id or 0)
    return tuple(Announced(one.id, one.text, one.at) for one in told)


def find_exam(session: Session, code: str) -> Exam:
    """An exam by its code, or `NotFound`."""
    found = courses.exam(session, code)
    if found is None:
        raise NotFound(
            _("There is no exam “{exam}”.").format(exam=code),
            mend=_("“certify exam list” shows all of them."),
        )
    return found


def watched_only(exam: Exam) -> list[str]:
    """Why nobody starts a practical exam alone, translated (R-ASM-08)."""
    if exam.part != "practical":
        return []
    return [_("An examiner watches this exam and opens it for you.")]


def blockers(session: Session, platform: Platform, before: Candidacy) -> list[str]:
    """Every reason why a new attempt cannot be started now, translated."""
    exam, course = before.exam, before.course
    reasons = []
    if not exam.available or not course.available:
        reasons.append(_("The course of this exam is not loaded at present."))
    else:
        reasons += _short_bank(session, before)
    reasons += window_blockers(session, platform, before.person_id, exam)
    return reasons + own_blockers(session, platform, before)


def own_blockers(
    session: Session, platform: Platform, before: Candidacy, *, to_others: bool = False
) -> list[str]:
    """Those of them that lie in the person: what they have not done, sat, or hold already.

    Args:
        to_others: whether somebody else than the person reads them.
    """
    person_id, exam, course, past = before.person_id, before.exam, before.course, before.past
    every = courses.every(session) if course.prerequisites or course.phase else ()
    reasons = lock_reasons(exam_locks(session, platform, person_id, course, every))
    lessons_first = platform.policy.exam.lessons_first
    if lessons_first and not courses.is_finished(session, person_id, course.id or 0):
        reasons.append(_("Finish all lessons of the course first."))
    if any(one.state is AttemptState.AWAITING for one in past):
        reasons.append(_("Your last attempt is still waiting to be marked."))
    if reason := _held(session, platform, before):
        reasons.append(reason)
    if remedial := remedial_of(session, platform, person_id, exam, course):
        reasons.append(
            _("Finish your remedial training first: {topics}.").format(
                topics=_("; ").join(pick(topic) for topic in remedial.topics)
            )
        )
    limit = attempt_limit(session, platform, person_id, exam, past)
    reasons += limit_blockers(platform, limit, to_others=to_others)
    return reasons + plugin_reasons(session, platform, before)


def _short_bank(session: Session, before: Candidacy) -> list[str]:
    """Cells that cannot be filled, and how many items are there and not in use yet."""
    cells = [Cell.model_validate(cell) for cell in before.exam.blueprint]
    topics = before.course.topics
    reasons = [
        _(
            "The bank is too small: topic “{topic}” needs {count} items, {available} are there."
        ).format(
            topic=pick(topics.get(short.cell.topic, {})) or short.cell.topic,
            count=short.cell.count,
            available=short.available,
        )
        for short in shortages(cells, before.bank)
    ]
    waiting = reviews.waiting(session, before.course.id or 0) if reasons else 0
    if reasons and before.stale:
        reasons.append(review_words.stale(before.stale))
    return reasons + ([review_words.waiting(waiting)] if waiting else [])


def _repeats(session: Session, platform: Platform, before: Candidacy) -> list[str]:
    """A bank too small for the bound of retakes is said before the start (R-REM-03)."""
    share, items = repeated_share(session, before)
    if share <= platform.policy.retake.max_overlap:
        return []
    text = _n(
        "{count} of {items} items was on your earlier forms: the bank is too small for others.",
        "{count} of {items} items were on your earlier forms: the bank is too small for others.",
        int(share * items),
    )
    return [text.format(count=int(share * items), items=items)]


def _held(session: Session, platform: Platform, before: Candidacy) -> str:
    """Who holds what the exam gives may sit it again only to renew."""
    today = local_date(platform.clock.now(), platform.policy.organisation.time_zone)
    person_id, exam = before.person_id, before.exam
    passes = [one for one in before.past if one.passed]
    if not passes or _is_to_repeat(session, before):
        return ""
    gave = {one.id for one in passes}
    held = [
        one
        for one in qualifications.of_person(session, person_id)
        if one.attempt_id in gave or one.code == exam.process_code
    ]
    in_part = _("You have passed this part; the other part of the exam is still to be passed.")
    if not held:
        if not exam_parts.has_other_parts(session, exam):
            return _("You have passed this exam.")
        waits = exam_parts.waits_for_others(session, platform, person_id, exam)
        return in_part if waits else ""
    last_days: dict[str, date] = {}
    for one in held:
        last_days[one.code] = max(one.period.valid_to, last_days.get(one.code, date.min))
    last_day = min(last_days.values())
    opens = window_opens(last_day, platform.policy.qualification.renewal_days)
    if today >= opens:
        waits = exam_parts.waits_for_others(session, platform, person_id, exam, since=opens)
        return in_part if waits else ""
    return _("You have passed this exam; renewal opens on {day}.").format(day=opens.isoformat())


def _is_to_repeat(session: Session, before: Candidacy) -> bool:
    """Whether a grade or a verification asks for the exam again (R-REM-05)."""
    found = open_assignment(session, before.person_id, before.exam)
    return found is not None and found.attempt_id is None


def attempts_text(count: int) -> str:
    """How many attempts are left, in words."""
    return _n("{count} attempt left", "{count} attempts left", count).format(count=count)
