"""What a round of practice takes, when items come back, and what practice says of an exam."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from certify.domain import readiness, spacing
from certify.domain.practice import Practicable, choose
from certify.domain.readiness import Evidence, Outlook
from certify.domain.remedial import still_to_practise

NOW = datetime(2024, 3, 4, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
RETENTION = Fraction(9, 10)


def item(number: int, topic: str = "calls", due_at: datetime | None = None) -> Practicable:
    return Practicable(number, number, f"PRA-{number:03}", topic, "single", due_at)


def numbers(taken: list[Practicable]) -> list[int]:
    return [one.item_id for one in taken]


def test_what_is_due_comes_first_the_longest_overdue_before_the_others() -> None:
    offered = [item(1), item(2, due_at=NOW), item(3, due_at=NOW - DAY), item(4, due_at=NOW + DAY)]

    taken = choose(offered, now=NOW, standing={}, seed="s", size=2, most_new=2)

    assert numbers(taken) == [3, 2]


def test_new_items_come_after_what_is_due_the_weakest_topic_first_and_topics_in_turn() -> None:
    offered = [item(n, "strong") for n in (1, 2)] + [item(n, "weak") for n in (3, 4)]
    offered += [item(5, "unknown")]
    standing = {"strong": 0.9, "weak": 0.2}

    taken = choose(offered, now=NOW, standing=standing, seed="s", size=5, most_new=5)

    assert [one.topic for one in taken] == ["unknown", "weak", "strong", "weak", "strong"]


def test_no_more_new_items_than_the_policy_says_and_the_weakest_come_back_early() -> None:
    offered = [item(n) for n in (1, 2, 3)]
    offered += [item(4, "strong", NOW + DAY), item(5, "weak", NOW + 2 * DAY)]

    taken = choose(
        offered, now=NOW, standing={"strong": 0.9, "weak": 0.1}, seed="s", size=4, most_new=2
    )

    assert [one.due_at is None for one in taken] == [True, True, False, False]
    assert numbers(taken)[2:] == [5, 4]


ITEMS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.one_of(st.none(), st.integers(-48, 48).map(lambda hours: NOW + timedelta(hours=hours))),
    ),
    max_size=30,
).map(lambda made: [item(n, topic, due) for n, (topic, due) in enumerate(made, start=1)])


@given(ITEMS, st.integers(1, 12), st.integers(0, 12), st.text(max_size=4))
def test_a_round_keeps_its_size_and_takes_nothing_twice(
    offered: list[Practicable], size: int, most_new: int, seed: str
) -> None:
    def take() -> list[int]:
        return numbers(
            choose(offered, now=NOW, standing={"a": 0.5}, seed=seed, size=size, most_new=most_new)
        )

    taken = take()
    new = {one.item_id for one in offered if one.due_at is None}
    due = {one.item_id for one in offered if one.due_at is not None and one.due_at <= NOW}

    assert taken == take()
    assert len(taken) == len(set(taken)) <= size
    assert len(new & set(taken)) <= most_new
    assert due <= set(taken) or set(taken) <= due
    assert len(taken) == min(size, len(offered) - len(new) + min(len(new), most_new))


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (Fraction(0), Rating.Again),
        (Fraction(1, 100), Rating.Hard),
        (Fraction(1, 2), Rating.Hard),
        (Fraction(99, 100), Rating.Hard),
        (Fraction(1), Rating.Good),
    ],
)
def test_the_rating_follows_from_the_share_and_is_never_easy(
    share: Fraction, expected: Rating
) -> None:
    assert spacing.rating(share) is expected


def test_an_item_answered_rightly_comes_back_ever_later_and_a_wrong_one_soon() -> None:
    card, due = spacing.review(None, 7, Rating.Good, NOW, RETENTION)
    gaps = [due - NOW]
    for _repeat in range(4):
        at = due
        card, due = spacing.review(card, 7, Rating.Good, at, RETENTION)
        gaps.append(due - at)
    forgot, soon = spacing.review(card, 7, Rating.Again, due, RETENTION)

    assert gaps == sorted(gaps)
    assert gaps[0] < timedelta(hours=1)
    assert gaps[-1] > 10 * DAY
    assert soon - due < timedelta(hours=1)
    assert spacing.recall(card, due, RETENTION) < 1
    assert spacing.recall(forgot, due, RETENTION) == 1


@given(st.lists(st.sampled_from([Rating.Again, Rating.Hard, Rating.Good]), max_size=12))
def test_the_same_answers_always_give_the_same_days(grades: list[Rating]) -> None:
    def run() -> list[datetime]:
        card, due, days = None, NOW, []
        for grade in grades:
            card, due = spacing.review(card, 1, grade, due, RETENTION)
            days.append(due)
        return days

    assert run() == run()


SHARE = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)])
ANSWERS = st.lists(SHARE, min_size=1, max_size=6)
PRACTISED = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", "outside"]), ANSWERS, st.floats(0.01, 1)), max_size=12
)
POINTS = {"a": Fraction(2), "b": Fraction(5, 2), "c": Fraction(1)}
Practised = list[tuple[str, list[Fraction], float]]


def evidence(practised: Practised) -> list[Evidence]:
    return [readiness.evidence(*one) for one in practised]


@given(PRACTISED)
def test_the_estimate_and_its_interval_lie_within_0_and_100(practised: Practised) -> None:
    found = readiness.readiness(evidence(practised), POINTS)

    assert 0 <= found.low <= found.estimate <= found.high <= 100
    assert set(found.topics) == set(POINTS)
    assert all(share is None or 0 <= share <= 1 for share in found.topics.values())


@given(PRACTISED, st.data())
def test_one_more_right_answer_never_lowers_the_estimate(
    practised: Practised, data: st.DataObject
) -> None:
    before = readiness.readiness(evidence(practised), POINTS).estimate
    places = st.integers(0, len(practised) - 1) if practised else st.nothing()
    topics = st.sampled_from(["a", "b", "c", "outside"])
    chosen = data.draw(st.one_of(places, topics))
    if isinstance(chosen, int):  # an item known already; answering it makes it remembered again
        topic, shares, _recall = practised[chosen]
        practised[chosen] = (topic, [*shares, Fraction(1)], 1.0)
    else:
        practised.append((chosen, [Fraction(1)], 1.0))

    after = readiness.readiness(evidence(practised), POINTS).estimate

    assert after >= before - 1e-9


@given(PRACTISED, st.sampled_from(["a", "b", "c"]))
def test_more_of_the_same_topic_all_right_or_all_wrong_moves_its_share_that_way(
    practised: Practised, topic: str
) -> None:
    right = readiness.expected(evidence([*practised, (topic, [Fraction(1)], 1.0)]))[topic]
    wrong = readiness.expected(evidence([*practised, (topic, [Fraction(0)], 1.0)]))[topic]

    assert wrong < right


def test_without_practice_there_is_too_little_to_say() -> None:
    found = readiness.readiness([], POINTS)

    assert (found.low, found.high) == (0, 100)
    assert found.outlook(Fraction(85)) is Outlook.UNKNOWN
    assert set(found.topics.values()) == {None}


def test_one_topic_practised_of_three_is_too_little_however_well_it_went() -> None:
    practised = [("b", [Fraction(1)] * 3, 1.0)] * 20

    assert readiness.readiness(evidence(practised), POINTS).outlook(Fraction(85)) is Outlook.UNKNOWN


def test_every_topic_known_is_likely_and_half_known_is_not_yet() -> None:
    known = [(topic, [Fraction(1)], 1.0) for topic in "abc" for _item in range(4)]
    half = [(topic, [Fraction(n % 2)], 1.0) for topic in "abc" for n in range(20)]

    assert readiness.readiness(evidence(known), POINTS).outlook(Fraction(85)) is Outlook.LIKELY
    assert readiness.readiness(evidence(half), POINTS).outlook(Fraction(85)) is Outlook.NOT_YET


def test_what_was_known_long_ago_fades_to_too_little_and_what_was_wrong_stays_wrong() -> None:
    def practised(share: int, recall: float) -> list[Evidence]:
        return evidence([(topic, [Fraction(share)], recall) for topic in "abc" for _n in range(4)])

    faded = readiness.readiness(practised(1, 0.05), POINTS)
    fresh = readiness.readiness(practised(1, 1.0), POINTS)
    wrong = readiness.readiness(practised(0, 0.05), POINTS)

    assert faded.outlook(Fraction(85)) is Outlook.UNKNOWN
    assert faded.estimate < fresh.estimate
    assert wrong.outlook(Fraction(85)) is Outlook.NOT_YET


def test_only_the_last_answers_of_an_item_count() -> None:
    long_ago = [Fraction(0)] * 9 + [Fraction(1)] * readiness.RECENT

    assert readiness.evidence("a", long_ago, 1.0) == Evidence("a", right=1.0, wrong=0.0)


def test_practice_before_a_retake_counts_different_items_of_each_topic() -> None:
    items = {1: "calls", 2: "calls", 3: "calls", 4: "goods"}

    assert still_to_practise(["calls", "goods"], 2, items, set()) == {"calls": 2, "goods": 1}
    assert still_to_practise(["calls", "goods"], 2, items, {1, 4}) == {"calls": 1}
    assert still_to_practise(["calls", "goods"], 2, items, {1, 3, 4}) == {}
    assert still_to_practise(["calls"], 0, items, set()) == {}
    assert still_to_practise(["nothing-there"], 2, items, set()) == {}
