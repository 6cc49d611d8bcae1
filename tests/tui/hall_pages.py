"""Pages of the invigilator, with a sitting in progress on them."""

from textual.screen import Screen

from certify.clock import SetClock
from certify.platform import Platform
from certify.services import conducting, seating, sitting
from certify.services.exam_codes import ExamCode
from certify.tui.screens.cohort import CohortScreen
from certify.tui.screens.exam_codes import ExamCodesScreen
from certify.tui.screens.invigilation import InvigilationScreen
from tests.platforms import actor
from tests.tui.hall_steps import MINUTE, beat, begin, cohort_of, connect, hire

Shown = tuple[str, Screen[None], list[str]]
PEOPLE = {
    "E1003": "欧阳明月",
    "E1004": "阿卜杜拉·买买提江·依明",
    "E1005": "Alexandra Papadopoulos",
    "E1006": "张三",
}


def _hall(platform: Platform) -> int:
    """One waits, one is cut off, one works, one is paused, one has submitted, one is admitted."""
    hire(platform, PEOPLE)
    everybody = ["E1001", "E1002", *PEOPLE]
    number = cohort_of(platform, everybody, needs_admission=True)
    hr = actor(platform, "H0001")
    seating.assign_free(platform, actor=hr, cohort_id=number)
    conducting.admit(platform, actor=hr, cohort_id=number, staff_nos=everybody[:-1])
    begun = {
        staff_no: begin(platform, staff_no, answered)
        for staff_no, answered in (("E1001", 3), ("E1002", 1), ("E1003", 2), ("E1004", 4))
    }
    for staff_no in ("E1001", "E1002"):
        connect(platform, staff_no, begun[staff_no])
    connect(platform, "E1002", begun["E1002"], "disconnected")
    paused, done = begun["E1003"], begun["E1004"]
    conducting.pause(platform, actor=hr, attempt_id=paused.attempt_id, reason="停电")
    sitting.submit(
        platform, actor=actor(platform, "E1004"), attempt_id=done.attempt_id, fence=done.fence
    )
    assert isinstance(platform.clock, SetClock)
    platform.clock.advance(4 * MINUTE)
    beat(platform)
    return number


def console(platform: Platform) -> Shown:
    return "H0001", InvigilationScreen(_hall(platform)), []


def console_all_exams(platform: Platform) -> Shown:
    _hall(platform)
    return "H0001", InvigilationScreen(), ["s", "home", "enter"]


def console_ticked_end(platform: Platform) -> Shown:
    return "H0001", InvigilationScreen(_hall(platform)), ["down", "space", "space", "e"]


def nobody_sits(platform: Platform) -> Shown:
    return "H0001", InvigilationScreen(), []


def cohort_with_hall(platform: Platform) -> Shown:
    return "H0001", CohortScreen(_hall(platform)), []


def exam_codes(_platform: Platform) -> Shown:
    codes = [
        ExamCode("E1001", "王小兰", "A-01", "K7MP-3QXR-9TWE"),
        ExamCode("E1002", "李雷", "A-02", "WQ2B-HH4N-T6YF"),
    ]
    return "H0001", ExamCodesScreen("三月 A 场", 1, codes), []


PAGES = [console, console_all_exams, console_ticked_end, nobody_sits, cohort_with_hall, exam_codes]
