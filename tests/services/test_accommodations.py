"""More time, breaks and line mode for one person, also in the middle of an exam."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlmodel import select

from certify.domain.ledger import LedgerEntry
from certify.domain.sitting_time import GrantKind, TimeGrant
from certify.errors import BadInput, DeadlinePassed, NotPermitted, Refused, TakenOver
from certify.platform import Platform
from certify.services import (
    accommodations,
    breaks,
    closing,
    hall_board,
    lobby,
    sitting,
    sitting_events,
    time_grants,
)
from tests.platforms import NOON, actor, read_course
from tests.services.steps import (
    EXAM,
    Terminal,
    begin,
    check_books,
    clock_of,
    count,
    stored_attempt,
    take_over,
)

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def learner_of(platform: Platform) -> Terminal:
    """E1001 with an open attempt of 30 minutes."""
    who = actor(platform, "E1001")
    read_course(platform, who)
    return begin(platform, who)


def grant(platform: Platform, staff_no: str = "E1001", **what: Any) -> int:
    """Give an accommodation as HR."""
    hr = actor(platform, "H0001")
    told = {"reason": "决定 2024-3", **what}
    return accommodations.grant(platform, actor=hr, staff_no=staff_no, **told)


def begin_break(terminal: Terminal) -> None:
    breaks.begin_break(
        terminal.platform,
        actor=terminal.who,
        attempt_id=terminal.sitting.attempt_id,
        fence=terminal.sitting.fence,
    )


def end_break(terminal: Terminal) -> int:
    """Go on; the seconds of break that are left."""
    return breaks.end_break(
        terminal.platform,
        actor=terminal.who,
        attempt_id=terminal.sitting.attempt_id,
        fence=terminal.sitting.fence,
    ).break_left


def deadline_of(terminal: Terminal) -> timedelta:
    """The deadline, from noon on."""
    return stored_attempt(terminal.platform, terminal.sitting.attempt_id).deadline - NOON


def test_a_time_factor_lengthens_every_attempt_begun_from_then_on(platform: Platform) -> None:
    grant(platform, time_factor=Fraction(4, 3))

    begun = learner_of(platform)

    assert deadline_of(begun) == 40 * MINUTE
    with platform.database.read() as session:
        (row,) = session.exec(select(TimeGrant)).all()
    assert (row.kind, row.seconds, row.reason) == (GrantKind.ACCOMMODATION, 600, "决定 2024-3")
    check_books(platform)


def test_an_accommodation_in_mid_exam_counts_at_once_and_the_last_answer_is_not_late(
    platform: Platform,
) -> None:
    begun = learner_of(platform)
    clock_of(platform).advance(29 * MINUTE)
    grant(platform, time_factor=Fraction(3, 2))

    clock_of(platform).set(NOON + 45 * MINUTE - timedelta(microseconds=1))
    receipt = begun.respond(0, begun.right(0))

    assert receipt.deadline == NOON + 45 * MINUTE
    clock_of(platform).set(NOON + 45 * MINUTE)
    with pytest.raises(DeadlinePassed):
        begun.respond(1, begun.right(1))
    check_books(platform)


def test_the_ledger_says_who_approved_what_and_that_there_was_a_reason(platform: Platform) -> None:
    begun = learner_of(platform)
    number = grant(platform, time_factor=Fraction(2))

    with platform.database.read() as session:
        entries = session.exec(
            select(LedgerEntry).where(
                LedgerEntry.actor_id == actor(platform, "H0001").person_id,
            )
        ).all()
        said = {(entry.action, entry.subject): entry.facts for entry in entries}
    moved = said["time-granted", f"attempt:{begun.sitting.attempt_id}"]
    assert (moved["seconds"], moved["reason"]) == (1800, True)  # the words stay with the grant
    assert said["accommodation-granted", f"accommodation:{number}"]["time_factor"] == "2"


def test_ending_it_in_mid_exam_takes_back_only_time_to_come(platform: Platform) -> None:
    begun = learner_of(platform)
    number = grant(platform, time_factor=Fraction(2))
    clock_of(platform).advance(50 * MINUTE)
    begun.respond(0, begun.right(0))
    hr = actor(platform, "H0001")

    accommodations.end(platform, actor=hr, accommodation_id=number, reason="错误")

    assert deadline_of(begun) == 50 * MINUTE
    with pytest.raises(Refused):
        accommodations.end(platform, actor=hr, accommodation_id=number, reason="错误")
    closing.close_overdue(platform)
    attempt = stored_attempt(platform, begun.sitting.attempt_id)
    assert (attempt.sequence, attempt.by_deadline) == (1, True)
    check_books(platform)


def test_two_accommodations_do_not_add_up_and_one_exam_is_not_another(
    platform: Platform,
) -> None:
    grant(platform, time_factor=Fraction(3, 2))
    grant(platform, time_factor=Fraction(5, 4), break_minutes=5)

    begun = learner_of(platform)

    assert deadline_of(begun) == 45 * MINUTE
    assert begun.sitting.break_left == 300


def test_an_accommodation_counts_until_its_last_day_inclusive(platform: Platform) -> None:
    grant(platform, time_factor=Fraction(2), valid_to=NOON.date())
    learner = actor(platform, "E1001")
    read_course(platform, learner)

    def minutes() -> int:
        found = lobby.lobby(platform, actor=learner, exam=EXAM).time
        assert found is not None
        return found.minutes

    assert minutes() == 60
    clock_of(platform).set(NOON + timedelta(hours=12, seconds=-1))  # 23:59:59 in Shanghai
    assert minutes() == 60
    clock_of(platform).set(NOON + timedelta(hours=12))
    assert minutes() == 30


@pytest.mark.parametrize(
    "what",
    [
        {"time_factor": Fraction(1)},
        {"time_factor": Fraction(9, 10)},
        {"time_factor": Fraction(5)},
        {"break_minutes": -1},
        {"break_minutes": 241},
        {"time_factor": Fraction(2), "reason": "  "},
        {"time_factor": Fraction(2), "valid_to": NOON.date() - timedelta(days=1)},
    ],
)
def test_what_makes_no_sense_is_refused(sqlite_platform: Platform, what: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        grant(sqlite_platform, **what)
    assert count(sqlite_platform, TimeGrant) == 0


def test_nobody_approves_their_own_and_a_learner_approves_nothing(platform: Platform) -> None:
    hr = actor(platform, "H0001")
    read_course(platform, hr)
    own = begin(platform, hr)

    with pytest.raises(NotPermitted):
        grant(platform, staff_no="H0001", time_factor=Fraction(2))
    with pytest.raises(NotPermitted):
        time_grants.give_time(
            platform, actor=hr, attempt_id=own.sitting.attempt_id, minutes=5, reason="."
        )
    with pytest.raises(NotPermitted):
        accommodations.grant(
            platform,
            actor=actor(platform, "E1002"),
            staff_no="E1001",
            reason=".",
            time_factor=Fraction(2),
        )
    assert deadline_of(own) == 30 * MINUTE


def test_an_invigilator_gives_minutes_with_a_reason(platform: Platform) -> None:
    begun = learner_of(platform)
    hr = actor(platform, "H0001")
    number = begun.sitting.attempt_id

    time_grants.give_time(platform, actor=hr, attempt_id=number, minutes=10, reason="停电")

    left = sitting.time_of(platform, actor=begun.who, attempt_id=number)
    assert left.deadline == NOON + 40 * MINUTE
    (event,) = sitting_events.events(platform, actor=hr, attempt_id=number)
    assert (event.kind, event.seconds, event.reason, event.by) == (
        "invigilator",
        600,
        "停电",
        "人事",
    )
    begun.submit()
    with pytest.raises(Refused):
        time_grants.give_time(platform, actor=hr, attempt_id=number, minutes=10, reason="停电")


def test_time_stands_in_a_break_and_what_is_not_used_stays(platform: Platform) -> None:
    grant(platform, break_minutes=10)
    begun = learner_of(platform)
    clock = clock_of(platform)
    clock.advance(5 * MINUTE)
    begin_break(begun)
    clock.advance(4 * MINUTE)
    with pytest.raises(Refused):
        begun.respond(0, begun.right(0))

    assert end_break(begun) == 360

    assert deadline_of(begun) == 34 * MINUTE
    begun.respond(0, begun.right(0))
    begin_break(begun)
    clock.advance(6 * MINUTE)
    assert end_break(begun) == 0
    assert deadline_of(begun) == 40 * MINUTE
    with pytest.raises(Refused):
        begin_break(begun)
    check_books(platform)


def test_a_break_that_nobody_ends_lasts_no_longer_than_allowed(platform: Platform) -> None:
    grant(platform, break_minutes=10)
    begun = learner_of(platform)
    begin_break(begun)

    clock_of(platform).set(NOON + 40 * MINUTE - SECOND)
    assert closing.close_overdue(platform) == 0
    clock_of(platform).set(NOON + 40 * MINUTE)
    assert closing.close_overdue(platform) == 1

    attempt = stored_attempt(platform, begun.sitting.attempt_id)
    assert attempt.submitted_at == NOON + 40 * MINUTE


def test_going_on_at_another_terminal_ends_the_break(platform: Platform) -> None:
    grant(platform, break_minutes=10)
    first = learner_of(platform)
    begin_break(first)
    clock_of(platform).advance(3 * MINUTE)

    second = take_over(platform, first.who)

    second.respond(0, second.right(0))
    assert second.sitting.break_left == 420
    assert deadline_of(second) == 33 * MINUTE
    with pytest.raises(TakenOver):
        end_break(first)


def test_who_has_no_break_cannot_begin_one(sqlite_platform: Platform) -> None:
    begun = learner_of(sqlite_platform)

    with pytest.raises(Refused):
        begin_break(begun)
    assert deadline_of(begun) == 30 * MINUTE


def test_a_break_granted_in_mid_exam_can_be_taken_and_ended_in_the_break_itself(
    platform: Platform,
) -> None:
    begun = learner_of(platform)
    number = grant(platform, break_minutes=10)
    begin_break(begun)
    clock_of(platform).advance(4 * MINUTE)
    hr = actor(platform, "H0001")

    accommodations.end(platform, actor=hr, accommodation_id=number, reason="错误")

    assert deadline_of(begun) == 34 * MINUTE
    assert end_break(begun) == 0
    assert deadline_of(begun) == 34 * MINUTE


def test_the_invigilator_sees_who_sits_how_far_they_are_and_who_is_away(
    platform: Platform,
) -> None:
    begun = learner_of(platform)
    begun.respond(0, begun.right(0))
    begun.respond(1, begun.right(1))
    begun.respond(1, None)
    number = begun.sitting.attempt_id
    clock_of(platform).advance(2 * MINUTE)
    for kind, seconds in (("focus-lost", None), ("focus-back", 7), ("focus-lost", None)):
        sitting_events.record(
            platform,
            actor=begun.who,
            attempt_id=number,
            kind=kind,  # type: ignore[arg-type]
            seconds=seconds,
        )

    hall = hall_board.board(platform, actor=actor(platform, "H0001"))

    (one,) = hall.candidates
    assert (one.staff_no, one.answered, one.items) == ("E1001", 1, 4)
    assert (one.focus_lost, one.seconds_away, one.is_away) == (2, 7, True)
    assert (one.last_saved, one.time_left(hall.now)) == (NOON, 28 * 60)


def test_a_supervisor_watches_reports_and_a_learner_nobody(platform: Platform) -> None:
    begun = learner_of(platform)
    hr = actor(platform, "H0001")
    read_course(platform, hr)
    begin(platform, hr)

    seen = hall_board.board(platform, actor=actor(platform, "S0001")).candidates

    assert [one.staff_no for one in seen] == ["E1001"]
    with pytest.raises(NotPermitted):
        hall_board.board(platform, actor=begun.who)
    with pytest.raises(NotPermitted):
        sitting_events.events(
            platform, actor=actor(platform, "E1002"), attempt_id=begun.sitting.attempt_id
        )


def test_a_terminal_that_reports_without_end_fills_no_database(
    sqlite_platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitting_events, "MOST_EVENTS", 3)
    begun = learner_of(sqlite_platform)
    for _time in range(5):
        sitting_events.record(
            sqlite_platform,
            actor=begun.who,
            attempt_id=begun.sitting.attempt_id,
            kind="focus-lost",
        )

    hr = actor(sqlite_platform, "H0001")
    found = sitting_events.events(sqlite_platform, actor=hr, attempt_id=begun.sitting.attempt_id)
    assert len(found) == 3
