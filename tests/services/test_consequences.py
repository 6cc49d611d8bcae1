"""What follows a pass and what follows a failure (R-REM-01 … R-REM-04, R-QUA-03 … R-QUA-05)."""

import dataclasses
from datetime import date, timedelta

import pytest
from sqlmodel import select

from certify.domain.certificate import Certificate
from certify.domain.person import Actor, Person
from certify.domain.qualification import Qualification, QualificationChange, QualificationKind
from certify.domain.remedial import RemedialAssignment
from certify.errors import Refused
from certify.hooks.events import AttemptScored, CertificateIssued
from certify.i18n import speaking
from certify.platform import Platform
from certify.policy import (
    ExamPassed,
    ExamPolicy,
    LessonsFinished,
    Level,
    Policy,
    QualificationPolicy,
    RetakePolicy,
)
from certify.services import home, learning, lobby, results
from certify.services.qualifying import remedial
from certify.services.results import QualificationView
from tests.platforms import NOON, actor, read_course, sit, with_policy
from tests.services.steps import (
    EXAM,
    at,
    begin,
    check_books,
    clock_of,
    count,
    fail,
    stored_attempt,
    topics_of,
)

DAY = timedelta(days=1)


def ready(platform: Platform, staff_no: str = "E1001") -> Actor:
    """Somebody who has read the course."""
    who = actor(platform, staff_no)
    read_course(platform, who)
    return who


def blockers(platform: Platform, who: Actor) -> tuple[str, ...]:
    """Why the exam cannot be sat now, in English."""
    with speaking("en"):
        return lobby.lobby(platform, actor=who, exam=EXAM).blockers


def held(platform: Platform, who: Actor) -> dict[str, QualificationView]:
    """Qualifications by code, the newest of each."""
    found = results.record(platform, actor=who).qualifications
    return {view.code: view for view in reversed(found)}


# ── Passing ──────────────────────────────────────────────────────────────────────────────────


def test_a_pass_grants_the_post_and_the_level_from_today_for_twelve_months(
    platform: Platform,
) -> None:
    learner = ready(platform)

    sit(platform, learner)

    for code, kind in (("reception", QualificationKind.POST), ("L1", QualificationKind.LEVEL)):
        view = held(platform, learner)[code]
        assert view.kind is kind
        assert (view.issued_on, view.valid_from) == (date(2024, 3, 4), date(2024, 3, 4))
        assert view.valid_to == date(2025, 3, 4)
        assert view.days_left == 365
        assert not view.is_expiring
    assert held(platform, learner)["L1"].certificate.startswith("L1-2024-000001-")
    assert held(platform, learner)["reception"].certificate.startswith("PQ-2024-000001-")


def test_the_day_of_issue_is_that_of_the_company_not_of_utc(platform: Platform) -> None:
    learner = ready(platform)
    clock_of(platform).set(at("2024-12-31T16:00:00"))

    sit(platform, learner)

    view = held(platform, learner)["reception"]
    assert view.issued_on == date(2025, 1, 1)
    assert view.certificate.startswith("PQ-2025-000001-")


def test_a_certificate_freezes_what_held_on_the_day(platform: Platform) -> None:
    learner = ready(platform)
    sit(platform, learner)
    with platform.database.write() as session:
        person = session.exec(select(Person).where(Person.staff_no == "E1001")).one()
        person.name = "王大兰"

    with platform.database.read() as session:
        facts = {one.facts["code"]: one.facts for one in session.exec(select(Certificate)).all()}

    assert set(facts) == {"reception", "L1"}
    assert facts["reception"] == {
        "number": held(platform, learner)["reception"].certificate,
        "name": "王小兰",
        "staff_no": "E1001",
        "department": "客服部",
        "post": "客服专员",
        "code": "reception",
        "title": {"zh": "接待", "en": "Reception"},
        "course": "sample",
        "course_title": {"zh": "示例课程", "en": "Sample course"},
        "standards": [],
        "basis": "exam",
        "course_version": "1.0.0",
        "mark": "100.00",
        "is_retake": False,
        "issued_on": "2024-03-04",
        "valid_from": "2024-03-04",
        "valid_to": "2025-03-04",
        "issuer": "示例公司",
    }


def test_every_grant_leads_back_to_the_attempt_behind_it(platform: Platform) -> None:
    learner = ready(platform)
    attempt_id = sit(platform, learner)

    with platform.database.read() as session:
        granted = session.exec(select(Qualification)).all()
        changes = session.exec(select(QualificationChange)).all()

    assert {one.attempt_id for one in granted} == {attempt_id}
    assert {one.reason for one in changes} == {f"attempt:{attempt_id}"}
    assert len(changes) == len(granted) == 2


def test_a_pass_at_exactly_the_pass_mark_counts_and_a_hair_below_does_not(
    platform: Platform,
) -> None:
    for staff_no, pass_mark, passes in (("E1001", "86.66", True), ("E1002", "86.67", False)):
        learner = ready(platform, staff_no)
        terminal = begin(
            with_policy(platform, Policy(exam=ExamPolicy.model_validate({"pass_mark": pass_mark}))),
            learner,
        )
        terminal.answer_all()
        one_point = next(i for i in terminal.sitting.items if i.type == "truefalse")
        terminal.respond(one_point.position, terminal.wrong(one_point.position))

        found = results.result(platform, actor=learner, attempt_id=terminal.submit())

        assert (found.attempt.mark, found.attempt.passed) == ("86.66", passes)
        assert bool(found.granted) == passes


def test_passed_overall_with_one_topic_below_is_advice_only(platform: Platform) -> None:
    learner = ready(platform)
    easier = with_policy(platform, Policy(exam=ExamPolicy.model_validate({"pass_mark": 50})))

    found = results.result(platform, actor=learner, attempt_id=fail(easier, learner, "limits"))

    assert found.attempt.passed
    assert [(mark.title["en"], mark.shown, mark.below) for mark in found.profile] == [
        ("Greeting", "100.00", False),
        ("Limits", "0.00", True),
    ]
    assert found.remedial is None
    assert count(platform, RemedialAssignment) == 0


def test_a_level_needs_all_its_conditions(platform: Platform) -> None:
    learner = ready(platform)
    strict = Level(
        code="L2",
        title={"en": "Senior"},
        months=24,
        conditions=(ExamPassed(course_kind="onboarding"), LessonsFinished(course_kind="special")),
    )
    without = Level(code="L3", title={"en": "Nothing asked"}, months=24)
    ladder = (*platform.policy.qualification.ladder, strict, without)
    policy = Policy(qualification=QualificationPolicy(ladder=ladder))

    sit(with_policy(platform, policy), learner)

    assert set(held(platform, learner)) == {"reception", "L1"}


def test_listeners_hear_of_a_pass_after_it_is_committed(platform: Platform) -> None:
    learner = ready(platform)
    heard: list[object] = []
    committed: list[int] = []

    def announce(hook: str, **facts: object) -> None:
        heard.append(facts["summary"])
        committed.append(count(platform, Certificate))

    plugins = dataclasses.replace(platform.plugins)
    plugins.announce = announce  # type: ignore[method-assign]

    attempt_id = sit(dataclasses.replace(platform, plugins=plugins), learner)

    scored, *issued = heard
    assert scored == AttemptScored(attempt_id, "E1001", EXAM, scored.mark, True)  # type: ignore[attr-defined]
    assert [one.code for one in issued if isinstance(one, CertificateIssued)] == ["reception", "L1"]
    assert committed == [2, 2, 2]


# ── Renewing ─────────────────────────────────────────────────────────────────────────────────


def test_who_holds_the_qualification_is_refused_until_the_window_opens(
    platform: Platform,
) -> None:
    learner = ready(platform)
    sit(platform, learner)
    assert any("renewal opens on 2025-01-03" in reason for reason in blockers(platform, learner))

    clock_of(platform).set(at("2025-01-02T15:59:59"))
    assert blockers(platform, learner)
    with pytest.raises(Refused):
        begin(platform, learner)
    clock_of(platform).set(at("2025-01-02T16:00:00"))  # midnight in Shanghai

    assert blockers(platform, learner) == ()
    assert held(platform, learner)["reception"].is_expiring


def test_a_pass_in_the_window_renews_from_the_old_end_and_is_no_retake(
    platform: Platform,
) -> None:
    learner = ready(platform)
    sit(platform, learner)
    clock_of(platform).set(at("2025-02-10T04:00:00"))

    found = results.result(platform, actor=learner, attempt_id=sit(platform, learner))

    for view in found.granted:
        assert view.valid_from == date(2025, 3, 5)
        assert view.valid_to == date(2026, 3, 4)
        assert view.issued_on == date(2025, 2, 10)
        assert view.state.value == "pending"
    assert {view.certificate[:12] for view in found.granted} == {"PQ-2025-0000", "L1-2025-0000"}
    with platform.database.read() as session:
        retakes = [one.facts["is_retake"] for one in session.exec(select(Certificate)).all()]
    assert retakes == [False] * 4
    assert len(results.record(platform, actor=learner).qualifications) == 4
    check_books(platform)


def test_a_pass_after_the_end_starts_anew_on_its_day(platform: Platform) -> None:
    learner = ready(platform)
    sit(platform, learner)
    clock_of(platform).set(at("2025-03-05T04:00:00"))
    assert held(platform, learner)["reception"].state.value == "expired"

    sit(platform, learner)

    view = held(platform, learner)["reception"]
    assert (view.valid_from, view.valid_to) == (date(2025, 3, 5), date(2026, 3, 5))


def test_renewing_the_shorter_one_does_not_grant_the_longer_one_early(platform: Platform) -> None:
    learner = ready(platform)
    policy = Policy(qualification=QualificationPolicy(post_months=6))
    half = with_policy(platform, policy)
    sit(half, learner)
    clock_of(platform).set(at("2024-08-20T04:00:00"))

    found = results.result(half, actor=learner, attempt_id=sit(half, learner))

    assert [view.code for view in found.granted] == ["reception"]
    assert found.granted[0].valid_to == date(2025, 3, 4)
    clock_of(platform).set(at("2025-03-01T04:00:00"))
    found = results.result(half, actor=learner, attempt_id=sit(half, learner))
    assert {view.code: view.valid_to for view in found.granted} == {
        "reception": date(2025, 9, 4),
        "L1": date(2026, 3, 4),
    }


# ── Failing ──────────────────────────────────────────────────────────────────────────────────


def test_a_failure_asks_for_exactly_the_topics_below_and_the_lessons_on_them(
    platform: Platform,
) -> None:
    learner = ready(platform)

    found = results.result(platform, actor=learner, attempt_id=fail(platform, learner, "limits"))

    assert found.attempt.passed is False
    assert found.granted == ()
    assert found.remedial is not None
    assert [topic["en"] for topic in found.remedial.topics] == ["Limits"]
    assert found.remedial.lessons == ("lesson-3",)
    assert found.remedial.due_on == date(2024, 3, 18)
    assert found.attempts_left == 2
    assert count(platform, Certificate) == 0


def test_failing_everything_asks_for_every_topic(platform: Platform) -> None:
    learner = ready(platform)
    fail(platform, learner, "limits", "greeting")

    with platform.database.read() as session:
        (assignment,) = session.exec(select(RemedialAssignment)).all()

    assert set(assignment.topics) == {"greeting", "limits"}
    assert assignment.assigned_at == NOON


def test_a_retake_opens_only_when_its_lessons_were_finished_again(platform: Platform) -> None:
    learner = ready(platform)
    fail(platform, learner, "greeting")
    clock_of(platform).advance(timedelta(hours=1))
    assert any("remedial training first: Greeting" in one for one in blockers(platform, learner))
    with pytest.raises(Refused):
        begin(platform, learner)

    learning.finish_lesson(platform, actor=learner, course="sample", lesson="lesson-3")
    assert blockers(platform, learner)
    learning.finish_lesson(platform, actor=learner, course="sample", lesson="lesson-1")
    assert blockers(platform, learner)
    learning.finish_lesson(platform, actor=learner, course="sample", lesson="lesson-2")

    assert blockers(platform, learner) == ()
    assert begin(platform, learner).sitting.number == 2


def test_a_passed_retake_is_marked_as_one_and_has_its_own_day(platform: Platform) -> None:
    learner = ready(platform)
    fail(platform, learner, "greeting")
    clock_of(platform).advance(DAY)
    read_course(platform, learner)

    found = results.result(platform, actor=learner, attempt_id=sit(platform, learner))

    assert (found.attempt.number, found.attempt.mark) == (2, "100.00")
    assert {view.issued_on for view in found.granted} == {date(2024, 3, 5)}
    assert found.remedial is None
    with platform.database.read() as session:
        assert all(one.facts["is_retake"] for one in session.exec(select(Certificate)).all())


def test_a_retake_shows_items_that_were_not_on_the_first_form(platform: Platform) -> None:
    learner = ready(platform)
    first = stored_attempt(platform, fail(platform, learner, "greeting"))
    clock_of(platform).advance(DAY)
    read_course(platform, learner)

    second = stored_attempt(platform, begin(platform, learner).sitting.attempt_id)

    shown = [{item["version"] for item in attempt.form} for attempt in (first, second)]
    assert not shown[0] & shown[1]


def test_after_three_failures_the_supervisor_decides_until_the_period_is_over(
    platform: Platform,
) -> None:
    learner = ready(platform)
    for left in (2, 1, 0):
        fail(platform, learner, "greeting")
        clock_of(platform).advance(DAY)
        read_course(platform, learner)
        assert lobby.lobby(platform, actor=learner, exam=EXAM).attempts_left == left

    assert any("All 3 attempts within 90 days" in one for one in blockers(platform, learner))
    with pytest.raises(Refused):
        begin(platform, learner)
    assert [one.course.code for one in home.home(platform, actor=learner).due] == ["sample"]

    clock_of(platform).set(NOON + timedelta(days=90) - timedelta(microseconds=1))
    assert blockers(platform, learner)
    clock_of(platform).set(NOON + timedelta(days=90))
    assert blockers(platform, learner) == ()
    assert lobby.lobby(platform, actor=learner, exam=EXAM).attempts_left == 1


def test_failures_before_a_pass_do_not_use_up_the_attempts_of_a_renewal(
    platform: Platform,
) -> None:
    learner = ready(platform)
    short = with_policy(
        platform,
        Policy(
            retake=RetakePolicy(max_attempts=2, within_days=730),
        ),
    )
    fail(short, learner, "greeting")
    clock_of(platform).advance(DAY)
    read_course(platform, learner)
    sit(short, learner)
    clock_of(platform).set(at("2025-02-20T04:00:00"))

    door = lobby.lobby(short, actor=learner, exam=EXAM)

    assert (door.blockers, door.attempts_left, door.attempts_made) == ((), 2, 2)
    assert begin(short, learner).sitting.number == 1


def test_a_failed_renewal_keeps_what_is_held_to_its_end(platform: Platform) -> None:
    learner = ready(platform)
    sit(platform, learner)
    clock_of(platform).set(at("2025-02-20T04:00:00"))

    fail(platform, learner, "greeting")

    view = held(platform, learner)["reception"]
    assert (view.state.value, view.valid_to) == ("active", date(2025, 3, 4))
    assert lobby.lobby(platform, actor=learner, exam=EXAM).remedial is not None


def test_remedial_training_stays_on_the_home_although_the_exam_was_passed_before(
    platform: Platform,
) -> None:
    learner = ready(platform)
    sit(platform, learner)
    clock_of(platform).set(at("2024-06-03T04:00:00"))
    with platform.database.write() as session:
        remedial.assign_for(
            session,
            platform,
            learner.person_id,
            origin=remedial.GRADE,
            origin_id=1,
            due_on=date(2024, 7, 3),
        )
    due = home.home(platform, actor=learner).due
    assert [door.remedial.due_on for one in due for door in one.exams if door.remedial] == [
        date(2024, 7, 3)
    ]


def test_every_reason_against_an_exam_is_told_at_once(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    once = with_policy(platform, Policy(retake=RetakePolicy(max_attempts=1)))
    fail(once, learner, "greeting")

    assert len(blockers(once, learner)) == 2
    with pytest.raises(Refused) as refused, speaking("en"):
        begin(once, learner)
    assert "remedial" in refused.value.message
    assert "All 1 attempts" in refused.value.message


def test_lessons_need_not_come_first_when_the_company_says_so(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    free = with_policy(platform, Policy(exam=ExamPolicy(lessons_first=False)))

    found = results.result(platform, actor=learner, attempt_id=sit(free, learner))

    assert [view.code for view in found.granted] == ["reception"]


def test_the_profile_is_told_by_topic_whatever_the_order_on_the_form(platform: Platform) -> None:
    learner = ready(platform)
    attempt_id = fail(platform, learner, "greeting")

    found = results.result(platform, actor=learner, attempt_id=attempt_id)

    assert set(topics_of(platform, attempt_id)) == {"greeting", "limits"}
    assert {one.title["en"]: (one.shown, one.below) for one in found.profile} == {
        "Greeting": ("0.00", True),
        "Limits": ("100.00", False),
    }
