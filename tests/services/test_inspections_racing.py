"""Inspectors at many terminals at once: numbers without gaps, no step twice, nobody both ways."""

from functools import partial

from certify.errors import Refused
from certify.platform import Platform
from certify.services.inspection import notice_steps, notices, register
from tests.platforms import actor
from tests.services.inspection_steps import check, inspectors
from tests.services.steps import check_books
from tests.services.test_racing import race


def test_checks_entered_at_once_are_numbered_without_gaps(platform: Platform) -> None:
    inspectors(platform)
    runs = [
        partial(check, platform, whom, who=who)
        for whom in ("E1001", "E1002", "S0001")
        for who in ("I0001", "I0002")
    ]
    numbers = race(*runs)
    assert sorted(map(str, numbers)) == [f"IN-2024-00000{n}" for n in range(1, 7)]
    found = register.register(platform, actor=actor(platform, "I0001"))
    assert [one.number for one in reversed(found)] == sorted(map(str, numbers))
    check_books(platform)


def test_of_two_who_check_each_other_at_once_one_is_refused(platform: Platform) -> None:
    inspectors(platform)
    outcomes = race(
        partial(check, platform, "I0002", who="I0001"),
        partial(check, platform, "I0001", who="I0002"),
    )
    assert sum(isinstance(one, Refused) for one in outcomes) == 1
    assert "IN-2024-000001" in outcomes
    assert check(platform, "E1001") == "IN-2024-000002"


def test_a_step_of_a_notice_is_done_once(platform: Platform) -> None:
    inspectors(platform)
    number = notices.issue(platform, actor=actor(platform, "I0001"), owner="E1001", problem="x")
    owner = actor(platform, "E1001")
    answer = partial(
        notice_steps.answer, platform, actor=owner, number=number, cause="a", measure="b"
    )
    outcomes = race(answer, answer, answer)
    assert outcomes.count(None) == 1
    steps = notices.show(platform, actor=owner, number=number).steps
    assert len(steps) == 2
