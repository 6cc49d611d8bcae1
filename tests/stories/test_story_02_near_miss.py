"""Acceptance story 2: 67.99 of 80 fails, one topic is learned again, the retake passes as 补考."""

from collections import Counter
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from certify.platform import Platform
from certify.services import learning, lobby, results
from tests.platforms import actor, read_course
from tests.services.steps import begin, check_books, clock_of, stored_attempt, topics_of
from tests.stories.story_course import load_course

EXAM = "service-written"
BLUEPRINT = [
    ("complaints", 5, "4"),
    ("returns", 25, "1"),
    ("method", 1, "28.79"),
    ("method", 1, "3.2"),
    ("method", 1, "3.01"),
]


@pytest.fixture
def company(platform: Platform, tmp_path: Path) -> Platform:
    load_course(
        platform,
        tmp_path,
        "service",
        kind="special",
        bank={"complaints": 20, "returns": 60, "method": 12},
        blueprint=BLUEPRINT,
    )
    read_course(platform, actor(platform, "E1002"), "service")
    return platform


def sit_with(platform: Platform, *wrong: tuple[str, str]) -> int:
    """Sit the exam, one item wrong for each topic and points that are named."""
    terminal = begin(platform, actor(platform, "E1002"), EXAM)
    left = Counter(wrong)
    form = stored_attempt(platform, terminal.sitting.attempt_id).form
    for position, topic in enumerate(topics_of(platform, terminal.sitting.attempt_id)):
        cell = (topic, str(Fraction(form[position]["points"])))
        is_wrong = left[cell] > 0
        left[cell] -= is_wrong
        terminal.respond(
            position, terminal.wrong(position) if is_wrong else terminal.right(position)
        )
    assert not +left
    return terminal.submit()


def test_a_hair_below_the_mark_fails_and_one_topic_is_learned_again(company: Platform) -> None:
    learner = actor(company, "E1002")
    first = sit_with(
        company,
        *[("complaints", "4")] * 2,
        ("returns", "1"),
        ("method", str(Fraction("3.01"))),
    )

    found = results.result(company, actor=learner, attempt_id=first)
    assert (found.attempt.earned, found.attempt.possible) == ("67.99", "80")
    assert (found.attempt.mark, found.attempt.passed) == ("84.98", False)
    marks = {one.title["zh"]: one.shown for one in found.profile}
    assert (marks["complaints"], marks["returns"]) == ("60.00", "96.00")
    assert found.remedial is not None
    assert found.remedial.codes == ("complaints",)
    assert lobby.lobby(company, actor=learner, exam=EXAM).blockers

    clock_of(company).advance(timedelta(hours=1))
    for lesson in found.remedial.lessons:
        learning.finish_lesson(company, actor=learner, course="service", lesson=lesson)
    assert lobby.lobby(company, actor=learner, exam=EXAM).blockers == ()

    second = sit_with(company, ("complaints", "4"), ("method", str(Fraction("3.2"))))
    retake = results.result(company, actor=learner, attempt_id=second).attempt
    assert (retake.mark, retake.passed, retake.number) == ("91.00", True, 2)
    check_books(company)
