"""Who is registered for an exam that they may not sit yet is named, with what they would read."""

import random
from datetime import timedelta

import pytest

from certify.clock import SetClock
from certify.domain.person import Actor
from certify.errors import NotPermitted
from certify.i18n import _
from certify.platform import Platform
from certify.services import lobby, registering
from certify.services.candidacy import candidacy
from certify.services.not_yet import NotYet, not_yet
from certify.storage import courses
from certify.storage.foreseen import foresee
from tests.platforms import actor, read_course, sit
from tests.services.steps import EXAM, begin, fail
from tests.services.test_escalation import decide, use_up
from tests.tui.hall_steps import hire

LESSONS = "Finish all lessons of the course first."


def registered(platform: Platform, *staff_nos: str) -> int:
    hr = actor(platform, "H0001")
    number = registering.new_cohort(platform, actor=hr, exam=EXAM, title="三月批次")
    registering.register(platform, actor=hr, cohort_id=number, staff_nos=staff_nos)
    return number


def named(platform: Platform, number: int, *only: str) -> dict[str, tuple[str, ...]]:
    found = not_yet(
        platform, actor=actor(platform, "H0001"), cohort_id=number, staff_nos=only or None
    )
    return {one.staff_no: one.reasons for one in found}


def alone(platform: Platform, staff_no: str) -> tuple[str, ...]:
    """What the rules say of one person when nothing was read ahead."""
    who = actor(platform, staff_no)
    with platform.database.read() as session:
        exam = courses.exam(session, EXAM)
        assert exam is not None
        before = candidacy(session, platform, who.person_id, exam)
        return tuple(lobby.own_blockers(session, platform, before))


def test_each_is_named_with_every_reason_and_registered_all_the_same(
    platform: Platform, clock: SetClock
) -> None:
    hire(platform, {"N0001": "周明", "N0002": "白露"})
    use_up(platform, clock)  # E1001 has no attempt left
    read_course(platform, actor(platform, "E1002"))
    sit(platform, actor(platform, "E1002"))  # and holds what it gives
    read_course(platform, actor(platform, "N0002"))
    number = registered(platform, "E1001", "E1002", "N0001", "N0002")

    found = named(platform, number)

    assert set(found) == {"E1001", "E1002", "N0001"}
    assert found["N0001"] == (_(LESSONS),)
    assert found == {one: alone(platform, one) for one in found}
    assert alone(platform, "N0002") == ()
    assert set(named(platform, number, "N0001", "N0002")) == {"N0001"}
    decide(platform, "S0001")
    assert "E1001" not in named(platform, number)


def test_why_another_attempt_was_refused_is_for_the_person_alone(
    platform: Platform, clock: SetClock
) -> None:
    use_up(platform, clock)
    decide(platform, "S0001", grant=False, reason="先跟班两周")
    number = registered(platform, "E1001")

    (mine,), (told,) = alone(platform, "E1001"), named(platform, number)["E1001"]

    assert "先跟班两周" in mine
    assert "先跟班两周" not in told


def test_who_has_begun_or_is_excused_is_not_named(platform: Platform) -> None:
    number = registered(platform, "E1001", "E1002")
    registering.excuse(
        platform, actor=actor(platform, "H0001"), cohort_id=number, staff_no="E1002", reason="病假"
    )
    read_course(platform, actor(platform, "E1001"))
    begin(platform, actor(platform, "E1001"))

    assert named(platform, number) == {}


def test_nobody_else_is_told(platform: Platform) -> None:
    number = registered(platform, "E1002")
    with pytest.raises(NotPermitted):
        not_yet(platform, actor=actor(platform, "E1001"), cohort_id=number)


def test_a_line_names_person_and_reasons() -> None:
    one = NotYet("E1001", "王小兰", ("甲。", "乙。"))
    assert one.text == "王小兰 E1001: 甲。 乙。"


@pytest.mark.parametrize("seed", range(3))
def test_read_ahead_or_not_the_rules_say_the_same(
    sqlite_platform: Platform, clock: SetClock, seed: int
) -> None:
    platform, chance = sqlite_platform, random.Random(seed)
    numbers = [f"N{number:04}" for number in range(8)]
    hire(platform, {number: "周明" for number in numbers})
    for number in numbers:
        _live(platform, clock, actor(platform, number), chance)
    cohort = registered(platform, *numbers)

    expected = {number: alone(platform, number) for number in numbers}
    assert named(platform, cohort) == {one: why for one, why in expected.items() if why}


def _live(platform: Platform, clock: SetClock, who: Actor, chance: random.Random) -> None:
    """Read and sit more or less."""
    if chance.random() < 0.2:
        return
    read_course(platform, who)
    for _time in range(chance.randrange(3)):
        clock.advance(timedelta(minutes=1))
        if chance.random() < 0.3:
            sit(platform, who)
            return
        fail(platform, who, "greeting")
        if chance.random() < 0.3:
            return
        clock.advance(timedelta(minutes=1))
        read_course(platform, who)
        clock.advance(timedelta(minutes=1))


def test_two_hundred_take_no_more_questions_than_two(
    platform: Platform, statements: list[str]
) -> None:
    numbers = [f"N{number:04}" for number in range(200)]
    hire(platform, {number: "周明" for number in numbers})
    few = registered(platform, "E1001", "E1002")
    many = registered(platform, "E1001", "E1002", *numbers)
    for number in ("E1001", "E1002"):
        read_course(platform, actor(platform, number))
    sit(platform, actor(platform, "E1001"))
    fail(platform, actor(platform, "E1002"), "greeting")

    statements.clear()
    named(platform, few)
    asked = len(statements)
    statements.clear()
    found = named(platform, many)

    assert len(found) == 202
    assert len(statements) == asked
    assert asked <= 25


def test_what_one_transaction_knows_beforehand_another_reads_anew(
    sqlite_platform: Platform,
) -> None:
    who = actor(sqlite_platform, "E1001").person_id
    with sqlite_platform.database.read() as session:
        foresee(session, courses.is_finished, {(who, 1): True})
        assert courses.is_finished(session, who, 1)
        assert not courses.is_finished(session, who, 2)
        assert not courses.is_finished(session, person_id=who, course_id=1), "only as it was said"
    with sqlite_platform.database.read() as session:
        assert not courses.is_finished(session, who, 1)
