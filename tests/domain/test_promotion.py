"""What HR may give, renew and extend, and what a period lets follow (R-QUA-01, -05, -06, -10)."""

from datetime import date, timedelta

import pytest

from certify.domain.grade import Grade
from certify.domain.ladder import Evidence, Graded
from certify.domain.newcomer import trainee_period
from certify.domain.promotion import extension, given_by_hand, missing, renewing
from certify.domain.qualification import QualificationState
from certify.domain.superseding import is_held, lower_rungs, may_be_followed, takes_over
from certify.domain.validity import Renewal, Validity
from certify.policy import Level, Policy
from certify.policy.qualification import FULL_LADDER

DAY = date(2024, 5, 1)
HELD = Validity(date(2023, 5, 1), DAY, date(2023, 5, 1))
POLICY = Policy().qualification.model_copy(update={"ladder": FULL_LADDER})
L0, L1, L2 = FULL_LADDER[:3]
BAD = Evidence(grades=[Graded("2024-Q1", date(2024, 3, 31), Grade.UNQUALIFIED)])
ACTIVE, SUSPENDED = QualificationState.ACTIVE, QualificationState.SUSPENDED
REVOKED, SUPERSEDED = QualificationState.REVOKED, QualificationState.SUPERSEDED


def test_obstacles_bar_promotions_only() -> None:
    assert missing(POLICY, L1, BAD, DAY).obstacles == ()
    assert [one.kind for one in missing(POLICY, L2, BAD, DAY).obstacles] == ["unqualified"]
    assert missing(POLICY, L2, BAD, DAY).is_skipping
    assert missing(POLICY, L0, Evidence(), DAY).has_no_conditions


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        (-POLICY.renewal_days - 1, Renewal.TOO_EARLY),
        (-POLICY.renewal_days, Renewal.IN_WINDOW),
        (POLICY.grace_days, Renewal.IN_GRACE),
        (POLICY.grace_days + 1, Renewal.TOO_LATE),
    ],
)
def test_a_renewal_by_hr_has_its_window_and_its_grace(days: int, kind: Renewal) -> None:
    found = renewing(POLICY, L2, HELD, Evidence(), DAY + timedelta(days=days))

    assert found.kind is kind
    assert (found.period is None) == (kind in (Renewal.TOO_EARLY, Renewal.TOO_LATE))


def test_no_renewal_after_a_bad_grade() -> None:
    assert renewing(POLICY, L2, HELD, BAD, DAY).period is None


def test_an_extension_comes_as_often_as_the_ladder_says_and_not_after_the_end() -> None:
    level = Level(code="L0", title={}, months=3, extensions=1)

    longer = extension(level, HELD, 0, DAY)

    assert longer == Validity(HELD.valid_from, date(2024, 8, 1), HELD.first_issued_on)
    assert extension(level, HELD, 1, DAY) is None
    assert extension(level, HELD, 0, DAY + timedelta(days=1)) is None


def test_what_is_given_by_hand_ends_with_the_certificate_it_rests_on() -> None:
    assert given_by_hand(DAY, 12).valid_to == date(2025, 5, 1)
    assert given_by_hand(DAY, 12, date(2024, 6, 1)).valid_to == date(2024, 6, 1)
    assert given_by_hand(DAY, 12, date(2026, 6, 1)).valid_to == date(2025, 5, 1)


def test_who_had_a_level_or_comes_too_late_is_no_newcomer() -> None:
    last = date(2024, 8, 1)
    level = Level(code="L0", title={}, months=3, trainee=True)

    assert trainee_period(level, DAY, last, has_level=False) == Validity(DAY, last, DAY)
    assert trainee_period(level, DAY, last + timedelta(days=1), has_level=False) is None
    assert trainee_period(level, DAY, DAY, has_level=True) is None


@pytest.mark.parametrize(
    ("last", "followed", "held"),
    [
        (None, True, True),
        (ACTIVE, True, True),
        (SUSPENDED, False, True),
        (REVOKED, True, False),
        (SUPERSEDED, False, False),
    ],
)
def test_the_last_state_says_what_may_follow(
    last: QualificationState | None, followed: bool, held: bool
) -> None:
    assert may_be_followed(last) is followed
    assert is_held(DAY, last, DAY) is held
    assert takes_over(DAY, DAY, last) is held
    assert not is_held(DAY, last, DAY + timedelta(days=1))


def test_lower_rungs_are_those_below() -> None:
    assert list(lower_rungs(["L0", "L1", "L2"], "L2")) == ["L0", "L1"]
    assert list(lower_rungs(["L0", "L1"], "L9")) == []
