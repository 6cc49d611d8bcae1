"""Which training sessions there are, and one of them in full."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

from certify.domain.person import Actor
from certify.domain.training import TrainingSession
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.services import closing
from certify.services.training.session_views import SessionView, may_run, may_see_all, views
from certify.storage import training


def listed(
    platform: Platform, *, actor: Actor, days: tuple[date, date] | None = None
) -> list[SessionView]:
    """The sessions the actor may see, in their order: all of them, or those given or attended.

    Args:
        days: only those that begin from one day on and before another; None for all.
    """
    first = end = None
    if days is not None:
        first, end = (_midnight(platform, day) for day in days)
    closing.close_overdue(platform)
    with platform.database.read() as session:
        found = training.between(session, first, end)
        if found and not may_see_all(actor):
            own = {one.id for one, _line in training.of_person(session, actor.person_id)}
            found = [one for one in found if one.id in own or may_run(actor, one)]
        return views(session, platform, actor, found)


def one(platform: Platform, *, actor: Actor, code: str) -> SessionView:
    """One session with its attendees, as far as the actor may see them.

    Raises:
        NotFound: there is none, or none that the actor may see.
    """
    closing.close_overdue(platform)
    with platform.database.read() as session:
        (view,) = views(session, platform, actor, [unlocked(session, code)])
        if not (may_see_all(actor) or view.may_run or view.attends):
            raise no_session(code)
        return view


def locked(session: Session, code: str) -> TrainingSession:
    """A session, which nobody else changes until the transaction ends.

    Raises:
        NotFound
    """
    return _found(training.by_code(session, code, lock=True), code)


def unlocked(session: Session, code: str) -> TrainingSession:
    """A session, to be looked at.

    Raises:
        NotFound
    """
    return _found(training.by_code(session, code), code)


def _found(found: TrainingSession | None, code: str) -> TrainingSession:
    if found is None:
        raise no_session(code)
    return found


def no_session(code: str) -> NotFound:
    """That there is no such session, or none for this person."""
    return NotFound(
        _("There is no training session “{code}”.").format(code=code),
        mend=_("“certify training session list” shows all of them."),
    )


def year_of(year: int) -> tuple[date, date]:
    """The days of a year: the first, and the first of the next."""
    return date(year, 1, 1), date(year + 1, 1, 1)


def in_year(session: Session, platform: Platform, year: int) -> Sequence[TrainingSession]:
    """The sessions that begin in a year of the company's calendar, in their order."""
    first, end = (_midnight(platform, day) for day in year_of(year))
    return training.between(session, first, end)


def _midnight(platform: Platform, day: date) -> datetime:
    """The moment at which a day begins where the company works."""
    zone = ZoneInfo(platform.policy.organisation.time_zone)
    return datetime.combine(day, time(0), zone).astimezone(UTC)
