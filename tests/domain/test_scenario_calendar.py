"""Working days and spans of simulated time, and the complaint story of the acceptance list."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.calendar import WorkingCalendar
from certify.domain.scenario import Scenario
from certify.domain.scenario_run import counted_limits, is_kept
from certify.domain.span import Span, parts_of
from tests.domain.scenarios import choice, choose, scenario, words

FRIDAY, MONDAY, TUESDAY, WEDNESDAY = (date(2024, 3, day) for day in (8, 11, 12, 13))
PLAIN = WorkingCalendar()


def test_weekends_and_holidays_are_skipped_and_make_up_days_count() -> None:
    golden = WorkingCalendar(
        years=(2024,), holidays=(date(2024, 5, 1), date(2024, 5, 2)), make_up=(date(2024, 5, 11),)
    )

    assert PLAIN.after(FRIDAY, 2) == TUESDAY
    assert golden.after(date(2024, 4, 30), 1) == date(2024, 5, 3)
    assert golden.after(date(2024, 5, 10), 1) == date(2024, 5, 11)
    assert golden.after(date(2024, 5, 10), 2) == date(2024, 5, 13)
    assert golden.is_working_day(date(2024, 5, 11))
    assert not golden.is_working_day(date(2024, 5, 12))


def test_a_year_that_the_calendar_lacks_is_monday_to_friday_and_named() -> None:
    known = WorkingCalendar(years=(2024,), holidays=(date(2024, 1, 1),))

    assert known.missing_years(date(2024, 12, 30), date(2026, 1, 2)) == (2025, 2026)
    assert known.is_working_day(date(2025, 1, 1))
    assert known.missing_years(date(2024, 1, 1), date(2024, 12, 31)) == ()


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(1, 30))
def test_a_working_day_later_is_a_working_day_and_as_many_lie_between(day: date, n: int) -> None:
    later = PLAIN.after(day, n)
    days = [date.fromordinal(one) for one in range(day.toordinal() + 1, later.toordinal() + 1)]

    assert PLAIN.is_working_day(later)
    assert sum(PLAIN.is_working_day(one) for one in days) == n


@pytest.mark.parametrize(
    ("text", "seconds", "working_days"),
    [
        ("120 s", 120, 0),
        ("24 h 1 min", 86460, 0),
        ("1 working day", 0, 1),
        ("2 working days 30 min", 1800, 2),
        ("0 s", 0, 0),
    ],
)
def test_a_span_is_read_as_it_is_written(text: str, seconds: int, working_days: int) -> None:
    span = Span.model_validate(text)

    assert (span.seconds, span.working_days) == (seconds, working_days)
    assert Span.model_validate(span.model_dump()) == span


@pytest.mark.parametrize("text", ["", "2", "2 days", "soon", "1 h soon", "-1 s", " 1 s", "1.5 h"])
def test_a_span_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="24 h 1 min"):
        parts_of(text)


def test_clock_time_goes_on_over_night_and_working_days_keep_the_time_of_day() -> None:
    friday = datetime.fromisoformat("2024-03-08T15:00")

    assert Span(seconds=24 * 3600).after(friday, PLAIN) == datetime.fromisoformat(
        "2024-03-09T15:00"
    )
    assert Span(working_days=1).after(friday, PLAIN) == datetime.fromisoformat("2024-03-11T15:00")


def complaint(*holidays: date) -> Scenario:
    """The five steps of a complaint received on Thursday 2024-03-07 at 09:00 (S2-CP-01…06)."""

    def limit(end: str, at_most: str, start: str = "start") -> dict[str, object]:
        return {"title": words(end), "start": start, "end": end, "at_most": at_most}

    def step(event: str, following: str, **spans: str) -> list[dict[str, object]]:
        return [
            choice(text, following, 0, takes=span.replace("_", " "), events=[event])
            for text, span in spans.items()
        ]

    return scenario(
        {
            "classify": step("classified", "dispatch", half="30 min", more="31 min"),
            "dispatch": step("dispatched", "agree", ten="30 min", later="31 min"),
            "agree": step("agreed", "fix", minute="23 h 1 min", hour="23 h"),
            "fix": step("fixed", "call", friday="5 h 59 min", friday3="6 h"),
            "call": step(
                "called", "end", tuesday="2 working days", wednesday="3 working days", monday="72 h"
            ),
        },
        calendar={"years": [2024], "holidays": [str(day) for day in holidays]},
        limits={
            "classify": limit("classified", "30 min"),
            "dispatch": limit("dispatched", "1 h"),
            "agree": limit("agreed", "24 h"),
            "call": limit("called", "2 working days", "fixed"),
        },
    ).sealed()


def kept(script: Scenario, *texts: str) -> dict[str, bool]:
    run = choose(script, *texts)
    limits = counted_limits(script, script.starts[0])
    return {name: is_kept(run, limit) for name, limit in limits.items()}


def test_acceptance_story_5_complaint_simulation() -> None:
    story = complaint()
    run = choose(story, "half", "ten", "minute", "friday", "tuesday")

    assert [f"{taken.until:%a %H:%M}" for taken in run.taken] == [
        "Thu 09:30",
        "Thu 10:00",
        "Fri 09:01",
        "Fri 15:00",
        "Tue 15:00",
    ]
    assert kept(story, "half", "ten", "minute", "friday", "tuesday") == {
        "classify": True,
        "dispatch": True,
        "agree": False,
        "call": True,
    }
    assert kept(story, "half", "ten", "hour", "friday3", "wednesday") == {
        "classify": True,
        "dispatch": True,
        "agree": True,
        "call": False,
    }


def test_acceptance_story_5_a_holiday_on_monday_gives_until_wednesday() -> None:
    story = complaint(MONDAY)
    friday = datetime.fromisoformat("2024-03-08T15:00")

    # Two working days later is Wednesday now, and it is in time; Thursday is late.
    run = choose(story, "half", "ten", "minute", "friday", "tuesday")
    assert run.now == datetime.fromisoformat("2024-03-13T15:00")
    assert kept(story, "half", "ten", "minute", "friday", "tuesday")["call"]
    assert not kept(story, "half", "ten", "minute", "friday", "wednesday")["call"]
    assert Span(working_days=2).holds(
        friday, datetime.fromisoformat("2024-03-13T23:59"), story.calendar
    )
    assert not Span(working_days=2).holds(friday, datetime.fromisoformat("2024-03-13T09:00"), PLAIN)


def test_a_minute_too_much_in_an_early_step_is_late_for_that_step_and_the_next() -> None:
    late = kept(complaint(), "more", "ten", "hour", "friday3", "tuesday")

    assert (late["classify"], late["dispatch"]) == (False, False)
