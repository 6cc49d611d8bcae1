"""Written and practical parts: both are passed, and a passed part stays valid for some days."""

from datetime import date, timedelta

import pytest

from certify.domain.exam_parts import PartPass, completes, still_counts, together

DAY = date(2024, 3, 4)
BOTH = {"written", "practical"}


def passed(part: str, days: int) -> PartPass:
    """A pass some days after the first one."""
    return PartPass(part, DAY + timedelta(days=days))


@pytest.mark.parametrize(("apart", "counts"), [(0, True), (90, True), (91, False)])
def test_two_parts_count_together_up_to_ninety_days_apart(apart: int, counts: bool) -> None:
    for first, second in (("written", "practical"), ("practical", "written")):
        passes = [passed(first, 0), passed(second, apart)]
        assert together(BOTH, passes, 90) is counts
        assert completes(passes[0], BOTH, passes, 90) is counts
        assert completes(passes[1], BOTH, passes, 90) is counts


def test_one_part_makes_up_for_no_other() -> None:
    written = [passed("written", 0), passed("written", 5)]
    assert not together(BOTH, written, 90)
    assert not completes(written[0], BOTH, written, 90)
    assert together({"written"}, written, 90)
    assert not together({"written"}, [], 90)


def test_the_latest_pass_of_each_part_counts() -> None:
    passes = [passed("written", 0), passed("written", 100), passed("practical", 120)]
    assert together(BOTH, passes, 90)
    assert not completes(passes[0], BOTH, passes, 90)
    assert completes(passes[1], BOTH, passes, 90)


def test_a_part_is_valid_on_its_last_day_and_not_on_the_next() -> None:
    assert still_counts(passed("written", 0), DAY + timedelta(days=90), 90)
    assert not still_counts(passed("written", 0), DAY + timedelta(days=91), 90)
