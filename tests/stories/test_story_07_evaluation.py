"""Acceptance story 7: an evaluation, from its opening to the grade that the person sees."""

from fractions import Fraction
from pathlib import Path

from certify.clock import SetClock
from certify.domain.evaluation import RaterType
from certify.domain.grade import Grade
from certify.domain.scoring import cut
from certify.platform import Platform
from certify.services.evaluation.views import ResultView
from tests.services.evaluation_steps import (
    answer,
    close,
    explained,
    measure,
    open_quarter,
    rate,
    result,
    to_scoring,
)


def evaluated(
    platform: Platform, clock: SetClock, folder: Path, *, own: str | None, customers: int
) -> ResultView:
    """Q2 of E1001: supervisor 82, customers 78 each, measured 80."""
    open_quarter(platform, clock)
    measure(platform, "E1001", "80")
    to_scoring(platform)
    rate(platform, "S0001", "E1001", "82")
    if own is not None:
        rate(platform, "E1001", "E1001", own)
    answer(platform, folder, "E1001", ["78"] * customers)
    close(platform)
    found = explained(platform, "E1001")
    seen = result(platform, "E1001")
    assert (seen.final, seen.grade) == (found.final, found.grade)
    return found


def test_story_7_front_line_e1001_is_graded_good_with_80_68(
    platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    found = evaluated(platform, clock, tmp_path, own="95", customers=6)

    assert found.ratee_class == "front-line"
    assert found.measured == 80
    assert found.mix == Fraction("81.70")
    assert (found.final, found.grade) == (Fraction("80.68"), Grade.GOOD)


def test_story_7_self_is_missing_and_its_share_is_spread(
    platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    found = evaluated(platform, clock, tmp_path, own=None, customers=6)

    assert found.mix is not None
    assert found.final is not None
    assert (cut(found.mix), cut(found.final)) == ("80.22", "80.08")
    assert found.grade is Grade.GOOD


def test_story_7_four_customers_drop_out(
    platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    found = evaluated(platform, clock, tmp_path, own="95", customers=4)

    assert found.mix is not None
    assert found.final is not None
    assert (cut(found.mix), cut(found.final)) == ("84.16", "81.66")
    [group] = [one for one in found.mix_parts if one.rater_type is RaterType.CUSTOMER]
    assert (group.mean, group.absent) == (None, "too-few")
    assert group.counted == 0
