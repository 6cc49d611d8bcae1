"""Attempts to get round what qualification, evaluation, training and inspection ask for."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from certify.clock import SetClock
from certify.domain.person import Role
from certify.domain.qualification import QualificationState
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services import people, sitting, standard_import
from certify.services.evaluation import closing, consequence_decisions
from certify.services.inspection import notice_steps, notices, rates, recording
from certify.services.placing import absence_import, absences, changing, history
from certify.services.qualifying import deciding, decisions, panels, renewing, states
from certify.services.qualifying.evidence import evidence_of
from certify.services.standard_life import approving, delta
from certify.services.training import agreements, arranging, hours, signing
from certify.storage import evidence, qualifications, standards
from certify.storage import people as people_kept
from tests.platforms import actor, read_course, right_answers, sit, with_full_ladder, with_policy
from tests.services import grading_steps, standard_steps
from tests.services.inspection_steps import check, hire, inspectors
from tests.services.learning_steps import grant, pass_course
from tests.services.second_person import revoke
from tests.services.steps import check_books
from tests.services.test_appeal_races import both
from tests.services.training_steps import admitted, arranged, at, go_to, level, trainer, twelve
from tests.standard_rows import row

ACTIVE, SUSPENDED = QualificationState.ACTIVE, QualificationState.SUSPENDED


def held(platform: Platform, staff_no: str = "E1001") -> dict[str, str]:
    """How the newest period of all that somebody holds stands today."""
    with platform.database.read() as session:
        rows = qualifications.of_person(session, actor(platform, staff_no).person_id)
        return {row.code: str(states.state_of(row, platform.today())) for row in rows}


# ── Qualifications come back by the work that was asked for ──────────────────────────────────


def unqualified_with_an_exam_open(platform: Platform, clock: SetClock) -> sitting.Sitting:
    """E1001 began the exam to renew; then the grade came, with suspension and remedial training."""
    who = actor(platform, "E1001")
    read_course(platform, who)
    sit(platform, who)
    grading_steps.in_review(platform, clock, {"E1001": "50", "E1002": "90"}, "2024-Q4")
    clock.set(datetime(2025, 1, 10, 4, tzinfo=UTC))
    begun = sitting.start(platform, actor=who, exam="sample-written")
    clock.advance(timedelta(minutes=1))
    closing.close(platform, actor=actor(platform, "V0001"), period="2024-Q4")
    hr = actor(platform, "H0001")
    ids = [
        one.id
        for one in consequence_decisions.listed(platform, actor=hr)
        if (one.staff_no, one.kind) == ("E1001", "remedial")
    ]
    consequence_decisions.decide(platform, actor=hr, ids=ids, confirm=True, reason="议定")
    return begun


def test_an_exam_begun_before_the_grade_gives_nothing_back(
    platform: Platform, clock: SetClock
) -> None:
    own = grading_steps.company(platform)
    who = actor(own, "E1001")
    begun = unqualified_with_an_exam_open(own, clock)
    clock.advance(timedelta(minutes=1))
    for position, answer in enumerate(right_answers(own, begun)):
        sitting.record_response(
            own,
            actor=who,
            attempt_id=begun.attempt_id,
            fence=begun.fence,
            sequence=begun.sequence + position + 1,
            position=position,
            answer=answer,
            flagged=False,
        )
    sitting.submit(own, actor=who, attempt_id=begun.attempt_id, fence=begun.fence)

    assert set(held(own).values()) == {"suspended"}

    clock.advance(timedelta(minutes=1))
    read_course(own, who)
    clock.advance(timedelta(days=2))
    sit(own, who)
    assert "suspended" not in held(own).values()
    check_books(own)


def test_training_on_one_standard_gives_back_nothing_suspended_for_another(
    platform: Platform,
) -> None:
    pass_course(platform, "E1001")
    person = actor(platform, "E1001").person_id
    with platform.database.write() as session:
        states.suspend_all(session, platform, person, actor_id=0, reason="standard:ISO-9001-8")
    with platform.database.write() as session:
        given = states.reinstate_for(
            session, platform, person, cause="standard:ISO-9001", actor_id=0, reason="exam:x"
        )

    assert given == []
    assert set(held(platform).values()) == {"suspended"}


def test_one_of_two_causes_is_lifted_only_by_its_own_name(platform: Platform) -> None:
    pass_course(platform, "E1001")
    person = actor(platform, "E1001").person_id

    def lift(cause: str) -> list[str]:
        with platform.database.write() as session:
            return states.reinstate_for(
                session, platform, person, cause=cause, actor_id=0, reason="exam:x"
            )

    for cause in ("grade:1", "grade:12", "standard:ISO-9001-8"):
        with platform.database.write() as session:
            states.suspend_all(session, platform, person, actor_id=0, reason=cause)
    assert lift("grade:1") == []
    assert lift("standard:ISO-9001") == []
    assert lift("standard:ISO-9001-8") == []
    assert lift("grade:") != []


def test_what_was_revoked_is_not_renewed(platform: Platform) -> None:
    own = with_full_ladder(platform)
    hr = actor(own, "H0001")
    given = decisions.grant(
        own, actor=hr, staff_no="E1001", level="L3", reason="管理需要", exception=True
    )
    clock = own.clock
    assert isinstance(clock, SetClock)
    last = given.valid_to - timedelta(days=20)
    clock.set(datetime(last.year, last.month, last.day, 4, tzinfo=UTC))
    revoke(own, "E1001", "L3")

    with pytest.raises(NotFound):
        renewing.renew(own, actor=hr, staff_no="E1001", level="L3", reason="到期")


def test_a_reinstatement_planned_earlier_does_not_lift_a_later_suspension(
    platform: Platform,
) -> None:
    pass_course(platform, "E1001")
    person = actor(platform, "E1001").person_id
    hr = actor(platform, "H0001")

    def decide(state: QualificationState, day: date | None = None) -> None:
        deciding.decide(
            platform,
            actor=hr,
            staff_no="E1001",
            code="reception",
            state=state,
            reason="议定",
            from_day=day,
        )

    clock = platform.clock
    assert isinstance(clock, SetClock)
    decide(SUSPENDED)
    decide(ACTIVE, platform.today() + timedelta(days=10))
    clock.advance(timedelta(days=1))
    with platform.database.write() as session:
        states.suspend_all(session, platform, person, actor_id=0, reason="grade:7")
    clock.advance(timedelta(days=10))
    assert held(platform)["reception"] == "suspended"


def test_one_lesson_read_again_makes_no_old_course_new(platform: Platform) -> None:
    from certify.services import learning

    who = actor(platform, "E1001")
    read_course(platform, who)
    first = platform.today()
    clock = platform.clock
    assert isinstance(clock, SetClock)
    clock.advance(timedelta(days=800))
    lesson = learning.course_view(platform, actor=who, course="sample").lessons[-1].code
    learning.open_lesson(platform, actor=who, course="sample", lesson=lesson)
    learning.finish_lesson(platform, actor=who, course="sample", lesson=lesson)

    with platform.database.read() as session:
        (at_,) = evidence.finished_at(session, who.person_id).values()
        found = evidence_of(session, platform, who.person_id)
    assert at_.date() == first
    assert {one.day for one in found.finished} == {first}


# ── Nobody decides about themselves, in whatever role ────────────────────────────────────────


def test_hr_does_not_make_themselves_top_management(platform: Platform) -> None:
    with platform.database.write() as session:
        hr, boss = (people_kept.by_staff_no(session, one) for one in ("H0001", "S0001"))
        assert hr is not None
        assert boss is not None
        hr.supervisor_id = boss.id

    with pytest.raises(NotPermitted):
        changing.change_person(
            platform, actor=actor(platform, "H0001"), staff_no="H0001", supervisor_no=""
        )


def test_hr_does_not_write_down_or_take_back_their_own_absence(
    platform: Platform, tmp_path: Path
) -> None:
    """Who was away for most of a period gets no grade."""
    days = (date(2024, 2, 1), date(2024, 2, 28))
    own = actor(platform, "H0001")

    def record(staff_no: str) -> int:
        return absences.record_absence(
            platform,
            actor=own,
            staff_no=staff_no,
            from_day=days[0],
            to_day=days[1],
            reason="病假",
        )

    assert record("E1001")
    with pytest.raises(NotPermitted):
        record("H0001")
    path = tmp_path / "absences.csv"
    path.write_text("工号,起始日期,结束日期,原因\nH0001,2024-02-01,2024-02-28,病假\n", "utf-8")
    found = absence_import.import_absences(platform, actor=own, path=path, apply=True)
    assert (found.applied, found.rejected) == (False, 1)
    by_another = absence_import.import_absences(
        platform, actor=actor(platform, "0001"), path=path, apply=True
    )
    assert by_another.applied
    (kept,) = absences.absences(platform, actor=own)
    with pytest.raises(NotPermitted):
        absences.cancel_absence(platform, actor=own, absence=kept.id)
    assert not history.history(platform, actor=own).may_record


def test_a_newcomer_without_supervisor_is_not_top_management(
    platform: Platform, tmp_path: Path
) -> None:
    standard_steps.at(platform, "2024-09-10")
    standard_steps.first_text(platform, tmp_path)
    draft = standard_steps.reviewed(platform, standard_steps.wanted())
    people.add_person(
        platform,
        actor=actor(platform, "H0001"),
        staff_no="N0001",
        name="新人",
        department="CS",
        post="agent",
        hired_on=date(2024, 9, 1),
    )

    with pytest.raises(NotPermitted):
        approving.approve(platform, actor=actor(platform, "N0001"), draft_id=draft)


def test_a_file_is_no_way_round_the_approval_of_a_changed_standard(
    platform: Platform, tmp_path: Path
) -> None:
    standard_steps.at(platform, "2024-09-10")
    standard_steps.first_text(platform, tmp_path)
    path = tmp_path / "changed.toml"
    changed = row("CS-001", "2024-10-01", requirement='{ zh = "10 秒", en = "10 s" }')
    path.write_text(f"format = 1\n{changed}", encoding="utf-8")
    report = standard_import.import_standards(
        platform, actor=actor(platform, "H0001"), path=path, apply=True
    )

    assert not report.is_applied
    assert report.is_refused
    new = row("CS-009", "2024-10-01")
    path.write_text(f"format = 1\n{new}", encoding="utf-8")
    assert standard_import.import_standards(
        platform, actor=actor(platform, "H0001"), path=path, apply=True
    ).is_applied


def test_a_number_of_thousands_of_digits_is_a_finding(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    path = tmp_path / "standards.toml"
    path.write_text(f"format = {'9' * 5000}\n", encoding="utf-8")
    report = standard_import.import_standards(
        sqlite_platform, actor=actor(sqlite_platform, "H0001"), path=path, apply=True
    )

    assert report.is_refused
    assert not report.is_applied


def notice_done(platform: Platform, owner: str, *, inspection: str = "") -> str:
    """A notice of I0002 that its owner says is done."""
    number = notices.issue(
        platform,
        actor=actor(platform, "I0002"),
        owner=owner,
        problem="响应超时",
        inspection=inspection,
    )
    who = actor(platform, owner)
    notice_steps.answer(platform, actor=who, number=number, cause="漏看", measure="双屏提醒")
    notice_steps.done(platform, actor=who, number=number)
    return number


def test_who_was_inspected_does_not_verify_what_came_of_it(platform: Platform) -> None:
    inspectors(platform)
    number = check(platform, "I0001", fault=True, who="I0002")
    notice = notice_done(platform, "S0001", inspection=number)

    with pytest.raises(NotPermitted):
        notice_steps.verify(
            platform, actor=actor(platform, "I0001"), number=notice, passed=True, text="好"
        )
    assert not notices.show(platform, actor=actor(platform, "I0001"), number=notice).may_act


def test_an_inspector_does_not_verify_the_own_direct_supervisor(platform: Platform) -> None:
    inspectors(platform)
    hire(platform, "I0003", Role.INSPECTOR, supervisor="S0001")
    notice = notice_done(platform, "S0001")
    own = actor(platform, "I0003")

    with pytest.raises(NotPermitted):
        notice_steps.verify(platform, actor=own, number=notice, passed=True, text="好")
    assert not notices.show(platform, actor=own, number=notice).may_act
    notice_steps.verify(
        platform, actor=actor(platform, "I0001"), number=notice, passed=True, text="好"
    )
    with pytest.raises(NotPermitted):
        notice_steps.close(platform, actor=own, number=notice)


def test_who_leads_a_department_does_not_inspect_it(platform: Platform) -> None:
    grant(platform, "S0001", Role.INSPECTOR)
    inspectors(platform)

    def inspect(who: str) -> str:
        return recording.record_check(
            platform, actor=actor(platform, who), checklist="discipline", seen={}, department="CS"
        )

    with pytest.raises(NotPermitted):
        inspect("S0001")
    with pytest.raises(NotPermitted):
        rates.may_check(
            platform, actor=actor(platform, "S0001"), department="CS", day=platform.today()
        )
    assert inspect("I0001").endswith("-000001")


def test_a_member_of_a_panel_is_counted_once(platform: Platform) -> None:
    own = with_full_ladder(platform)
    for twice in (" S0001", "s0001", "S0001 ", "Ｓ0001"):
        with pytest.raises(NotFound):
            panels.hear(
                own,
                actor=actor(own, "H0001"),
                staff_no="E1001",
                level="L3",
                day=own.today(),
                scores={"S0001": "85", twice: "95"},
            )


@pytest.mark.parametrize("score", ["1e-999999", "1e400", "-0.0000001", "8" * 5000, "1/3", "inf"])
def test_no_number_of_a_panel_breaks_anything(sqlite_platform: Platform, score: str) -> None:
    own = with_full_ladder(sqlite_platform)
    with pytest.raises(BadInput):
        panels.hear(
            own,
            actor=actor(own, "H0001"),
            staff_no="E1001",
            level="L3",
            day=own.today(),
            scores={"S0001": score},
        )


# ── Training without being there ─────────────────────────────────────────────────────────────

DAY = "2024-03-06"


def test_who_attends_a_session_does_not_become_its_trainer(platform: Platform) -> None:
    trainer(platform)
    level(platform, "E1001")
    code = admitted(
        platform, arranged(platform, at(DAY, "09:00"), at(DAY, "11:00")), "E1001", "E1002"
    )

    with pytest.raises(Refused):
        arranging.change(
            platform,
            actor=actor(platform, "S0001"),
            code=code,
            starts_at=at(DAY, "09:00"),
            ends_at=at(DAY, "11:00"),
            place="",
            trainer="E1001",
        )


def test_the_trainer_records_no_agreement_once_the_training_has_begun(platform: Platform) -> None:
    trainer(platform)
    more = {"kind": "in-service", "line": twelve(platform)[2]}
    code = arranged(platform, at(DAY, "09:00"), at(DAY, "11:00"), **more)

    def sign(who: str) -> str:
        return agreements.sign(
            platform,
            actor=actor(platform, who),
            code=code,
            staff_no="E1001",
            signed_at=at("2024-03-05", "17:00"),
        )

    go_to(platform, DAY, "09:00")
    with pytest.raises(NotPermitted):
        sign("S0001")
    assert sign("H0001")


def test_of_two_sessions_at_the_same_time_one_counts(platform: Platform) -> None:
    trainer(platform)
    times = [("09:00", "11:00"), ("09:00", "11:00"), ("10:00", "12:00"), ("13:00", "14:00")]
    codes = [
        admitted(platform, arranged(platform, at(DAY, start), at(DAY, end)), "E1001")
        for start, end in times
    ]
    for code, (start, end) in zip(codes, times, strict=True):
        who = actor(platform, "E1001")
        go_to(platform, DAY, start)
        signing.sign_in(platform, actor=who, code=code)
        go_to(platform, DAY, end)
        signing.sign_out(platform, actor=who, code=code)

    with platform.database.read() as session:
        found = hours.attended(session, platform, actor(platform, "E1001").person_id)
    assert [one.hours for one in found] == [2, 1]


def test_who_is_suspended_on_the_first_day_learns_the_new_text_all_the_same(
    platform: Platform, tmp_path: Path
) -> None:
    standard_steps.first_text(platform, tmp_path)
    standard_steps.course_on_calls(platform, tmp_path)
    pass_course(platform, "E1001", standard_steps.COURSE)
    standard_steps.at(platform, "2024-09-10")
    standard_steps.approved(platform, standard_steps.wanted())
    standard_steps.at(platform, "2024-09-30")
    hr = actor(platform, "H0001")

    def decide(state: QualificationState) -> None:
        deciding.decide(
            platform,
            actor=hr,
            staff_no="E1001",
            code=standard_steps.PROCESS,
            state=state,
            reason="议定",
        )

    decide(SUSPENDED)
    standard_steps.at(platform, "2024-10-02")
    assert [one.number for one in delta.mine(platform, actor=actor(platform, "E1001"))] == [
        "CS-001"
    ]
    standard_steps.at(platform, "2024-11-10")
    decide(ACTIVE)
    assert delta.mine(platform, actor=actor(platform, "E1001"))[0].is_late
    assert held(platform)[standard_steps.PROCESS] == "suspended"
    standard_steps.confirm(platform)
    standard_steps.practise_delta(platform, "E1001")
    assert held(platform)[standard_steps.PROCESS] == "active"


# ── Two at the same moment ───────────────────────────────────────────────────────────────────


def test_of_two_recognitions_at_once_one_counts(platform: Platform) -> None:
    own = with_full_ladder(platform)
    hr = actor(own, "H0001")

    def recognise() -> None:
        decisions.recognise(own, actor=hr, staff_no="E1001", what="L2", reason="老员工")

    assert sorted(both(*[recognise] * 4)) == [False, False, False, True]
    check_books(own)


def test_of_two_renewals_at_once_one_counts(platform: Platform) -> None:
    own = with_full_ladder(platform)
    hr = actor(own, "H0001")
    given = decisions.grant(
        own, actor=hr, staff_no="E1001", level="L3", reason="管理需要", exception=True
    )
    clock = own.clock
    assert isinstance(clock, SetClock)
    last = given.valid_to
    clock.set(datetime(last.year, last.month, last.day, 4, tzinfo=UTC))

    def renew() -> None:
        renewing.renew(own, actor=hr, staff_no="E1001", level="L3", reason="到期")

    assert sorted(both(renew, renew, renew)) == [False, False, True]
    check_books(own)


def test_of_two_extensions_at_once_one_counts(platform: Platform) -> None:
    own = with_full_ladder(platform)
    hr = actor(own, "H0001")
    decisions.grant(own, actor=hr, staff_no="E1001", level="L0", reason="试用", exception=True)

    def extend() -> None:
        renewing.extend(own, actor=hr, staff_no="E1001", level="L0", reason="再三个月")

    assert sorted(both(extend, extend, extend)) == [False, False, True]


def test_of_two_approvals_at_once_one_text_is_kept(platform: Platform, tmp_path: Path) -> None:
    standard_steps.at(platform, "2024-09-10")
    standard_steps.first_text(platform, tmp_path)
    draft = standard_steps.reviewed(platform, standard_steps.wanted())
    top = actor(platform, standard_steps.MANAGER)

    def approve() -> None:
        approving.approve(platform, actor=top, draft_id=draft)

    assert sorted(both(approve, approve, approve)) == [False, False, True]
    with platform.database.read() as session:
        assert len(standards.versions_by_number(session)["CS-001"]) == 2


def test_a_suspension_and_a_pass_at_once_leave_no_way_round_the_suspension(
    platform: Platform,
) -> None:
    pass_course(platform, "E1001")
    hr = actor(platform, "H0001")

    def suspend() -> None:
        deciding.decide(
            platform,
            actor=hr,
            staff_no="E1001",
            code="reception",
            state=SUSPENDED,
            reason="投诉",
        )

    assert sorted(both(suspend, suspend, suspend)) == [False, False, True]
    assert held(platform)["reception"] == "suspended"
    check_books(platform)


def test_changing_the_post_and_back_renews_nothing_without_the_grade(
    platform: Platform, clock: SetClock
) -> None:
    own = grading_steps.company(platform)
    who = actor(own, "E1001")
    read_course(own, who)
    sit(own, who)
    off = own.policy.evaluation.model_copy(update={"suspend_at_once": False})
    own = with_policy(own, own.policy.model_copy(update={"evaluation": off}))
    grading_steps.closed(own, clock, {"E1001": "50", "E1002": "90"}, "2024-Q4")
    hr = actor(own, "H0001")
    clock.set(datetime(2025, 1, 10, 4, tzinfo=UTC))
    for post in ("administrator", "agent"):
        changing.change_person(own, actor=hr, staff_no="E1001", post=post)
    sit(own, who)

    with own.database.read() as session:
        rows = qualifications.of_person(session, who.person_id)
    assert {row.code for row in rows} == {"reception", "L1"}
    assert len(rows) == 2
