"""Who is asked to rate whom, and what they give (R-EVA-03, R-EVA-04, R-PPL-02)."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.evaluation import EvaluationPeriod, PeriodKind, PeriodState, RaterType, Rating
from certify.domain.person import Person, PersonStatus
from certify.domain.placement import Placement
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services.evaluation import asking, periods, rating
from certify.storage import people
from tests.platforms import NOON, actor
from tests.services.evaluation_steps import (
    Q2,
    answer,
    close,
    explained,
    hire,
    hr,
    measure,
    open_quarter,
    rate,
    result,
    to_review,
    to_scoring,
)
from tests.services.steps import check_books


def asked(platform: Platform, staff_no: str) -> list[tuple[str, str, bool]]:
    found = asking.asked_of(platform, actor=actor(platform, staff_no))
    return [(one.staff_no, one.rater_type.value, one.counts) for one in found]


def person(platform: Platform, staff_no: str) -> Person:
    with platform.database.read() as session:
        found = people.by_staff_no(session, staff_no)
    assert found is not None
    return found


def placed(platform: Platform, staff_no: str, *history: tuple[date, str]) -> None:
    """Write down under whom somebody was, from which days on."""
    one = person(platform, staff_no)
    with platform.database.write() as session:
        for from_day, supervisor in history:
            above = person(platform, supervisor)
            session.add(
                Placement(
                    person_id=one.id or 0,
                    from_day=from_day,
                    name=one.name,
                    department_id=one.department_id,
                    post_id=one.post_id,
                    supervisor_id=above.id,
                    at=NOON,
                )
            )
            session.get_one(Person, one.id).supervisor_id = above.id


def test_the_post_of_the_periods_last_day_decides_about_the_class(
    platform: Platform, clock: SetClock
) -> None:
    """A promotion after the period changes neither who is asked nor how it is weighed."""
    from certify.services.evaluation import views

    placed(platform, "E1001", (date(2024, 3, 4), "S0001"))
    open_quarter(platform, clock)
    with platform.database.write() as session:
        [lead] = [
            one
            for one in people.posts(session)
            if one.layer.endswith("-management") and not one.meets_customers
        ]
        promoted = session.get_one(Person, person(platform, "E1001").id)
        promoted.post_id = lead.id or 0
        session.add(
            Placement(
                person_id=promoted.id or 0,
                from_day=date(2024, 7, 1),
                name=promoted.name,
                department_id=promoted.department_id,
                post_id=lead.id or 0,
                supervisor_id=promoted.supervisor_id,
                at=NOON,
            )
        )

    found = views.people(platform, actor=hr(platform), period=Q2)

    assert {one.staff_no: one.ratee_class for one in found}["E1001"] == "front-line"


def leave(platform: Platform, staff_no: str) -> None:
    with platform.database.write() as session:
        session.get_one(Person, person(platform, staff_no).id).status = PersonStatus.LEFT


def test_supervisor_self_and_direct_reports_are_asked_when_scoring_begins(
    platform: Platform, clock: SetClock
) -> None:
    open_quarter(platform, clock)
    assert asked(platform, "S0001") == []

    to_scoring(platform)

    assert asked(platform, "S0001") == [
        ("E1001", "supervisor", True),
        ("E1002", "supervisor", True),
        ("S0001", "self", True),
    ]
    assert asked(platform, "E1001") == [("E1001", "self", True), ("S0001", "subordinate", True)]
    assert ("H0001", "self", True) in asked(platform, "H0001")


def test_a_rating_is_saved_and_may_be_changed_until_scoring_ends(
    platform: Platform, clock: SetClock
) -> None:
    open_quarter(platform, clock)
    to_scoring(platform)

    rate(platform, "S0001", "E1001", "82.25")
    rate(platform, "S0001", "E1001", "84")

    [given] = [
        one
        for one in asking.asked_of(platform, actor=actor(platform, "S0001"))
        if one.staff_no == "E1001"
    ]
    assert given.score == 84
    to_review(platform)
    assert asked(platform, "S0001") == []
    with pytest.raises(Refused):
        rate(platform, "S0001", "E1001", "99")
    check_books(platform)


def test_back_in_scoring_a_rating_changes_again_and_nobody_is_asked_twice(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    open_quarter(sqlite_platform, clock)
    to_scoring(sqlite_platform)
    before = asked(sqlite_platform, "S0001")
    to_review(sqlite_platform)

    periods.move(
        sqlite_platform,
        actor=hr(sqlite_platform),
        period=Q2,
        to=PeriodState.SCORING,
        reason="漏评",
    )

    assert asked(sqlite_platform, "S0001") == before
    rate(sqlite_platform, "S0001", "E1001", "90")


@pytest.mark.parametrize("score", ["101", "100.01", "-1", "NaN", "86.255", "", "高"])
def test_what_is_no_score_from_0_to_100_is_refused(
    sqlite_platform: Platform, clock: SetClock, score: str
) -> None:
    open_quarter(sqlite_platform, clock)
    to_scoring(sqlite_platform)

    with pytest.raises(BadInput):
        rate(sqlite_platform, "S0001", "E1001", score)
    assert all(
        one.score is None
        for one in asking.asked_of(sqlite_platform, actor=actor(sqlite_platform, "S0001"))
    )


def test_a_decimal_is_taken_and_a_rating_can_be_taken_back(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    open_quarter(sqlite_platform, clock)
    to_scoring(sqlite_platform)

    def give(score: Decimal | None) -> object:
        return rating.rate(
            sqlite_platform,
            actor=actor(sqlite_platform, "S0001"),
            period=Q2,
            staff_no="E1001",
            score=score,
            comment="稳定",
        ).score

    with pytest.raises(BadInput):
        give(None)
    assert give(Decimal("79.99")) == Decimal("79.99")
    assert give(None) is None


def test_nobody_rates_whom_they_were_not_asked_to_rate(platform: Platform, clock: SetClock) -> None:
    open_quarter(platform, clock)
    to_scoring(platform)

    for rater, ratee in (("E1001", "E1002"), ("H0001", "E1001"), ("E1002", "H0001")):
        with pytest.raises(NotPermitted):
            rate(platform, rater, ratee, "100")
    with pytest.raises(NotPermitted):
        rate(platform, "E1001", "E1001", "100", RaterType.SUPERVISOR)
    with pytest.raises(NotFound):
        rate(platform, "S0001", "X999", "100")


def test_nobody_of_the_staff_rates_as_a_customer(platform: Platform, clock: SetClock) -> None:
    open_quarter(platform, clock)
    to_scoring(platform)

    for rater, ratee in (("E1001", "E1001"), ("E1001", "E1002"), ("S0001", "E1001")):
        with pytest.raises(NotPermitted):
            rate(platform, rater, ratee, "100", RaterType.CUSTOMER)
    with pytest.raises(BadInput, match="E1002"):
        rating.type_answer(
            platform,
            actor=hr(platform),
            period=Q2,
            staff_no="E1001",
            reference="E1002",
            score="100",
        )


def test_the_evaluation_group_types_customers_answers_each_once_never_its_own(
    platform: Platform, clock: SetClock
) -> None:
    open_quarter(platform, clock)
    to_scoring(platform)

    def type_(who: str, ratee: str, reference: str) -> None:
        rating.type_answer(
            platform,
            actor=actor(platform, who),
            period=Q2,
            staff_no=ratee,
            reference=reference,
            score="78",
        )

    type_("H0001", "E1001", "W-1")
    with pytest.raises(Refused):
        type_("H0001", "E1002", "W-1")
    with pytest.raises(NotPermitted):
        type_("H0001", "H0001", "W-2")
    with pytest.raises(NotPermitted):
        type_("S0001", "E1001", "W-2")
    with pytest.raises(BadInput):
        type_("H0001", "E1001", " ")


def test_the_supervisor_of_most_days_rates_and_the_other_only_comments(
    platform: Platform, clock: SetClock
) -> None:
    hire(platform, "S0002", supervisor=None)
    placed(platform, "E1001", (date(2024, 3, 4), "S0002"), (date(2024, 5, 30), "S0001"))
    open_quarter(platform, clock)
    to_scoring(platform)

    assert ("E1001", "supervisor", True) in asked(platform, "S0002")
    assert ("E1001", "supervisor", False) in asked(platform, "S0001")
    rate(platform, "S0002", "E1001", "70")
    with pytest.raises(BadInput):
        rate(platform, "S0001", "E1001", "100")
    given = rating.rate(
        platform,
        actor=actor(platform, "S0001"),
        period=Q2,
        staff_no="E1001",
        score=None,
        comment="六月表现平稳",
    )

    assert (given.score, given.comment) == (None, "六月表现平稳")
    assert ("S0002", "subordinate", True) in asked(platform, "E1001")
    measure(platform, "E1001", "80")
    close(platform)
    assert explained(platform, "E1001").mix == 70
    assert result(platform, "E1001").comments == ("六月表现平稳",)


def test_the_next_level_up_rates_when_the_supervisor_is_gone(
    platform: Platform, clock: SetClock
) -> None:
    hire(platform, "M0001", supervisor=None)
    hire(platform, "S0003", supervisor="M0001")
    hire(platform, "E1003", supervisor="S0003")
    leave(platform, "S0003")
    open_quarter(platform, clock)
    to_scoring(platform)

    assert ("E1003", "supervisor", True) in asked(platform, "M0001")


def test_the_group_passes_a_rating_up_when_the_supervisor_cannot_give_it(
    platform: Platform, clock: SetClock
) -> None:
    hire(platform, "M0001", supervisor=None)
    hire(platform, "S0003", supervisor="M0001")
    hire(platform, "E1003", supervisor="S0003")
    open_quarter(platform, clock)
    to_scoring(platform)

    def pass_up(staff_no: str, who: str = "H0001") -> str:
        return asking.pass_up(
            platform, actor=actor(platform, who), period=Q2, staff_no=staff_no, reason="长期病假"
        )

    assert pass_up("E1003") == "M0001"
    assert ("E1003", "supervisor", True) in asked(platform, "M0001")
    assert ("E1003", "supervisor", False) in asked(platform, "S0003")
    with pytest.raises(Refused):
        pass_up("E1001")  # nobody is above S0001
    rate(platform, "M0001", "E1003", "75")
    with pytest.raises(Refused):
        pass_up("E1003")
    with pytest.raises(NotPermitted):
        pass_up("E1001", "S0001")
    check_books(platform)


def test_who_owes_ratings_is_listed_for_the_group_without_what_was_given(
    platform: Platform, clock: SetClock
) -> None:
    open_quarter(platform, clock)
    to_scoring(platform)
    rate(platform, "S0001", "E1001", "82")

    found = asking.waiting_for(platform, actor=hr(platform), period=Q2)

    by_rater = {one.staff_no: (one.open, one.given) for one in found}
    assert by_rater["S0001"] == (2, 1)
    with pytest.raises(NotPermitted):
        asking.waiting_for(platform, actor=actor(platform, "S0001"), period=Q2)


def test_an_ad_hoc_period_asks_only_about_its_own_people(
    platform: Platform, clock: SetClock
) -> None:
    clock.set(NOON)
    periods.open_period(
        platform,
        actor=hr(platform),
        kind=PeriodKind.AD_HOC,
        code="complaint-17",
        first_day=date(2024, 3, 1),
        last_day=date(2024, 3, 4),
        occasion="投诉 17",
        only=("E1001",),
    )
    to_scoring(platform, "complaint-17")

    assert asked(platform, "S0001") == [("E1001", "supervisor", True)]
    assert asked(platform, "E1002") == []


def test_a_customers_answer_has_no_rater_and_its_reference_only(
    sqlite_platform: Platform, clock: SetClock, tmp_path: object
) -> None:
    open_quarter(sqlite_platform, clock)
    to_scoring(sqlite_platform)
    answer(sqlite_platform, tmp_path, "E1001", ["78"])  # type: ignore[arg-type]

    with sqlite_platform.database.read() as session:
        query = select(Rating).where(Rating.rater_type == RaterType.CUSTOMER)
        [found] = session.exec(query).all()
        period = session.get_one(EvaluationPeriod, found.period_id)
    assert (found.rater_id, found.reference, period.code) == (None, "E1001-1", Q2)
