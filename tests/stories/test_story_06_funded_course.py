"""Acceptance story 6: a funded course needs an agreement before its start, and costs 2,000."""

import pytest

from certify.domain.person import Role
from certify.errors import Refused
from certify.platform import Platform
from certify.services.training import admitting, agreements, costs, signing
from tests.platforms import actor
from tests.services.learning_steps import grant
from tests.services.steps import check_books
from tests.services.training_steps import TRAINER, at, go_to, line, trainer, twelve
from tests.services.training_steps import arranged as arrange

START = at("2024-06-10", "09:00")


@pytest.fixture
def funded(platform: Platform) -> tuple[Platform, str]:
    """The plan of 2024 for 24,000 yuan, and its session in June for 2,000."""
    trainer(platform)
    go_to(platform, "2023-12-18")
    lines = twelve(platform)
    go_to(platform, "2024-06-03")
    code = arrange(platform, START, at("2024-06-10", "12:00"), line=lines[5], kind="", title="")
    return platform, code


def to_date(platform: Platform) -> tuple[int, int]:
    """Spent and planned of 2024, in fen."""
    cost = costs.year_costs(platform, actor=actor(platform, "H0001"), year=2024).cost
    return cost.to_date, cost.planned


def test_an_agreement_signed_on_the_day_after_the_start_is_refused(
    funded: tuple[Platform, str],
) -> None:
    platform, code = funded
    hr = actor(platform, "H0001")
    grant(platform, "E1002", Role.TRAINER)
    go_to(platform, "2024-06-10", "10:30")

    with pytest.raises(Refused) as refusal:
        agreements.sign(
            platform, actor=hr, code=code, staff_no="E1001", signed_at=at("2024-06-10", "10:00")
        )
    assert "2024-06-10 10:00" in refusal.value.message
    assert "2024-06-10 09:00" in refusal.value.message
    with pytest.raises(Refused):
        agreements.sign(platform, actor=hr, code=code, staff_no="E1001", signed_at=START)
    with pytest.raises(Refused):
        admitting.admit(platform, actor=hr, code=code, whom=["E1001"])
    assert to_date(platform) == (0, 2_400_000)


def test_signed_three_days_before_the_person_is_admitted_and_the_year_costs_2000_more(
    funded: tuple[Platform, str],
) -> None:
    platform, code = funded
    hr, learner = actor(platform, "H0001"), actor(platform, "E1001")
    go_to(platform, "2024-06-07", "15:00")

    with pytest.raises(Refused):
        admitting.admit(platform, actor=hr, code=code, whom=["E1001"])
    number = agreements.sign(
        platform, actor=hr, code=code, staff_no="E1001", signed_at=at("2024-06-07", "14:00")
    )
    assert number == "TA-2024-0001"
    assert admitting.admit(platform, actor=hr, code=code, whom=["E1001"]) == (1, [])
    assert to_date(platform) == (0, 2_400_000)

    go_to(platform, "2024-06-10", "08:55")
    signing.sign_in(platform, actor=learner, code=code)
    assert line(platform, code).agreement == number
    assert to_date(platform) == (200_000, 2_400_000)

    go_to(platform, "2024-06-10", "12:00")
    signing.sign_out(platform, actor=learner, code=code)
    costs.record_cost(platform, actor=actor(platform, TRAINER), code=code, fen=200_000)
    year = costs.year_costs(platform, actor=hr, year=2024)
    assert (year.cost.to_date, year.cost.estimated, year.cost.variance) == (200_000, 0, -2_200_000)
    (june,) = year.lines
    assert june.cost.variance == 0
    check_books(platform)


def test_a_session_moved_to_before_the_signature_lets_nobody_in(
    funded: tuple[Platform, str],
) -> None:
    from certify.services.training import arranging

    platform, code = funded
    hr = actor(platform, "H0001")
    go_to(platform, "2024-06-07", "15:00")
    agreements.sign(
        platform, actor=hr, code=code, staff_no="E1001", signed_at=at("2024-06-07", "14:00")
    )
    admitting.admit(platform, actor=hr, code=code, whom=["E1001"])
    arranging.change(
        platform,
        actor=hr,
        code=code,
        starts_at=at("2024-06-07", "13:30"),
        ends_at=at("2024-06-07", "17:00"),
        place="",
        trainer=TRAINER,
    )

    with pytest.raises(Refused):
        signing.sign_in(platform, actor=actor(platform, "E1001"), code=code)
    assert to_date(platform) == (0, 2_400_000)
