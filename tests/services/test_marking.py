"""Essays wait for examiners, who see no name; rounds, bars, what follows (R-ASM-08, R-ASM-10)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from fractions import Fraction
from threading import Barrier

import pytest
from sqlmodel import select

from certify.api import hookimpl
from certify.domain.attempt import AttemptState
from certify.domain.ledger import LedgerEntry
from certify.domain.marking import Marking
from certify.domain.person import CONSOLE
from certify.domain.remedial import RemedialAssignment
from certify.domain.result import AttemptResult, ResultKind
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.hooks.events import AttemptScored
from certify.i18n import speaking
from certify.platform import Platform
from certify.policy import AnalysisPolicy, MarkingPolicy, Policy
from certify.services import guides, lobby, marking, marking_agreement, results, sitting
from tests.platforms import NOON, actor, read_course, with_policy
from tests.services.marking_steps import (
    WRITTEN,
    hand_in,
    load_marked,
    mark,
    mark_all,
    waiting,
)
from tests.services.steps import check_books, clock_of, count, stored_attempt


@pytest.fixture
def marked(platform: Platform) -> Platform:
    """A company with a course that examiners mark."""
    load_marked(platform)
    return platform


def under(platform: Platform, **rules: object) -> Platform:
    """The same company with other rules of marking."""
    return with_policy(platform, Policy(marking=MarkingPolicy.model_validate(rules)))


# ── Waiting ──────────────────────────────────────────────────────────────────────────────────


def test_an_attempt_with_an_essay_waits_outside_all_rates_until_it_is_marked(
    marked: Platform,
) -> None:
    learner = actor(marked, "E1001")
    attempt_id = hand_in(marked, learner)

    attempt = stored_attempt(marked, attempt_id)
    assert attempt.state is AttemptState.AWAITING
    assert attempt.passed is None
    assert attempt.earned is None
    assert count(marked, AttemptResult) == 0
    seen = results.result(marked, actor=learner, attempt_id=attempt_id).attempt
    assert (seen.mark, seen.passed, seen.state) == ("", None, AttemptState.AWAITING)
    door = lobby.lobby(marked, actor=learner, exam=WRITTEN)
    assert door.is_awaiting
    with speaking("en"):
        door = lobby.lobby(marked, actor=learner, exam=WRITTEN)
        assert door.blockers == ("Your last attempt is still waiting to be marked.",)
    with pytest.raises(Refused):
        sitting.start(marked, actor=learner, exam=WRITTEN)
    check_books(marked)


def test_a_blank_essay_earns_nothing_and_waits_for_nobody(marked: Platform) -> None:
    attempt_id = hand_in(marked, actor(marked, "E1001"), essays=0)
    attempt = stored_attempt(marked, attempt_id)
    assert attempt.state is AttemptState.SUBMITTED
    assert attempt.passed is False
    assert [attempt.earned, attempt.possible] == [10, 50]
    assert waiting(marked, "X0001") == ()


def test_only_the_essay_that_was_written_waits(marked: Platform) -> None:
    hand_in(marked, actor(marked, "E1001"), essays=1)
    assert len(waiting(marked, "X0001")) == 1


def test_the_queue_and_the_answer_tell_nothing_of_the_person(marked: Platform) -> None:
    attempt_id = hand_in(marked, actor(marked, "E1001"))
    clock_of(marked).set(NOON + timedelta(days=2))
    examiner = actor(marked, "X0001")
    queue = marking.queue(marked, actor=examiner)
    views = [marking.answer(marked, actor=examiner, code=one.code) for one in queue.answers]

    shown = repr(queue) + repr(views)
    for secret in ("E1001", "王小兰", "客服部", f"attempt_id={attempt_id}"):
        assert secret not in shown
    assert {one.round for one in queue.answers} == {1}
    assert {one.since for one in queue.answers} == {date(2024, 3, 4)}
    assert all("抱歉" in view.answer["zh"] for view in views)
    assert sorted(view.maximum for view in views) == ["10", "20"]
    assert marking.queue(marked, actor=examiner) == queue


# ── The result ───────────────────────────────────────────────────────────────────────────────


def test_the_last_marking_gives_the_result_with_all_that_follows_at_once(
    marked: Platform,
) -> None:
    attempt_id = hand_in(marked, actor(marked, "E1001"))
    clock_of(marked).set(NOON + timedelta(days=3))
    heard: list[AttemptScored] = []
    marked.plugins.manager.register(Listener(heard))

    first, second = waiting(marked, "X0001")
    assert not mark(marked, "X0001", first.code, "0.5").is_decided
    assert count(marked, AttemptResult) == 0
    assert mark(marked, "X0001", second.code, "0").is_decided

    attempt = stored_attempt(marked, attempt_id)
    assert (attempt.state, attempt.passed) == (AttemptState.SUBMITTED, False)
    assert [attempt.earned, attempt.possible] == [20, 50]
    with marked.database.read() as session:
        result = session.exec(select(AttemptResult)).one()
        assignment = session.exec(select(RemedialAssignment)).one()
        entries = [one for one in session.exec(select(LedgerEntry)).all() if one.actor_id]
    assert result.kind is ResultKind.MARKED
    assert assignment.assigned_at == NOON + timedelta(days=3)
    assert assignment.due_on == date(2024, 3, 21)
    assert [one.action for one in entries[-3:]] == ["answer-marked"] * 2 + ["attempt-scored"]
    assert {one.actor_id for one in entries[-3:]} == {actor(marked, "X0001").person_id}
    assert entries[-3].facts["share"] == "1/2"
    assert [(one.staff_no, one.passed) for one in heard] == [("E1001", False)]
    assert waiting(marked, "X0001") == ()
    check_books(marked)


class Listener:
    """Hears of results."""

    def __init__(self, heard: list[AttemptScored]) -> None:
        self.heard = heard

    @hookimpl
    def certify_attempt_scored(self, summary: AttemptScored) -> None:
        self.heard.append(summary)


# ── The rubric ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "typed", ["", " ", "-1", "8.01", "7.001", "abc", "1e1", "NaN", "7,5", "0x1"]
)
def test_without_good_points_for_every_criterion_nothing_is_kept(
    marked: Platform, typed: str
) -> None:
    hand_in(marked, actor(marked, "E1001"))
    examiner = actor(marked, "X0001")
    code = next(one.code for one in waiting(marked, "X0001") if "冰箱" in one.task["zh"])
    for points in ({"c1": typed, "c2": "3"}, {"c2": "3"}):
        with pytest.raises(BadInput) as caught:
            marking.give(marked, actor=examiner, code=code, points=points)
        assert caught.value.place == "先道歉，语气得体"
    assert count(marked, Marking) == 0


def test_points_are_kept_exactly_as_they_were_given_with_the_remarks(marked: Platform) -> None:
    hand_in(marked, actor(marked, "E1001"))
    examiner = actor(marked, "X0001")
    code = next(one.code for one in waiting(marked, "X0001") if "冰箱" in one.task["zh"])
    given = marking.give(
        marked,
        actor=examiner,
        code=code,
        points={"c1": "７.25", "c2": "0"},
        remarks={"c1": " 语气好\n", "c2": ""},
    )
    assert (given.points, given.maximum) == ("7.25", "20")
    with marked.database.read() as session:
        kept = session.exec(select(Marking)).one()
    assert kept.points == {"c1": "7.25", "c2": "0"}
    assert kept.remarks == {"c1": "语气好"}
    assert kept.share == Fraction("7.25") / 20


# ── Rounds ───────────────────────────────────────────────────────────────────────────────────


def test_near_the_pass_mark_another_person_marks_every_answer_again(marked: Platform) -> None:
    attempt_id = hand_in(marked, actor(marked, "E1001"))
    mark_all(marked, "X0001", "0.8")  # 10 + 32 of 50: 84
    assert stored_attempt(marked, attempt_id).state is AttemptState.AWAITING
    assert waiting(marked, "X0001") == ()
    assert marking.queue(marked, actor=actor(marked, "X0001")).barred == 2
    assert {one.round for one in waiting(marked, "X0002")} == {2}

    mark_all(marked, "X0002", "0.9")
    attempt = stored_attempt(marked, attempt_id)
    assert (attempt.earned, attempt.passed) == (10 + 40 * Fraction(17, 20), True)


def test_three_marks_away_are_near_and_more_are_not(marked: Platform) -> None:
    for learner, share, state in (
        ("E1001", "0.775", AttemptState.AWAITING),  # 10 + 31 of 50: 82
        ("E1002", "0.75", AttemptState.SUBMITTED),  # 10 + 30 of 50: 80
    ):
        attempt_id = hand_in(marked, actor(marked, learner))
        mark_all(marked, "X0001", share)
        assert stored_attempt(marked, attempt_id).state is state


def test_where_two_differ_too_much_a_third_person_decides_that_answer(marked: Platform) -> None:
    strict = under(marked, second="always")
    attempt_id = hand_in(strict, actor(marked, "E1001"))
    first, second = waiting(strict, "X0001")
    for code in (first.code, second.code):
        mark(strict, "X0001", code, "1")
    mark(strict, "X0002", first.code, "0.8")  # a fifth apart: agreed
    mark(strict, "X0002", second.code, "0.5")
    assert waiting(strict, "X0001") == waiting(strict, "X0002") == ()
    assert [(one.code, one.round) for one in waiting(strict, "X0003")] == [(second.code, 3)]

    assert mark(strict, "X0003", second.code, "0.7").is_decided
    attempt = stored_attempt(marked, attempt_id)
    assert attempt.earned == 10 + 18 + 14
    with pytest.raises(NotFound):
        mark(strict, "X0003", second.code)


def test_of_two_examiners_with_one_answer_open_the_second_is_told(marked: Platform) -> None:
    hand_in(marked, actor(marked, "E1001"))
    code = waiting(marked, "X0001")[0].code
    mark(marked, "X0001", code, "0.5")
    with pytest.raises(Refused):
        mark(marked, "X0002", code, "0.5")
    assert count(marked, Marking) == 1


def test_of_examiners_who_submit_at_the_same_moment_one_marks(marked: Platform) -> None:
    attempt_id = hand_in(marked, actor(marked, "E1001"), essays=1)
    code = waiting(marked, "X0001")[0].code
    barrier = Barrier(3)

    def submit(staff_no: str) -> bool:
        barrier.wait()
        try:
            return mark(marked, staff_no, code, "0.1").is_decided
        except (Refused, NotFound):
            return False

    with ThreadPoolExecutor(3) as pool:
        decided = list(pool.map(submit, ("X0001", "X0002", "X0003")))
    assert decided.count(True) == 1
    assert (count(marked, Marking), count(marked, AttemptResult)) == (1, 1)
    assert stored_attempt(marked, attempt_id).state is AttemptState.SUBMITTED
    check_books(marked)


def test_what_a_change_of_the_policy_leaves_decided_is_decided_by_looking(
    marked: Platform,
) -> None:
    strict = under(marked, second="always")
    attempt_id = hand_in(strict, actor(marked, "E1001"))
    mark_all(strict, "X0001", "0.2")
    assert stored_attempt(marked, attempt_id).state is AttemptState.AWAITING
    assert waiting(under(marked, second="never"), "X0001") == ()
    assert stored_attempt(marked, attempt_id).earned == 18


# ── Who may ──────────────────────────────────────────────────────────────────────────────────


def test_neither_guide_nor_author_nor_the_candidate_marks(marked: Platform) -> None:
    hand_in(marked, actor(marked, "E1001"))
    hr = actor(marked, "H0001")
    guides.appoint(marked, actor=hr, staff_no="E1001", guide_no="X0001", from_day=date(2024, 1, 1))
    guides.end(marked, actor=hr, staff_no="E1001", guide_no="X0001", last_day=date(2024, 1, 31))
    code = waiting(marked, "X0002")[0].code
    for staff_no in ("X0001", "T0001"):
        queue = marking.queue(marked, actor=actor(marked, staff_no))
        assert (queue.answers, queue.barred) == ((), 2)
        with pytest.raises(Refused):
            mark(marked, staff_no, code)
    examiner = actor(marked, "X0003")
    read_course(marked, examiner, "marked")
    own = hand_in(marked, examiner)
    assert stored_attempt(marked, own).state is AttemptState.AWAITING
    assert marking.queue(marked, actor=actor(marked, "X0003")).barred == 2
    assert len(waiting(marked, "X0003")) == 2
    assert count(marked, Marking) == 0


def test_a_learner_and_the_command_line_itself_mark_nothing(marked: Platform) -> None:
    for who, error in (
        (actor(marked, "E1002"), NotPermitted),
        (actor(marked, "H0001"), NotPermitted),
        (CONSOLE, Refused),
    ):
        with pytest.raises(error):
            marking.queue(marked, actor=who)


def test_a_guide_is_appointed_once_and_never_to_oneself(marked: Platform) -> None:
    hr = actor(marked, "H0001")
    guides.appoint(marked, actor=hr, staff_no="E1001", guide_no="S0001")
    with pytest.raises(Refused):
        guides.appoint(marked, actor=hr, staff_no="E1001", guide_no="S0001")
    with pytest.raises(BadInput):
        guides.appoint(marked, actor=hr, staff_no="E1001", guide_no="E1001")
    with pytest.raises(NotPermitted):
        guides.appoint(marked, actor=actor(marked, "S0001"), staff_no="E1002", guide_no="S0001")
    with pytest.raises(BadInput):
        guides.end(marked, actor=hr, staff_no="E1001", guide_no="S0001", last_day=date(2024, 3, 3))
    guides.end(marked, actor=hr, staff_no="E1001", guide_no="S0001")
    with pytest.raises(NotFound):
        guides.end(marked, actor=hr, staff_no="E1002", guide_no="S0001")
    found = guides.guides_of(marked, actor=hr, staff_no="E1001")
    assert [(one.staff_no, one.to_day) for one in found] == [("S0001", date(2024, 3, 4))]


# ── Agreement ────────────────────────────────────────────────────────────────────────────────


def test_agreement_is_shown_only_where_enough_answers_were_marked_by_two(
    marked: Platform,
) -> None:
    strict = under(marked, second="always")
    for learner in ("E1001", "E1002"):
        hand_in(strict, actor(marked, learner))
    examiner = actor(marked, "X0001")
    mark_all(strict, "X0001", "1")
    codes = [one.code for one in waiting(strict, "X0002")]
    for code, share in zip(codes, ("1", "1", "0.8", "0.9"), strict=True):
        mark(strict, "X0002", code, share)

    few = marking_agreement.agreement(strict, actor=examiner, exam=WRITTEN)
    assert (few.n, few.is_enough, few.kappa, few.same) == (4, False, None, None)
    rules = Policy(marking=strict.policy.marking, analysis=AnalysisPolicy(min_n=4))
    view = marking_agreement.agreement(with_policy(marked, rules), actor=examiner, exam=WRITTEN)
    assert (view.n, view.same) == (4, Fraction(1, 2))
    assert view.difference == -Fraction(3, 40)
    assert view.distance == Fraction(3, 40)
    assert view.kappa == 0  # the first one gave everybody the same
    other = marking_agreement.agreement(
        with_policy(marked, rules), actor=examiner, exam="sample-written"
    )
    assert other.n == 0
