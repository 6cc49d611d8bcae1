"""Keys and explanations are seen when they may be, and not a moment earlier (R-ASM-12)."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from certify.domain.item import ItemVersion
from certify.errors import NotFound
from certify.platform import Platform
from certify.policy import ExamPolicy, Policy
from certify.services import registering, release
from tests.platforms import NOON, actor, read_course, sit, with_policy
from tests.services.steps import EXAM, begin, clock_of
from tests.services.test_secrets import CANARY, names, plain

HOUR = timedelta(hours=1)


@pytest.fixture
def planted(sqlite_platform: Platform) -> Platform:
    """A platform whose items carry a canary in every explanation."""
    with sqlite_platform.database.write() as session:
        for version in session.exec(select(ItemVersion)).all():
            content = json.loads(json.dumps(version.content))
            content["explanation"] = {"zh": f"{CANARY} {version.id}"}
            version.content = content
    sqlite_platform.item_contents.clear()
    return sqlite_platform


def registered(platform: Platform, *staff_nos: str) -> None:
    """A cohort whose window ends an hour after noon."""
    hr = actor(platform, "H0001")
    number = registering.new_cohort(
        platform, actor=hr, exam=EXAM, title="三月", closes_at=NOON + HOUR
    )
    registering.register(platform, actor=hr, cohort_id=number, staff_nos=staff_nos)
    for staff_no in staff_nos:
        read_course(platform, actor(platform, staff_no))


def text_of(view: Any) -> str:
    return json.dumps(plain(view), ensure_ascii=False, default=str)


def test_while_the_window_is_open_the_review_of_a_closed_attempt_holds_nothing(
    planted: Platform,
) -> None:
    registered(planted, "E1001")
    learner = actor(planted, "E1001")
    attempt = sit(planted, learner)
    clock_of(planted).set(NOON + HOUR - timedelta(microseconds=1))

    for staff_no in ("E1001", "S0001", "H0001"):
        view = release.review(planted, actor=actor(planted, staff_no), attempt_id=attempt)
        assert view.hidden
        assert view.items == ()
        assert CANARY not in text_of(view)


def test_after_the_window_it_holds_answer_key_and_explanation(planted: Platform) -> None:
    registered(planted, "E1001")
    learner = actor(planted, "E1001")
    attempt = sit(planted, learner, right=2)
    clock_of(planted).set(NOON + HOUR)

    view = release.review(planted, actor=learner, attempt_id=attempt)

    assert view.hidden == ""
    assert text_of(view).count(CANARY) == 4
    assert [item.is_right for item in view.items] == [True, True, False, False]
    assert all(item.key["zh"] and item.stem["zh"] for item in view.items)
    right, missing = view.items[0], view.items[3]
    assert right.answer == right.key
    assert missing.answer == {}
    assert "content" not in set(names(plain(view)))


def test_while_anybody_of_the_cohort_still_sits_nothing_is_released(planted: Platform) -> None:
    from certify.services import time_grants

    registered(planted, "E1001", "E1002")
    attempt = sit(planted, actor(planted, "E1001"))
    clock_of(planted).set(NOON + HOUR - timedelta(minutes=1))
    late = begin(planted, actor(planted, "E1002"))
    time_grants.give_time(
        planted,
        actor=actor(planted, "H0001"),
        attempt_id=late.sitting.attempt_id,
        minutes=10,
        reason="停电",
    )
    learner = actor(planted, "E1001")
    clock_of(planted).set(NOON + HOUR)
    assert release.review(planted, actor=learner, attempt_id=attempt).items == ()

    clock_of(planted).set(NOON + HOUR + timedelta(minutes=10))
    assert len(release.review(planted, actor=learner, attempt_id=attempt).items) == 4


def test_a_second_cohort_whose_window_is_open_keeps_the_answers_of_the_first_hidden(
    planted: Platform,
) -> None:
    registered(planted, "E1001")
    attempt = sit(planted, actor(planted, "E1001"))
    hr = actor(planted, "H0001")
    second = registering.new_cohort(
        planted,
        actor=hr,
        exam=EXAM,
        title="四月",
        opens_at=NOON + HOUR / 2,
        closes_at=NOON + 2 * HOUR,
    )
    registering.register(planted, actor=hr, cohort_id=second, staff_nos=["E1002"])
    read_course(planted, actor(planted, "E1002"))
    learner = actor(planted, "E1001")

    clock_of(planted).set(NOON + HOUR)
    view = release.review(planted, actor=learner, attempt_id=attempt)
    assert view.items == ()
    assert CANARY not in text_of(view)

    clock_of(planted).set(NOON + 2 * HOUR)
    assert len(release.review(planted, actor=learner, attempt_id=attempt).items) == 4


def test_who_sits_an_exam_reads_no_answers_at_another_terminal(planted: Platform) -> None:
    opened = with_policy(planted, Policy(exam=ExamPolicy(release_without_window=True)))
    learner, supervisor = actor(opened, "E1001"), actor(opened, "S0001")
    read_course(opened, learner)
    read_course(opened, supervisor)
    attempt = sit(opened, learner, right=2)
    begun = begin(opened, supervisor)

    assert release.review(opened, actor=supervisor, attempt_id=attempt).items == ()
    begun.submit()
    assert len(release.review(opened, actor=supervisor, attempt_id=attempt).items) == 4


def test_outside_any_window_the_policy_decides(planted: Platform) -> None:
    learner = actor(planted, "E1001")
    read_course(planted, learner)
    attempt = sit(planted, learner)
    clock_of(planted).advance(timedelta(days=400))

    assert CANARY not in text_of(release.review(planted, actor=learner, attempt_id=attempt))
    opened = with_policy(planted, Policy(exam=ExamPolicy(release_without_window=True)))
    assert CANARY in text_of(release.review(opened, actor=learner, attempt_id=attempt))


def test_an_open_attempt_and_that_of_another_are_reviewed_by_nobody(planted: Platform) -> None:
    registered(planted, "E1001")
    begun = begin(planted, actor(planted, "E1001"))
    number = begun.sitting.attempt_id

    for staff_no in ("E1001", "H0001"):
        with pytest.raises(NotFound):
            release.review(planted, actor=actor(planted, staff_no), attempt_id=number)
    begun.submit()
    clock_of(planted).set(NOON + HOUR)
    with pytest.raises(NotFound):
        release.review(planted, actor=actor(planted, "E1002"), attempt_id=number)
