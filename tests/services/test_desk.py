"""What waits for a person on the pages of evaluation, training, inspection and standards."""

from datetime import timedelta

from certify.clock import SetClock
from certify.platform import Platform
from certify.services import desk, home
from certify.services.desk import DeskPage
from certify.services.inspection import notices
from tests.platforms import actor
from tests.services.evaluation_steps import open_quarter, rate, to_scoring
from tests.services.inspection_steps import inspectors


def waits(platform: Platform, staff_no: str) -> dict[str, tuple[int, bool]]:
    found = desk.waiting(platform, actor=actor(platform, staff_no))
    return {one.page: (one.count, one.is_late) for one in found}


def test_nothing_waits_for_anybody_at_first(platform: Platform) -> None:
    for staff_no in ("E1001", "S0001", "H0001"):
        assert waits(platform, staff_no) == {}


def test_whom_one_is_to_rate_waits_until_it_is_done(platform: Platform, clock: SetClock) -> None:
    open_quarter(platform, clock)
    to_scoring(platform)

    assert waits(platform, "S0001")["ratings"] == (3, False)  # two reports and oneself
    rate(platform, "S0001", "E1001", "82")
    assert waits(platform, "S0001")["ratings"] == (2, False)
    shown = home.home(platform, actor=actor(platform, "S0001"))
    assert DeskPage("ratings", 2, False) in shown.on_desk


def test_a_notice_waits_for_its_owner_and_is_late_after_its_deadline(
    platform: Platform, clock: SetClock
) -> None:
    inspectors(platform)
    notices.issue(platform, actor=actor(platform, "I0001"), owner="E1001", problem="响应超时")
    assert waits(platform, "E1001")["notices"] == (1, False)

    clock.advance(timedelta(days=5))
    assert waits(platform, "E1001")["notices"] == (1, False)
    clock.advance(timedelta(days=1))
    assert waits(platform, "E1001")["notices"] == (1, True)
