"""What may be done next to a version of an item, and why not (R-ASM-13)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain import reviewing as rules
from certify.domain.item import ItemState
from certify.domain.review import ReviewStep, StepKind
from certify.domain.reviewing import Bar, Case, Stage
from certify.policy import ReviewPolicy

POLICY = ReviewPolicy()
NOW = datetime(2024, 3, 4, tzinfo=UTC)
ME = 9


def step(kind: StepKind, person: int = 1, agrees: bool | None = None) -> ReviewStep:
    return ReviewStep(version_id=1, person_id=person, at=NOW, kind=kind, agrees=agrees)


def keys(*agree: bool) -> list[ReviewStep]:
    """Second keys of as many people."""
    return [step(StepKind.SECOND_KEY, place, one) for place, one in enumerate(agree, start=1)]


DRAFT = Case(state=ItemState.DRAFT, is_pending=True, authors=frozenset({"A"}))
AGREED = replace(DRAFT, steps=keys(True))


def test_who_wrote_it_does_not_review_it_unless_the_company_says_so() -> None:
    assert rules.bars_to_approve(AGREED, "A", POLICY) == [Bar.IS_AUTHOR]
    assert rules.bars_to_approve(AGREED, "B", POLICY) == []
    assert rules.bars_to_approve(AGREED, "A", ReviewPolicy(author_may_review=True)) == []


def test_without_an_author_nobody_reviews_an_item_of_an_own_course() -> None:
    nameless = replace(AGREED, authors=frozenset())

    assert rules.bars_to_approve(nameless, "B", POLICY) == [Bar.NO_AUTHOR]
    assert rules.bars_to_approve(replace(nameless, is_own=False), "B", POLICY) == []
    assert rules.stage(nameless, POLICY) is Stage.AUTHOR


def test_an_author_gives_no_second_key_even_where_authors_may_review() -> None:
    lenient = ReviewPolicy(author_may_review=True)

    assert rules.bars_to_second_key(DRAFT, ME, "A", lenient) == [Bar.IS_AUTHOR]
    assert rules.bars_to_second_key(DRAFT, ME, "B", lenient) == []


def test_who_saw_the_key_gives_no_second_key_and_nobody_gives_two() -> None:
    seen = replace(DRAFT, steps=[step(StepKind.SEEN, ME)])
    given_ = replace(DRAFT, steps=[step(StepKind.SECOND_KEY, ME, True)])

    assert rules.bars_to_second_key(seen, ME, "B", POLICY) == [Bar.HAS_SEEN]
    assert rules.bars_to_second_key(seen, ME + 1, "C", POLICY) == []
    assert rules.bars_to_second_key(given_, ME, "B", POLICY) == [Bar.HAS_ANSWERED]


def test_who_gave_the_second_key_may_approve() -> None:
    mine = replace(DRAFT, steps=[step(StepKind.SECOND_KEY, ME, True)])

    assert rules.waits_for(mine, ME, "B", POLICY) is Stage.REVIEW


@pytest.mark.parametrize(
    ("given_keys", "bar"),
    [
        ((), Bar.NO_SECOND_KEY),
        ((True,), None),
        ((False,), Bar.MISMATCH),
        ((False, True), Bar.MISMATCH),
        ((False, True, True), None),
        ((True, False), Bar.MISMATCH),
        ((False, False, True, True, True), Bar.MISMATCH),
        ((False, False, True, True, True, True), None),
    ],
)
def test_two_agreeing_keys_lift_each_that_differs(
    given_keys: tuple[bool, ...], bar: Bar | None
) -> None:
    case = replace(DRAFT, steps=keys(*given_keys))

    assert rules.bars_to_approve(case, "B", POLICY) == ([bar] if bar else [])


@given(st.lists(st.booleans(), max_size=12))
def test_keys_are_settled_exactly_when_no_more_are_missing(agree: list[bool]) -> None:
    found = rules.second_keys(keys(*agree))
    more = rules.second_keys(keys(*agree, *[True] * found.missing))

    assert more.agree
    assert found.agree == (found.missing == 0)
    assert found.agree == (agree.count(True) >= max(1, 2 * agree.count(False)))


def test_of_each_person_the_first_second_key_counts() -> None:
    twice = [step(StepKind.SECOND_KEY, 1, False), step(StepKind.SECOND_KEY, 1, True)]

    assert rules.second_keys(twice) == rules.Keys(agreeing=0, differing=1)


def test_what_a_person_marks_and_what_the_policy_spares_needs_no_second_key() -> None:
    essay = replace(DRAFT, is_marked_by_person=True)

    assert rules.bars_to_approve(essay, "B", POLICY) == []
    assert rules.bars_to_approve(DRAFT, "B", ReviewPolicy(second_key=False)) == []
    assert rules.bars_to_second_key(essay, ME, "B", POLICY) == [Bar.NO_KEY_NEEDED]


def test_what_was_returned_or_is_unfinished_waits_for_its_author_alone() -> None:
    returned = replace(AGREED, steps=[*AGREED.steps, step(StepKind.RETURNED)])
    unfinished = replace(AGREED, is_unfinished=True)

    for case, bar in ((returned, Bar.RETURNED), (unfinished, Bar.UNFINISHED)):
        assert bar in rules.bars_to_approve(case, "B", POLICY)
        assert rules.waits_for(case, ME, "A", POLICY) is Stage.AUTHOR
        assert rules.waits_for(case, ME, "B", POLICY) is Stage.NOTHING


def test_an_author_sees_that_a_second_key_differs() -> None:
    disputed = replace(DRAFT, steps=keys(False))

    assert rules.waits_for(disputed, ME, "A", POLICY) is Stage.AUTHOR
    assert rules.waits_for(disputed, ME, "B", POLICY) is Stage.SECOND_KEY


def test_only_what_is_approved_comes_into_use_and_a_return_takes_the_approval_back() -> None:
    approved = replace(AGREED, steps=[*AGREED.steps, step(StepKind.APPROVED)])
    returned = replace(approved, steps=[*approved.steps, step(StepKind.RETURNED)])

    assert rules.bars_to_release(AGREED, "B", POLICY) == [Bar.NOT_APPROVED]
    assert rules.bars_to_release(approved, "B", POLICY) == []
    assert rules.bars_to_release(returned, "B", POLICY) == [Bar.RETURNED]
    assert rules.bars_to_approve(approved, "B", POLICY) == [Bar.APPROVED]
    assert rules.stage(approved, POLICY) is Stage.RELEASE


def test_where_the_company_does_not_review_putting_in_use_is_enough() -> None:
    spared = replace(DRAFT, is_reviewed=False)

    assert rules.bars_to_release(spared, "B", POLICY) == []
    assert rules.stage(spared, POLICY) is Stage.RELEASE


def test_a_person_s_retirement_can_be_undone_and_that_of_a_deleted_item_cannot() -> None:
    gone = Case(state=ItemState.RETIRED, is_pending=False)

    assert rules.bars_to_release(gone, "B", POLICY) == [Bar.GONE]
    assert rules.bars_to_release(replace(gone, is_put_away=True), "B", POLICY) == []
    assert rules.bars_to_retire(gone) == [Bar.RETIRED]


def test_an_item_in_use_is_only_kept_or_retired() -> None:
    used = Case(state=ItemState.IN_USE, is_pending=False, authors=frozenset({"A"}))

    assert rules.bars_to_keep(used) == []
    assert rules.bars_to_retire(used) == []
    assert rules.bars_to_release(used, "B", POLICY) == [Bar.IN_USE]
    assert Bar.NOTHING_WAITS in rules.bars_to_approve(used, "B", POLICY)
    assert rules.bars_to_keep(DRAFT) == [Bar.NOT_IN_USE]
