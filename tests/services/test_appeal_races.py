"""Two at the same moment: one appeal, one decision."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from certify import i18n
from certify.clock import SetClock
from certify.errors import CertifyError
from certify.platform import Platform
from certify.services.evaluation import appeal_decisions, appeals, consequence_decisions
from tests.platforms import actor
from tests.services.grading_steps import closed, company, evaluations
from tests.services.test_grade_consequences import found, of_kind

Q2 = "2024-Q2"


def both(*work: Callable[[], None]) -> list[bool]:
    """Does two things at the same moment; whether each went through."""

    def one(what: Callable[[], None]) -> bool:
        i18n.use(i18n.Speaker("zh"))
        try:
            what()
        except CertifyError:
            return False
        return True

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


def test_of_two_appeals_at_once_one_is_kept(platform: Platform, clock: SetClock) -> None:
    own = company(platform)
    closed(own, clock, {"E1001": "70", "E1002": "70"})
    who = actor(own, "E1001")

    def ask() -> None:
        appeals.ask(own, actor=who, period=Q2, reason="x")

    assert sorted(both(ask, ask)) == [False, True]
    assert len(appeals.listed(own, actor=actor(own, "V0001"))) == 1


def test_of_two_decisions_at_once_one_counts(platform: Platform, clock: SetClock) -> None:
    own = company(platform)
    closed(own, clock, {"E1001": "70", "E1002": "70"})
    number = appeals.ask(own, actor=actor(own, "E1001"), period=Q2, reason="x")
    group = actor(own, "V0001")

    def uphold() -> None:
        appeal_decisions.uphold(own, actor=group, appeal=number, reason="x", final="92")

    def reject() -> None:
        appeal_decisions.reject(own, actor=group, appeal=number, reason="x")

    upheld, rejected = both(uphold, reject)
    assert upheld != rejected
    assert len(evaluations(own, "E1001")) == (2 if upheld else 1)


def test_a_consequence_is_confirmed_or_declined_not_both(
    platform: Platform, clock: SetClock
) -> None:
    own = company(platform)
    closed(own, clock, {"E1001": "70", "E1002": "90"})
    hr, number = actor(own, "H0001"), of_kind(own, "E1001", "coaching-plan").id

    def decide(confirm: bool) -> None:
        consequence_decisions.decide(own, actor=hr, ids=[number], confirm=confirm, reason="x")

    assert sorted(both(lambda: decide(True), lambda: decide(False))) == [False, True]
    (kept,) = [one for one in found(own, "E1001") if one.id == number]
    assert kept.state in ("confirmed", "declined")
