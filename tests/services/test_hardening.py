"""Found by review: races around a start, faulty question types, clocks set back, late levels."""

import dataclasses
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from certify.domain.attempt import Attempt, AttemptState, Response
from certify.domain.certificate import Certificate
from certify.domain.course import Course, Enrolment
from certify.domain.ledger import LedgerEntry
from certify.domain.person import CONSOLE
from certify.errors import BadInput, NotFound, Refused
from certify.i18n import speaking
from certify.platform import Platform
from certify.policy import ExamPolicy, Policy
from certify.services import grading, home, learning, ledger, lobby, results, sitting
from tests.platforms import NOON, actor, lift_guards, read_course, with_policy
from tests.services.steps import (
    EXAM,
    begin,
    check_books,
    clock_of,
    count,
    stored_attempt,
    stored_responses,
)
from tests.services.test_racing import RACERS, race

HUGE = 2**70
SECRET = "the-secret-of-the-item"


# ── Races ────────────────────────────────────────────────────────────────────────────────────


def test_between_the_check_and_the_start_no_other_terminal_can_sit_the_exam(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    checked, real = threading.Event(), lobby.blockers

    def slow(*given: Any) -> list[str]:
        reasons = real(*given)
        if not checked.is_set():
            checked.set()
            other.append(pool.submit(lambda: begin(platform, learner).submit()))
            threading.Event().wait(1)  # long enough for the other terminal, if nothing stops it
        return reasons

    monkeypatch.setattr(sitting, "blockers", slow)
    other: list[Any] = []
    with ThreadPoolExecutor(1) as pool:
        mine = begin(platform, learner)
        theirs = other[0].result()

    assert theirs == mine.sitting.attempt_id
    assert count(platform, Attempt) == 1
    check_books(platform)


def test_a_course_assigned_by_eight_at_once_is_assigned_once(platform: Platform) -> None:
    hr = actor(platform, "H0001")
    everybody = ("E1001", "E1002", "S0001", "H0001")
    for staff_no in everybody:
        assigned = race(
            *[
                lambda staff_no=staff_no: learning.enrol(
                    platform, actor=hr, staff_no=staff_no, course="sample", due_on=None
                )
            ]
            * RACERS
        )
        assert assigned == [None] * RACERS

    assert count(platform, Enrolment) == len(everybody)


# ── Question types that fail ─────────────────────────────────────────────────────────────────


def with_single(platform: Platform, **methods: Callable[..., Any]) -> Platform:
    """The platform with some methods of the type `single` replaced."""
    types = dict(platform.plugins.question_types)
    spoilt = type("Spoilt", (type(types["single"]),), methods)
    types["single"] = spoilt()
    plugins = dataclasses.replace(platform.plugins, question_types=types)
    return dataclasses.replace(platform, plugins=plugins, item_contents={})


def fail(*_given: object) -> None:
    raise KeyError(SECRET)


def test_an_attempt_that_cannot_be_marked_stops_nobody_elses_home_record_or_list(
    sqlite_platform: Platform,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    learner, other = actor(sqlite_platform, "E1001"), actor(sqlite_platform, "E1002")
    for who in (learner, other):
        read_course(sqlite_platform, who)
    first, second = begin(sqlite_platform, learner), begin(sqlite_platform, other)
    second.answer_all()
    clock_of(sqlite_platform).advance(timedelta(hours=1))
    real = grading.parts_of

    def parts_of(session: Any, platform: Platform, attempt: Attempt) -> Any:
        if attempt.id == first.sitting.attempt_id:
            raise KeyError(SECRET)
        return real(session, platform, attempt)

    monkeypatch.setattr(grading, "parts_of", parts_of)
    with caplog.at_level(logging.WARNING, "certify"):
        assert home.home(sqlite_platform, actor=learner).name
        assert results.record(sqlite_platform, actor=other).attempts[0].mark == "100.00"

    assert stored_attempt(sqlite_platform, first.sitting.attempt_id).state is AttemptState.OPEN
    assert "KeyError" in caplog.text
    assert SECRET not in caplog.text


def test_a_fault_in_marking_is_a_refusal_that_names_the_type_and_no_content(
    sqlite_platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    terminal = begin(sqlite_platform, learner)
    terminal.answer_all()
    terminal.platform = with_single(sqlite_platform, score=fail)

    with caplog.at_level(logging.DEBUG, "certify"), pytest.raises(Refused) as refused:
        terminal.submit()

    assert "single" in refused.value.message
    assert "KeyError" in caplog.text
    assert SECRET not in caplog.text + str(refused.value)
    assert stored_attempt(sqlite_platform, terminal.sitting.attempt_id).state is AttemptState.OPEN


def test_stored_content_that_a_type_cannot_read_is_a_refusal_without_content(
    sqlite_platform: Platform,
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    model = type("Model", (), {"model_validate": staticmethod(fail)})

    with pytest.raises(Refused) as refused:
        begin(with_single(sqlite_platform, content_model=model), learner)

    assert "single" in refused.value.message
    assert SECRET not in str(refused.value)


def test_an_answer_that_a_person_must_mark_is_not_marked_as_nothing(
    sqlite_platform: Platform,
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    terminal = begin(sqlite_platform, learner)
    terminal.answer_all()
    terminal.platform = with_single(sqlite_platform, score=lambda *_given: None)

    terminal.submit()

    attempt = stored_attempt(sqlite_platform, terminal.sitting.attempt_id)
    assert (attempt.state, attempt.earned, attempt.passed) == (AttemptState.AWAITING, None, None)


# ── Levels ───────────────────────────────────────────────────────────────────────────────────


def lessons_later(platform: Platform) -> Platform:
    return with_policy(platform, Policy(exam=ExamPolicy(lessons_first=False)))


def certificates(platform: Platform) -> list[str]:
    with platform.database.read() as session:
        return sorted(one.facts["code"] for one in session.exec(select(Certificate)).all())


def test_lessons_finished_after_the_pass_give_the_level_on_that_day_and_once(
    platform: Platform,
) -> None:
    learner, platform = actor(platform, "E1001"), lessons_later(platform)
    terminal = begin(platform, learner)
    terminal.answer_all()
    attempt_id = terminal.submit()
    assert certificates(platform) == ["reception"]
    clock_of(platform).advance(timedelta(days=3))

    read_course(platform, learner)
    read_course(platform, learner)

    assert certificates(platform) == ["L1", "reception"]
    found = results.result(platform, actor=learner, attempt_id=attempt_id)
    days = {view.code: view.issued_on.isoformat() for view in found.granted}
    assert days == {"reception": "2024-03-04", "L1": "2024-03-07"}
    check_books(platform)


def test_reading_again_in_the_renewal_window_renews_no_level(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.answer_all()
    terminal.submit()
    for days in (340, 100):  # within the window, and long after the end
        clock_of(platform).advance(timedelta(days=days))
        read_course(platform, learner)

    assert certificates(platform) == ["L1", "reception"]


def test_the_last_lesson_finished_while_the_exam_is_handed_in_gives_one_level(
    platform: Platform,
) -> None:
    platform = lessons_later(platform)
    for staff_no in ("E1001", "E1002", "S0001"):
        learner = actor(platform, staff_no)
        terminal = begin(platform, learner)
        terminal.answer_all()
        lessons = learning.course_view(platform, actor=learner, course="sample").lessons
        for one in lessons:
            learning.open_lesson(platform, actor=learner, course="sample", lesson=one.code)

        def finish(learner: Any = learner, lessons: Any = lessons) -> None:
            for one in lessons:
                learning.finish_lesson(platform, actor=learner, course="sample", lesson=one.code)

        assert not [one for one in race(terminal.submit, finish) if isinstance(one, Exception)]

    assert certificates(platform) == ["L1"] * 3 + ["reception"] * 3
    check_books(platform)


# ── The clock ────────────────────────────────────────────────────────────────────────────────


def notes(platform: Platform) -> list[LedgerEntry]:
    with platform.database.read() as session:
        query = select(LedgerEntry).where(LedgerEntry.action == "clock-went-back")
        return list(session.exec(query).all())


def test_a_clock_set_back_is_noted_once_each_time_and_gives_no_earlier_moment(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    clock = clock_of(platform)
    clock.set(NOON + timedelta(minutes=5))
    terminal.respond(0, terminal.right(0))
    clock.set(NOON + timedelta(minutes=5) - timedelta(milliseconds=900))
    terminal.respond(1, terminal.right(1))
    assert notes(platform) == []
    clock.set(NOON - timedelta(days=1))
    for position in (2, 3):
        terminal.respond(position, terminal.right(position))
    assert len(notes(platform)) == 1
    clock.set(NOON + timedelta(minutes=10))
    terminal.respond(0, terminal.right(0))
    clock.set(NOON)

    attempt = stored_attempt(platform, terminal.submit())

    assert [entry.subject for entry in notes(platform)] == [f"attempt:{attempt.id}"] * 2
    received = [one.received_at for one in stored_responses(platform, attempt.id or 0)]
    assert received == [NOON + timedelta(minutes=5)] * 4 + [NOON + timedelta(minutes=10)]
    assert attempt.submitted_at == received[-1]
    check_books(platform)


def test_an_attempt_is_never_handed_in_before_it_began(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    clock_of(platform).set(NOON - timedelta(days=400))

    attempt = stored_attempt(platform, terminal.submit())

    assert attempt.submitted_at == attempt.started_at == NOON


# ── Before the exam ──────────────────────────────────────────────────────────────────────────


def test_an_exam_is_locked_until_the_prerequisites_of_its_course_are_finished(
    sqlite_platform: Platform,
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    with sqlite_platform.database.write() as session:
        course = session.exec(select(Course).where(Course.code == "sample")).one()
        course.prerequisites = ["not-installed"]

    with speaking("en"):
        found = lobby.lobby(sqlite_platform, actor=learner, exam=EXAM).blockers
    with pytest.raises(Refused):
        begin(sqlite_platform, learner)

    assert found == ("This course opens after “not-installed”, which is not installed here.",)


# ── Values of the wrong shape ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("position", "answer"),
    [(0, [1]), (0, 5), (0, {"chosen": [b"a"]}), (0, {"chosen": {1, 2}}), (None, None), ("0", None)],
)
def test_an_answer_of_a_wrong_shape_is_bad_input(
    sqlite_platform: Platform, position: Any, answer: Any
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    terminal = begin(sqlite_platform, learner)

    with pytest.raises(BadInput):
        terminal.respond(position, answer)


def test_numbers_too_large_for_a_database_are_not_found_or_cut(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    calls: list[Callable[[], object]] = [
        lambda: sitting.submit(platform, actor=learner, attempt_id=HUGE, fence=1),
        lambda: sitting.keep_position(
            platform, actor=learner, attempt_id=-HUGE, fence=1, position=0
        ),
        lambda: ledger.verify_attempt(platform, actor=learner, attempt_id=HUGE),
    ]
    for call in calls:
        with pytest.raises(NotFound):
            call()

    learning.keep_place(platform, actor=learner, course="sample", lesson="lesson-1", block=HUGE)
    learning.keep_place(platform, actor=learner, course="sample", lesson="lesson-1", block=-HUGE)


# ── The chain of one attempt ─────────────────────────────────────────────────────────────────


def edit(rows: list[Response], _session: Any) -> None:
    rows[1].answer = {"chosen": ["b"]} if rows[1].answer == {"chosen": ["a"]} else None


def delete(rows: list[Response], session: Any) -> None:
    session.delete(rows[1])


def delete_last(rows: list[Response], session: Any) -> None:
    session.delete(rows[3])


def insert(rows: list[Response], session: Any) -> None:
    session.add(Response(**rows[3].model_dump() | {"sequence": 5}))


@pytest.mark.parametrize(
    ("change", "place"), [(edit, 2), (delete, 2), (delete_last, 4), (insert, 5)]
)
def test_a_response_edited_deleted_or_inserted_breaks_the_chain_of_its_attempt(
    platform: Platform, change: Callable[[list[Response], Any], None], place: int
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.answer_all()
    attempt_id = terminal.submit()
    verifiers = [learner, actor(platform, "H0001"), actor(platform, "0001"), CONSOLE]
    for who in verifiers:
        assert ledger.verify_attempt(platform, actor=who, attempt_id=attempt_id) is None
    lift_guards(platform)
    with platform.database.write() as session:
        query = select(Response).where(Response.attempt_id == attempt_id)
        change(list(session.exec(query.order_by(Response.sequence)).all()), session)  # type: ignore[arg-type]

    for who in verifiers:
        assert ledger.verify_attempt(platform, actor=who, attempt_id=attempt_id) == place
    with pytest.raises(NotFound):
        ledger.verify_attempt(platform, actor=actor(platform, "E1002"), attempt_id=attempt_id)
