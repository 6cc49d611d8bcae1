"""Who marks in which round, what two or three persons come to, and who may not mark whom."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.marking import Bar, agreed, bar, code, needs_second, next_round, plan, share
from certify.domain.result import Part, awaits_marking
from certify.policy import MarkingPolicy

NEAR = MarkingPolicy()
ALWAYS = MarkingPolicy(second="always")
NEVER = MarkingPolicy(second="never")
PASS = Fraction(85)
shares = st.fractions(min_value=0, max_value=1, max_denominator=20)
policies = st.sampled_from([NEAR, ALWAYS, NEVER])


def part(position: int, share_: Fraction | None, points: int = 10) -> Part:
    """One item of a form."""
    return Part(position, 1, "topic", Fraction(points), share_)


HALF_BY_HAND = [part(0, Fraction(1)), part(1, None)]
"""Ten points by the machine, all earned, and ten by hand."""


# ── Whether a second person is wanted ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("mark", "wanted"),
    [
        ("88", True),
        ("88.001", False),
        ("82", True),
        ("81.999", False),
        ("85", True),
        ("84.99", True),
        ("100", False),
        ("0", False),
    ],
)
def test_three_marks_from_the_pass_mark_still_need_a_second_person(mark: str, wanted: bool) -> None:
    assert needs_second(Fraction(mark), PASS, NEAR) is wanted


def test_the_policy_decides_always_never_and_how_near() -> None:
    assert needs_second(Fraction(0), PASS, ALWAYS)
    assert not needs_second(PASS, PASS, NEVER)
    assert not needs_second(None, PASS, NEAR)
    narrow = MarkingPolicy(near=Decimal(0))
    assert needs_second(PASS, PASS, narrow)
    assert not needs_second(PASS + Fraction(1, 100), PASS, narrow)


# ── What the shares come to ──────────────────────────────────────────────────────────────────


def test_a_fifth_apart_is_not_beyond_and_the_mean_counts_exactly() -> None:
    two = [Fraction(7, 10), Fraction(9, 10)]
    assert next_round(two, True, NEAR) is None
    assert agreed(two, NEAR) == Fraction(4, 5)
    assert agreed([Fraction(1, 3), Fraction(1, 2)], NEAR) == Fraction(5, 12)


def test_more_than_a_fifth_apart_wants_a_third_who_decides() -> None:
    two = [Fraction(7, 10), Fraction(901, 1000)]
    assert next_round(two, True, NEAR) == 3
    assert next_round([*two, Fraction(0)], True, NEAR) is None
    assert agreed([*two, Fraction(0)], NEAR) == 0


def test_points_of_a_rubric_are_a_share_of_all_of_it() -> None:
    maxima = {"c1": Decimal(8), "c2": Decimal("12.5")}
    given_points = {"c1": Decimal("7.25"), "c2": Decimal(0)}
    assert share(given_points, maxima) == Fraction("7.25") / Fraction("20.5")
    assert share(maxima, maxima) == 1


# ── A whole attempt ──────────────────────────────────────────────────────────────────────────


def test_a_mark_far_from_the_pass_mark_is_decided_by_one_person() -> None:
    found = plan(HALF_BY_HAND, {1: [Fraction(1)]}, PASS, NEAR)
    assert found.is_decided
    assert [one.share for one in found.parts] == [1, 1]


def test_a_mark_near_it_waits_for_a_second_person_for_every_answer_by_hand() -> None:
    parts = [*HALF_BY_HAND, part(2, None)]
    given_shares = {1: [Fraction(4, 5)], 2: [Fraction(3, 4)]}  # 25.5 of 30: exactly 85
    found = plan(parts, given_shares, PASS, NEAR)
    assert found.wanted == {1: 2, 2: 2}
    assert awaits_marking(found.parts)


def test_nobody_is_asked_a_second_time_before_every_answer_was_marked_once() -> None:
    parts = [*HALF_BY_HAND, part(2, None)]
    assert plan(parts, {1: [Fraction(4, 5)]}, PASS, NEAR).wanted == {2: 1}
    assert plan(parts, {1: [Fraction(4, 5)]}, PASS, ALWAYS).wanted == {1: 2, 2: 1}


def test_only_the_answer_about_which_two_differ_goes_to_a_third_person() -> None:
    parts = [*HALF_BY_HAND, part(2, None)]
    two = {1: [Fraction(1, 2), Fraction(1)], 2: [Fraction(1), Fraction(1)]}
    assert plan(parts, two, PASS, ALWAYS).wanted == {1: 3}
    found = plan(parts, two | {1: [*two[1], Fraction(3, 5)]}, PASS, ALWAYS)
    assert [one.share for one in found.parts] == [1, Fraction(3, 5), 1]


def test_a_voided_answer_is_marked_by_nobody() -> None:
    parts = [HALF_BY_HAND[0], replace(HALF_BY_HAND[1], voided=True)]
    assert plan(parts, {}, PASS, ALWAYS).is_decided


@given(
    rules=policies,
    machine=st.lists(shares, max_size=3),
    by_hand=st.lists(st.lists(shares, min_size=3, max_size=3), min_size=1, max_size=3),
)
def test_marking_round_by_round_ends_with_every_share_between_those_given(
    rules: MarkingPolicy, machine: list[Fraction], by_hand: list[list[Fraction]]
) -> None:
    parts = [part(n, one) for n, one in enumerate(machine)]
    first = len(parts)
    parts += [part(first + n, None) for n in range(len(by_hand))]
    so_far: dict[int, list[Fraction]] = {}
    for _turn in range(3 * len(by_hand) + 1):
        found = plan(parts, so_far, PASS, rules)
        if found.is_decided:
            break
        position, number = next(iter(found.wanted.items()))
        assert number == len(so_far.get(position, [])) + 1 <= 3
        so_far.setdefault(position, []).append(by_hand[position - first][number - 1])
    assert found.is_decided
    assert not awaits_marking(found.parts)
    for position, given_shares in so_far.items():
        counted = found.parts[position].share
        assert counted is not None
        assert min(given_shares) <= counted <= max(given_shares)
    assert [one.share for one in found.parts[:first]] == machine


# ── Who may mark ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("candidate", "guides", "is_author", "earlier", "reason"),
    [
        (1, (), False, (), Bar.OWN),
        (2, (1,), False, (), Bar.GUIDE),
        (2, (), True, (), Bar.AUTHOR),
        (2, (), False, (1,), Bar.EARLIER),
        (2, (3,), False, (3,), None),
    ],
)
def test_nobody_marks_own_guided_authored_or_already_marked_work(
    candidate: int,
    guides: tuple[int, ...],
    is_author: bool,
    earlier: tuple[int, ...],
    reason: Bar | None,
) -> None:
    found = bar(1, candidate_id=candidate, guides=guides, is_author=is_author, earlier=earlier)
    assert found is reason


def test_a_code_is_stable_and_another_for_every_answer_and_seed() -> None:
    assert code(7, 0, "seed") == code(7, 0, "seed")
    every = {code(number, place, "s") for number in range(1, 101) for place in range(20)}
    assert len(every) == 2000
    assert code(7, 0, "seed") != code(7, 0, "other seed")
    assert all(len(one) == 9 and not set("ILOU") & set(one) for one in every)
