"""What HR decided by way of exception, for the auditor."""

from datetime import date, timedelta

import pytest

from certify.clock import SetClock
from certify.domain.person import CONSOLE
from certify.domain.qualification import QualificationState
from certify.errors import BadInput, NotPermitted
from certify.platform import Platform
from certify.services.exceptions import ExceptionKind, exceptions
from certify.services.qualifying import deciding, decisions, renewing
from tests.platforms import actor, with_full_ladder


def test_every_exception_stands_there_with_who_when_and_why(
    platform: Platform, clock: SetClock
) -> None:
    full, hr = with_full_ladder(platform), actor(platform, "H0001")

    def of_e1001(name: str) -> dict[str, str]:
        return {"staff_no": "E1001", "level": "L0", "reason": name}

    decisions.grant(full, actor=hr, **of_e1001("试用期"), exception=True)
    clock.advance(timedelta(days=1))
    renewing.extend(full, actor=hr, **of_e1001("再三个月"))
    for state, reason in ((QualificationState.SUSPENDED, "停"), (QualificationState.ACTIVE, "复")):
        clock.advance(timedelta(days=1))
        deciding.decide(full, actor=hr, staff_no="E1001", code="L0", state=state, reason=reason)

    found = exceptions(full, actor=CONSOLE)

    assert [(one.kind, one.reason) for one in found] == [
        (ExceptionKind.REINSTATED, "复"),
        (ExceptionKind.EXTENDED, "再三个月"),
        (ExceptionKind.GRANTED, "试用期"),
    ]
    assert {one.staff_no for one in found} == {"E1001"}
    assert all(one.decided_by.startswith("H0001 ") for one in found)
    assert [one.day for one in found] == [
        full.today(),
        full.today() - timedelta(days=2),
        full.today() - timedelta(days=3),
    ]


def test_only_the_days_asked_for_are_listed(platform: Platform, clock: SetClock) -> None:
    full, hr = with_full_ladder(platform), actor(platform, "H0001")
    day = full.today()
    decisions.grant(full, actor=hr, staff_no="E1001", level="L0", reason="试用", exception=True)

    assert len(exceptions(full, actor=hr, since=day, until=day)) == 1
    assert exceptions(full, actor=hr, until=day - timedelta(days=1)) == []
    with pytest.raises(BadInput):
        exceptions(full, actor=hr, since=day, until=date(2000, 1, 1))


def test_only_who_may_see_the_ledger_sees_exceptions(platform: Platform) -> None:
    with pytest.raises(NotPermitted):
        exceptions(platform, actor=actor(platform, "E1001"))
