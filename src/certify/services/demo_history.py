"""What happened in the ready-made company before today, done through the services of everybody."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from certify.clock import SetClock
from certify.domain.person import CONSOLE
from certify.platform import Platform
from certify.services import (
    demo_answers,
    demo_careers,
    demo_company,
    demo_evaluation,
    demo_hall,
    demo_inspections,
    demo_messages,
    demo_offices,
    demo_quality,
    demo_standards,
    demo_training,
    learning,
    lobby,
    practice,
    practice_answer,
    sitting,
)
from certify.services.demo_stage import (
    CASE_EXAM,
    COMPLAINTS,
    EXAMS,
    FOUNDATIONS,
    HOME_VISITS,
    HR,
    PRACTISING,
    READY,
    Happening,
    Stage,
)

CHAPTERS = (
    demo_careers,
    demo_standards,
    demo_inspections,
    demo_training,
    demo_evaluation,
    demo_quality,
    demo_offices,
    demo_hall,
    demo_messages,
)
"""What else happened, each by those who do it."""


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
    # Failed; the remedial training is still to be done, by one of them since too long.
    Sat("003008", HOME_VISITS, 19, 8, ("norms-phone", "returns")),
    Sat("003001", FOUNDATIONS, 4, 8, ("six-4-feedback", "six-6-improve", "std-quality")),
    # A newcomer who passed and practises on site since.
    Sat(PRACTISING, FOUNDATIONS, 6, 2),
)
CASES = (("001014", 7, 1), ("001016", 5, 0), ("001015", 1, 0))
"""Staff number, days since the case exam, choices gone wrong; what examiners did follows there."""
READ = (("001002", 3, 5),)
"""Staff number, lessons of the foundations read, days since the last of them."""
LATE = ("001012", "002005", "003005")
DUE = ("001018", "001019", "001021", "002006", "002007", "002008", "003006", "003007")
"""Staff of long standing to whom HR gave a day for the foundations; it is past for `LATE`."""
SITTING = "001018"
"""Who sits the foundations at this moment."""
SITTING_SINCE = timedelta(minutes=16)
ANSWERED = 16
"""Items that are answered by now."""
TO_BE_EXAMINED = "003008"
"""Who learned about home visits as well, so that an examiner may open the practical exam."""
PRACTISED = (("003001", 3, 6), ("001001", 1, 8))
"""Staff number, days since, items of the foundations practised."""
NEW_HIRES_IMPORTED = 12
"""Days since HR imported the people file with the new hires."""


def play(
    platform: Platform,
    clock: SetClock,
    *,
    today: date,
    present: datetime,
    leave_last_lesson: bool,
    progress: Callable[[int, int], None],
) -> None:
    """Let everything happen in the order of time, the clock set to each moment."""
    stage = Stage(platform, clock, today, present)
    everything = [one for chapter in CHAPTERS for one in chapter.everything(stage)]
    everything += _History(stage).everything(leave_last_lesson)
    happenings = sorted(everything, key=lambda one: one.at)
    for place, happening in enumerate(happenings, start=1):
        clock.set(max(happening.at, clock.now()))  # one may last until the next begins
        happening.do()
        progress(place, len(happenings))


class _History:
    """What those who learn did."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.platform, self.clock, self.chance = stage.platform, stage.clock, stage.chance
        self.lessons = {
            view.code: [lesson.code for lesson in view.lessons]
            for view in learning.course_views(self.platform, actor=CONSOLE)
        }

    def everything(self, leave_last_lesson: bool) -> Iterator[Happening]:
        yield Happening(self.stage.at(NEW_HIRES_IMPORTED, 8, 30), self.hire)
        yield Happening(self.stage.at(75, 16, 0), self.give_days)
        for sat in SAT:
            if sat.is_retake:
                repeat = partial(self.repeat, sat.staff_no, EXAMS[sat.course])
                yield Happening(self.stage.at(sat.days + 2, 9, 30), repeat)
            else:
                yield from self.read(sat.staff_no, sat.course, sat.days + 1)
            yield Happening(self.stage.at(sat.days, 14, 5), partial(self.sit, sat))
        for staff_no, days, wrong in CASES:
            if COMPLAINTS not in {sat.course for sat in SAT if sat.staff_no == staff_no}:
                yield from self.read(staff_no, COMPLAINTS, days + 1)
            case = partial(self.answer, staff_no, CASE_EXAM, wrong)
            yield Happening(self.stage.at(days, 14, 35), case)
        for staff_no, count, days in READ:
            yield from self.read(staff_no, FOUNDATIONS, days, count=count)
        yield from self.read(TO_BE_EXAMINED, FOUNDATIONS, 34)
        for staff_no, days, count in PRACTISED:
            practise = partial(self.practise, staff_no, count)
            yield Happening(self.stage.at(days, 12, 40), practise)
        yield from self.read(SITTING, FOUNDATIONS, 3)
        begin = partial(self.answer, SITTING, EXAMS[FOUNDATIONS], 2, count=ANSWERED)
        yield Happening(self.stage.present - SITTING_SINCE, begin)
        left = 1 if leave_last_lesson else 0
        count = len(self.lessons[FOUNDATIONS]) - left
        yield from self.read(READY, FOUNDATIONS, 2, count=count)

    def hire(self) -> None:
        demo_company.hire(self.platform, today=self.stage.today, with_new_hires=True)

    def give_days(self) -> None:
        hr = self.stage.actor(HR)
        for numbers, days in ((LATE, -5), (DUE, 45)):
            due_on = self.stage.today + timedelta(days=days)
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
            at = self.stage.at(days, 9 + 2 * (place % 2), self.chance.randrange(50))
            yield Happening(at, partial(self.read_one, staff_no, course, code))

    def read_one(self, staff_no: str, course: str, lesson: str) -> None:
        who = self.stage.actor(staff_no)
        learning.open_lesson(self.platform, actor=who, course=course, lesson=lesson)
        self.clock.advance(timedelta(minutes=self.chance.randint(8, 40)))
        learning.finish_lesson(self.platform, actor=who, course=course, lesson=lesson)

    def repeat(self, staff_no: str, exam: str) -> None:
        door = lobby.lobby(self.platform, actor=self.stage.actor(staff_no), exam=exam)
        for lesson in door.remedial.lessons if door.remedial else ():
            self.read_one(staff_no, door.course, lesson)

    def sit(self, sat: Sat) -> None:
        self.answer(sat.staff_no, EXAMS[sat.course], sat.wrong, weak=sat.weak)

    def answer(
        self,
        staff_no: str,
        exam: str,
        wrong: int,
        *,
        weak: tuple[str, ...] = (),
        count: int | None = None,
    ) -> None:
        """Sit an exam and submit it, unless only so many items are answered by now."""
        who = self.stage.actor(staff_no)
        begun = sitting.start(self.platform, actor=who, exam=exam)
        answers = demo_answers.prepared(
            self.platform,
            attempt_id=begun.attempt_id,
            wrong=wrong,
            weak=weak,
            chance=self.chance,
        )
        demo_answers.give(self.platform, who, begun, answers[:count], self.think)
        if count is None:
            sitting.submit(self.platform, actor=who, attempt_id=begun.attempt_id, fence=begun.fence)

    def think(self) -> None:
        """Let some seconds pass."""
        self.clock.advance(timedelta(seconds=self.chance.randint(15, 60)))

    def practise(self, staff_no: str, count: int) -> None:
        """Practise the foundations, every third item wrong."""
        who = self.stage.actor(staff_no)
        begun = practice.begin(self.platform, actor=who, course=FOUNDATIONS)
        for place, item in enumerate(begun.items[:count], start=1):
            self.think()
            answer = demo_answers.practised(
                self.platform,
                version_id=item.version_id,
                is_right=place % 3 != 0,
                chance=self.chance,
            )
            practice_answer.answer(
                self.platform,
                actor=who,
                version_id=item.version_id,
                seed=item.seed,
                answer=answer,
            )
