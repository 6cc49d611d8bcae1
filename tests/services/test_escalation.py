"""Used-up attempts are decided by the direct supervisor; overdue training is seen (R-REM-01)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.ledger import LedgerEntry
from certify.domain.person import Actor, Person, Role, RoleGrant
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.platform import Platform
from certify.services import escalation, home, learning, lobby, messages
from tests.platforms import actor, read_course, sit
from tests.services.steps import EXAM, check_books, fail

DAY = timedelta(days=1)
REASON = "病假之后第一次上岗，多给一次机会"


def learn_again(platform: Platform, who: Actor, clock: SetClock) -> None:
    clock.advance(timedelta(minutes=1))
    read_course(platform, who)
    clock.advance(timedelta(minutes=1))


def use_up(platform: Platform, clock: SetClock, staff_no: str = "E1001") -> Actor:
    """Fail as often as the policy allows, with the training done after each failure."""
    who = actor(platform, staff_no)
    read_course(platform, who)
    for _attempt in range(platform.policy.retake.max_attempts):
        fail(platform, who, "greeting", "limits")
        learn_again(platform, who, clock)
    return who


def decide(platform: Platform, by: str, *, grant: bool = True, reason: str = REASON) -> None:
    escalation.decide(
        platform,
        actor=actor(platform, by),
        staff_no="E1001",
        exam=EXAM,
        grant=grant,
        reason=reason,
    )


def seen_by(platform: Platform, staff_no: str) -> escalation.FollowUp:
    return escalation.follow_up(platform, actor=actor(platform, staff_no))


def test_the_supervisor_and_hr_see_who_has_used_up_the_attempts(
    platform: Platform, clock: SetClock
) -> None:
    use_up(platform, clock)

    (mine,) = seen_by(platform, "S0001").used_up
    (everybody,) = seen_by(platform, "H0001").used_up

    assert (mine.staff_no, mine.exam, mine.attempts) == ("E1001", EXAM, 3)
    assert mine.may_decide
    assert not everybody.may_decide  # the direct supervisor can
    assert seen_by(platform, "S0001").undecided == 1
    assert seen_by(platform, "H0001").undecided == 0


def test_who_has_attempts_left_or_passed_is_not_on_the_list(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)
    fail(sqlite_platform, who, "limits")
    assert seen_by(sqlite_platform, "S0001").used_up == ()

    learn_again(sqlite_platform, who, clock)
    sit(sqlite_platform, who)
    assert seen_by(sqlite_platform, "S0001") == escalation.FollowUp((), ())


def test_a_grant_gives_exactly_one_more_attempt_and_stands_in_the_ledger(
    platform: Platform, clock: SetClock
) -> None:
    who = use_up(platform, clock)
    assert not lobby.lobby(platform, actor=who, exam=EXAM).may_start

    decide(platform, "S0001")

    door = lobby.lobby(platform, actor=who, exam=EXAM)
    assert (door.may_start, door.attempts_left) == (True, 1)
    (told,) = messages.unread(platform, actor=who)
    assert REASON in messages.text(told)
    assert seen_by(platform, "S0001").used_up == ()
    with platform.database.read() as session:
        query = select(LedgerEntry).where(LedgerEntry.action == "retake-granted")
        (entry,) = session.exec(query).all()
        assert entry.facts["reason"] is True  # the words stay with the decision

    fail(platform, who, "limits")
    learn_again(platform, who, clock)
    door = lobby.lobby(platform, actor=who, exam=EXAM)
    assert (door.may_start, door.attempts_left) == (False, 0)
    (again,) = seen_by(platform, "S0001").used_up
    assert again.attempts == 4
    check_books(platform)


def test_a_granted_attempt_can_be_passed_and_ends_the_matter(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    who = use_up(sqlite_platform, clock)
    decide(sqlite_platform, "S0001")

    sit(sqlite_platform, who)

    door = lobby.lobby(sqlite_platform, actor=who, exam=EXAM)
    assert door.is_passed
    assert door.attempts_left == sqlite_platform.policy.retake.max_attempts
    assert seen_by(sqlite_platform, "S0001").used_up == ()


def test_a_decision_against_it_is_read_by_the_person_and_may_be_changed(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    who = use_up(sqlite_platform, clock)

    decide(sqlite_platform, "S0001", grant=False, reason="先跟班两周")

    (told,) = messages.unread(sqlite_platform, actor=who)
    assert "先跟班两周" in messages.text(told)
    assert "先跟班两周" in "".join(lobby.lobby(sqlite_platform, actor=who, exam=EXAM).blockers)
    (declined,) = seen_by(sqlite_platform, "S0001").used_up
    assert declined.refusal == "先跟班两周"
    assert declined.refused_on == sqlite_platform.today()
    assert seen_by(sqlite_platform, "S0001").undecided == 0

    clock.advance(14 * DAY)
    decide(sqlite_platform, "S0001")
    assert lobby.lobby(sqlite_platform, actor=who, exam=EXAM).may_start


def test_when_the_period_is_over_attempts_open_again_by_themselves(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    who = use_up(sqlite_platform, clock)
    decide(sqlite_platform, "S0001", grant=False)

    clock.advance(sqlite_platform.policy.retake.within_days * DAY)

    door = lobby.lobby(sqlite_platform, actor=who, exam=EXAM)
    assert door.attempts_left == 3
    assert seen_by(sqlite_platform, "S0001").used_up == ()


def test_a_granted_attempt_does_not_count_against_those_of_the_period(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    days = sqlite_platform.policy.retake.within_days
    who = use_up(sqlite_platform, clock)
    clock.advance((days - 1) * DAY)
    decide(sqlite_platform, "S0001")
    fail(sqlite_platform, who, "limits")
    learn_again(sqlite_platform, who, clock)
    assert lobby.lobby(sqlite_platform, actor=who, exam=EXAM).attempts_left == 0

    clock.advance(DAY)

    assert lobby.lobby(sqlite_platform, actor=who, exam=EXAM).attempts_left == 3


def test_only_the_direct_supervisor_decides_and_hr_where_there_is_none(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    who = use_up(sqlite_platform, clock)
    with pytest.raises(NotPermitted):
        decide(sqlite_platform, "E1002")
    with pytest.raises(Refused):
        decide(sqlite_platform, "H0001")
    with pytest.raises(Refused):
        decide(sqlite_platform, "E1001")
    with pytest.raises(BadInput):
        decide(sqlite_platform, "S0001", reason="  ")

    with sqlite_platform.database.write() as session:
        person = session.get_one(Person, who.person_id)
        person.supervisor_id = None
        session.add(person)
    assert seen_by(sqlite_platform, "S0001").used_up == ()
    (waiting,) = seen_by(sqlite_platform, "H0001").used_up
    assert waiting.may_decide
    decide(sqlite_platform, "H0001")
    assert lobby.lobby(sqlite_platform, actor=who, exam=EXAM).may_start


def test_nobody_decides_about_their_own_attempts_nor_where_none_are_used_up(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    with pytest.raises(Refused):
        decide(sqlite_platform, "S0001")
    with pytest.raises(NotFound):
        escalation.decide(
            sqlite_platform,
            actor=actor(sqlite_platform, "S0001"),
            staff_no="E1001",
            exam="nothing",
            grant=True,
            reason=REASON,
        )
    who = use_up(sqlite_platform, clock)
    with sqlite_platform.database.write() as session:
        session.add(RoleGrant(person_id=who.person_id, role=Role.HR))
    with pytest.raises(Refused):
        decide(sqlite_platform, "E1001")


def test_two_decisions_at_once_give_one_attempt(sqlite_platform: Platform, clock: SetClock) -> None:
    who = use_up(sqlite_platform, clock)
    decide(sqlite_platform, "S0001")

    with pytest.raises(Refused):
        decide(sqlite_platform, "S0001")

    assert lobby.lobby(sqlite_platform, actor=who, exam=EXAM).attempts_left == 1


def test_training_past_its_last_day_is_seen_by_the_supervisor_and_hr_and_nobody_else(
    platform: Platform, clock: SetClock
) -> None:
    who = actor(platform, "E1001")
    read_course(platform, who)
    fail(platform, who, "limits")
    clock.advance(14 * DAY)
    assert seen_by(platform, "S0001").overdue == ()  # the last day is inclusive

    clock.advance(DAY)

    (late,) = seen_by(platform, "S0001").overdue
    assert (late.staff_no, late.exam, late.days) == ("E1001", EXAM, 1)
    assert [topic["en"] for topic in late.topics] == ["Limits"]
    assert seen_by(platform, "H0001").overdue == (late,)
    with pytest.raises(NotPermitted):
        seen_by(platform, "E1002")
    assert len(home.home(platform, actor=actor(platform, "S0001")).follow_up.overdue) == 1
    assert home.home(platform, actor=who).follow_up == escalation.FollowUp((), ())

    for lesson in learning.course_view(platform, actor=who, course="sample").lessons:
        learning.finish_lesson(platform, actor=who, course="sample", lesson=lesson.code)
    assert seen_by(platform, "S0001").overdue == ()


def test_the_reports_of_another_supervisor_are_not_seen(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    use_up(sqlite_platform, clock)
    other = actor(sqlite_platform, "E1002")
    with sqlite_platform.database.write() as session:
        session.add(RoleGrant(person_id=other.person_id, role=Role.SUPERVISOR))

    assert seen_by(sqlite_platform, "E1002") == escalation.FollowUp((), ())
    with pytest.raises(NotPermitted):
        decide(sqlite_platform, "E1002")
