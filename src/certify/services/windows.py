"""When a person may sit an exam: the window of the cohort in which they are registered."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from certify.domain.course import Exam
from certify.domain.registration import Cohort, CohortMember, Gate, gate, is_over, window_at
from certify.errors import BadInput
from certify.i18n import _
from certify.platform import Platform
from certify.storage import cohorts


@dataclass(frozen=True)
class Standing:
    """How a person stands to the window that counts for them."""

    window: Cohort
    member: CohortMember
    gate: Gate


def standing(session: Session, person_id: int, exam_id: int, now: datetime) -> Standing | None:
    """The window that counts for a person now; None when none of theirs is left.

    Who is excused from a cohort is not bound by it.
    """
    found = cohorts.of_person(session, person_id, exam_id)
    bound = {one.id: member for one, member in found if not member.excused}
    window = window_at([one for one, _member in found if one.id in bound], now)
    if window is None:
        return None
    member = bound[window.id]
    return Standing(window, member, gate(window, now, is_admitted=member.admitted_at is not None))


def window_of(session: Session, person_id: int, exam_id: int, now: datetime) -> Cohort | None:
    """The cohort whose window counts for a person now; None when none of theirs is left."""
    found = standing(session, person_id, exam_id, now)
    return found.window if found else None


def window_blockers(session: Session, platform: Platform, person_id: int, exam: Exam) -> list[str]:
    """Why the exam cannot be begun now for the sake of its window, translated."""
    now = platform.clock.now()
    found = standing(session, person_id, exam.id or 0, now)
    if found is not None:
        return _at_door(platform, found)
    if not exam.registered_only:
        return []
    over = [one for one, _m in cohorts.of_person(session, person_id, exam.id or 0)]
    over = [one for one in over if is_over(one, now)]
    if over and over[-1].closes_at is not None:
        closed = moment_text(platform, over[-1].closes_at)
        return [_("“{title}” ended on {moment}.").format(title=over[-1].title, moment=closed)]
    return [_("Only who is registered may sit this exam; ask your trainer or HR.")]


def _at_door(platform: Platform, found: Standing) -> list[str]:
    window = found.window
    if found.gate is Gate.NOT_YET and window.opens_at is not None:
        opens = moment_text(platform, window.opens_at)
        return [_("“{title}” opens on {moment}.").format(title=window.title, moment=opens)]
    if found.gate is Gate.WAITING:
        return [_("Please wait for the invigilator.")]
    if found.gate is Gate.LATE:
        text = _("“{title}” has begun and you are late; the invigilator decides.")
        return [text.format(title=window.title)]
    return []


def moment_text(platform: Platform, moment: datetime) -> str:
    """A moment as the clocks of the company show it, to the minute."""
    zone = ZoneInfo(platform.policy.organisation.time_zone)
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def parse_moment(platform: Platform, text: str) -> datetime | None:
    """A moment typed as `2024-12-31 09:00`, by the clocks of the company; None when empty.

    Raises:
        BadInput: it is no such moment.
    """
    if not text.strip():
        return None
    try:
        typed = datetime.strptime(text.strip(), "%Y-%m-%d %H:%M")  # noqa: DTZ007  given below
    except ValueError:
        raise BadInput(
            _("“{text}” is no moment; write it like 2024-12-31 09:00.").format(text=text)
        ) from None
    return typed.replace(tzinfo=ZoneInfo(platform.policy.organisation.time_zone)).astimezone(UTC)
