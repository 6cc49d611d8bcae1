"""Whatever happens in a hall, in whatever order: time is what was given, and no more (issue 7)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from certify.domain.attempt import AttemptState
from certify.domain.sitting_time import GrantKind
from certify.errors import AttemptClosed, AttemptPaused, CertifyError, Refused
from certify.platform import Platform
from certify.services import breaks, closing, conducting, downtime, time_grants
from certify.storage import sitting_time
from tests.platforms import NOON, actor, read_course
from tests.services.steps import (
    Terminal,
    begin,
    check_books,
    clock_of,
    stored_attempt,
    stored_responses,
    take_over,
)
from tests.services.test_accommodations import grant

SECONDS = st.one_of(st.integers(0, 300), st.sampled_from([0.25, 59.999999, 1800]))
KINDS = ["wait", "wait", "silence", "give", "answer", "pause", "go-on", "break", "back", "close"]
STEPS = st.lists(
    st.tuples(st.sampled_from([*KINDS, "pause", "go-on", "take-over"]), SECONDS),
    min_size=8,
    max_size=25,
)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
OWN = (GrantKind.INVIGILATOR, GrantKind.OUTAGE)
"""Time that is given beyond what was had."""


class Hall:
    """One candidate, an invigilator and a server."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.hr = actor(platform, "H0001")
        downtime.beat(platform, node="a")
        self.terminal: Terminal = begin(platform, actor(platform, "E1001"))
        self.number = self.terminal.sitting.attempt_id
        self.began_at = platform.clock.now()

    def do(self, what: str, much: float) -> None:
        """One step; a refusal of one that is not possible now is no fault."""
        platform, clock = self.platform, clock_of(self.platform)
        mine = {"attempt_id": self.number, "fence": self.terminal.sitting.fence}
        told: dict[str, Any] = {"actor": self.hr, "attempt_id": self.number}
        try:
            if what == "wait":  # with a server that is alive
                clock.advance(timedelta(seconds=much))
                _alive(platform)
            elif what == "silence":
                clock.advance(timedelta(seconds=much))
                downtime.beat(platform, node="a")
            elif what == "give":
                time_grants.give_time(platform, minutes=1 + int(much) % 9, reason="x", **told)
            elif what == "answer":
                self.answer()
            elif what == "pause":
                conducting.pause(platform, reason="x", **told)
            elif what == "go-on":
                conducting.go_on(platform, reason="x", **told)
            elif what == "break":
                breaks.begin_break(platform, actor=self.terminal.who, **mine)
            elif what == "back":
                breaks.end_break(platform, actor=self.terminal.who, **mine)
            elif what == "close":
                closing.close_overdue(platform)
            else:
                self.terminal = take_over(platform, self.terminal.who)
        except CertifyError:
            if what == "answer":
                raise

    def answer(self) -> None:
        """It is taken when the attempt is open, in its time, not paused and on no break."""
        before = stored_attempt(self.platform, self.number)
        kept = len(stored_responses(self.platform, self.number))
        in_time = self.platform.clock.now() < before.deadline
        is_open = before.state is AttemptState.OPEN
        may = is_open and in_time and before.paused_at is None and before.break_began_at is None
        try:
            self.terminal.respond(0, self.terminal.right(0))
        except AttemptPaused:
            assert before.paused_at is not None
        except AttemptClosed:
            assert not is_open or not in_time
        except Refused:
            assert before.break_began_at is not None
        else:
            assert may
        assert len(stored_responses(self.platform, self.number)) == kept + may

    def granted(self, *kinds: GrantKind) -> timedelta:
        """Seconds of some kinds, or of all."""
        with self.platform.database.read() as session:
            found = sitting_time.grants(session, self.number)
        return timedelta(
            seconds=sum(one.seconds for one in found if one.kind in (kinds or GrantKind))
        )

    def left(self) -> timedelta:
        """Time to work: without what is left of a break, and standing in a pause."""
        attempt = stored_attempt(self.platform, self.number)
        now = attempt.paused_at or self.platform.clock.now()
        left = attempt.deadline - now
        if attempt.break_began_at is not None:
            taken = min(now - attempt.break_began_at, timedelta(seconds=attempt.break_left))
            left -= timedelta(seconds=attempt.break_left) - taken
        return left


def _alive(platform: Platform) -> None:
    """A sign of life as if there had been one every few seconds."""
    with platform.database.write() as session:
        (own,) = sitting_time.beats(session, lock=True)
        own.at = platform.clock.now()
        session.add(own)


@contextmanager
def fresh(platform: Platform) -> Iterator[None]:
    """The database as it was before, however often it is lived in."""
    source = platform.database.engine.raw_connection()
    kept = sqlite3.connect(":memory:")
    source.driver_connection.backup(kept)  # type: ignore[union-attr]
    source.close()
    clock_of(platform).set(NOON)
    try:
        yield
    finally:
        platform.database.close()
        target = platform.database.engine.raw_connection()
        kept.backup(target.driver_connection)  # type: ignore[arg-type]
        target.close()


@given(steps=STEPS)
@example(steps=[("break", 0), ("wait", 60), ("pause", 0), ("wait", 140), ("go-on", 0)])
@example(steps=[("break", 0), ("pause", 0), ("wait", 90), ("back", 0), ("go-on", 0)])
@example(steps=[("wait", 1700), ("pause", 0), ("wait", 1800), ("answer", 0), ("go-on", 0)])
@example(steps=[("pause", 0), ("silence", 300), ("go-on", 0), ("wait", 1800), ("answer", 0)])
@example(steps=[("break", 0), ("pause", 0), ("silence", 300), ("go-on", 0), ("back", 0)])
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_time_is_what_was_given_and_nothing_is_taken_out_of_it(
    sqlite_platform: Platform, steps: list[tuple[str, float]]
) -> None:
    platform = sqlite_platform
    with fresh(platform):
        read_course(platform, actor(platform, "E1001"))
        grant(platform, break_minutes=5)
        hall = Hall(platform)
        for what, much in steps:
            left, gifts = hall.left(), hall.granted(*OWN)
            hall.do(what, much)

            attempt = stored_attempt(platform, hall.number)
            assert attempt.deadline == hall.began_at + 30 * MINUTE + hall.granted()
            grown = hall.left() - left - (hall.granted(*OWN) - gifts)
            if attempt.state is AttemptState.OPEN:
                assert grown <= (SECOND if what == "go-on" else timedelta(0)), (what, grown)
                if what in ("pause", "go-on", "break", "back", "take-over"):
                    assert grown > -SECOND, "they take no time away"
        check_books(platform)
