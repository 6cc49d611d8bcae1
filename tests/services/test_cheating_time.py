"""Nobody gets time that nobody gave: breaks, accommodations, outages and clocks, in any order."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from certify.domain.attempt import AttemptState
from certify.domain.ledger import LedgerEntry
from certify.domain.sitting_rules import ordinary_end
from certify.domain.sitting_time import GrantKind
from certify.errors import CertifyError
from certify.platform import Platform
from certify.services import accommodations, breaks, closing, downtime, sitting, time_grants
from certify.storage import sitting_time
from tests.platforms import actor, read_course
from tests.services.steps import (
    Terminal,
    begin,
    check_books,
    clock_of,
    stored_attempt,
    stored_responses,
    take_over,
)

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
BREAK = 10 * 60
"""Seconds of break that the candidates here may take."""


def hr_gives(platform: Platform, **what: Any) -> int:
    hr = actor(platform, "H0001")
    told = {"reason": "决定 2024-3", **what}
    return accommodations.grant(platform, actor=hr, staff_no="E1001", **told)


def sat(platform: Platform) -> Terminal:
    """E1001 with an open attempt of 30 minutes and 10 minutes of break."""
    who = actor(platform, "E1001")
    read_course(platform, who)
    hr_gives(platform, break_minutes=BREAK // 60)
    return begin(platform, who)


def mine(terminal: Terminal) -> dict[str, Any]:
    return {
        "actor": terminal.who,
        "attempt_id": terminal.sitting.attempt_id,
        "fence": terminal.sitting.fence,
    }


def granted(terminal: Terminal, kind: GrantKind) -> int:
    with terminal.platform.database.read() as session:
        return sitting_time.granted(session, terminal.sitting.attempt_id, kind)


def check_time(terminal: Terminal) -> None:
    """The deadline is the ordinary end and every grant, and the ledger knows each of them."""
    platform, attempt_id = terminal.platform, terminal.sitting.attempt_id
    attempt = stored_attempt(platform, attempt_id)
    with platform.database.read() as session:
        grants = sitting_time.grants(session, attempt_id)
        moves = session.exec(
            select(LedgerEntry)
            .where(LedgerEntry.action == "time-granted")
            .where(LedgerEntry.subject == f"attempt:{attempt_id}")
        ).all()
    given_ = sum(one.seconds for one in grants)
    assert attempt.deadline == ordinary_end(attempt.started_at, 30, None) + given_ * SECOND
    assert [one.facts["seconds"] for one in moves] == [one.seconds for one in grants]
    if moves:
        assert moves[-1].facts["deadline"] == attempt.deadline.isoformat()
    if attempt.submitted_at is not None:
        last = max(
            (one.received_at for one in stored_responses(platform, attempt_id)), default=None
        )
        assert attempt.started_at <= (last or attempt.started_at) <= attempt.submitted_at
        assert attempt.submitted_at <= attempt.deadline


def test_breaks_begun_and_ended_in_one_breath_give_no_time_to_work(platform: Platform) -> None:
    begun = sat(platform)
    clock = clock_of(platform)
    before = stored_attempt(platform, begun.sitting.attempt_id).deadline

    for _blink in range(40):
        breaks.begin_break(platform, **mine(begun))
        clock.advance(0.2 * SECOND)
        breaks.end_break(platform, **mine(begun))

    moved = stored_attempt(platform, begun.sitting.attempt_id).deadline - before
    assert moved <= 40 * 0.2 * SECOND, "the exam stood still for 8 seconds, no more"
    check_time(begun)
    check_books(platform)


def test_an_accommodation_ended_in_a_break_makes_no_given_answer_late(platform: Platform) -> None:
    number = hr_gives(platform, time_factor=Fraction(2))
    begun = sat(platform)
    clock = clock_of(platform)
    clock.advance(40 * MINUTE)
    begun.respond(0, begun.right(0))
    breaks.begin_break(platform, **mine(begun))

    hr = actor(platform, "H0001")
    accommodations.end(platform, actor=hr, accommodation_id=number, reason="改派")
    breaks.end_break(platform, **mine(begun))
    closing.close_overdue(platform)

    attempt = stored_attempt(platform, begun.sitting.attempt_id)
    assert attempt.state is not AttemptState.OPEN
    check_time(begun)


def test_what_hr_gives_after_midnight_takes_no_time_that_was_given_before(
    platform: Platform,
) -> None:
    clock = clock_of(platform)
    clock.advance(11 * 60 * MINUTE + 50 * MINUTE)  # ten to midnight
    hr_gives(platform, time_factor=Fraction(2), valid_to=platform.today())
    begun = sat(platform)
    clock.advance(20 * MINUTE)

    hr_gives(platform, break_minutes=20)

    left = stored_attempt(platform, begun.sitting.attempt_id).deadline - clock.now()
    assert left == 40 * MINUTE
    check_time(begun)


Move = tuple[str, int]
MOVES = st.one_of(
    st.tuples(st.just("wait"), st.integers(0, 900_000)),
    st.tuples(st.just("set back"), st.integers(0, 600_000)),
    st.tuples(
        st.sampled_from(
            ["begin", "end", "take over", "answer", "close", "beat", "minutes", "none"]
        ),
        st.integers(1, 5),
    ),
    st.tuples(st.sampled_from(["factor", "breaks", "take away"]), st.integers(1, 4)),
)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(moves=st.lists(MOVES, max_size=14))
def test_whatever_happens_the_deadline_is_the_ordinary_end_and_what_the_ledger_gave(
    sqlite_platform: Platform, moves: list[Move]
) -> None:
    platform = sqlite_platform
    with platform.database.write() as session:
        for row in sitting_time.accommodations(session):
            session.delete(row)
        for beat in sitting_time.beats(session):
            session.delete(beat)
    terminal = _fresh(platform)
    for what, number in moves:
        terminal = _do(terminal, what, number)
        check_time(terminal)
    attempt = stored_attempt(platform, terminal.sitting.attempt_id)
    if attempt.break_began_at is None:
        assert granted(terminal, GrantKind.BREAK) >= 0
    clock_of(platform).advance(3 * 24 * 60 * MINUTE)
    closing.close_overdue(platform)
    check_time(terminal)


def _fresh(platform: Platform) -> Terminal:
    """A new person with an open attempt."""
    with platform.database.write() as session:
        from certify.domain.person import Person

        known = session.exec(select(Person).where(Person.staff_no == "E1001")).one()
        known.staff_no = f"X{known.id}"
        session.add(known)
        session.flush()
        session.add(
            Person(
                staff_no="E1001",
                name="王小兰",
                department_id=known.department_id,
                post_id=known.post_id,
                hired_on=known.hired_on,
            )
        )
    return sat(platform)


def _do(terminal: Terminal, what: str, number: int) -> Terminal:
    platform = terminal.platform
    hr, clock = actor(platform, "H0001"), clock_of(platform)
    id_ = terminal.sitting.attempt_id
    steps: dict[str, Callable[[], object]] = {
        "wait": lambda: clock.advance(number * timedelta(milliseconds=1)),
        "set back": lambda: clock.advance(-number * timedelta(milliseconds=1)),
        "begin": lambda: breaks.begin_break(platform, **mine(terminal)),
        "end": lambda: breaks.end_break(platform, **mine(terminal)),
        "take over": lambda: take_over(platform, terminal.who),
        "answer": lambda: terminal.respond(0, terminal.right(0)),
        "close": lambda: closing.close_overdue(platform),
        "beat": lambda: downtime.beat(platform, node="a"),
        "minutes": lambda: time_grants.give_time(
            platform, actor=hr, attempt_id=id_, minutes=number, reason="停电"
        ),
        "none": lambda: sitting.time_of(platform, actor=terminal.who, attempt_id=id_),
        "factor": lambda: hr_gives(platform, time_factor=Fraction(3 + number, 3)),
        "breaks": lambda: hr_gives(platform, break_minutes=number * 5),
        "take away": lambda: _take_away(platform, number),
    }
    try:
        found = steps[what]()
    except CertifyError:
        return terminal
    return found if isinstance(found, Terminal) else terminal


def _take_away(platform: Platform, number: int) -> None:
    """End one of the accommodations in force."""
    hr = actor(platform, "H0001")
    rows = [one for one in accommodations.listed(platform, actor=hr, staff_no="E1001")]
    rows = [one for one in rows if one.in_force]
    if rows:
        id_ = rows[number % len(rows)].id
        accommodations.end(platform, actor=hr, accommodation_id=id_, reason="改派")
