"""The ready-made company: levels, evaluation, training, inspection and standards are all there."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from certify.domain.evaluation import ConsequenceState, PeriodState
from certify.domain.grade import Grade
from certify.domain.inspection import InspectionResult, NoticeState
from certify.domain.permission import Action, may
from certify.domain.person import CONSOLE, Actor
from certify.domain.qualification import Basis, QualificationState
from certify.domain.standard_change import DraftState
from certify.domain.training import PlanState, SessionState
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import field_practice, home, review_stale, sign_in
from certify.services.evaluation import (
    appeals,
    asking,
    coaching,
    consequence_decisions,
    periods,
    views,
)
from certify.services.inspection import anomalies, notices, register, schedule
from certify.services.policy import changing
from certify.services.qualifying import ladder_view
from certify.services.reporting import goals, surveys
from certify.services.standard_life import delta, draft_view
from certify.services.training import agreements, costs, plan_views, sessions
from certify.settings import Settings
from certify.storage import people, qualifications

Who = Callable[[str], Actor]


@pytest.fixture(scope="module")
def platform(made_company: Path) -> Iterator[Platform]:
    found = open_platform(Settings(home=Home(made_company), lang="en"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def who(platform: Platform) -> Who:
    return lambda staff_no: sign_in.act_as(platform, staff_no=staff_no)


def test_hr_recognised_everybody_who_was_there_and_decided_about_nobodys_own(
    platform: Platform,
) -> None:
    with platform.database.read() as session:
        hr = people.by_staff_no(session, "000002")
        assert hr is not None
        periods = {
            number: [
                row
                for row in qualifications.of_person(session, person.id or 0)
                if row.basis is Basis.INITIAL_RECOGNITION
            ]
            for number in ("001008", "001009", "001011", "000004", "001016")
            if (person := people.by_staff_no(session, number)) is not None
        }
        assert [row.code for rows in periods.values() for row in rows] == [
            "L4",
            "L3",
            "L2",
            "L2",
            "L1",
        ]
        own = [row.basis for row in qualifications.of_person(session, hr.id or 0)]
        assert own == []


def test_a_newcomer_practises_on_site_with_a_guide_and_a_log_half_filled(
    platform: Platform, who: Who
) -> None:
    [log] = field_practice.guided(platform, actor=who("002005"))

    assert log.staff_no == "002001"
    assert 0 < log.done.entries < log.needed.entries
    assert log.waiting > 0
    assert log.may_remark
    own = field_practice.own_log(platform, actor=who("002001"))
    assert own is not None
    assert own.may_write
    ladder = ladder_view.ladder(platform, actor=who("002001"))
    assert ladder.next_level is not None
    assert (ladder.next_level.level, ladder.next_level.met) == ("L1", 1)


def test_a_quarter_is_closed_with_every_grade_and_what_they_bring_waits_for_hr(
    platform: Platform, who: Who
) -> None:
    hr = who("000002")
    [quarter] = [
        one for one in periods.every(platform, actor=hr) if one.state is PeriodState.CLOSED
    ]
    grades = [one.grade for one in views.people(platform, actor=hr, period=quarter.code)]
    assert all(grades.count(one) >= 2 for one in (Grade.EXCELLENT, Grade.GOOD, Grade.FAIR))
    assert grades.count(Grade.UNQUALIFIED) == 1

    brought = consequence_decisions.listed(platform, actor=hr)
    [unqualified] = {one.staff_no for one in brought if one.grade is Grade.UNQUALIFIED}
    confirmed = {one.kind for one in brought if one.staff_no == unqualified}
    assert {"suspension", "remedial", "warning"} <= confirmed
    assert any(one.state is ConsequenceState.PROPOSED for one in brought)
    held = ladder_view.ladder(platform, actor=hr, staff_no=unqualified).held
    assert {one.state for one in held} == {QualificationState.SUSPENDED}
    assert [one.staff_no for one in coaching.listed(platform, actor=who("001010"))] == ["001019"]


def test_one_appeal_is_open_and_somebody_may_decide_it(platform: Platform, who: Who) -> None:
    [appeal] = appeals.listed(platform, actor=who("002007"))

    assert (appeal.staff_no, appeal.upheld, appeal.may_decide) == ("001012", None, True)


def test_a_period_is_being_scored_and_a_supervisor_has_people_to_rate(
    platform: Platform, who: Who
) -> None:
    asked = asking.asked_of(platform, actor=who("001008"))

    assert {one.staff_no for one in asked} == {"001009", "001010"}
    assert all(one.score is None for one in asked)
    [period] = {one.period for one in asked}
    view = periods.one(platform, actor=who("002007"), period=period)
    assert view.state is PeriodState.SCORING
    assert 0 < view.given < view.asked


def test_the_plan_of_the_year_is_approved_and_an_ad_hoc_plan_waits_for_hr(
    platform: Platform, who: Who
) -> None:
    hr = who("000002")
    days = [one.starts_at for one in sessions.listed(platform, actor=hr)]
    plan = plan_views.annual_plan(platform, actor=hr, year=max(days).year)

    assert plan.review.state in (PlanState.APPROVED, PlanState.IN_FORCE)
    [wish] = plan_views.ad_hoc_plans(platform, actor=hr)
    assert wish.review.state is PlanState.SUBMITTED
    assert wish.review.may_decide


def test_sessions_were_held_with_sign_in_results_and_cost_and_one_is_to_come(
    platform: Platform, who: Who
) -> None:
    trainer = who("000004")
    *held, coming = sessions.listed(platform, actor=trainer)

    assert [one.state for one in held] == [SessionState.CLOSED] * 3
    lines = [line for one in held for line in one.attendees]
    assert any(line.in_at and line.out_at and line.passed for line in lines)
    assert any(line.passed is False for line in lines)
    assert any(line.excused for line in lines)
    assert coming.state is SessionState.PLANNED
    assert platform.clock.now() < coming.starts_at
    signed = agreements.listed(platform, actor=trainer, code=coming.code)
    assert {one.staff_no for one in signed} == {line.who for line in coming.attendees}
    years = {one.starts_at.year for one in held}
    spent = [costs.year_costs(platform, actor=trainer, year=year).cost.to_date for year in years]
    assert sum(spent) == 92_000 + 163_500


def test_the_register_has_checks_met_and_not_met_and_notices_in_every_hurry(
    platform: Platform, who: Who
) -> None:
    inspector, today = who("003009"), platform.today()
    results = [one.result for one in register.register(platform, actor=inspector)]
    assert results.count(InspectionResult.MET) >= 3
    assert results.count(InspectionResult.NOT_MET) >= 3

    every = notices.notices(platform, actor=inspector)
    by_state = {one.state: one for one in every}
    assert by_state[NoticeState.ISSUED].due_on - today <= timedelta(days=5)
    assert not by_state[NoticeState.ISSUED].is_overdue
    assert by_state[NoticeState.ANSWERED].is_overdue
    assert by_state[NoticeState.DONE].may_act
    assert NoticeState.CLOSED in by_state


def test_a_newcomer_is_on_the_weekly_schedule_and_an_anomaly_form_waits(
    platform: Platform, who: Who
) -> None:
    due = schedule.due(platform, actor=who("003009"))
    [reason] = {one.reason for one in due if one.staff_no == "002001"}
    assert reason is schedule.Reason.NEWCOMER

    [form] = anomalies.waiting(platform, actor=who("003002"))
    assert form.may_instruct


def test_one_standard_is_in_review_and_the_text_of_another_is_being_learned(
    platform: Platform, who: Who
) -> None:
    drafts = draft_view.drafts(platform, actor=who("000002"))
    [review] = [one for one in drafts if one.state is DraftState.REVIEW]
    assert review.missing_sides == ("sales", "customer-service")

    learning = delta.deltas(platform, actor=who("000002"), number="CS-001")
    passed = [one.passed_at is not None for one in learning]
    assert (passed.count(True), passed.count(False)) == (2, 5)
    assert not any(one.is_late or one.is_suspended for one in learning)
    assert review_stale.report(platform, actor=CONSOLE).items == ()


def test_the_rules_surveys_and_goals_have_a_history(platform: Platform, who: Who) -> None:
    hr = who("000002")

    assert len(changing.history(platform, actor=hr)) == 1
    assert len(surveys.surveys(platform, actor=hr)) == 3
    assert {one.is_enough for one in surveys.surveys(platform, actor=hr)} == {True, False}
    known = goals.goals(platform, actor=hr)
    assert [len(one.values) for one in known] == [4, 4, 4]


def test_whoever_runs_a_part_of_it_may_do_so(platform: Platform, who: Who) -> None:
    assert may(who("002007"), Action.RUN_EVALUATION)
    assert may(who("003009"), Action.INSPECT)
    for staff_no in ("000002", "001001", "001008", "002007", "003009"):
        assert home.home(platform, actor=who(staff_no)).name
