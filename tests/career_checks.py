"""What holds of every life: no gap, no overlap, no drift, one state a day (R-QUA-04, -05)."""

from datetime import date, timedelta
from itertools import pairwise

from certify.domain.career_life import Life, Rules
from certify.domain.career_living import live
from certify.domain.qualification import QualificationState
from certify.domain.validity import add_months
from certify.policy import Policy
from tests.careers import SCHEME, by_chance

UNTIL = date(2026, 1, 1)
ACTIVE, SUSPENDED = QualificationState.ACTIVE, QualificationState.SUSPENDED


def check_careers(count: int) -> int:
    """Live so many careers, check each of them, and say how many periods they came to."""
    rules, given = Rules.of(Policy(), [SCHEME]), 0
    for seed in range(count):
        life = live(by_chance(seed), rules, UNTIL)
        check_periods(life)
        check_days(life, date(2021, 1, 1), UNTIL)
        given += len(life.given)
    return given


def check_periods(life: Life) -> None:
    """Periods of one code never overlap, and end where the first day of issue puts them."""
    for code in life.codes:
        given_ = sorted(
            (one for one in life.given if one.code == code),
            key=lambda one: (one.validity.valid_from, one.issued_on),
        )
        for old, new in pairwise(given_):
            if new.basis == "exam":
                is_over = new.validity.valid_from > old.validity.valid_to
                assert is_over or old.period.changes[-1][1] in ("revoked", "superseded")
            if new.validity.first_issued_on == old.validity.first_issued_on:
                assert new.validity.valid_from == old.validity.valid_to + timedelta(days=1)
        for one in given_:
            first, last = one.validity.first_issued_on, one.validity.valid_to
            months = (last.year - first.year) * 12 + last.month - first.month
            assert last == add_months(first, months)


def check_days(life: Life, first: date, last: date) -> None:
    """Each day a code has one state, which the dates and the decisions bear out."""
    for code in life.codes:
        own = [one for one in life.given if one.code == code]
        day = first
        while day <= last:
            state = life.state_on(code, day)
            active = [one for one in own if one.period.state_on(day) is ACTIVE]
            if state is ACTIVE:
                assert any(
                    one.validity.valid_from <= day <= one.validity.valid_to for one in active
                )
            if not any(one.validity.valid_from <= day <= one.validity.valid_to for one in own):
                assert state not in (ACTIVE, SUSPENDED)
            day += timedelta(days=5)
