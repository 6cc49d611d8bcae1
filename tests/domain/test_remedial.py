"""A failure asks for exactly the topics below the pass mark (R-REM-01, acceptance story 2)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from certify.domain.remedial import LessonRead, due_day, still_to_read, topics_to_repeat
from certify.domain.result import Part, verdict
from certify.domain.scoring import Earned, topic_profile

FAILED = datetime(2024, 3, 4, 4, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_story_2_only_complaints_are_to_be_learnt_again() -> None:
    parts = [
        Earned("complaints", Fraction(60), Fraction(100)),
        Earned("returns", Fraction(96), Fraction(100)),
    ]

    assert topics_to_repeat(topic_profile(parts, Decimal(85))) == ["complaints"]


@given(st.dictionaries(st.sampled_from("abcd"), st.fractions(0, 100, max_denominator=200)))
def test_a_topic_is_repeated_exactly_when_its_mark_is_below_85(marks: dict[str, Fraction]) -> None:
    parts = [Earned(topic, mark, Fraction(100)) for topic, mark in marks.items()]

    found = topics_to_repeat(topic_profile(parts, Decimal(85)))

    assert found == [topic for topic, mark in marks.items() if mark < 85]


def test_a_fatal_error_with_every_topic_at_85_asks_for_its_own_topic_alone() -> None:
    parts = [
        Part(0, 1, "calls", Fraction(17), Fraction(1)),
        Part(1, 2, "calls", Fraction(3), Fraction(0), fatal=True),
        Part(2, 3, "goods", Fraction(20), Fraction(1)),
    ]

    found = verdict(parts, Fraction(85))

    assert [one.below for one in found.profile] == [False, False]
    assert (found.mark, found.passed) == (Fraction("92.5"), False)
    assert topics_to_repeat(found.profile, found.fatal_topics) == ["calls"]


def lesson(code: str, topics: set[str], finished_at: datetime | None) -> LessonRead:
    return LessonRead(code, frozenset(topics), finished_at)


def test_lessons_on_the_topics_are_open_until_they_are_finished_after_the_failure() -> None:
    lessons = [
        lesson("before", {"calls"}, FAILED - SECOND),
        lesson("never", {"calls", "limits"}, None),
        lesson("after", {"calls"}, FAILED + SECOND),
        lesson("elsewhere", {"limits"}, None),
    ]

    assert still_to_read(["calls"], FAILED, lessons) == ["before", "never"]


def test_the_remedial_training_is_due_inclusive_of_its_last_day() -> None:
    assert due_day(date(2024, 2, 20), 14) == date(2024, 3, 5)
