"""Where the past of the ready-made company is played: its clock, its people and their moments."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from certify.clock import SetClock
from certify.domain.person import Actor
from certify.platform import Platform
from certify.services import sign_in

FOUNDATIONS = "onboarding-service-foundations"
COMPLAINTS = "in-service-complaint-handling"
HOME_VISITS = "special-home-visit-repair"
EXAMS = {
    FOUNDATIONS: "foundations-written",
    COMPLAINTS: "complaint-handling-written",
    HOME_VISITS: "home-visit-written",
}
CASE_EXAM = "complaint-handling-case"
PRACTICAL_EXAM = "home-visit-practical"
HR, TRAINER, TOP = "000002", "000004", "000001"
READY = "001001"
"""Who has read the foundations and may sit the exam."""
PRACTISING = "002001"
"""The newcomer who has passed it and practises on site."""


@dataclass(frozen=True)
class Happening:
    """Something somebody did at a moment."""

    at: datetime
    do: Callable[[], None]


class Stage:
    """What everything that happens shares.

    Args:
        clock: the platform's; whatever lasts moves it on.
        present: the moment at which the past ends.
    """

    def __init__(self, platform: Platform, clock: SetClock, today: date, present: datetime) -> None:
        self.platform = platform
        self.clock = clock
        self.today = today
        self.present = present
        self.chance = random.Random(85)  # noqa: S311  a story, not a secret
        self._zone = ZoneInfo(platform.policy.organisation.time_zone)
        self._actors: dict[str, Actor] = {}

    def actor(self, staff_no: str) -> Actor:
        """Somebody of the company."""
        if staff_no not in self._actors:
            self._actors[staff_no] = sign_in.act_as(self.platform, staff_no=staff_no)
        return self._actors[staff_no]

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A moment so many days ago, where the company works; days below 0 are to come."""
        day = self.today - timedelta(days=days)
        return datetime.combine(day, time(hour, minute), self._zone)
