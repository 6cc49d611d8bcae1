"""When a person may sit an exam: the window of the cohort in which they are registered."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from certify.domain.course import Exam
from certify.domain.registration import Cohort, is_open, is_over, window_at
from certify.errors import BadInput
from certify.i18n import _
from certify.platform import Platform
from certify.storage import cohorts


def window_of(session: Session, person_id: int, exam_id: int, now: datetime) -> Cohort | None:
    """The cohort whose window counts for a person now; None when none of theirs is left.

    Who is excused from a cohort is not bound by it.
    """
    found = cohorts.of_person(session, person_id, exam_id)
    return window_at([cohort for cohort, member in found if not member.excused], now)


def window_blockers(session: Session, platform: Platform, person_id: int, exam: Exam) -> list[str]:
    """Why the exam cannot be begun now for the sake of its window, translated."""
    now = platform.clock.now()
    found = window_of(session, person_id, exam.id or 0, now)
    if found is not None and not is_open(found, now) and found.opens_at is not None:
        opens = moment_text(platform, found.opens_at)
        return [_("“{title}” opens on {moment}.").format(title=found.title, moment=opens)]
    if found is not None or not exam.registered_only:
        return []
    over = [one for one, _m in cohorts.of_person(session, person_id, exam.id or 0)]
    over = [one for one in over if is_over(one, now)]
    if over and over[-1].closes_at is not None:
        closed = moment_text(platform, over[-1].closes_at)
        return [_("“{title}” ended on {moment}.").format(title=over[-1].title, moment=closed)]
    return [_("Only who is registered may sit this exam; ask your trainer or HR.")]


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
