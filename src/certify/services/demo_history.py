"""What happened in the ready-made company before today, done through the services of everybody."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from certify.clock import SetClock
from certify.domain.person import CONSOLE, Actor
from certify.platform import Platform
from certify.services import demo_answers, demo_company, learning, lobby, sign_in, sitting

FOUNDATIONS = "onboarding-service-foundations"
COMPLAINTS = "in-service-complaint-handling"
HOME_VISITS = "special-home-visit-repair"
EXAMS = {
    FOUNDATIONS: "foundations-written",
    COMPLAINTS: "complaint-handling-written",
    HOME_VISITS: "home-visit-written",
}
HR = "000002"
READY = "001001"
"""Who has read the foundations and may sit the exam."""


@dataclass(frozen=True)
class Sat:
    """An exam that somebody sat so many days ago, and how many items went wrong."""

    staff_no: str
    course: str
    days: int
    wrong: int
    weak: tuple[str, ...] = ()
    is_retake: bool = False


SAT = (
    # Run out, and not renewed.
    Sat("001011", FOUNDATIONS, 391, 3),
    # Run out within the next 60 days.
    Sat("001013", FOUNDATIONS, 348, 2),
    Sat("001014", FOUNDATIONS, 321, 5),
    Sat("001015", FOUNDATIONS, 243, 1),
    Sat("003004", FOUNDATIONS, 187, 4),
    Sat("001015", COMPLAINTS, 171, 2),
    Sat("001016", FOUNDATIONS, 152, 4),
    Sat("003004", HOME_VISITS, 118, 3),
    # Failed, learned again, passed.
    Sat("001017", FOUNDATIONS, 47, 9, ("six-2-plan", "six-5-solve", "std-process", "ten-rules")),
    Sat("001017", FOUNDATIONS, 41, 3, is_retake=True),
    # Failed; the remedial training is still to be done.
    Sat("003001", FOUNDATIONS, 4, 8, ("six-4-feedback", "six-6-improve", "std-quality")),
)
READ = (("001002", 3, 5), ("002001", 6, 8))
"""Staff number, lessons of the foundations read, days since the last of them."""
LATE = ("001012", "002005", "003005")
DUE = ("001018", "001019", "001021", "002006", "002007", "002008", "003006", "003007")
"""Staff of long standing to whom HR gave a day for the foundations; it is past for `LATE`."""
NEW_HIRES_IMPORTED = 12
"""Days since HR imported the people file with the new hires."""


@dataclass(frozen=True)
class Happening:
    """Something somebody did at a moment."""

    at: datetime
    do: Callable[[], None]


def play(
    platform: Platform,
    clock: SetClock,
    *,
    today: date,
    leave_last_lesson: bool,
    progress: Callable[[int, int], None],
) -> None:
    """Let everything happen in the order of time, the clock set to each moment."""
    history = _History(platform, clock, today)
    happenings = sorted(history.everything(leave_last_lesson), key=lambda one: one.at)
    for place, happening in enumerate(happenings, start=1):
        clock.set(max(happening.at, clock.now()))  # one may last until the next begins
        happening.do()
        progress(place, len(happenings))


class _History:
    def __init__(self, platform: Platform, clock: SetClock, today: date) -> None:
        self.platform = platform
        self.clock = clock
        self.today = today
        self.chance = random.Random(85)  # noqa: S311  a story, not a secret
        self.zone = ZoneInfo(platform.policy.organisation.time_zone)
        self.actors: dict[str, Actor] = {}
        self.lessons = {
            view.code: [lesson.code for lesson in view.lessons]
            for view in learning.course_views(platform, actor=CONSOLE)
        }

    def everything(self, leave_last_lesson: bool) -> Iterator[Happening]:
        yield Happening(self.at(NEW_HIRES_IMPORTED, 8, 30), self.hire)
        yield Happening(self.at(75, 16, 0), self.give_days)
        for sat in SAT:
            if sat.is_retake:
                repeat = partial(self.repeat, sat.staff_no, EXAMS[sat.course])
                yield Happening(self.at(sat.days + 2, 9, 30), repeat)
            else:
                yield from self.read(sat.staff_no, sat.course, sat.days + 1)
            yield Happening(self.at(sat.days, 14, 5), partial(self.sit, sat))
        for staff_no, count, days in READ:
            yield from self.read(staff_no, FOUNDATIONS, days, count=count)
        left = 1 if leave_last_lesson else 0
        count = len(self.lessons[FOUNDATIONS]) - left
        yield from self.read(READY, FOUNDATIONS, 2, count=count)

    def hire(self) -> None:
        demo_company.hire(self.platform, today=self.today, with_new_hires=True)

    def give_days(self) -> None:
        hr = self.actor(HR)
        for numbers, days in ((LATE, -5), (DUE, 45)):
            due_on = self.today + timedelta(days=days)
            for number in numbers:
                learning.enrol(
                    self.platform, actor=hr, staff_no=number, course=FOUNDATIONS, due_on=due_on
                )

    def read(
        self, staff_no: str, course: str, last_day: int, *, count: int | None = None
    ) -> Iterator[Happening]:
        """Read lessons, two a day, up to a day."""
        codes = self.lessons[course][:count]
        for place, code in enumerate(codes):
            days = last_day + (len(codes) - 1 - place) // 2
            at = self.at(days, 9 + 2 * (place % 2), self.chance.randrange(50))
            yield Happening(at, partial(self.read_one, staff_no, course, code))

    def read_one(self, staff_no: str, course: str, lesson: str) -> None:
        who = self.actor(staff_no)
        learning.open_lesson(self.platform, actor=who, course=course, lesson=lesson)
        self.clock.advance(timedelta(minutes=self.chance.randint(8, 40)))
        learning.finish_lesson(self.platform, actor=who, course=course, lesson=lesson)

    def repeat(self, staff_no: str, exam: str) -> None:
        door = lobby.lobby(self.platform, actor=self.actor(staff_no), exam=exam)
        for lesson in door.remedial.lessons if door.remedial else ():
            self.read_one(staff_no, door.course, lesson)

    def sit(self, sat: Sat) -> None:
        who = self.actor(sat.staff_no)
        begun = sitting.start(self.platform, actor=who, exam=EXAMS[sat.course])
        answers = demo_answers.prepared(
            self.platform,
            attempt_id=begun.attempt_id,
            wrong=sat.wrong,
            weak=sat.weak,
            chance=self.chance,
        )
        for position, answer in enumerate(answers):
            self.clock.advance(timedelta(seconds=self.chance.randint(15, 60)))
            sitting.record_response(
                self.platform,
                actor=who,
                attempt_id=begun.attempt_id,
                fence=begun.fence,
                sequence=begun.sequence + position + 1,
                position=position,
                answer=answer,
                flagged=False,
            )
        sitting.submit(self.platform, actor=who, attempt_id=begun.attempt_id, fence=begun.fence)

    def actor(self, staff_no: str) -> Actor:
        if staff_no not in self.actors:
            self.actors[staff_no] = sign_in.act_as(self.platform, staff_no=staff_no)
        return self.actors[staff_no]

    def at(self, days: int, hour: int, minute: int) -> datetime:
        """A moment so many days ago, where the company works."""
        day = self.today - timedelta(days=days)
        return datetime.combine(day, time(hour, minute), self.zone)
