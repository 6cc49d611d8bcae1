"""No ratee can work out what a single rater gave (R-PLT-07)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.evaluation import RaterType
from certify.domain.rating_secrecy import Shown, shown_to_ratee

SUPERVISOR, OWN = RaterType.SUPERVISOR, RaterType.SELF
REPORTS, CUSTOMERS = RaterType.SUBORDINATE, RaterType.CUSTOMER


@pytest.mark.parametrize(
    ("counted", "shown"),
    [
        ({SUPERVISOR: 50, OWN: 10, CUSTOMERS: 40}, Shown(groups=False, final=True)),
        ({SUPERVISOR: 80, OWN: 20}, Shown(groups=False, final=False)),
        ({SUPERVISOR: 100, CUSTOMERS: 0}, Shown(groups=False, final=False)),
        ({OWN: 20, CUSTOMERS: 80}, Shown(groups=True, final=True)),
        ({OWN: 20, REPORTS: 40, CUSTOMERS: 40}, Shown(groups=True, final=True)),
        ({}, Shown(groups=True, final=True)),
    ],
)
def test_what_is_shown_beside_the_grade(counted: dict[RaterType, int], shown: Shown) -> None:
    assert shown_to_ratee((one, Fraction(share)) for one, share in counted.items()) == shown


@given(st.dictionaries(st.sampled_from(RaterType), st.integers(0, 100)))
def test_whoever_counts_the_ratee_misses_two_figures_or_sees_no_single_score(
    counted: dict[RaterType, int],
) -> None:
    shown = shown_to_ratee((one, Fraction(share)) for one, share in counted.items())

    types = {one for one, share in counted.items() if share}
    hidden = types - {OWN} - (set() if not shown.groups else {REPORTS, CUSTOMERS})
    unknown = len(hidden) + (not shown.final)
    assert SUPERVISOR not in types or unknown >= 2
