"""What takes two persons: nobody does it alone, about themselves, or twice."""

import threading
from datetime import date, timedelta

import pytest
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.ledger import LedgerEntry
from certify.domain.person import CONSOLE, Role
from certify.domain.proposal import ProposalState
from certify.domain.qualification import QualificationState
from certify.errors import BadInput, CertifyError, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services import catalogue, confirming, ledger, messages, proposals
from certify.services.qualifying import deciding
from tests.platforms import actor, with_policy
from tests.services.learning_steps import grant, pass_course
from tests.services.second_person import propose_to_revoke, second_hr

REVOKED, ACTIVE = QualificationState.REVOKED, QualificationState.ACTIVE


def certificate_of(platform: Platform, staff_no: str) -> str:
    """The number of the level's certificate."""
    with platform.database.read() as session:
        query = select(LedgerEntry).where(LedgerEntry.action == "qualification-granted")
        person = f"person:{actor(platform, staff_no).person_id}"
        return next(
            str(one.facts["certificate"])
            for one in session.exec(query).all()
            if one.subject == person and one.facts["code"] == "L1"
        )


def state_of(platform: Platform, number: str) -> str:
    return catalogue.certificate(platform, actor=actor(platform, "H0001"), number=number).state


def test_a_revocation_waits_for_a_second_person_and_is_done_by_the_confirmation(
    platform: Platform,
) -> None:
    pass_course(platform, "E1001")
    number = certificate_of(platform, "E1001")
    second = second_hr(platform)

    proposal = propose_to_revoke(platform, "E1001", "L1")
    assert state_of(platform, number) == "active"
    [seen] = proposals.listed(platform, actor=second)
    assert (seen.id, seen.state, seen.may_decide, seen.is_own) == (
        proposal,
        ProposalState.OPEN,
        True,
        False,
    )
    assert seen.facts["certificate"] == number

    confirming.confirm(platform, actor=second, number=proposal)

    assert state_of(platform, number) == "revoked"
    [seen] = proposals.listed(platform, actor=second)
    assert seen.state is ProposalState.CONFIRMED
    assert seen.proposed_by == "人事 H0001"
    assert seen.decided_by == "人事二 H0002"
    assert ledger.verify(platform, actor=CONSOLE).first_false is None


def test_the_proposer_cannot_confirm_nor_decline(platform: Platform) -> None:
    pass_course(platform, "E1001")
    first = actor(platform, "H0001")
    proposal = propose_to_revoke(platform, "E1001", "L1")

    with pytest.raises(Refused):
        confirming.confirm(platform, actor=first, number=proposal)
    with pytest.raises(Refused):
        proposals.decline(platform, actor=first, number=proposal, reason="x")

    assert state_of(platform, certificate_of(platform, "E1001")) == "active"


@pytest.mark.parametrize("staff_no", ["E1002", "S0001", "E1001"])
def test_who_may_not_revoke_may_not_confirm(platform: Platform, staff_no: str) -> None:
    pass_course(platform, "E1001")
    proposal = propose_to_revoke(platform, "E1001", "L1")

    with pytest.raises(NotPermitted):
        confirming.confirm(platform, actor=actor(platform, staff_no), number=proposal)
    with pytest.raises(CertifyError):
        confirming.confirm(platform, actor=CONSOLE, number=proposal)

    assert state_of(platform, certificate_of(platform, "E1001")) == "active"


def test_whom_it_is_about_cannot_confirm_it_even_as_hr(platform: Platform) -> None:
    pass_course(platform, "E1001")
    proposal = propose_to_revoke(platform, "E1001", "L1")
    grant(platform, "E1001", Role.HR)

    with pytest.raises(NotPermitted):
        confirming.confirm(platform, actor=actor(platform, "E1001"), number=proposal)


def test_the_same_is_not_proposed_twice_while_one_is_open(platform: Platform) -> None:
    pass_course(platform, "E1001")
    second = second_hr(platform)
    first = propose_to_revoke(platform, "E1001", "L1")

    with pytest.raises(Refused, match=str(first)):
        propose_to_revoke(platform, "E1001", "L1")
    proposals.decline(platform, actor=second, number=first, reason="证据不足")

    assert propose_to_revoke(platform, "E1001", "L1") == first + 1


def test_a_declined_one_does_nothing_and_its_proposer_is_told(platform: Platform) -> None:
    pass_course(platform, "E1001")
    second = second_hr(platform)
    proposal = propose_to_revoke(platform, "E1001", "L1")
    with pytest.raises(BadInput):
        proposals.decline(platform, actor=second, number=proposal, reason="  ")

    proposals.decline(platform, actor=second, number=proposal, reason="证据不足")

    assert state_of(platform, certificate_of(platform, "E1001")) == "active"
    [told] = messages.unread(platform, actor=actor(platform, "H0001"))
    assert "证据不足" in messages.text(told)
    with pytest.raises(Refused):
        confirming.confirm(platform, actor=second, number=proposal)


def test_only_who_proposed_it_takes_it_back(platform: Platform) -> None:
    pass_course(platform, "E1001")
    second = second_hr(platform)
    proposal = propose_to_revoke(platform, "E1001", "L1")
    with pytest.raises(NotPermitted):
        proposals.withdraw(platform, actor=second, number=proposal)

    proposals.withdraw(platform, actor=actor(platform, "H0001"), number=proposal)

    with pytest.raises(Refused):
        confirming.confirm(platform, actor=second, number=proposal)
    with pytest.raises(NotFound):
        confirming.confirm(platform, actor=second, number=99)


def test_what_cannot_be_done_any_more_is_refused_and_stays_open(platform: Platform) -> None:
    pass_course(platform, "E1001")
    second = second_hr(platform)
    tomorrow = platform.today() + timedelta(days=1)
    first = propose_to_revoke(platform, "E1001", "L1", day=tomorrow)
    alone = with_policy(
        platform,
        platform.policy.model_copy(
            update={"trust": platform.policy.trust.model_copy(update={"two_persons": False})}
        ),
    )
    deciding.decide(
        alone,
        actor=second,
        staff_no="E1001",
        code="L1",
        state=REVOKED,
        reason="公司规则：一人即可",
    )

    with pytest.raises(Refused):
        confirming.confirm(platform, actor=second, number=first)

    assert proposals.listed(platform, actor=second)[0].state is ProposalState.OPEN


def test_a_confirmation_after_the_first_day_counts_from_the_day_it_is_given(
    platform: Platform, clock: SetClock
) -> None:
    pass_course(platform, "E1001")
    second = second_hr(platform)
    proposal = propose_to_revoke(platform, "E1001", "L1")
    clock.set(clock.now() + timedelta(days=3))

    confirming.confirm(platform, actor=second, number=proposal)

    with platform.database.read() as session:
        query = select(LedgerEntry).where(LedgerEntry.action == "qualification-changed")
        assert session.exec(query).one().facts["from_day"] == date(2024, 3, 7).isoformat()


def test_of_many_who_confirm_at_once_one_does_it(platform: Platform) -> None:
    pass_course(platform, "E1001")
    second = second_hr(platform)
    proposal = propose_to_revoke(platform, "E1001", "L1")
    done: list[str] = []
    barrier = threading.Barrier(4)

    def confirm() -> None:
        barrier.wait()
        try:
            confirming.confirm(platform, actor=second, number=proposal)
            done.append("confirmed")
        except Refused:
            done.append("refused")

    threads = [threading.Thread(target=confirm) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == ["confirmed", "refused", "refused", "refused"]
    with platform.database.read() as session:
        query = select(LedgerEntry).where(LedgerEntry.action == "qualification-changed")
        assert len(session.exec(query).all()) == 1


def test_what_is_impossible_is_not_even_proposed(platform: Platform) -> None:
    pass_course(platform, "E1001")
    second = second_hr(platform)
    confirming.confirm(platform, actor=second, number=propose_to_revoke(platform, "E1001", "L1"))

    with pytest.raises(Refused):
        propose_to_revoke(platform, "E1001", "L1")
