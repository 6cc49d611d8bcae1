"""What grades bring: proposed at closing, decided by HR, with its effects (R-EVA-08, R-QUA-07)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.evaluation import ConsequenceState, EvaluationPeriod
from certify.domain.grade import Grade
from certify.domain.person import Person
from certify.domain.remedial import RemedialAssignment
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.policy import ConsequencePolicy
from certify.services import messages
from certify.services.evaluation import closing, coaching, consequence_decisions
from certify.services.evaluation.consequence_decisions import ConsequenceView
from certify.services.qualifying.states import state_of
from certify.storage import qualifications
from tests.platforms import actor, read_course, sit, with_policy
from tests.services.grading_steps import (
    closed,
    company,
    evaluations,
    in_review,
    without_suspension_at_once,
)

STATES = ConsequenceState


def found(platform: Platform, staff_no: str = "") -> list[ConsequenceView]:
    every = consequence_decisions.listed(platform, actor=actor(platform, "H0001"))
    return [one for one in every if staff_no in ("", one.staff_no)]


def decide(platform: Platform, *ids: int, confirm: bool = True, who: str = "H0001") -> int:
    return consequence_decisions.decide(
        platform, actor=actor(platform, who), ids=ids, confirm=confirm, reason="议定"
    )


def of_kind(platform: Platform, staff_no: str, kind: str) -> ConsequenceView:
    (one,) = [one for one in found(platform, staff_no) if one.kind == kind][:1]
    return one


def states(platform: Platform, staff_no: str) -> list[str]:
    """How the qualifications of somebody stand."""
    with platform.database.read() as session:
        who = actor(platform, staff_no)
        rows = qualifications.of_person(session, who.person_id)
        return [str(state_of(row, platform.today())) for row in rows]


def test_closing_proposes_by_the_table_of_the_period(platform: Platform, clock: SetClock) -> None:
    own = company(platform)
    closed(own, clock, {"E1001": "95", "E1002": "70"})
    assert [one.kind for one in found(own, "E1001")] == [
        "bonus",
        "commendation",
        "promotion-priority",
    ]
    assert found(own, "E1001")[0].factor == "1.2"
    assert [one.kind for one in found(own, "E1002")] == ["bonus", "coaching-plan"]
    assert {one.state for one in found(own)} == {STATES.PROPOSED}
    assert [one.staff_no for one in found(own)] == ["E1001"] * 3 + ["E1002"] * 2


def test_unqualified_suspends_at_once_and_twice_in_a_row_proposes_a_transfer(
    platform: Platform, clock: SetClock
) -> None:
    own = company(platform)
    who = actor(own, "E1001")
    read_course(own, who)
    sit(own, who)
    assert set(states(own, "E1001")) == {"active"}
    closed(own, clock, {"E1001": "50", "E1002": "90"})
    assert set(states(own, "E1001")) == {"suspended"}
    suspension = of_kind(own, "E1001", "suspension")
    assert suspension.state is STATES.CONFIRMED
    assert suspension.is_at_once
    assert {one.kind for one in found(own, "E1001")} == {
        "bonus",
        "warning",
        "suspension",
        "remedial",
    }
    closed(own, clock, {"E1001": "64.99", "E1002": "90"}, "2024-Q3")
    twice = [one.kind for one in found(own, "E1001") if one.period == "2024-Q3"]
    assert "transfer-or-level-down" in twice


def test_without_at_once_hr_confirms_a_suspension(platform: Platform, clock: SetClock) -> None:
    own = without_suspension_at_once(company(platform))
    who = actor(own, "E1001")
    read_course(own, who)
    sit(own, who)
    closed(own, clock, {"E1001": "50", "E1002": "90"})
    assert set(states(own, "E1001")) == {"active"}
    decide(own, of_kind(own, "E1001", "suspension").id)
    assert set(states(own, "E1001")) == {"suspended"}


def test_a_confirmed_remedial_course_is_due_in_thirty_days(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    who = actor(own, "E1001")
    read_course(own, who)
    sit(own, who)
    closed(own, clock, {"E1001": "50", "E1002": "90"})
    clock.advance(timedelta(days=3))
    decide(own, of_kind(own, "E1001", "remedial").id)
    due = own.today() + timedelta(days=30)
    with own.database.read() as session:
        (one,) = session.exec(select(RemedialAssignment)).all()
    assert (one.origin, one.origin_id) == ("grade", evaluations(own, "E1001")[0].id)
    assert one.due_on == due
    assert of_kind(own, "E1001", "remedial").due_on == due


def test_hr_decides_with_a_reason_that_the_person_reads(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "95", "E1002": "90"})
    one = of_kind(own, "E1001", "bonus")
    with pytest.raises(BadInput):
        consequence_decisions.decide(
            own, actor=actor(own, "H0001"), ids=[one.id], confirm=True, reason="  "
        )
    decide(own, one.id)
    told = messages.unread(own, actor=actor(own, "E1001"))
    assert [said.kind for said in told] == ["evaluation-closed", "consequence-confirmed"]
    assert "议定" in messages.text(told[1])
    assert "1.2" in messages.text(told[1])
    with pytest.raises(Refused):
        decide(own, one.id, confirm=False)


def test_what_is_declined_happens_to_nobody(sqlite_platform: Platform, clock: SetClock) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "70", "E1002": "90"})
    decide(own, of_kind(own, "E1001", "coaching-plan").id, confirm=False)
    assert coaching.listed(own, actor=actor(own, "H0001")) == []
    kinds = [one.kind for one in messages.unread(own, actor=actor(own, "E1001"))]
    assert kinds == ["evaluation-closed"]


def test_several_are_decided_together_or_not_at_all(platform: Platform, clock: SetClock) -> None:
    own = company(platform)
    closed(own, clock, {"E1001": "95", "E1002": "91"})
    bonus = [one.id for one in found(own) if one.kind == "bonus"]
    assert decide(own, *bonus) == 2
    rest = [one.id for one in found(own) if one.kind == "commendation"]
    with pytest.raises(Refused):
        decide(own, *rest, bonus[0])
    with pytest.raises(NotFound):
        decide(own, *rest, 9999)
    assert {one.state for one in found(own) if one.id in rest} == {STATES.PROPOSED}


def test_nobody_decides_what_their_own_grade_brings(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    with own.database.write() as session:
        supervisor = session.exec(select(Person).where(Person.staff_no == "S0001")).one()
        hr = session.exec(select(Person).where(Person.staff_no == "H0001")).one()
        hr.supervisor_id = supervisor.id
    closed(own, clock, {"H0001": "95", "E1001": "90", "E1002": "90"})
    mine = of_kind(own, "H0001", "bonus")
    assert mine.is_own
    with pytest.raises(NotPermitted):
        decide(own, mine.id)
    decide(own, mine.id, who="H0002")
    with pytest.raises(NotPermitted):
        decide(own, of_kind(own, "E1001", "bonus").id, who="V0001")


def test_the_supervisor_writes_a_coaching_plan_and_marks_it_done(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "70", "E1002": "90"})
    decide(own, of_kind(own, "E1001", "coaching-plan").id)
    boss, hr = actor(own, "S0001"), actor(own, "H0001")
    (plan,) = coaching.listed(own, actor=boss)
    assert plan.due_on == own.today() + timedelta(days=30)
    assert "coaching-plan-wanted" in [one.kind for one in messages.unread(own, actor=boss)]
    with pytest.raises(Refused):
        coaching.mark_done(own, actor=boss, plan=plan.id)
    for other in ("E1001", "E1002", "H0001"):
        with pytest.raises(NotPermitted):
            coaching.write(own, actor=actor(own, other), plan=plan.id, steps="自己写")
    coaching.write(own, actor=boss, plan=plan.id, steps="每周复盘一次")
    assert coaching.listed(own, actor=actor(own, "E1001"))[0].steps == "每周复盘一次"
    assert coaching.listed(own, actor=actor(own, "E1002")) == []
    clock.advance(timedelta(days=30))
    assert coaching.overdue(own, actor=hr) == []
    clock.advance(timedelta(days=1))
    assert [one.id for one in coaching.overdue(own, actor=hr)] == [plan.id]
    coaching.mark_done(own, actor=boss, plan=plan.id)
    assert coaching.overdue(own, actor=hr) == []
    with pytest.raises(Refused):
        coaching.write(own, actor=boss, plan=plan.id, steps="再来")


def test_a_later_policy_changes_nothing_in_a_period_that_was_opened(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    in_review(own, clock, {"E1001": "95", "E1002": "85"})
    later = with_policy(
        own, own.policy.model_copy(update={"consequences": ConsequencePolicy(excellent=())})
    )
    closing.close(later, actor=actor(later, "V0001"), period="2024-Q2")
    assert len(found(later, "E1001")) == 3


def test_a_person_sees_only_what_was_confirmed_of_their_own(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "95", "E1002": "90"})
    who = actor(own, "E1001")
    assert consequence_decisions.of_person(own, actor=who) == []
    decide(own, of_kind(own, "E1001", "bonus").id)
    assert [one.kind for one in consequence_decisions.of_person(own, actor=who)] == ["bonus"]
    with pytest.raises(NotPermitted):
        consequence_decisions.of_person(own, actor=who, staff_no="E1002")
    with pytest.raises(NotPermitted):
        consequence_decisions.listed(own, actor=who)
    with own.database.read() as session:
        assert session.exec(select(EvaluationPeriod)).one().state == "closed"
    assert evaluations(own, "E1001")[0].grade is Grade.EXCELLENT


def test_after_the_remedial_exam_everything_is_given_back_with_the_old_last_day(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    who = actor(own, "E1001")
    read_course(own, who)
    sit(own, who)
    before = _last_days(own, "E1001")
    closed(own, clock, {"E1001": "64.99", "E1002": "90"})
    decide(own, of_kind(own, "E1001", "remedial").id)
    assert set(states(own, "E1001")) == {"suspended"}
    clock.advance(timedelta(days=2))
    read_course(own, who)
    sit(own, who)
    assert "suspended" not in states(own, "E1001")
    assert before <= _last_days(own, "E1001")


def _last_days(platform: Platform, staff_no: str) -> set[tuple[str, str]]:
    with platform.database.read() as session:
        rows = qualifications.of_person(session, actor(platform, staff_no).person_id)
        return {(row.code, row.period.valid_to.isoformat()) for row in rows}
