"""Steps that tests of training share: a trainer with the level, an approved plan, a session."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from certify.clock import SetClock
from certify.domain.certificate import Certificate, certificate_number
from certify.domain.person import Role
from certify.domain.qualification import (
    Qualification,
    QualificationChange,
    QualificationKind,
    QualificationState,
)
from certify.platform import Platform
from certify.services.training import (
    admitting,
    arranging,
    plan_review,
    plan_views,
    planning,
    sessions,
)
from certify.services.training.arranging import NewSession
from certify.services.training.planning import Planned
from certify.services.training.session_views import AttendeeView, SessionView
from certify.storage.qualifications import next_number
from tests.platforms import actor
from tests.services.learning_steps import grant

TRAINER = "S0001"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: str, time: str = "09:00") -> datetime:
    """A moment by the clocks of the company."""
    return datetime.fromisoformat(f"{day} {time}").replace(tzinfo=SHANGHAI).astimezone(UTC)


def go_to(platform: Platform, day: str, time: str = "09:00") -> None:
    """Let it be a moment by the clocks of the company."""
    assert isinstance(platform.clock, SetClock)
    platform.clock.set(at(day, time))


def level(platform: Platform, staff_no: str, code: str = "L2", **days: date) -> None:
    """Let somebody hold a level, by default for all of 2024 and 2025."""
    first = days.get("first", date(2023, 1, 1))
    last = days.get("last", date(2025, 12, 31))
    with platform.database.write() as session:
        held = Qualification(
            person_id=actor(platform, staff_no).person_id,
            kind=QualificationKind.LEVEL,
            code=code,
            title={"zh": code, "en": code},
            issued_on=first,
            first_issued_on=first,
            valid_from=first,
            valid_to=last,
        )
        session.add(held)
        session.flush()
        number = certificate_number(code, 2023, next_number(session, f"{code}-2023"))
        session.add(
            Certificate(number=number, qualification_id=held.id or 0, issued_at=at("2023-01-01"))
        )
        session.add(
            QualificationChange(
                qualification_id=held.id or 0,
                from_day=first,
                state=QualificationState.ACTIVE,
                at=at("2023-01-01"),
                reason="",
            )
        )


def trainer(platform: Platform, staff_no: str = TRAINER) -> None:
    """Make somebody a trainer who may give sessions."""
    grant(platform, staff_no, Role.TRAINER)
    level(platform, staff_no)


def twelve(platform: Platform, year: int = 2024) -> list[int]:
    """An approved plan of a year: a session of 2,000 yuan each month; the numbers of its lines."""
    drafter, hr = actor(platform, TRAINER), actor(platform, "H0001")
    planning.draft_annual(platform, actor=drafter, year=year)
    for month in range(1, 13):
        what = Planned(kind="in-service", title=f"服务技能 {month}", planned_fen=200_000)
        planning.add_line(platform, actor=drafter, year=year, month=month, what=what)
    plan_review.submit(platform, actor=drafter, plan=year)
    plan_review.approve(platform, actor=hr, plan=year)
    plan = plan_views.annual_plan(platform, actor=hr, year=year)
    return [line.id for line in plan.lines]


def arranged(platform: Platform, starts: datetime, ends: datetime, **more: Any) -> str:
    """A session of the trainer that costs nothing, for newcomers unless said otherwise."""
    what: dict[str, Any] = {"kind": "onboarding", "title": "岗前培训", "trainer": TRAINER, **more}
    new = NewSession(starts_at=starts, ends_at=ends, **what)
    code, _warnings = arranging.arrange(platform, actor=actor(platform, TRAINER), what=new)
    return code


def admitted(platform: Platform, code: str, *whom: str) -> str:
    """The session with these people on its list."""
    admitting.admit(platform, actor=actor(platform, TRAINER), code=code, whom=whom)
    return code


def seen(platform: Platform, code: str, staff_no: str = TRAINER) -> SessionView:
    """A session as somebody sees it."""
    return sessions.one(platform, actor=actor(platform, staff_no), code=code)


def line(platform: Platform, code: str, who: str = "E1001") -> AttendeeView:
    """One line of its list, as the trainer sees it."""
    return next(one for one in seen(platform, code).attendees if one.who == who)
