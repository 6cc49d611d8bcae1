"""Windows, registration, and the pass rate beside the pass mark (R-ASM-04, R-ASM-14)."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from certify.domain.course import Exam
from certify.domain.person import CONSOLE
from certify.errors import BadInput, DeadlinePassed, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import (
    accommodations,
    cohort_words,
    cohorts,
    lobby,
    registering,
    sitting,
)
from certify.services.cohorts import CohortView, MemberState
from tests.platforms import NOON, actor, read_course, sit
from tests.services.steps import EXAM, Terminal, begin, clock_of, fail, stored_attempt

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def cohort(platform: Platform, *staff_nos: str, **what: Any) -> int:
    """A cohort of the sample exam with these members."""
    hr = actor(platform, "H0001")
    number = registering.new_cohort(platform, actor=hr, exam=EXAM, title="三月批次", **what)
    registering.register(platform, actor=CONSOLE, cohort_id=number, staff_nos=staff_nos)
    return number


def seen(platform: Platform, number: int) -> CohortView:
    return cohorts.one(platform, actor=actor(platform, "H0001"), cohort_id=number)


def reasons(platform: Platform, staff_no: str = "E1001") -> tuple[str, ...]:
    return lobby.lobby(platform, actor=actor(platform, staff_no), exam=EXAM).blockers


def only_registered(platform: Platform) -> None:
    """Let the sample exam be for registered people only."""
    with platform.database.write() as session:
        exam = lobby.find_exam(session, EXAM)
        found = session.get_one(Exam, exam.id)
        found.registered_only = True
        session.add(found)


def test_who_is_registered_may_begin_only_within_the_window(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    number = cohort(platform, "E1001", opens_at=NOON + HOUR, closes_at=NOON + 2 * HOUR)

    assert reasons(platform) == (
        _("“{title}” opens on {moment}.").format(title="三月批次", moment="2024-03-04 13:00"),
    )
    with pytest.raises(Refused):
        sitting.start(platform, actor=learner, exam=EXAM)
    clock_of(platform).set(NOON + HOUR)
    begun = begin(platform, learner)

    assert stored_attempt(platform, begun.sitting.attempt_id).cohort_id == number
    assert begun.sitting.deadline == NOON + HOUR + 30 * MINUTE


def test_an_ordinary_attempt_ends_with_its_window_and_the_lobby_says_so_before(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    cohort(platform, "E1001", closes_at=NOON + 20 * MINUTE)

    time = lobby.lobby(platform, actor=learner, exam=EXAM).time
    assert time is not None
    assert (time.minutes, time.ends_with_window, time.window) == (20, True, "三月批次")
    begun = begin(platform, learner)
    clock_of(platform).set(NOON + 20 * MINUTE - timedelta(microseconds=1))
    begun.respond(0, begun.right(0))
    clock_of(platform).set(NOON + 20 * MINUTE)
    with pytest.raises(DeadlinePassed):
        begun.respond(1, begun.right(1))


def test_an_accommodation_goes_beyond_the_window_by_exactly_its_extra_time(
    platform: Platform,
) -> None:
    hr, learner = actor(platform, "H0001"), actor(platform, "E1001")
    read_course(platform, learner)
    cohort(platform, "E1001", closes_at=NOON + 20 * MINUTE)
    accommodations.grant(
        platform, actor=hr, staff_no="E1001", reason="决定", time_factor=Fraction(3, 2)
    )

    begun = begin(platform, learner)

    assert begun.sitting.deadline == NOON + 35 * MINUTE
    clock_of(platform).set(NOON + 34 * MINUTE)
    begun.respond(0, begun.right(0))


def test_an_exam_for_registered_people_is_sat_by_them_alone(platform: Platform) -> None:
    for staff_no in ("E1001", "E1002"):
        read_course(platform, actor(platform, staff_no))
    only_registered(platform)
    assert len(reasons(platform)) == 1
    cohort(platform, "E1001", closes_at=NOON + HOUR)

    assert reasons(platform) == ()
    assert len(reasons(platform, "E1002")) == 1
    clock_of(platform).set(NOON + HOUR)
    assert reasons(platform) == (
        _("“{title}” ended on {moment}.").format(title="三月批次", moment="2024-03-04 13:00"),
    )


def test_all_reasons_are_said_at_once(sqlite_platform: Platform) -> None:
    cohort(sqlite_platform, "E1001", opens_at=NOON + HOUR)

    assert len(reasons(sqlite_platform)) == 2, "the window and the lessons"


def test_an_exam_for_all_is_open_again_after_the_window_and_to_who_is_not_registered(
    sqlite_platform: Platform,
) -> None:
    for staff_no in ("E1001", "E1002"):
        read_course(sqlite_platform, actor(sqlite_platform, staff_no))
    cohort(sqlite_platform, "E1001", opens_at=NOON + HOUR, closes_at=NOON + 2 * HOUR)

    assert reasons(sqlite_platform, "E1002") == ()
    clock_of(sqlite_platform).set(NOON + 2 * HOUR)
    assert reasons(sqlite_platform) == ()
    begun = begin(sqlite_platform, actor(sqlite_platform, "E1001"))
    assert stored_attempt(sqlite_platform, begun.sitting.attempt_id).cohort_id is None


def test_who_is_excused_is_not_bound_by_the_window(sqlite_platform: Platform) -> None:
    read_course(sqlite_platform, actor(sqlite_platform, "E1001"))
    number = cohort(sqlite_platform, "E1001", opens_at=NOON + HOUR)
    hr = actor(sqlite_platform, "H0001")

    registering.excuse(sqlite_platform, actor=hr, cohort_id=number, staff_no="E1001", reason="病假")

    assert reasons(sqlite_platform) == ()
    (member,) = seen(sqlite_platform, number).members
    assert (member.state, member.reason) == (MemberState.EXCUSED, "病假")


def test_the_pass_rate_counts_first_attempts_and_leaves_the_excused_out(
    platform: Platform,
) -> None:
    number = cohort(platform, "E1001", "E1002", "S0001", "0001", closes_at=NOON + HOUR)
    hr = actor(platform, "H0001")
    registering.excuse(platform, actor=hr, cohort_id=number, staff_no="0001", reason="出差")
    for staff_no in ("E1001", "E1002"):
        read_course(platform, actor(platform, staff_no))
    sit(platform, actor(platform, "E1001"))
    fail(platform, actor(platform, "E1002"), "limits")
    before = seen(platform, number)
    assert (before.is_over, before.figures.no_shows, before.to_come) == (False, 0, 1)
    assert before.rate == "50.00"
    assert _("so far") in cohort_words.rate(before)

    clock_of(platform).set(NOON + HOUR)
    after = seen(platform, number)

    assert [(one.staff_no, one.state.value) for one in after.members] == [
        ("0001", "excused"),
        ("E1001", "passed"),
        ("E1002", "not-passed"),
        ("S0001", "no-show"),
    ]
    assert (after.figures.registered, after.figures.excused, after.figures.counted) == (4, 1, 3)
    assert (after.rate, after.final_rate, after.figures.met) == ("33.33", "33.33", False)
    assert (after.target, after.pass_mark) == ("85", "85")


def test_a_retake_lifts_the_final_rate_and_not_the_one_that_decides(platform: Platform) -> None:
    number = cohort(platform, "E1002", closes_at=NOON + HOUR)
    learner = actor(platform, "E1002")
    read_course(platform, learner)
    fail(platform, learner, "limits")
    clock_of(platform).set(NOON + 2 * HOUR)
    read_course(platform, learner)
    sit(platform, learner)

    view = seen(platform, number)

    assert (view.rate, view.final_rate) == ("0.00", "100.00")
    assert [one.state for one in view.members] == [MemberState.PASSED_LATER]
    assert _("not met") in cohort_words.rate(view)


def test_an_open_attempt_is_outside_the_rate_and_nobody_counted_gives_none(
    sqlite_platform: Platform,
) -> None:
    number = cohort(sqlite_platform, "E1001")
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    begin(sqlite_platform, learner)

    view = seen(sqlite_platform, number)

    assert (view.figures.counted, view.figures.met, view.rate) == (0, None, "")
    assert cohort_words.rate(view) == _("n/a")


def test_what_is_not_there_is_told_with_where_to_look(sqlite_platform: Platform) -> None:
    number = cohort(sqlite_platform, "E1001")
    hr = actor(sqlite_platform, "H0001")

    with pytest.raises(NotFound) as unknown:
        cohorts.one(sqlite_platform, actor=hr, cohort_id=number + 1)
    with pytest.raises(NotFound) as stranger:
        registering.excuse(
            sqlite_platform, actor=hr, cohort_id=number, staff_no="E1002", reason="病假"
        )

    assert "certify cohort list" in unknown.value.mend
    assert f"certify cohort show {number}" in stranger.value.mend


def test_registering_is_all_or_nothing_and_twice_is_once(platform: Platform) -> None:
    number = cohort(platform, "E1001")
    hr = actor(platform, "H0001")

    with pytest.raises(NotFound, match="9999"):
        registering.register(platform, actor=hr, cohort_id=number, staff_nos=["E1002", "9999"])
    assert [one.staff_no for one in seen(platform, number).members] == ["E1001"]
    again = registering.register(
        platform, actor=hr, cohort_id=number, staff_nos=["E1002", "E1001", "E1002"]
    )
    assert again == 1


def test_who_has_begun_cannot_be_excused_and_nobody_excuses_themselves(
    sqlite_platform: Platform,
) -> None:
    number = cohort(sqlite_platform, "E1001", "H0001")
    hr, learner = actor(sqlite_platform, "H0001"), actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    begin(sqlite_platform, learner)

    with pytest.raises(Refused):
        registering.excuse(
            sqlite_platform, actor=hr, cohort_id=number, staff_no="E1001", reason="."
        )
    with pytest.raises(NotPermitted):
        registering.excuse(
            sqlite_platform, actor=hr, cohort_id=number, staff_no="H0001", reason="."
        )
    with pytest.raises(NotFound):
        registering.excuse(
            sqlite_platform, actor=hr, cohort_id=number, staff_no="E1002", reason="."
        )


@pytest.mark.parametrize(
    ("opens", "closes"),
    [(NOON + HOUR, NOON + HOUR), (NOON + 2 * HOUR, NOON + HOUR), (None, NOON)],
)
def test_a_window_that_ends_before_it_begins_or_is_over_is_refused(
    sqlite_platform: Platform, opens: datetime | None, closes: datetime
) -> None:
    with pytest.raises(BadInput):
        cohort(sqlite_platform, opens_at=opens, closes_at=closes)


def test_learners_see_no_cohorts(sqlite_platform: Platform) -> None:
    cohort(sqlite_platform, "E1001")
    learner = actor(sqlite_platform, "E1001")

    for call in (
        lambda: cohorts.listed(sqlite_platform, actor=learner),
        lambda: cohorts.one(sqlite_platform, actor=learner, cohort_id=1),
        lambda: registering.new_cohort(sqlite_platform, actor=learner, exam=EXAM, title="x"),
    ):
        with pytest.raises(NotPermitted):
            call()


def test_the_occasion_of_an_ad_hoc_exam_is_told_to_who_sits_it(sqlite_platform: Platform) -> None:
    cohort(sqlite_platform, "E1001", occasion="投诉集中整改")

    time = lobby.lobby(sqlite_platform, actor=actor(sqlite_platform, "E1001"), exam=EXAM).time

    assert time is not None
    assert time.occasion == "投诉集中整改"


def test_of_two_windows_the_open_one_counts(sqlite_platform: Platform) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    cohort(sqlite_platform, "E1001", opens_at=NOON + HOUR, closes_at=NOON + 2 * HOUR)
    now = cohort(sqlite_platform, "E1001", closes_at=NOON + HOUR)

    begun: Terminal = begin(sqlite_platform, learner)

    assert stored_attempt(sqlite_platform, begun.sitting.attempt_id).cohort_id == now
