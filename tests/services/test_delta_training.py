"""Delta training: who gets it, three ways to pass, suspension and back (R-STD-04, R-STD-05)."""

from datetime import date
from pathlib import Path

import pytest

from certify.domain.person import CONSOLE, PersonStatus, Role
from certify.domain.qualification import QualificationState
from certify.errors import NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services import lobby, messages, practice, proving, review_stale
from certify.services.qualifying import states
from certify.services.standard_life import delta, delta_passing, delta_words, loop, settling
from certify.storage import people, qualifications
from tests.platforms import actor, read_course
from tests.services import standard_steps as steps
from tests.services.inspection_steps import hire
from tests.services.learning_steps import grant, pass_course
from tests.services.standard_steps import COURSE, EXAM, PROCESS, TRAINER, at
from tests.services.steps import check_books


@pytest.fixture
def changed(platform: Platform, tmp_path: Path) -> Platform:
    """E1001 qualified in March; version 2 is in force from 2024-10-01; it is the day before."""
    steps.first_text(platform, tmp_path)
    steps.course_on_calls(platform, tmp_path)
    pass_course(platform, "E1001", COURSE)
    at(platform, "2024-09-10")
    steps.approved(platform, steps.wanted())
    at(platform, "2024-09-30", 23, 59)
    return platform


def state(platform: Platform, day: str) -> QualificationState | None:
    """How E1001's post qualification stands as of a day."""
    with platform.database.read() as session:
        rows = qualifications.of_person(session, actor(platform, "E1001").person_id)
        (held,) = [one for one in rows if one.code == PROCESS]
        return states.state_of(held, date.fromisoformat(day))


def mine(platform: Platform) -> delta.DeltaView:
    (found,) = delta.mine(platform, actor=actor(platform, "E1001"))
    return found


def record(platform: Platform, who: str = TRAINER, staff_no: str = "E1001") -> None:
    delta_passing.record_session(
        platform,
        actor=actor(platform, who),
        staff_no=staff_no,
        number="CS-001",
        session_name="10 月 8 日宣贯",
    )


def test_nothing_happens_before_midnight_and_all_of_it_after(changed: Platform) -> None:
    assert review_stale.report(changed, actor=CONSOLE).items == ()
    assert delta.mine(changed, actor=actor(changed, "E1001")) == []
    at(changed, "2024-10-01", 0, 0)
    assert len(review_stale.report(changed, actor=CONSOLE).items) == 14
    found = mine(changed)
    assert (found.number, found.due_on, found.read_at) == ("CS-001", date(2024, 10, 31), None)
    told = [one for one in messages.unread(changed, actor=actor(changed, "E1001"))]
    assert "2024-10-31" in messages.text(told[-1])
    check_books(changed)


def test_stale_items_are_not_drawn_until_somebody_confirms_them(changed: Platform) -> None:
    read_course(changed, actor(changed, "E1002"), COURSE)
    at(changed, "2024-10-01", 0, 0)
    newcomer = actor(changed, "E1002")
    assert lobby.lobby(changed, actor=newcomer, exam=EXAM).blockers
    assert not proving.prove(changed, actor=newcomer, exam=EXAM).may_open
    with pytest.raises(Refused):
        practice.begin(changed, actor=newcomer, course=COURSE)
    steps.confirm(changed)
    assert lobby.lobby(changed, actor=newcomer, exam=EXAM).blockers == ()
    assert proving.prove(changed, actor=newcomer, exam=EXAM).may_open
    assert practice.begin(changed, actor=newcomer, course=COURSE).items


def test_practice_passes_after_reading_with_as_many_right_as_the_policy_asks(
    changed: Platform,
) -> None:
    at(changed, "2024-10-08")
    who = actor(changed, "E1001")
    training = mine(changed).id
    with pytest.raises(Refused):
        delta_passing.begin(changed, actor=who, training_id=training)
    delta.confirm_read(changed, actor=who, training_id=training)
    with pytest.raises(Refused):  # no practice item is confirmed yet
        delta_passing.begin(changed, actor=who, training_id=training)
    assert mine(changed).needed == 0
    steps.confirm(changed)
    steps.practise_delta(changed, "E1001", right=2)
    assert (mine(changed).right, mine(changed).needed) == (2, 3)
    (left,) = delta_passing.begin(changed, actor=who, training_id=training).items
    steps.give_right(changed, "E1001", left)
    found = delta.delta(changed, actor=who, training_id=training)
    assert found.passed_how == "practice"
    assert delta_words.state(found)
    with pytest.raises(Refused):
        delta_passing.begin(changed, actor=who, training_id=training)


def test_no_exam_item_is_ever_practised(changed: Platform) -> None:
    at(changed, "2024-10-08")
    steps.confirm(changed)
    who = actor(changed, "E1001")
    delta.confirm_read(changed, actor=who, training_id=mine(changed).id)
    items = delta_passing.begin(changed, actor=who, training_id=mine(changed).id).items
    assert len(items) == steps.PRACTICE_ITEMS


def test_the_last_day_counts_and_the_next_one_suspends(changed: Platform) -> None:
    at(changed, "2024-10-31", 23, 59)
    settling.settle(changed)
    assert state(changed, "2024-10-31") is QualificationState.ACTIVE
    at(changed, "2024-11-01", 0, 0)
    assert settling.settle(changed) == settling.Settled(suspended=1)
    assert settling.settle(changed) == settling.Settled()
    assert state(changed, "2024-10-31") is QualificationState.ACTIVE
    assert state(changed, "2024-11-01") is QualificationState.SUSPENDED
    assert mine(changed).is_suspended


def test_settling_late_says_the_same_as_settling_at_once(changed: Platform) -> None:
    at(changed, "2024-11-20")
    assert settling.settle(changed) == settling.Settled(assigned=1, suspended=1)
    assert state(changed, "2024-10-31") is QualificationState.ACTIVE
    assert state(changed, "2024-11-01") is QualificationState.SUSPENDED


def test_who_passes_late_gets_the_qualification_back_with_its_old_last_day(
    changed: Platform,
) -> None:
    at(changed, "2024-11-05")
    record(changed)
    assert state(changed, "2024-11-04") is QualificationState.SUSPENDED
    assert state(changed, "2024-11-05") is QualificationState.ACTIVE
    assert state(changed, "2025-03-04") is QualificationState.ACTIVE
    assert state(changed, "2025-03-05") is QualificationState.EXPIRED
    assert delta.mine(changed, actor=actor(changed, "E1001")) == []
    check_books(changed)


def test_a_grade_that_suspended_too_is_not_lifted_by_delta_training(changed: Platform) -> None:
    at(changed, "2024-10-20")
    settling.settle(changed)
    with changed.database.write() as session:
        person_id = actor(changed, "E1001").person_id
        states.suspend_all(session, changed, person_id, actor_id=0, reason="grade:1")
    at(changed, "2024-11-05")
    record(changed)
    assert state(changed, "2024-11-05") is QualificationState.SUSPENDED


def test_who_is_suspended_for_something_else_is_suspended_for_it_when_that_is_over(
    changed: Platform,
) -> None:
    at(changed, "2024-10-20")
    settling.settle(changed)
    who = actor(changed, "E1001").person_id
    with changed.database.write() as session:
        states.suspend_all(session, changed, who, actor_id=0, reason="grade:1")
    at(changed, "2024-11-02")
    assert settling.settle(changed) == settling.Settled()
    with changed.database.write() as session:
        states.reinstate_for(session, changed, who, cause="grade:", actor_id=0, reason="exam:1")
    at(changed, "2024-11-03")
    assert settling.settle(changed) == settling.Settled(suspended=1)
    assert state(changed, "2024-11-03") is QualificationState.SUSPENDED


def test_trainers_record_sessions_but_not_their_own(changed: Platform) -> None:
    grant(changed, "E1001", Role.TRAINER)
    at(changed, "2024-10-08")
    with pytest.raises(Refused):
        record(changed, "E1001")
    with pytest.raises(NotPermitted):
        record(changed, "S0001")
    with pytest.raises(NotFound):
        record(changed, staff_no="S0001")
    record(changed)
    with pytest.raises(NotFound):
        record(changed)


def test_a_change_that_is_not_material_asks_nobody(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    steps.first_text(sqlite_platform, tmp_path)
    steps.course_on_calls(sqlite_platform, tmp_path)
    pass_course(sqlite_platform, "E1001", COURSE)
    at(sqlite_platform, "2024-09-10")
    steps.approved(sqlite_platform, steps.wanted(is_material=False))
    at(sqlite_platform, "2024-12-01")
    assert settling.settle(sqlite_platform) == settling.Settled()
    assert review_stale.report(sqlite_platform, actor=CONSOLE).items


def test_leavers_and_who_is_qualified_for_nothing_on_it_get_none(changed: Platform) -> None:
    with changed.database.write() as session:
        person = people.by_staff_no(session, "E1001")
        assert person is not None
        person.status = PersonStatus.LEFT
        session.add(person)
    at(changed, "2024-10-02")
    assert settling.settle(changed) == settling.Settled()


def test_a_newer_text_takes_the_place_of_the_one_before(changed: Platform) -> None:
    at(changed, "2024-10-05")
    settling.settle(changed)
    steps.approved(changed, steps.wanted("2024-10-20", 15))
    at(changed, "2024-10-20")
    found = mine(changed)
    assert (found.effective_from, found.due_on) == (date(2024, 10, 20), date(2024, 11, 19))
    at(changed, "2024-11-05")
    assert settling.settle(changed) == settling.Settled()
    every = delta.deltas(changed, actor=actor(changed, "H0001"))
    assert [one.is_moot for one in every] == [True, False]
    at(changed, "2024-11-20")
    assert settling.settle(changed) == settling.Settled(suspended=1)


def test_who_is_suspended_can_still_pass_after_the_next_text_came(changed: Platform) -> None:
    at(changed, "2024-11-05")
    settling.settle(changed)
    steps.approved(changed, steps.wanted("2024-12-01", 15))
    at(changed, "2024-12-02")
    assert mine(changed).is_suspended
    record(changed)
    assert state(changed, "2024-12-02") is QualificationState.ACTIVE


def test_everybody_sees_their_own_and_supervisors_their_reports(changed: Platform) -> None:
    at(changed, "2024-10-02")

    def seen(staff_no: str) -> list[str]:
        return [one.staff_no for one in delta.deltas(changed, actor=actor(changed, staff_no))]

    assert [seen(who) for who in ("E1001", "S0001", "H0001", TRAINER)] == [["E1001"]] * 4
    hire(changed, "E1003")
    other = actor(changed, "E1003")
    assert seen("E1003") == []
    with pytest.raises(NotFound):
        delta.delta(changed, actor=other, training_id=mine(changed).id)
    with pytest.raises(NotFound):
        delta.confirm_read(changed, actor=other, training_id=mine(changed).id)


def test_the_loop_knows_a_standard_that_is_only_a_draft(sqlite_platform: Platform) -> None:
    at(sqlite_platform, "2024-09-10")
    steps.drafted(sqlite_platform, steps.wanted(number="CS-009"))
    found = loop.loop_of(sqlite_platform, actor=CONSOLE, number="CS-009")
    assert (found.state, found.versions, found.delta, found.facility) == (
        "drafting",
        (),
        None,
        None,
    )
    with pytest.raises(NotFound):
        loop.loop_of(sqlite_platform, actor=CONSOLE, number="CS-010")
