"""A person's timeline: all that happened, newest first, and who may see which of it (R-PLT-07)."""

import pytest

from certify.domain.inspection import InspectionResult
from certify.domain.person import CONSOLE
from certify.errors import NotFound, NotPermitted
from certify.i18n import speaking
from certify.platform import Platform
from certify.services.reporting.timeline import Event, fits, timeline
from tests.platforms import actor, read_course, sit
from tests.services.report_person_rows import live_through_everything
from tests.services.report_rows import (
    TODAY,
    cohort,
    ids,
    inspection,
    put,
)


def texts(platform: Platform, reader: str, staff_no: str = "E1001") -> list[str]:
    """What a reader sees of somebody, in English, one line an event."""
    found = timeline(platform, actor=actor(platform, reader), staff_no=staff_no)
    with speaking("en"):
        return [f"{one.day} {one.kind}: {one.what} | {one.more or ''}" for one in found.events]


def has(lines: list[str], text: str) -> bool:
    return any(text in line for line in lines)


@pytest.fixture
def busy(platform: Platform) -> Platform:
    """E1001 with something of every kind."""
    live_through_everything(platform)
    return platform


def test_everything_stands_on_the_own_timeline_but_single_raters(busy: Platform) -> None:
    lines = texts(busy, "E1001")
    for text in (
        "work: Hired",
        "New direct supervisor: 人事",
        "Away from 2024-03-04 to 2024-03-04 | Reason: 急性肠胃炎",
        "主管 answers for the training in the department",
        "Refused onboarding; the reason was not accepted | Reason: 家中有事",
        "Freed from the phase department | Reason: rehired",
        "Guided by 主管 from here on",
        "signed off by 主管: 10 tasks on 5 working days | 稳",
        "Outside certificate “电工证” of 应急局",
        "Heard by a panel for level L3",
        "Case CASE-1 written: 一",
        "Case CASE-2 published: 二",
        "Inspection IN-2024-000001: Not met | 未佩戴工牌",
        "Answers for rectification notice RN-2024-000001, due 2024-03-04: issued",
        "Anomaly form AF-1",
        "“Reception”: suspended, valid to 2025-03-04 | test",
        "Certificate PQ-2024-000001-8",
        "Evaluation 2023-Q4: Unqualified",
        "Appealed against the grade of 2023-Q4: not upheld | 数据无误",
        "Confirmed after 2023-Q4: performance bonus | Factor 0.7",
        "Confirmed after 2023-Q4: warning",
        "Coaching plan, due 2024-03-04",
        "Training TS-1 “投诉处理”: attended, 1.66 h | Assessed with 88",
        "Training agreement TA-1 for “投诉处理” signed | 2,000.00 yuan",
        "Delta training on CS-001 “响应”, due 2024-03-04",
        "Passed the delta training on CS-001",
    ):
        assert has(lines, text), (text, lines)
    assert not has(lines, "transfer")
    assert not has(lines, "37")
    assert not has(lines, "粗心")


def test_hr_sees_what_the_person_sees(busy: Platform) -> None:
    assert texts(busy, "H0001") == texts(busy, "E1001")


def test_a_supervisor_sees_the_work_but_no_money_no_bonus_and_no_reason_of_absence(
    busy: Platform,
) -> None:
    lines = texts(busy, "S0001")
    for text in ("Evaluation 2023-Q4: Unqualified", "after 2023-Q4: warning", "IN-2024-000001"):
        assert has(lines, text)
    for text in ("bonus", "0.7", "2,000", "急性肠胃炎", "家中有事", "CASE-1", "37", "粗心"):
        assert not has(lines, text)
    assert len(lines) == len(texts(busy, "E1001")) - 2


def test_others_see_nothing(busy: Platform) -> None:
    for reader in ("E1002",):
        with pytest.raises(NotPermitted):
            texts(busy, reader)
    with pytest.raises(NotFound):
        texts(busy, "H0001", "nobody")


def test_the_newest_stands_first(busy: Platform) -> None:
    days = [line[:10] for line in texts(busy, "E1001")]
    assert days == sorted(days, reverse=True)
    assert days[0] == "2024-04-03"


def test_exams_stand_with_marks_and_what_they_assigned(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    sit(platform, learner, right=0)
    lines = texts(platform, "E1001")
    assert has(lines, "exam: Did not pass")
    assert has(lines, "Remedial training for")
    assert has(lines, "course: Finished")
    cohort(platform, {ids(platform)["E1002"]: [None, True]})
    lines = texts(platform, "E1002", "E1002")
    assert has(lines, "no result yet")
    assert has(lines, "with 90.00 | Attempt 2")


def test_a_result_that_is_not_there_has_no_mark_and_an_open_attempt_no_line(
    platform: Platform,
) -> None:
    lines = texts(platform, "E1001")
    assert lines == ["2024-03-04 work: Hired | "]


def test_a_search_finds_what_a_line_says_in_the_language_spoken(busy: Platform) -> None:
    events = timeline(busy, actor=CONSOLE, staff_no="E1001").events
    with speaking("en"):
        assert [one.kind for one in events if fits(one, "", "anomaly")] == ["inspection"]
        kinds = {one.kind for one in events if fits(one, "evaluation", "")}
        assert kinds == {"evaluation"}
        assert not [one for one in events if fits(one, "case", "2023-q4")]


def test_nothing_in_a_line_is_taken_for_a_place_to_fill_in(platform: Platform) -> None:
    who = ids(platform)["E1001"]
    put(platform, inspection(who, InspectionResult.MET, finding="{0.__class__} {day} %s"))
    assert has(texts(platform, "E1001"), "{0.__class__} {day} %s")


def test_an_event_is_plain_data(platform: Platform) -> None:
    (hired,) = timeline(platform, actor=CONSOLE, staff_no="E1001").events
    assert isinstance(hired, Event)
    assert (hired.kind, hired.day) == ("work", TODAY)
