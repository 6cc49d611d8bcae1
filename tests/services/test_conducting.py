"""Pause, go on, end, move, admit, announce: what an invigilator does in an exam (issue 7)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import select

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.ledger import LedgerEntry
from certify.domain.person import CONSOLE, Actor
from certify.domain.sitting_time import GrantKind, SittingEvent, TimeGrant
from certify.errors import (
    AttemptClosed,
    AttemptPaused,
    BadInput,
    NotFound,
    NotPermitted,
    Refused,
    TakenOver,
)
from certify.platform import Platform
from certify.services import (
    breaks,
    closing,
    conducting,
    downtime,
    messages,
    registering,
    results,
    sitting,
    sitting_events,
    time_grants,
)
from certify.services.deadline import TimeLeft
from tests.platforms import NOON, actor, read_course
from tests.services.steps import (
    EXAM,
    Terminal,
    begin,
    check_books,
    clock_of,
    stored_attempt,
    stored_responses,
    take_over,
)
from tests.services.test_accommodations import grant
from tests.services.test_racing import race

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
WHY = "火警演习"


def seated(platform: Platform) -> Terminal:
    """王小兰 in the middle of an exam of 30 minutes."""
    who = actor(platform, "E1001")
    read_course(platform, who)
    return begin(platform, who)


def hr(platform: Platform) -> Actor:
    return actor(platform, "H0001")


def give_breaks(platform: Platform, minutes: int = 5) -> None:
    grant(platform, break_minutes=minutes)


def pause(terminal: Terminal) -> None:
    conducting.pause(terminal.platform, actor=hr(terminal.platform), **which(terminal))


def go_on(terminal: Terminal) -> None:
    conducting.go_on(terminal.platform, actor=hr(terminal.platform), **which(terminal))


def which(terminal: Terminal) -> dict[str, Any]:
    return {"attempt_id": terminal.sitting.attempt_id, "reason": WHY}


def time_of(terminal: Terminal) -> TimeLeft:
    return sitting.time_of(
        terminal.platform, actor=terminal.who, attempt_id=terminal.sitting.attempt_id
    )


def left(terminal: Terminal) -> timedelta:
    """Time left by the attempt's own deadline; in a pause it stands."""
    found = time_of(terminal)
    return found.deadline - (found.paused_at or found.now)


def entries(platform: Platform, action: str) -> list[LedgerEntry]:
    with platform.database.read() as session:
        return list(session.exec(select(LedgerEntry).where(LedgerEntry.action == action)).all())


def kinds(terminal: Terminal) -> list[str]:
    with terminal.platform.database.read() as session:
        return [one.kind for one in session.exec(select(SittingEvent)).all()]


def test_a_pause_stops_the_clock_and_going_on_gives_its_seconds_back(platform: Platform) -> None:
    begun = seated(platform)
    clock = clock_of(platform)
    clock.advance(10 * MINUTE)

    pause(begun)
    clock.advance(3 * MINUTE)
    assert left(begun) == 20 * MINUTE
    assert time_of(begun).paused_at == NOON + 10 * MINUTE
    go_on(begun)

    assert left(begun) == 20 * MINUTE
    assert time_of(begun).paused_at is None
    with platform.database.read() as session:
        (grant,) = session.exec(select(TimeGrant)).all()
        paused, resumed = session.exec(select(SittingEvent)).all()
    assert (grant.kind, grant.seconds, grant.reason) == (GrantKind.PAUSE, 180, "")
    by = hr(platform).person_id
    assert paused.facts == {"by": by, "reason": WHY}
    assert resumed.facts == {"by": by, "reason": WHY, "seconds": 180}
    for action in ("attempt-paused", "attempt-went-on"):
        (entry,) = entries(platform, action)
        assert WHY not in str(entry.facts)
        assert entry.facts["person"] == begun.who.person_id
    check_books(platform)


def test_a_begun_second_of_a_pause_is_given_whole(platform: Platform) -> None:
    begun = seated(platform)
    pause(begun)
    clock_of(platform).advance(timedelta(seconds=10, microseconds=1))
    go_on(begun)

    assert stored_attempt(platform, begun.sitting.attempt_id).deadline == (
        NOON + 30 * MINUTE + 11 * SECOND
    )


def test_nothing_is_taken_while_paused_and_everything_after(platform: Platform) -> None:
    begun = seated(platform)
    give_breaks(platform)
    begun.respond(0, begun.right(0))
    pause(begun)
    mine = {"attempt_id": begun.sitting.attempt_id, "fence": begun.sitting.fence}

    with pytest.raises(AttemptPaused):
        begun.respond(1, begun.right(1))
    with pytest.raises(AttemptPaused):
        begun.submit()
    with pytest.raises(AttemptPaused):
        breaks.begin_break(platform, actor=begun.who, **mine)
    with pytest.raises(AttemptPaused):
        sitting.keep_position(platform, actor=begun.who, position=1, **mine)
    assert len(stored_responses(platform, begun.sitting.attempt_id)) == 1
    go_on(begun)

    begun.respond(1, begun.right(1))
    begun.submit()
    check_books(platform)


def test_the_same_response_sent_again_is_not_taken_in_a_pause_either(platform: Platform) -> None:
    begun = seated(platform)
    begun.respond(0, begun.right(0))
    pause(begun)

    with pytest.raises(AttemptPaused):
        begun.send(1, 0, begun.right(0))


def test_a_pause_is_refused_twice_and_going_on_without_one(platform: Platform) -> None:
    begun = seated(platform)
    with pytest.raises(Refused):
        go_on(begun)
    pause(begun)
    with pytest.raises(Refused):
        pause(begun)
    go_on(begun)
    with pytest.raises(Refused):
        go_on(begun)
    begun.submit()
    for act in (pause, go_on):
        with pytest.raises(Refused):
            act(begun)
    assert len(entries(platform, "attempt-paused")) == 1


def test_a_paused_attempt_never_runs_out_also_beyond_its_deadline_and_its_window(
    platform: Platform,
) -> None:
    number = registering.new_cohort(
        platform, actor=hr(platform), exam=EXAM, title="A", closes_at=NOON + 20 * MINUTE
    )
    registering.register(platform, actor=hr(platform), cohort_id=number, staff_nos=["E1001"])
    begun = seated(platform)
    clock = clock_of(platform)
    clock.advance(15 * MINUTE)
    pause(begun)
    clock.advance(5 * HOUR)

    assert closing.close_overdue(platform) == 0
    results.record(platform, actor=begun.who)
    closing.close_attempt(platform, attempt_id=begun.sitting.attempt_id)
    assert stored_attempt(platform, begun.sitting.attempt_id).state is AttemptState.OPEN
    go_on(begun)

    assert left(begun) == 5 * MINUTE, "the window's end counted for the start alone"
    begun.respond(0, begun.right(0))
    clock.advance(5 * MINUTE)
    assert closing.close_overdue(platform) == 1
    assert stored_attempt(platform, begun.sitting.attempt_id).by_deadline


def test_an_attempt_that_ran_out_is_not_paused_any_more(platform: Platform) -> None:
    begun = seated(platform)
    clock_of(platform).advance(30 * MINUTE)

    with pytest.raises(Refused):
        pause(begun)
    assert stored_attempt(platform, begun.sitting.attempt_id).state is AttemptState.SUBMITTED


def test_time_given_in_a_pause_is_added_to_what_was_left(platform: Platform) -> None:
    begun = seated(platform)
    pause(begun)
    clock_of(platform).advance(HOUR)
    time_grants.give_time(platform, actor=hr(platform), minutes=5, **which(begun))
    assert left(begun) == 35 * MINUTE
    go_on(begun)

    assert left(begun) == 35 * MINUTE


def test_a_break_stands_while_paused(platform: Platform) -> None:
    give_breaks(platform, minutes=5)
    begun = seated(platform)
    clock = clock_of(platform)
    mine = {"attempt_id": begun.sitting.attempt_id, "fence": begun.sitting.fence}
    breaks.begin_break(platform, actor=begun.who, **mine)
    clock.advance(2 * MINUTE)
    pause(begun)
    clock.advance(HOUR)
    go_on(begun)
    clock.advance(MINUTE)
    ended = breaks.end_break(platform, actor=begun.who, **mine)

    assert ended.break_left == 2 * 60
    assert left(begun) == 30 * MINUTE


def test_a_break_ended_in_a_pause_ends_where_the_pause_began(platform: Platform) -> None:
    give_breaks(platform, minutes=5)
    begun = seated(platform)
    clock = clock_of(platform)
    mine = {"attempt_id": begun.sitting.attempt_id, "fence": begun.sitting.fence}
    breaks.begin_break(platform, actor=begun.who, **mine)
    clock.advance(2 * MINUTE)
    pause(begun)
    clock.advance(HOUR)
    ended = breaks.end_break(platform, actor=begun.who, **mine)

    assert ended.break_left == 3 * 60
    assert left(begun) == 30 * MINUTE
    go_on(begun)
    assert left(begun) == 30 * MINUTE
    begun.respond(0, begun.right(0))


def test_an_outage_in_a_pause_is_not_given_twice(platform: Platform) -> None:
    begun = seated(platform)
    clock = clock_of(platform)
    downtime.beat(platform, node="a")
    pause(begun)
    clock.advance(10 * MINUTE)

    assert downtime.beat(platform, node="a") == 0, "the pause gives it"
    go_on(begun)
    assert left(begun) == 30 * MINUTE


@pytest.mark.parametrize("goes_on_before", [True, False])
def test_a_pause_within_an_outage_is_counted_once(
    platform: Platform, *, goes_on_before: bool
) -> None:
    begun = seated(platform)
    clock = clock_of(platform)
    downtime.beat(platform, node="a")
    clock.advance(4 * MINUTE)  # no server is alive, but the command line is
    pause(begun)
    clock.advance(3 * MINUTE)
    if goes_on_before:
        go_on(begun)
    clock.advance(3 * MINUTE)
    downtime.beat(platform, node="a")
    if not goes_on_before:
        go_on(begun)

    assert left(begun) == 30 * MINUTE


def test_going_on_at_another_terminal_leaves_the_pause(platform: Platform) -> None:
    begun = seated(platform)
    pause(begun)
    other = take_over(platform, begun.who)

    assert other.sitting.paused_at == NOON
    with pytest.raises(AttemptPaused):
        other.respond(0, other.right(0))
    go_on(begun)
    other.respond(0, other.right(0))


def test_ending_marks_what_is_saved_and_says_so_everywhere(platform: Platform) -> None:
    begun = seated(platform)
    begun.respond(0, begun.right(0))
    clock_of(platform).advance(MINUTE)

    conducting.end(platform, actor=hr(platform), **which(begun))

    attempt = stored_attempt(platform, begun.sitting.attempt_id)
    assert (attempt.state, attempt.ended_by) == (AttemptState.SUBMITTED, hr(platform).person_id)
    assert (attempt.by_deadline, attempt.submitted_at) == (False, NOON + MINUTE)
    assert attempt.earned is not None
    assert attempt.earned > 0
    view = results.result(platform, actor=begun.who, attempt_id=begun.sitting.attempt_id)
    assert view.attempt.is_ended
    found = time_of(begun)
    assert (found.is_open, found.is_ended) == (False, True)
    with pytest.raises(AttemptClosed) as told:
        begun.respond(1, begun.right(1))
    assert told.value.message == closing.closed(attempt).message
    (message,) = messages.unread(platform, actor=begun.who)
    assert message.attempt_id == begun.sitting.attempt_id
    assert WHY not in messages.text(message)
    (entry,) = entries(platform, "attempt-ended")
    assert WHY not in str(entry.facts)
    with pytest.raises(Refused):
        conducting.end(platform, actor=hr(platform), **which(begun))
    check_books(platform)


def test_ending_a_paused_attempt_gives_the_pause_first(platform: Platform) -> None:
    begun = seated(platform)
    clock = clock_of(platform)
    clock.advance(MINUTE)
    pause(begun)
    clock.advance(5 * HOUR)

    conducting.end(platform, actor=hr(platform), **which(begun))

    attempt = stored_attempt(platform, begun.sitting.attempt_id)
    assert (attempt.by_deadline, attempt.paused_at) == (False, None)
    assert attempt.deadline == NOON + 5 * HOUR + 30 * MINUTE
    check_books(platform)


def test_moving_cuts_the_old_terminal_off_and_the_new_one_goes_on_there(
    platform: Platform,
) -> None:
    number = registering.new_cohort(platform, actor=hr(platform), exam=EXAM, title="A")
    registering.register(platform, actor=hr(platform), cohort_id=number, staff_nos=["E1001"])
    begun = seated(platform)
    for position in range(3):
        begun.respond(position, begun.right(position))

    conducting.move(platform, actor=hr(platform), seat=" B-07 ", **which(begun))

    with pytest.raises(TakenOver):
        begun.respond(3, begun.right(3))
    with pytest.raises(TakenOver):
        begun.submit()
    mine = {"attempt_id": begun.sitting.attempt_id, "fence": begun.sitting.fence}
    assert "B-07" in sitting.cut_off(platform, actor=begun.who, **mine).message
    there = take_over(platform, begun.who)
    assert there.sitting.position == 2
    assert [item.answer is not None for item in there.sitting.items[:4]] == [True] * 3 + [False]
    there.respond(3, there.right(3))
    mine["fence"] = there.sitting.fence - 1
    assert "B-07" not in sitting.cut_off(platform, actor=begun.who, **mine).message
    with platform.database.read() as session:
        event = next(e for e in session.exec(select(SittingEvent)).all() if e.kind == "moved")
    assert event.facts["seat"] == "B-07"


def test_nobody_is_moved_to_a_seat_that_is_taken(platform: Platform) -> None:
    number = registering.new_cohort(platform, actor=hr(platform), exam=EXAM, title="A")
    both = ["E1001", "E1002"]
    registering.register(platform, actor=hr(platform), cohort_id=number, staff_nos=both)
    from certify.services import seating

    seating.assign_free(platform, actor=hr(platform), cohort_id=number)
    begun = seated(platform)

    for seat in ("A-02", "a-02"):
        with pytest.raises(Refused):
            conducting.move(platform, actor=hr(platform), seat=seat, **which(begun))
    for seat in ("", " ", "x" * 21):
        with pytest.raises(BadInput):
            conducting.move(platform, actor=hr(platform), seat=seat, **which(begun))
    assert stored_attempt(platform, begun.sitting.attempt_id).fence == 1
    begun.respond(0, begun.right(0))


ACTS: list[Callable[..., object]] = [
    conducting.pause,
    conducting.go_on,
    conducting.end,
    lambda platform, **facts: conducting.move(platform, seat="A", **facts),
]


@pytest.mark.parametrize("act", ACTS)
def test_only_who_conducts_may_with_a_reason_and_never_for_themselves(
    sqlite_platform: Platform, act: Callable[..., object]
) -> None:
    begun = seated(sqlite_platform)
    number = begun.sitting.attempt_id
    for staff_no in ("E1001", "E1002", "S0001"):
        with pytest.raises(NotPermitted):
            act(sqlite_platform, actor=actor(sqlite_platform, staff_no), **which(begun))
    for reason in ("", "  ", "x" * 401):
        with pytest.raises(BadInput):
            act(sqlite_platform, actor=hr(sqlite_platform), attempt_id=number, reason=reason)
    for missing in (number + 1, 0, 2**63 - 1):
        with pytest.raises(NotFound):
            act(sqlite_platform, actor=hr(sqlite_platform), attempt_id=missing, reason=WHY)
    read_course(sqlite_platform, hr(sqlite_platform))
    own = begin(sqlite_platform, hr(sqlite_platform))
    with pytest.raises(NotPermitted):
        act(sqlite_platform, actor=hr(sqlite_platform), **which(own))
    assert kinds(begun) == []


def test_what_was_done_is_told_with_who_did_it_and_why(sqlite_platform: Platform) -> None:
    begun = seated(sqlite_platform)
    pause(begun)
    clock_of(sqlite_platform).advance(MINUTE)
    go_on(begun)

    found = sitting_events.events(
        sqlite_platform, actor=hr(sqlite_platform), attempt_id=begun.sitting.attempt_id
    )

    assert [(one.kind, one.seconds, one.reason, one.by) for one in found] == [
        ("paused", None, WHY, "人事"),
        ("resumed", 60, WHY, "人事"),
    ]


def test_announcements_reach_whom_they_are_for(platform: Platform) -> None:
    number = registering.new_cohort(platform, actor=hr(platform), exam=EXAM, title="A")
    registering.register(platform, actor=hr(platform), cohort_id=number, staff_nos=["E1001"])
    invigilator = hr(platform)
    conducting.announce(platform, actor=invigilator, text="第 3 题有错", cohort_id=number)
    conducting.announce(platform, actor=invigilator, text="before", exam=EXAM)
    clock_of(platform).advance(SECOND)
    begun = seated(platform)
    other = actor(platform, "E1002")
    read_course(platform, other)
    beside = begin(platform, other)
    clock_of(platform).advance(SECOND)
    conducting.announce(platform, actor=invigilator, text="all\nof you", exam=EXAM)
    conducting.announce(
        platform, actor=invigilator, text="you", attempt_id=beside.sitting.attempt_id
    )

    assert [one.text for one in time_of(begun).announcements] == ["第 3 题有错", "all of you"]
    assert [one.text for one in time_of(beside).announcements] == ["all of you", "you"]
    assert len(entries(platform, "announced")) == 4
    assert all("you" not in str(one.facts) for one in entries(platform, "announced"))


def test_an_announcement_needs_a_text_and_one_addressee(sqlite_platform: Platform) -> None:
    invigilator = hr(sqlite_platform)
    number = seated(sqlite_platform).sitting.attempt_id
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("", {"exam": EXAM}),
        ("x" * 401, {"exam": EXAM}),
        ("x", {}),
        ("x", {"exam": EXAM, "attempt_id": number}),
    ]
    for text, whom in wrong:
        with pytest.raises(BadInput):
            conducting.announce(sqlite_platform, actor=invigilator, text=text, **whom)
    unknown: list[dict[str, Any]] = [{"exam": "no"}, {"cohort_id": 9}, {"attempt_id": 99}]
    for whom in unknown:
        with pytest.raises(NotFound):
            conducting.announce(sqlite_platform, actor=invigilator, text="x", **whom)
    learner = actor(sqlite_platform, "E1001")
    with pytest.raises(NotPermitted):
        conducting.announce(sqlite_platform, actor=learner, text="x", exam=EXAM)


def test_time_is_given_to_all_who_sit_but_the_giver(platform: Platform) -> None:
    number = registering.new_cohort(platform, actor=hr(platform), exam=EXAM, title="A")
    everybody = ["E1001", "E1002", "H0001"]
    registering.register(platform, actor=CONSOLE, cohort_id=number, staff_nos=everybody)
    give: dict[str, Any] = {"actor": hr(platform), "cohort_id": number, "reason": WHY}
    with pytest.raises(Refused):
        conducting.give_time_to_all(platform, minutes=5, **give)
    begun = seated(platform)
    read_course(platform, hr(platform))
    own = begin(platform, hr(platform))

    assert conducting.give_time_to_all(platform, minutes=5, **give) == 1

    assert left(begun) == 35 * MINUTE
    assert left(own) == 30 * MINUTE
    for minutes in (0, 241):
        with pytest.raises(BadInput):
            conducting.give_time_to_all(platform, minutes=minutes, **give)
    check_books(platform)


def test_end_and_submit_at_once_give_one_result(platform: Platform) -> None:
    begun = seated(platform)
    begun.answer_all()
    reason = which(begun)

    race(
        begun.submit,
        lambda: conducting.end(platform, actor=hr(platform), **reason),
        begun.submit,
        lambda: conducting.end(platform, actor=hr(platform), **reason),
    )

    assert len(entries(platform, "attempt-scored")) == 1
    ended = stored_attempt(platform, begun.sitting.attempt_id).ended_by is not None
    assert len(entries(platform, "attempt-ended")) == int(ended)
    assert len(messages.unread(platform, actor=begun.who)) == int(ended)
    check_books(platform)


def test_a_pause_and_an_answer_at_once_are_one_before_the_other(platform: Platform) -> None:
    begun = seated(platform)
    for position in range(4):
        took = race(
            partial(begun.respond, position, begun.right(position)),
            lambda: pause(begun),
        )
        assert took[1] is None
        answered = len(stored_responses(platform, begun.sitting.attempt_id))
        is_taken = not isinstance(took[0], Exception)
        assert isinstance(took[0], AttemptPaused) or is_taken
        assert answered == begun.sequence
        go_on(begun)
    check_books(platform)


def test_a_move_and_an_answer_at_once_leave_one_chain(platform: Platform) -> None:
    begun = seated(platform)
    for turn in range(4):
        terminal = take_over(platform, begun.who)
        took = race(
            partial(terminal.respond, turn, terminal.right(turn)),
            partial(
                conducting.move, platform, actor=hr(platform), seat=f"A-{turn}", **which(begun)
            ),
        )
        assert took[1] is None
        assert isinstance(took[0], TakenOver) or not isinstance(took[0], Exception)
        with pytest.raises(TakenOver):
            terminal.respond(turn, terminal.right(turn))
    check_books(platform)


def test_many_who_pause_and_go_on_at_once_leave_the_books_in_order(platform: Platform) -> None:
    begun = seated(platform)
    for _turn in range(3):
        race(*[lambda: pause(begun)] * 3, *[lambda: go_on(begun)] * 3)
    with platform.database.read() as session:
        attempt = session.get_one(Attempt, begun.sitting.attempt_id)
        grants = session.exec(select(TimeGrant)).all()
    assert attempt.deadline == NOON + 30 * MINUTE + sum(g.seconds for g in grants) * SECOND
    found = kinds(begun)
    assert found == ["paused", "resumed"] * (len(found) // 2) + ["paused"] * (len(found) % 2)
    assert (attempt.paused_at is not None) == bool(len(found) % 2)
