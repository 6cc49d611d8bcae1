"""Appeals: once, in time, decided by somebody else, and nothing of the old is lost (R-EVA-06)."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlmodel import Session, select

from certify.clock import SetClock
from certify.domain.evaluation import ConsequenceState, MeasuredValue, SeriousProblem
from certify.domain.grade import Grade, grade
from certify.domain.person import Person, Role, RoleGrant
from certify.errors import BadInput, CertifyError, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import messages
from certify.services.evaluation import (
    appeal_decisions,
    appeals,
    coaching,
    views,
)
from tests.platforms import actor, read_course, sit
from tests.services.grading_steps import closed, company, evaluations, with_small_scheme
from tests.services.test_grade_consequences import decide, found, of_kind, states

Q2 = "2024-Q2"


def ask(platform: Platform, who: str = "E1001", period: str = Q2) -> int:
    return appeals.ask(platform, actor=actor(platform, who), period=period, reason="数据有误")


def uphold(platform: Platform, number: int, who: str = "V0001", **given: Any) -> int:
    return appeal_decisions.uphold(
        platform, actor=actor(platform, who), appeal=number, reason="已核实", **given
    )


def reject(platform: Platform, number: int, who: str = "V0001") -> None:
    appeal_decisions.reject(platform, actor=actor(platform, who), appeal=number, reason="数据无误")


def test_a_grade_may_be_appealed_until_the_fifth_working_day(
    platform: Platform, clock: SetClock
) -> None:
    own = company(platform)
    closed(own, clock, {"E1001": "70", "E1002": "70"})  # told on Sunday 2024-06-30
    standing = appeals.standing(own, actor=actor(own, "E1001"), period=Q2)
    assert (standing.until.isoformat(), standing.may_appeal) == ("2024-07-05", True)
    clock.advance(timedelta(days=5))
    ask(own, "E1001")
    clock.advance(timedelta(days=1))
    with pytest.raises(Refused, match="2024-07-05"):
        ask(own, "E1002")
    assert not appeals.standing(own, actor=actor(own, "E1002"), period=Q2).may_appeal


def test_a_grade_is_appealed_once_and_only_ones_own(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "70", "E1002": "70"})
    number = ask(own)
    with pytest.raises(Refused):
        ask(own)
    uphold(own, number, final="75")
    with pytest.raises(Refused):
        ask(own)
    with pytest.raises(NotFound):
        ask(own, "0001", "2024-Q3")
    with pytest.raises(BadInput):
        appeals.ask(own, actor=actor(own, "E1002"), period=Q2, reason=" ")


def test_who_rated_supervises_or_is_the_ratee_decides_nothing(
    platform: Platform, clock: SetClock
) -> None:
    own = company(platform)
    with own.database.write() as session:  # the supervisor sits in the evaluation group too
        _give_role(session, "S0001")
        _give_role(session, "E1001")
    closed(own, clock, {"E1001": "70", "E1002": "70"})
    number = ask(own)
    for other in ("S0001", "E1001"):
        (shown,) = appeals.listed(own, actor=actor(own, other))
        assert not shown.may_decide
        with pytest.raises(NotPermitted):
            uphold(own, number, who=other, final="90")
        with pytest.raises(NotPermitted):
            reject(own, number, who=other)
    with pytest.raises(NotPermitted):
        reject(own, number, who="E1002")
    assert appeals.listed(own, actor=actor(own, "V0001"))[0].may_decide
    reject(own, number)
    with pytest.raises(Refused):
        uphold(own, number, final="90")


def test_a_former_supervisor_of_the_period_decides_nothing(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "70", "E1002": "70"})
    number = ask(own)
    with own.database.write() as session:
        _give_role(session, "S0001")
        person = session.exec(select(Person).where(Person.staff_no == "E1001")).one()
        person.supervisor_id = None
    with pytest.raises(NotPermitted):
        reject(own, number, who="S0001")


def test_a_rejected_appeal_leaves_all_as_it_is_and_says_why(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "70", "E1002": "70"})
    before = found(own, "E1001")
    reject(own, ask(own))
    assert found(own, "E1001") == before
    assert len(evaluations(own, "E1001")) == 1
    told = messages.unread(own, actor=actor(own, "E1001"))[-1]
    assert told.kind == "appeal-decided"
    assert "数据无误" in messages.text(told)


def test_corrected_values_are_worked_out_anew_and_the_old_evaluation_is_kept(
    platform: Platform, clock: SetClock
) -> None:
    own = company(platform)
    closed(own, clock, {"E1001": "70", "E1002": "70"})
    uphold(own, ask(own), values={"speed": "100", "care": "95"})
    old, new = evaluations(own, "E1001")
    assert (old.revision, old.final, old.grade) == (1, Fraction(70), Grade.FAIR)
    # 60 % of 97 and 40 % of 70
    assert (new.revision, new.measured, new.final) == (2, Fraction(97), Fraction(862, 10))
    assert new.grade is Grade.GOOD
    shown = views.result(own, actor=actor(own, "E1001"), period=Q2)
    # Only the supervisor rated: the score would be theirs, so only the grade is told.
    assert (shown.revision, shown.final, shown.is_final_hidden) == (2, None, True)
    assert shown.grade is Grade.GOOD
    with own.database.read() as session:
        sources = [one.source for one in session.exec(select(MeasuredValue)).all()]
    assert sources.count("appeal:1") == 2
    told = messages.unread(own, actor=actor(own, "E1001"))[-1]
    assert _("Good") in messages.text(told)
    assert "86.2" not in messages.text(told)


def test_what_the_old_grade_brought_is_withdrawn_and_the_new_one_proposed(
    platform: Platform, clock: SetClock
) -> None:
    own = company(platform)
    who = actor(own, "E1001")
    read_course(own, who)
    sit(own, who)
    closed(own, clock, {"E1001": "50", "E1002": "70"})
    decide(own, of_kind(own, "E1001", "remedial").id)
    assert set(states(own, "E1001")) == {"suspended"}
    uphold(own, ask(own), final="72")
    assert set(states(own, "E1001")) == {"active"}
    by_state = {(one.kind, one.state) for one in found(own, "E1001")}
    withdrawn, proposed = ConsequenceState.WITHDRAWN, ConsequenceState.PROPOSED
    assert by_state == {
        ("bonus", withdrawn),
        ("warning", withdrawn),
        ("suspension", withdrawn),
        ("remedial", withdrawn),
        ("bonus", proposed),
        ("coaching-plan", proposed),
    }
    factor = [one.factor for one in found(own, "E1001") if one.state is proposed]
    assert factor[0] == "0.9"


def test_a_plan_of_a_withdrawn_grade_is_listed_no_more(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "70", "E1002": "70"})
    decide(own, of_kind(own, "E1001", "coaching-plan").id)
    hr = actor(own, "H0001")
    assert len(coaching.listed(own, actor=hr)) == 1
    uphold(own, ask(own), final="92")
    assert coaching.listed(own, actor=hr) == []


def test_what_hr_declined_stays_declined(sqlite_platform: Platform, clock: SetClock) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "70", "E1002": "70"})
    plan = of_kind(own, "E1001", "coaching-plan").id
    decide(own, plan, confirm=False)
    uphold(own, ask(own), final="92")
    states_ = {one.id: one.state for one in found(own, "E1001")}
    assert states_[plan] is ConsequenceState.DECLINED


def test_the_same_grade_moves_no_consequence(sqlite_platform: Platform, clock: SetClock) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "70", "E1002": "70"})
    before = found(own, "E1001")
    uphold(own, ask(own), final="75")
    assert found(own, "E1001") == before
    assert evaluations(own, "E1001")[-1].final == 75


def test_a_row_that_an_appeal_breaks_takes_its_proposal_with_it(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "50", "E1002": "70"})
    number = ask(own)
    closed(own, clock, {"E1001": "50", "E1002": "70"}, "2024-Q3")
    assert of_kind(own, "E1001", "transfer-or-level-down").state is ConsequenceState.PROPOSED
    uphold(own, number, final="70")
    assert of_kind(own, "E1001", "transfer-or-level-down").state is ConsequenceState.WITHDRAWN
    assert states(own, "E1001") == []


def test_a_later_suspension_stands_when_an_earlier_one_is_taken_back(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    who = actor(own, "E1001")
    read_course(own, who)
    sit(own, who)
    closed(own, clock, {"E1001": "50", "E1002": "70"})
    number = ask(own)
    closed(own, clock, {"E1001": "50", "E1002": "70"}, "2024-Q3")
    uphold(own, number, final="70")
    assert set(states(own, "E1001")) == {"suspended"}


def test_a_confirmed_serious_problem_caps_also_a_corrected_score(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    with own.database.write() as session:
        person = session.exec(select(Person).where(Person.staff_no == "E1001")).one()
        problem = SeriousProblem(
            person_id=person.id or 0,
            day=own.today() + timedelta(days=60),
            what="辱骂客户",
            reported_by=1,
            at=own.clock.now(),
            confirmed=True,
        )
        session.add(problem)
    closed(own, clock, {"E1001": "95", "E1002": "70"})
    assert evaluations(own, "E1001")[0].grade is Grade.FAIR
    uphold(own, ask(own), final="97")
    assert evaluations(own, "E1001")[-1].grade is Grade.FAIR
    assert evaluations(own, "E1001")[-1].why == "serious-problem"


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"final": "101"},
        {"final": "-1"},
        {"final": "gut"},
        {"values": {"nothing": "3"}},
        {"values": {"speed": "101"}},
        {"values": {"speed": "90"}, "final": "90"},
    ],
)
def test_what_cannot_be_a_correction_changes_nothing(
    sqlite_platform: Platform, clock: SetClock, wrong: dict[str, Any]
) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "70", "E1002": "70"})
    number = ask(own)
    with pytest.raises(BadInput):
        uphold(own, number, **wrong)
    assert len(evaluations(own, "E1001")) == 1
    assert appeals.listed(own, actor=actor(own, "V0001"))[0].upheld is None


def _give_role(session: Session, staff_no: str) -> None:
    person = session.exec(select(Person).where(Person.staff_no == staff_no)).one()
    session.add(RoleGrant(person_id=person.id or 0, role=Role.EVALUATOR))


SCORES = some.decimals(0, 100, places=2)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(first=SCORES, second=SCORES)
def test_after_any_appeal_what_stands_is_what_the_grade_that_counts_brings(
    sqlite_platform: Platform, clock: SetClock, first: object, second: object
) -> None:
    """One period for each example, in the years to come."""
    own = company_once(sqlite_platform)
    year = own.today().year + 1
    code = f"{year}-Q2"
    closed(own, clock, {"E1001": str(first), "E1002": "70"}, code)
    uphold(own, ask(own, period=code), final=str(second))
    counts = evaluations(own, "E1001")[-1]
    assert counts.grade is grade(Fraction(str(second)), own.policy.grades)
    open_ = [
        one
        for one in found(own, "E1001")
        if one.period == code
        and one.state in (ConsequenceState.PROPOSED, ConsequenceState.CONFIRMED)
    ]
    table = {one.kind for one in getattr(own.policy.consequences, str(counts.grade))}
    assert {one.kind for one in open_} <= table
    assert {one.kind for one in open_} >= table - {"transfer-or-level-down"}
    with pytest.raises(CertifyError):
        ask(own, period=code)


def company_once(platform: Platform) -> Platform:
    """The company, made by the first example."""
    with platform.database.read() as session:
        known = session.exec(select(Person).where(Person.staff_no == "V0001")).first()
    return company(platform) if known is None else with_small_scheme(platform)
