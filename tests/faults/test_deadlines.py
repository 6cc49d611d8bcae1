"""Answers around the deadline: none is taken at or after it, none is refused before it (G10)."""

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certify.errors import DeadlinePassed
from certify.services.ledger import verify_attempt
from tests.faults.conftest import Tally
from tests.faults.schedules import Begun
from tests.faults.sizes import size
from tests.platforms import NOON
from tests.services.steps import clock_of, stored_attempt, stored_responses

SCHEDULES = size(150, 50_000)
TIME = timedelta(minutes=30)
MICROSECOND = timedelta(microseconds=1)
MOMENTS = st.one_of(
    st.timedeltas(timedelta(0), TIME + timedelta(minutes=1)),
    st.timedeltas(TIME - timedelta(milliseconds=2), TIME + timedelta(milliseconds=2)),
    st.sampled_from([TIME - MICROSECOND, TIME, TIME + MICROSECOND, TIME + timedelta(days=3)]),
)


def test_an_answer_is_taken_before_the_deadline_and_only_then(
    begun_attempt: Begun, tally: Tally
) -> None:
    around = {"before": 0, "after": 0}

    @settings(max_examples=SCHEDULES, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(moments=st.lists(MOMENTS, min_size=1, max_size=4).map(sorted))
    def sit(moments: list[timedelta]) -> None:
        with begun_attempt.copy() as one:
            assert one.sitting.deadline == NOON + TIME
            taken: list[datetime] = []
            for number, moment in enumerate(moments):
                clock_of(one.platform).set(NOON + moment)
                try:
                    taken.append(one.respond(0, None, flagged=bool(number % 2)).saved_at)
                except DeadlinePassed:
                    assert moment >= TIME
                    around["after"] += 1
                else:
                    assert moment < TIME
                    around["before"] += 1
            kept = [
                response.received_at
                for response in stored_responses(one.platform, one.sitting.attempt_id)
            ]
            assert kept == taken == [NOON + moment for moment in moments if moment < TIME]
            attempt = stored_attempt(one.platform, one.sitting.attempt_id)
            if moments[-1] >= TIME:
                assert (attempt.submitted_at, attempt.by_deadline) == (NOON + TIME, True)
            else:
                assert attempt.submitted_at is None
            assert verify_attempt(one.platform, actor=one.who, attempt_id=attempt.id or 0) is None

    sit()
    assert min(around.values()) > SCHEDULES / 4
    tally("answers sent after the deadline", faults=around["after"], acknowledged=0, lost=0)
    tally("answers sent before it", faults=0, acknowledged=around["before"], lost=0)
