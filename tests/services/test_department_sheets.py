"""Sheets of departments, serious problems and evidence (R-EVA-09, R-EVA-10, R-EVA-11)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.evaluation import DepartmentSheet, PeriodState
from certify.domain.grade import Grade
from certify.domain.person import Person, PersonStatus, Role, RoleGrant
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services import messages
from certify.services.evaluation import (
    closing,
    department_sheets,
    evidence,
    periods,
    rating,
    serious_problems,
)
from tests.platforms import actor
from tests.services.grading_steps import (
    SCHEME,
    closed,
    company,
    evaluations,
    in_review,
    measure,
    scoring,
)

Q2 = "2024-Q2"
GOOD = {"speed": "90", "care": "80"}


def score(
    platform: Platform, who: str = "V0001", department: str = "CS", **scores: str
) -> department_sheets.SheetView:
    return department_sheets.score(
        platform,
        actor=actor(platform, who),
        period=Q2,
        department=department,
        scores=scores or GOOD,
    )


def test_a_department_is_scored_by_indicator_and_is_not_the_mean_of_its_people(
    platform: Platform, clock: SetClock
) -> None:
    own = company(platform)
    in_review(own, clock, {"E1001": "50", "E1002": "50"})
    sheet = score(own)
    assert (sheet.score, sheet.grade) == ("84.00", Grade.GOOD)
    again = score(own, speed="100", care="-")
    assert (again.score, again.grade, again.revision) == ("100.00", Grade.EXCELLENT, 2)
    with own.database.read() as session:
        assert len(session.exec(select(DepartmentSheet)).all()) == 2
    shown = {one.department: one for one in _sheets(own, "V0001")}
    assert shown["CS"].score == "100.00"
    assert shown["TEC"].revision == 0


def test_nobody_scores_the_own_department_while_another_can(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    in_review(own, clock, {})
    with pytest.raises(NotPermitted):
        score(own, "H0001")
    assert not {one.department: one for one in _sheets(own, "H0001")}["CS"].may_score
    score(own, "H0001", "TEC")
    with own.database.write() as session:
        for staff_no in ("V0001", "H0002", "0001"):
            person = session.exec(select(Person).where(Person.staff_no == staff_no)).one()
            person.status = PersonStatus.LEFT
    assert score(own, "H0001").grade is Grade.GOOD


def test_a_sheet_is_scored_only_in_scoring_and_review_and_whole(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    scoring(own, clock)
    score(own)
    for wrong in ({"speed": "90"}, {**GOOD, "speed": "101"}, {**GOOD, "other": "9"}):
        with pytest.raises(BadInput):
            score(own, **wrong)
    with pytest.raises(NotFound):
        score(own, department="NONE")
    periods.move(own, actor=actor(own, "V0001"), period=Q2, to=PeriodState.REVIEW)
    closing.close(own, actor=actor(own, "V0001"), period=Q2)
    with pytest.raises(Refused):
        score(own)


def test_a_supervisor_sees_the_own_department_once_it_is_closed(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    in_review(own, clock, {})
    score(own)
    score(own, "H0001", "TEC")
    assert _sheets(own, "S0001") == []
    closing.close(own, actor=actor(own, "V0001"), period=Q2)
    assert [one.department for one in _sheets(own, "S0001")] == ["CS"]
    with pytest.raises(NotPermitted):
        _sheets(own, "E1001")


def test_a_serious_problem_caps_only_once_somebody_else_has_confirmed_it(
    platform: Platform, clock: SetClock
) -> None:
    own = company(platform)
    scoring(own, clock)
    group = actor(own, "V0001")
    number = serious_problems.report(
        own, actor=group, staff_no="E1001", day=own.today(), what="辱骂客户"
    )
    other = serious_problems.report(
        own, actor=actor(own, "S0001"), staff_no="E1002", day=own.today(), what="误会"
    )
    with pytest.raises(NotPermitted):
        serious_problems.decide(own, actor=group, problem=number, confirm=True, reason="属实")
    hr = actor(own, "H0001")
    serious_problems.decide(own, actor=hr, problem=number, confirm=True, reason="属实")
    serious_problems.decide(own, actor=hr, problem=other, confirm=False, reason="不实")
    with pytest.raises(Refused):
        serious_problems.decide(own, actor=hr, problem=number, confirm=False, reason="改判")
    periods.move(own, actor=group, period=Q2, to=PeriodState.REVIEW)
    periods.move(own, actor=group, period=Q2, to=PeriodState.SCORING, reason="补录")
    for staff_no in ("E1001", "E1002"):
        measure(own, Q2, staff_no, "95")
        rating.rate(own, actor=actor(own, "S0001"), period=Q2, staff_no=staff_no, score="95")
    periods.move(own, actor=group, period=Q2, to=PeriodState.REVIEW)
    closing.close(own, actor=group, period=Q2)
    assert evaluations(own, "E1001")[0].grade is Grade.FAIR
    assert evaluations(own, "E1002")[0].grade is Grade.EXCELLENT
    told = messages.unread(own, actor=actor(own, "E1001"))[0]
    assert "辱骂客户" in messages.text(told)


def test_who_may_report_and_decide_a_serious_problem(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    today = own.today()
    for who, of in (("E1002", "E1001"), ("S0001", "H0001")):
        with pytest.raises(NotPermitted):
            serious_problems.report(own, actor=actor(own, who), staff_no=of, day=today, what="x")
    with pytest.raises(Refused):
        serious_problems.report(
            own, actor=actor(own, "V0001"), staff_no="V0001", day=today, what="x"
        )
    with pytest.raises(BadInput):
        serious_problems.report(
            own,
            actor=actor(own, "V0001"),
            staff_no="E1001",
            day=today + timedelta(days=1),
            what="x",
        )
    number = serious_problems.report(
        own, actor=actor(own, "H0001"), staff_no="V0001", day=today, what="x"
    )
    with pytest.raises(NotPermitted):  # whose it is
        serious_problems.decide(
            own, actor=actor(own, "V0001"), problem=number, confirm=False, reason="x"
        )
    with pytest.raises(NotFound):
        serious_problems.decide(
            own, actor=actor(own, "H0002"), problem=99, confirm=False, reason="x"
        )


def _attach(platform: Platform, staff_no: str = "E1001", scheme: str = SCHEME) -> int:
    return evidence.attach(
        platform,
        actor=actor(platform, "V0001"),
        staff_no=staff_no,
        scheme=scheme,
        kind="complaint",
        reference="TS-7",
        day=platform.today(),
        what="送货迟到",
        indicator="care",
    )


def test_an_event_counts_once_in_a_scheme_and_the_refusal_says_where(
    platform: Platform, clock: SetClock
) -> None:
    own = company(platform)
    _attach(own)
    with pytest.raises(Refused) as refused:
        _attach(own, "E1002")
    assert "E1001" in str(refused.value)
    assert "TS-7" in str(refused.value)
    _attach(own, "E1002", "other-scheme")
    (one,) = evidence.of_person(own, actor=actor(own, "E1001"))
    assert (one.reference, one.what) == ("TS-7", "送货迟到")
    assert evidence.of_person(own, actor=actor(own, "S0001"), staff_no="E1002")
    with pytest.raises(NotPermitted):
        evidence.of_person(own, actor=actor(own, "E1001"), staff_no="E1002")


def test_only_the_group_and_inspectors_attach_and_nobody_to_themselves(
    sqlite_platform: Platform,
) -> None:
    own = company(sqlite_platform)
    with own.database.write() as session:
        person = session.exec(select(Person).where(Person.staff_no == "E1002")).one()
        session.add(RoleGrant(person_id=person.id or 0, role=Role.INSPECTOR))
    facts = {"scheme": SCHEME, "kind": "repair", "reference": "1", "what": "x"}
    for who, of, problem in (
        ("E1001", "E1002", NotPermitted),
        ("E1002", "E1002", Refused),
        ("E1002", "NONE", NotFound),
    ):
        with pytest.raises(problem):
            evidence.attach(own, actor=actor(own, who), staff_no=of, day=own.today(), **facts)
    evidence.attach(own, actor=actor(own, "E1002"), staff_no="E1001", day=own.today(), **facts)
    with pytest.raises(BadInput):
        evidence.attach(
            own,
            actor=actor(own, "E1002"),
            staff_no="E1001",
            day=own.today(),
            **{**facts, "kind": "gossip"},
        )


def test_a_closed_period_keeps_its_grades_when_a_problem_is_confirmed_later(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    own = company(sqlite_platform)
    closed(own, clock, {"E1001": "95", "E1002": "90"})
    number = serious_problems.report(
        own, actor=actor(own, "V0001"), staff_no="E1001", day=own.today(), what="x"
    )
    serious_problems.decide(
        own, actor=actor(own, "H0001"), problem=number, confirm=True, reason="x"
    )
    assert evaluations(own, "E1001")[0].grade is Grade.EXCELLENT


def _sheets(platform: Platform, who: str) -> list[department_sheets.SheetView]:
    return department_sheets.sheets(platform, actor=actor(platform, who), period=Q2)
