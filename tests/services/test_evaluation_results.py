"""What people see of an evaluation: never a single rater's score (R-PLT-07, R-EVA-04)."""

from dataclasses import asdict
from fractions import Fraction
from pathlib import Path

import pytest

from certify.clock import SetClock
from certify.domain.evaluation import RaterType
from certify.domain.grade import Grade
from certify.domain.person import Actor, Role
from certify.errors import NotFound, NotPermitted
from certify.platform import Platform
from certify.services.evaluation import measuring, views
from certify.services.evaluation.views import ResultView
from tests.platforms import actor
from tests.services.evaluation_steps import (
    Q2,
    answer,
    close,
    hire,
    hr,
    measure,
    open_quarter,
    rate,
    result,
    to_review,
    to_scoring,
)

BELOW = {"E1001": "61.13", "E1002": "62.17", "E1003": "63.19"}
CUSTOMERS = ("71.23", "72.29", "73.31", "74.37", "75.41")
OWN, ABOVE = "97.43", "83.47"


@pytest.fixture
def scored(platform: Platform, clock: SetClock, tmp_path: Path) -> Platform:
    """S0001 under M0001: three reports, five customers, all raters answer."""
    hire(platform, "M0001", supervisor=None, roles=(Role.SUPERVISOR,))
    hire(platform, "E1003")
    with platform.database.write() as session:
        from certify.storage import people

        lead, above = (people.by_staff_no(session, one) for one in ("S0001", "M0001"))
        assert lead is not None
        assert above is not None
        lead.supervisor_id = above.id
    open_quarter(platform, clock)
    measure(platform, "S0001", "80")
    to_scoring(platform)
    rate(platform, "M0001", "S0001", ABOVE)
    rate(platform, "S0001", "S0001", OWN)
    for staff_no, score in BELOW.items():
        rate(platform, staff_no, "S0001", score)
    answer(platform, tmp_path, "S0001", CUSTOMERS)
    return platform


def seen(platform: Platform, who: Actor, staff_no: str = "S0001") -> ResultView:
    return views.result(platform, actor=who, period=Q2, staff_no=staff_no)


def means(found: ResultView) -> dict[str, Fraction | None]:
    return {one.rater_type.value: one.mean for one in found.mix_parts}


def test_a_ratee_sees_the_own_score_only_for_the_rest_would_tell_the_supervisors(
    scored: Platform,
) -> None:
    close(scored)

    found = seen(scored, actor(scored, "S0001"))

    assert found.ratee_class == "supervisor"
    assert means(found) == {
        "supervisor": None,
        "self": Fraction(OWN),
        "subordinate": None,
        "customer": None,
    }
    assert found.final is not None
    of_group = means(seen(scored, hr(scored), "S0001"))
    assert of_group["subordinate"] == Fraction(sum(Fraction(one) for one in BELOW.values()), 3)
    assert of_group["customer"] == sum(Fraction(one) for one in CUSTOMERS) / 5


def test_where_only_the_supervisor_counts_beside_oneself_the_score_is_not_told(
    platform: Platform, clock: SetClock
) -> None:
    open_quarter(platform, clock)
    measure(platform, "E1001", "80")
    to_scoring(platform)
    rate(platform, "S0001", "E1001", "82")
    rate(platform, "E1001", "E1001", "95")
    close(platform)

    found = views.result(platform, actor=actor(platform, "E1001"), period=Q2)

    assert (found.final, found.is_final_hidden) == (None, True)
    assert found.grade is Grade.GOOD
    assert result(platform, "E1001").final is not None


def test_a_supervisor_sees_neither_the_self_rating_nor_a_single_score(scored: Platform) -> None:
    close(scored)

    found = means(seen(scored, actor(scored, "M0001")))

    assert (found["supervisor"], found["self"]) == (None, None)
    assert found["subordinate"] is not None


def test_the_evaluation_group_sees_what_is_attributed_and_means_of_groups(
    scored: Platform,
) -> None:
    close(scored)

    found = means(seen(scored, hr(scored)))

    assert (found["supervisor"], found["self"]) == (Fraction(ABOVE), Fraction(OWN))


def test_no_view_holds_a_single_answer_of_a_group(scored: Platform) -> None:
    close(scored)
    single = {str(Fraction(one)) for one in (*BELOW.values(), *CUSTOMERS)}

    for who in ("S0001", "M0001", "H0001"):
        everything = str(asdict(seen(scored, actor(scored, who))))
        assert not [one for one in single if one in everything]
    shown = str([asdict(one) for one in views.people(scored, actor=hr(scored), period=Q2)])
    assert not [one for one in single if one in shown]


def test_below_the_minimum_nothing_of_a_group_is_shown_not_even_how_many(
    platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    open_quarter(platform, clock)
    measure(platform, "E1001", "80")
    to_scoring(platform)
    rate(platform, "S0001", "E1001", "82")
    answer(platform, tmp_path, "E1001", CUSTOMERS[:4])
    close(platform)

    for who in (actor(platform, "E1001"), actor(platform, "S0001"), hr(platform)):
        found = seen(platform, who, "E1001")
        [group] = [one for one in found.mix_parts if one.rater_type is RaterType.CUSTOMER]
        assert (group.mean, group.absent) == (None, "too-few")
        assert group.counted == 0
        assert "answers" not in asdict(group)


def test_before_review_the_group_sees_progress_and_no_score(scored: Platform) -> None:
    def row() -> views.RateeRow:
        found = views.people(scored, actor=hr(scored), period=Q2)
        return next(one for one in found if one.staff_no == "S0001")

    assert (row().final, row().grade, row().why) == (None, None, "")
    assert (row().ratings_given, row().ratings_asked) == (5, 5)
    assert (row().measured_known, row().measured_asked) == (7, 7)
    to_review(scored)
    assert row().final is not None
    assert row().grade is not None


def test_after_closing_the_list_says_what_was_decided(scored: Platform) -> None:
    before = close(scored)

    found = views.people(scored, actor=hr(scored), period=Q2)

    assert len(found) == before.people
    assert {one.staff_no: one.final for one in found}["S0001"] == result(scored, "S0001").final


def test_a_result_is_for_the_person_the_own_supervisor_and_the_group(scored: Platform) -> None:
    close(scored)

    for who in ("E1001", "E1003"):
        with pytest.raises(NotPermitted):
            seen(scored, actor(scored, who))
    with pytest.raises(NotPermitted):
        seen(scored, actor(scored, "M0001"), "E1001")  # two levels down
    with pytest.raises(NotPermitted):
        views.people(scored, actor=actor(scored, "M0001"), period=Q2)
    with pytest.raises(NotPermitted):
        measuring.values(scored, actor=actor(scored, "E1001"), period=Q2, staff_no="S0001")


def test_nothing_is_shown_before_the_period_is_closed(scored: Platform) -> None:
    to_review(scored)

    assert views.results(scored, actor=actor(scored, "S0001")) == []
    with pytest.raises(NotFound, match=Q2):
        result(scored, "S0001")
    with pytest.raises(NotFound):
        result(scored, "S0001", "2030-Q1")
