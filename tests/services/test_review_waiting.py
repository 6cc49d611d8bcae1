"""Who may review, what waits for whom, and what is said before an exam (R-ASM-13)."""

from datetime import timedelta

import pytest

from certify.clock import SetClock
from certify.domain.item import ItemState
from certify.domain.person import CONSOLE
from certify.domain.review import StepKind
from certify.domain.reviewing import Bar, Stage
from certify.errors import NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.policy import Policy, ReviewPolicy
from certify.services import (
    lobby,
    proof_words,
    proving,
    results,
    review_bank,
    review_item,
    review_key,
    review_steps,
    review_words,
    sitting,
)
from tests.platforms import actor, read_course, right_answers, with_policy
from tests.reviewed import (
    AUTHOR,
    CODES,
    COURSE,
    FOURTH,
    SECOND,
    THIRD,
    edit,
    item,
    own_course,
    person,
    second_key,
)
from tests.services.test_review import approve, in_use

EXAM = "parcel-counter-written"


def test_before_an_exam_it_is_said_how_many_items_wait_for_review(
    sqlite_platform: Platform,
) -> None:
    platform = sqlite_platform
    own_course(platform)

    door = lobby.lobby(platform, actor=person(platform, SECOND), exam=EXAM)
    assert review_words.waiting(4) in door.blockers
    proof = proving.prove(platform, actor=CONSOLE, exam=EXAM)
    assert review_words.waiting(4) in proof_words.conflicts(proof)

    in_use(platform, *CODES)
    door = lobby.lobby(platform, actor=person(platform, SECOND), exam=EXAM)
    assert not [one for one in door.blockers if one == review_words.waiting(0)]
    assert proving.prove(platform, actor=CONSOLE, exam=EXAM).may_open


def test_what_waits_is_counted_for_each_person(sqlite_platform: Platform, clock: SetClock) -> None:
    platform = sqlite_platform
    own_course(platform)
    assert review_bank.waiting(platform, actor=person(platform, SECOND)).second_keys == 4
    assert review_key.queue(platform, actor=person(platform, AUTHOR)) == []

    second_key(platform, SECOND, "PAR-001")
    clock.set(clock.now() + timedelta(minutes=1))
    waits = review_bank.waiting(platform, actor=person(platform, THIRD))
    assert (waits.second_keys, waits.reviews, waits.releases) == (3, 1, 0)
    approve(platform, THIRD, "PAR-001")
    assert review_bank.waiting(platform, actor=person(platform, THIRD)).releases == 1
    assert review_key.queue(platform, actor=person(platform, SECOND), course=COURSE) == CODES[1:]


def test_only_trainers_review_and_only_as_themselves(sqlite_platform: Platform) -> None:
    platform = sqlite_platform
    learner = actor(platform, "E1002")
    own_course(platform)

    for call in (
        lambda: review_steps.approve(platform, actor=learner, codes=CODES),
        lambda: review_bank.bank(platform, actor=learner),
        lambda: review_item.look(platform, actor=learner, code="PAR-001"),
        lambda: review_key.queue(platform, actor=learner),
    ):
        with pytest.raises(NotPermitted):
            call()
    with pytest.raises(Refused):
        review_steps.approve(platform, actor=CONSOLE, codes=CODES)
    assert review_bank.waiting(platform, actor=learner).total == 0


def test_every_state_step_and_bar_has_words() -> None:
    assert all(_(review_words.STEPS[kind]) for kind in StepKind)
    assert all(review_words.reason([bar]) for bar in Bar)
    assert set(review_words.STATES) == set(ItemState)
    assert set(review_words.STAGES) == set(Stage)


def test_a_company_without_review_puts_what_waits_in_use_at_once(
    sqlite_platform: Platform,
) -> None:
    own_course(sqlite_platform)
    small = with_policy(sqlite_platform, Policy(review=ReviewPolicy(own_courses=False)))

    outcomes = review_steps.release(small, actor=person(small, AUTHOR), codes=CODES)
    assert all(one.is_done for one in outcomes)
    edit(small, "items/handing-out.md", "and has nothing else", "but has nothing else")
    assert item(small, "PAR-001").draft_id is None


def test_an_open_attempt_goes_on_with_an_item_that_was_retired_meanwhile(
    platform: Platform,
) -> None:
    own_course(platform)
    in_use(platform, *CODES)
    who = person(platform, FOURTH)
    read_course(platform, who, COURSE)
    begun = sitting.start(platform, actor=who, exam=EXAM)

    review_steps.retire(platform, actor=person(platform, THIRD), codes=CODES, why="old")
    answers = right_answers(platform, begun)
    for position, answer in enumerate(answers):
        sitting.record_response(
            platform,
            actor=who,
            attempt_id=begun.attempt_id,
            fence=begun.fence,
            sequence=begun.sequence + position + 1,
            position=position,
            answer=answer,
            flagged=False,
        )
    sitting.submit(platform, actor=who, attempt_id=begun.attempt_id, fence=begun.fence)

    found = results.result(platform, actor=who, attempt_id=begun.attempt_id)
    assert found.attempt.passed
