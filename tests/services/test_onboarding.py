"""Phases of onboarding open one after the other; courses never wait in a circle."""

from datetime import date
from pathlib import Path

import pytest

from certify.domain.person import CONSOLE
from certify.errors import BadInput, NotPermitted, Refused
from certify.i18n import _, speaking
from certify.platform import Platform
from certify.policy import LearningPolicy, Policy
from certify.services import learning, lobby, onboarding, practice
from certify.services.course_locks import PHASE_NAMES, locked_text
from certify.storage import ledger
from tests.platforms import actor, read_course, with_policy
from tests.services.learning_steps import add_course, pass_course, set_line, sync
from tests.services.steps import check_books


@pytest.fixture
def phased(platform: Platform, tmp_path: Path) -> Platform:
    """The sample course in phase department, `basics` before it and `floor` after it."""
    add_course(platform, tmp_path, "basics", phase='"head-office"')
    add_course(platform, tmp_path, "floor", phase='"on-site-practice"')
    assert {one.change for one in sync(platform).values()} == {"unchanged", "loaded"}
    return platform


def locks(platform: Platform, course: str, staff_no: str = "E1001") -> list[tuple[str, str]]:
    view = learning.course_view(platform, actor=actor(platform, staff_no), course=course)
    assert view.is_locked is bool(view.locks)
    return [(lock.kind, lock.phase) for lock in view.locks]


def test_each_phase_opens_when_every_course_before_it_is_read_and_its_exam_passed(
    phased: Platform,
) -> None:
    who = actor(phased, "E1001")
    assert locks(phased, "basics") == []
    assert locks(phased, "sample") == locks(phased, "floor") == [("phase", "head-office")]
    read_course(phased, who, "basics")
    assert locks(phased, "sample") == [("phase", "head-office")]  # its exam is still to pass

    pass_course(phased, "E1001", "basics")

    assert locks(phased, "sample") == []
    assert locks(phased, "floor") == [("phase", "department")]
    pass_course(phased, "E1001", "sample")
    assert locks(phased, "floor") == []
    check_books(phased)


def test_a_locked_phase_refuses_lessons_practice_and_exams_and_says_why(phased: Platform) -> None:
    who = actor(phased, "E1001")
    view = learning.course_view(phased, actor=who, course="sample")
    for language in ("zh", "en"):
        with speaking(language):
            said = locked_text(view.locks)
            assert _(PHASE_NAMES["head-office"]) in said
            with pytest.raises(Refused) as refused:
                learning.open_lesson(phased, actor=who, course="sample", lesson="lesson-1")
            assert refused.value.message == said
            assert said in lobby.lobby(phased, actor=who, exam="sample-written").blockers
    with pytest.raises(Refused):
        practice.begin(phased, actor=who, course="sample")


def test_being_assigned_opens_no_phase(phased: Platform) -> None:
    learning.enrol(phased, actor=CONSOLE, staff_no="E1001", course="sample", due_on=None)
    assert locks(phased, "sample") == [("phase", "head-office")]


def test_who_has_begun_a_course_goes_on_in_it_when_a_phase_is_put_before_it(
    platform: Platform, tmp_path: Path
) -> None:
    who = actor(platform, "E1001")
    learning.open_lesson(platform, actor=who, course="sample", lesson="lesson-1")
    add_course(platform, tmp_path, "basics", phase='"head-office"')
    sync(platform)

    assert locks(platform, "sample") == []
    assert locks(platform, "sample", "E1002") == [("phase", "head-office")]


def test_a_company_without_courses_of_a_phase_is_not_locked_by_it(platform: Platform) -> None:
    assert locks(platform, "sample") == []


def test_a_company_may_open_all_phases_at_once(phased: Platform) -> None:
    free = with_policy(phased, Policy(learning=LearningPolicy(phases_in_order=False)))
    assert locks(free, "floor") == []
    assert all(
        one.is_open for one in onboarding.onboarding(free, actor=actor(free, "E1001")).phases
    )


def test_hr_frees_a_person_from_a_phase_with_a_reason_that_the_ledger_keeps(
    phased: Platform,
) -> None:
    hr = actor(phased, "H0001")
    with pytest.raises(BadInput):
        onboarding.exempt(phased, actor=hr, staff_no="E1001", phase="head-office", reason="  ")
    with pytest.raises(BadInput):
        onboarding.exempt(phased, actor=hr, staff_no="E1001", phase="school", reason="x")
    for staff_no in ("E1002", "S0001"):
        with pytest.raises(NotPermitted):
            onboarding.exempt(
                phased,
                actor=actor(phased, staff_no),
                staff_no="E1001",
                phase="head-office",
                reason="x",
            )

    onboarding.exempt(phased, actor=hr, staff_no="E1001", phase="head-office", reason="半年内复职")

    assert locks(phased, "sample") == []
    assert locks(phased, "sample", "E1002") == [("phase", "head-office")]
    view = onboarding.onboarding(phased, actor=hr, staff_no="E1001")
    assert [(one.is_complete, one.is_open) for one in view.phases] == [
        (True, True),
        (False, True),
        (False, False),
    ]
    assert view.phases[0].exempted_because == "半年内复职"
    with pytest.raises(Refused):
        onboarding.exempt(phased, actor=hr, staff_no="E1001", phase="head-office", reason="x")
    with phased.database.read() as session:
        now = phased.clock.now()
        person = actor(phased, "E1001").person_id
        assert ledger.has(session, at=now, action="phase-exempted", subject=f"person:{person}")
    check_books(phased)


def test_others_do_not_see_how_far_somebody_is(phased: Platform) -> None:
    onboarding.onboarding(phased, actor=actor(phased, "S0001"), staff_no="E1001")
    with pytest.raises(NotPermitted):
        onboarding.onboarding(phased, actor=actor(phased, "E1002"), staff_no="E1001")


def test_a_rehire_within_the_months_of_policy_is_said(platform: Platform) -> None:
    person = actor(platform, "E1001").person_id
    with platform.database.write() as session:
        ledger.append(
            session,
            at=platform.clock.now(),
            actor_id=0,
            action="person-changed",
            subject=f"person:{person}",
            facts={"fields": ["status"], "status": "left"},
        )

    view = onboarding.onboarding(platform, actor=CONSOLE, staff_no="E1001")

    assert (view.left_on, view.is_rehire) == (date(2024, 3, 4), True)
    assert "2024-03-04" in onboarding.rehire_text(platform, view)


def test_a_circle_through_several_courses_is_refused_and_named(
    platform: Platform, tmp_path: Path
) -> None:
    first = add_course(platform, tmp_path, "first", prerequisites='["third"]')
    add_course(platform, tmp_path, "second", prerequisites='["first"]')
    add_course(platform, tmp_path, "third", prerequisites='["second"]')
    add_course(platform, tmp_path, "outside", prerequisites='["first"]')

    found = sync(platform)

    assert [found[name].change for name in ("first", "second", "third")] == ["refused"] * 3
    assert found["outside"].change == "loaded"
    [finding] = found["first"].findings
    assert "first → third → second → first" in finding.message
    assert "prerequisites" in finding.path.read_text(encoding="utf-8").split("\n")[finding.line - 1]

    set_line(first, "prerequisites", "")
    found = sync(platform)
    assert [found[name].change for name in ("first", "second", "third")] == ["loaded"] * 3


def test_prerequisites_turned_round_in_one_loading_are_no_circle(
    platform: Platform, tmp_path: Path
) -> None:
    first = add_course(platform, tmp_path, "first", prerequisites='["second"]')
    second = add_course(platform, tmp_path, "second")
    sync(platform)
    set_line(first, "prerequisites", "")
    set_line(second, "prerequisites", '["first"]')

    assert {one.change for one in sync(platform).values()} == {"unchanged", "loaded"}


def test_a_prerequisite_whose_plugin_is_gone_locks_as_not_installed(
    platform: Platform, tmp_path: Path
) -> None:
    add_course(platform, tmp_path, "first")
    add_course(platform, tmp_path, "second", prerequisites='["first"]')
    sync(platform)
    assert locks(platform, "second") == [("prerequisite", "")]
    platform.plugins.course_folders.pop(1)
    sync(platform)
    assert locks(platform, "second") == [("missing", "")]
