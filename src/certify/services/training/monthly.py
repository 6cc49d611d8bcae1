"""The monthly check: one session a month of each kind that is needed (R-TRN-03, S1-TR-04)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from certify.clock import local_date
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.training import SessionState
from certify.domain.training_calendar import Month, MonthCheck, month_after, month_check
from certify.platform import Platform
from certify.services.training.sessions import in_year
from certify.storage import training


@dataclass(frozen=True)
class YearCheck:
    """Twelve months of each kind that policy expects monthly."""

    year: int
    rows: tuple[tuple[str, tuple[MonthCheck, ...]], ...]
    """Kind, and its months from January to December."""

    @property
    def missing(self) -> int:
        """How many months lack a session that was due."""
        return sum(one.verdict is Month.MISSING for _kind, months in self.rows for one in months)


def year_check(platform: Platform, *, actor: Actor, year: int) -> YearCheck:
    """Held, missing, not due or to come, for each month and kind.

    Onboarding is due in months in which somebody was hired; every other kind once there is staff.

    Raises:
        NotPermitted
    """
    require(actor, Action.PLAN_TRAINING)
    zone, today = platform.policy.organisation.time_zone, platform.today()
    with platform.database.read() as session:
        found = in_year(session, platform, year)
        held = Counter(
            (one.kind, local_date(one.starts_at, zone).month)
            for one in found
            if one.state in (SessionState.HELD, SessionState.CLOSED)
        )
        hired = training.hired_days(session, date(year, 1, 1), date(year, 12, 31))
        first_hired = training.first_hired(session)
    newcomers = {day.month for day in hired}
    rows = []
    for kind in platform.policy.training.monthly:
        months = []
        for month in range(1, 13):
            first = date(year, month, 1)
            last = month_after(first, 1) - timedelta(days=1)
            has_staff = first_hired is not None and first_hired <= last
            in_need = month in newcomers if kind == "onboarding" else has_staff
            months.append(month_check(kind, first, held[kind, month], today, in_need=in_need))
        rows.append((kind, tuple(months)))
    return YearCheck(year, tuple(rows))
