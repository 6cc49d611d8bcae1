"""Sitting an exam, from start to certificate: nothing lost, nothing late, nobody twice."""

from datetime import timedelta
from fractions import Fraction

import pytest

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.person import CONSOLE
from certify.errors import (
    AttemptClosed,
    BadInput,
    DeadlinePassed,
    NotFound,
    Refused,
    TakenOver,
)
from certify.platform import Platform
from certify.policy import ExamPolicy, Policy
from certify.services import closing, lobby, results, sitting
from tests.platforms import NOON, actor, read_course, sit, with_policy
from tests.services.steps import (
    EXAM,
    begin,
    check_books,
    clock_of,
    count,
    stored_attempt,
    stored_responses,
    take_over,
)

MICROSECOND = timedelta(microseconds=1)


def test_who_answers_everything_right_is_qualified(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)

    found = results.result(platform, actor=learner, attempt_id=sit(platform, learner))

    assert found.attempt.mark == "100.00"
    assert {view.code for view in found.granted} == {"L1", "reception"}
    assert (found.attempt.earned, found.attempt.possible) == ("7.5", "7.5")
    check_books(platform)


def test_a_form_holds_what_the_blueprint_asks_for_and_shows_no_key(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)

    begun = sitting.start(platform, actor=learner, exam=EXAM)

    assert sorted((item.type, item.points) for item in begun.items) == [
        ("multiple", "2.5"),
        ("single", "2"),
        ("single", "2"),
        ("truefalse", "1"),
    ]
    assert [item.position for item in begun.items] == [0, 1, 2, 3]
    assert all(set(item.shown) == {"stem", "options"} for item in begun.items)
    assert (begun.number, begun.sequence, begun.position) == (1, 0, 0)
    assert begun.started_at == NOON
    assert begun.deadline == NOON + timedelta(minutes=30)
    assert begun.pass_mark == "85"


def test_a_person_who_has_not_read_the_course_is_refused(platform: Platform) -> None:
    with pytest.raises(Refused):
        sitting.start(platform, actor=actor(platform, "E1001"), exam=EXAM)
    assert count(platform, Attempt) == 0


def test_an_exam_that_does_not_exist_is_not_found(sqlite_platform: Platform) -> None:
    learner = actor(sqlite_platform, "E1001")

    for call in (sitting.start, sitting.resume, lobby.lobby):
        with pytest.raises(NotFound):
            call(sqlite_platform, actor=learner, exam="no-such-exam")


def test_the_command_line_itself_cannot_sit_an_exam(sqlite_platform: Platform) -> None:
    for call in (sitting.start, sitting.resume):
        with pytest.raises(Refused):
            call(sqlite_platform, actor=CONSOLE, exam=EXAM)
    assert count(sqlite_platform, Attempt) == 0


def test_starting_again_goes_on_with_the_same_form_the_same_order_and_all_answers(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    first = begin(platform, learner)
    first.respond(2, first.right(2))
    first.respond(0, first.wrong(0), flagged=True)
    first.respond(2, None)
    clock_of(platform).advance(timedelta(minutes=10))

    again = sitting.start(platform, actor=learner, exam=EXAM)

    assert again.attempt_id == first.sitting.attempt_id
    assert [item.shown for item in again.items] == [item.shown for item in first.sitting.items]
    assert [item.answer for item in again.items] == [first.wrong(0), None, None, None]
    assert [item.flagged for item in again.items] == [True, False, False, False]
    assert (again.deadline, again.started_at) == (first.sitting.deadline, NOON)
    assert (again.sequence, again.position) == (3, 2)
    assert count(platform, Attempt) == 1


def test_the_place_is_kept_without_an_answer(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    begun = begin(platform, learner).sitting
    for position in (3, 99, -1):
        sitting.keep_position(
            platform,
            actor=learner,
            attempt_id=begun.attempt_id,
            fence=begun.fence,
            position=position,
        )

    assert sitting.resume(platform, actor=learner, exam=EXAM).position == 3


def test_the_second_terminal_takes_over_and_the_first_cannot_write_any_more(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    first = begin(platform, learner)
    first.respond(0, first.right(0))
    second = take_over(platform, learner)

    with pytest.raises(TakenOver):
        first.respond(1, first.right(1))
    with pytest.raises(TakenOver):
        sitting.keep_position(
            platform,
            actor=learner,
            attempt_id=first.sitting.attempt_id,
            fence=first.sitting.fence,
            position=1,
        )
    with pytest.raises(TakenOver):
        first.submit()

    assert stored_attempt(platform, first.sitting.attempt_id).state is AttemptState.OPEN
    second.respond(1, second.right(1))
    third = take_over(platform, learner)
    with pytest.raises(TakenOver):
        second.respond(2, second.right(2))
    third.respond(2, third.right(2))
    assert len(stored_responses(platform, first.sitting.attempt_id)) == 3
    check_books(platform)


def test_the_same_response_sent_again_gets_the_same_receipt_and_is_kept_once(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    receipt = terminal.respond(0, terminal.right(0), flagged=True)
    clock_of(platform).advance(timedelta(minutes=1))

    again = terminal.send(1, 0, terminal.right(0), flagged=True)

    assert again == receipt
    assert again.saved_at == NOON
    assert len(stored_responses(platform, terminal.sitting.attempt_id)) == 1


def test_another_response_under_a_number_already_used_or_one_left_out_is_refused(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.respond(0, terminal.right(0))
    terminal.respond(1, terminal.right(1))

    wrong = [
        (1, 0, terminal.right(0), False),
        (2, 1, terminal.wrong(1), False),
        (2, 1, terminal.right(1), True),
        (2, 2, terminal.right(2), False),
        (4, 2, terminal.right(2), False),
        (0, 0, terminal.right(0), False),
        (-1, 0, terminal.right(0), False),
    ]
    for sequence, position, answer, flagged in wrong:
        with pytest.raises(TakenOver):
            terminal.send(sequence, position, answer, flagged=flagged)

    assert len(stored_responses(platform, terminal.sitting.attempt_id)) == 2
    check_books(platform)


@pytest.mark.parametrize(
    ("position", "answer"),
    [
        (4, {"chosen": ["a"]}),
        (-1, {"chosen": ["a"]}),
        (0, {}),
        (0, {"chosen": []}),
        (0, {"chosen": ["?"]}),
        (0, {"chosen": ["\x00"]}),
        (0, {"chosen": ["a", "a"]}),
        (0, {"chosen": "a", "share": "1"}),
        (0, {"chosen": 1}),
        (0, {"chosen": ["a"], "points": 100}),
    ],
)
def test_an_answer_that_the_item_cannot_have_is_refused_and_not_kept(
    sqlite_platform: Platform, position: int, answer: dict[str, object]
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    terminal = begin(sqlite_platform, learner)

    with pytest.raises(BadInput):
        terminal.respond(position, answer)

    assert stored_responses(sqlite_platform, terminal.sitting.attempt_id) == []
    terminal.respond(0, terminal.right(0))


def test_the_last_answer_of_an_item_counts_and_one_taken_back_earns_nothing(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.answer_all()
    first = next(item for item in terminal.sitting.items if item.points == "2")
    terminal.respond(first.position, terminal.wrong(first.position))
    terminal.respond(first.position, terminal.right(first.position))
    half = next(item for item in terminal.sitting.items if item.type == "multiple")
    terminal.respond(half.position, {"chosen": terminal.right(half.position)["chosen"][:1]})
    last = next(item for item in terminal.sitting.items if item.type == "truefalse")
    terminal.respond(last.position, None)

    attempt = stored_attempt(platform, terminal.submit())

    assert attempt.possible == Fraction("7.5")
    assert attempt.earned == Fraction("7.5") - Fraction("1.25") - 1
    assert attempt.passed is False


def test_an_answer_is_accepted_until_a_microsecond_before_the_deadline_and_not_at_it(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    deadline = terminal.sitting.deadline
    clock_of(platform).set(deadline - MICROSECOND)
    receipt = terminal.respond(0, terminal.right(0))
    assert receipt.saved_at == deadline - MICROSECOND

    clock_of(platform).set(deadline)
    with pytest.raises(DeadlinePassed):
        terminal.respond(1, terminal.right(1))

    assert len(stored_responses(platform, terminal.sitting.attempt_id)) == 1


def test_a_late_answer_finds_the_exam_really_submitted_as_it_stood(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.answer_all()
    clock_of(platform).set(terminal.sitting.deadline + timedelta(days=3))
    with pytest.raises(DeadlinePassed):
        terminal.respond(0, terminal.wrong(0))

    attempt = stored_attempt(platform, terminal.sitting.attempt_id)

    assert attempt.state is AttemptState.SUBMITTED
    assert (attempt.submitted_at, attempt.by_deadline) == (terminal.sitting.deadline, True)
    assert attempt.passed is True
    with pytest.raises(DeadlinePassed):
        terminal.respond(0, terminal.wrong(0))


def test_who_never_comes_back_is_submitted_at_the_deadline_with_what_was_saved(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.answer_all()
    deadline = terminal.sitting.deadline
    clock_of(platform).set(deadline - MICROSECOND)
    assert closing.close_overdue(platform) == 0
    clock_of(platform).set(deadline + timedelta(days=2))

    assert closing.close_overdue(platform) == 1
    assert closing.close_overdue(platform) == 0

    found = results.result(platform, actor=learner, attempt_id=terminal.sitting.attempt_id)
    assert found.attempt.submitted_at == deadline
    assert found.attempt.by_deadline
    assert found.attempt.mark == "100.00"
    assert {view.issued_on.isoformat() for view in found.granted} == {"2024-03-04"}


def test_handing_in_after_the_deadline_counts_as_the_deadline(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.answer_all()
    clock_of(platform).advance(timedelta(hours=2))

    attempt = stored_attempt(platform, terminal.submit())

    assert (attempt.submitted_at, attempt.by_deadline) == (terminal.sitting.deadline, True)


def test_starting_after_the_time_ran_out_does_not_give_the_old_attempt_back(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    first = begin(platform, learner)
    clock_of(platform).set(first.sitting.deadline)

    with pytest.raises(NotFound):
        take_over(platform, learner)
    with pytest.raises(Refused):  # nothing was answered: it failed, and lessons come first
        begin(platform, learner)

    assert stored_attempt(platform, first.sitting.attempt_id).passed is False


def test_a_clock_set_backwards_loses_nothing_and_moves_no_deadline(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    deadline = terminal.sitting.deadline
    terminal.respond(0, terminal.right(0))
    clock_of(platform).set(NOON - timedelta(days=9))
    terminal.respond(1, terminal.right(1))
    again = take_over(platform, learner)
    assert again.sitting.deadline == deadline
    clock_of(platform).set(NOON + timedelta(minutes=1))
    for position in (2, 3):
        again.respond(position, again.right(position))

    attempt = stored_attempt(platform, again.submit())

    assert attempt.passed is True
    assert len(stored_responses(platform, attempt.id or 0)) == 4
    check_books(platform)


def test_after_submitting_nothing_can_be_written_and_submitting_again_changes_nothing(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.answer_all()
    before = stored_attempt(platform, terminal.submit())
    clock_of(platform).advance(timedelta(minutes=1))

    terminal.submit()
    with pytest.raises(AttemptClosed):
        terminal.respond(0, terminal.wrong(0))
    with pytest.raises(AttemptClosed):
        terminal.send(terminal.sequence, 3, terminal.right(3))
    with pytest.raises(NotFound):
        take_over(platform, learner)

    assert stored_attempt(platform, before.id or 0) == before
    check_books(platform)


def test_the_attempt_of_another_person_does_not_exist_for_me(platform: Platform) -> None:
    learner, other = actor(platform, "E1001"), actor(platform, "E1002")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.who = other

    with pytest.raises(NotFound):
        terminal.respond(0, terminal.right(0))
    with pytest.raises(NotFound):
        terminal.submit()
    with pytest.raises(NotFound):
        sitting.keep_position(
            platform, actor=other, attempt_id=terminal.sitting.attempt_id, fence=1, position=1
        )
    with pytest.raises(NotFound):
        take_over(platform, other)
    assert stored_attempt(platform, terminal.sitting.attempt_id).state is AttemptState.OPEN


def with_pass_mark(platform: Platform, mark: str, partial: str = "1/2") -> Platform:
    rules = ExamPolicy.model_validate({"pass_mark": mark, "partial_credit": partial})
    return with_policy(platform, Policy(exam=rules))


def test_a_pass_mark_raised_in_mid_attempt_leaves_the_attempt_the_old_one(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    true_false = next(item for item in terminal.sitting.items if item.type == "truefalse")
    terminal.answer_all()
    terminal.respond(true_false.position, terminal.wrong(true_false.position))
    stricter = with_pass_mark(platform, "90", "0")

    assert sitting.resume(stricter, actor=learner, exam=EXAM).pass_mark == "85"
    terminal = take_over(stricter, learner)
    attempt = stored_attempt(platform, terminal.submit())

    assert attempt.pass_mark == 85
    assert (
        results.result(platform, actor=learner, attempt_id=attempt.id or 0).attempt.mark == "86.66"
    )
    assert attempt.passed is True


def test_the_share_for_an_incomplete_answer_is_that_of_the_start_too(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    many = next(item for item in terminal.sitting.items if item.type == "multiple")
    terminal.respond(many.position, {"chosen": terminal.right(many.position)["chosen"][:1]})

    terminal.platform = with_pass_mark(platform, "85", "0")
    attempt = stored_attempt(platform, terminal.submit())

    assert attempt.earned == Fraction("1.25")


def test_a_pass_mark_with_a_half_is_shown_the_same_at_the_start_and_later(
    platform: Platform,
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    half = with_pass_mark(platform, "85.5")

    shown = {
        lobby.lobby(half, actor=learner, exam=EXAM).pass_mark,
        sitting.start(half, actor=learner, exam=EXAM).pass_mark,
        sitting.resume(half, actor=learner, exam=EXAM).pass_mark,
        results.record(half, actor=learner).attempts[0].pass_mark,
    }

    assert shown == {"85.5"}


def test_the_same_seed_draws_the_same_form_and_another_seed_another(platform: Platform) -> None:
    one, two = actor(platform, "E1001"), actor(platform, "E1002")
    for who in (one, two):
        read_course(platform, who)

    forms = [stored_attempt(platform, begin(platform, w).sitting.attempt_id) for w in (one, two)]

    assert forms[0].seed != forms[1].seed
    assert forms[0].form != forms[1].form
    assert all(item["seed"].startswith(forms[0].seed) for item in forms[0].form)


def test_a_result_knows_that_the_time_is_over_whoever_asks_first(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.answer_all()
    clock_of(platform).advance(timedelta(hours=1))

    found = results.result(platform, actor=learner, attempt_id=terminal.sitting.attempt_id)

    assert (found.attempt.mark, found.attempt.by_deadline) == ("100.00", True)


def test_a_record_knows_that_the_time_is_over_whoever_asks_first(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    begin(platform, learner).answer_all()
    clock_of(platform).advance(timedelta(hours=1))

    found = results.record(platform, actor=actor(platform, "S0001"), staff_no="E1001")

    assert [view.state for view in found.attempts] == [AttemptState.SUBMITTED]
    assert {view.code for view in found.qualifications} == {"L1", "reception"}
