"""Practice: its own pool, answers explained, spaced repeats, readiness (R-SIM-06, R-REM-01)."""

import json
import shutil
import threading
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.attempt import Attempt
from certify.domain.item import Item, ItemVersion
from certify.domain.person import CONSOLE, Actor
from certify.domain.practice_card import PracticeAnswer, PracticeCard
from certify.domain.readiness import Outlook
from certify.errors import BadInput, CertifyError, NotFound, Refused
from certify.platform import Platform
from certify.services import (
    course_sync,
    learning,
    lobby,
    practice,
    practice_answer,
    readiness,
    results,
    sitting,
)
from tests.platforms import COURSES, actor, with_policy
from tests.practised import (
    COURSE,
    EXAM,
    POOL,
    content_of,
    fail_practised,
    give,
    load_practised,
    practise,
    right_of,
    wrong_of,
)
from tests.services.steps import check_books

DAY = timedelta(days=1)


@pytest.fixture
def learner(platform: Platform) -> Actor:
    load_practised(platform)
    return actor(platform, "E1001")


@pytest.fixture
def one(sqlite_platform: Platform) -> Actor:
    """The same on SQLite alone."""
    load_practised(sqlite_platform)
    return actor(sqlite_platform, "E1001")


def codes(platform: Platform, versions: list[int]) -> list[str]:
    with platform.database.read() as session:
        found = [session.get_one(ItemVersion, version) for version in versions]
        return [session.get_one(Item, version.item_id).code for version in found]


def asked(platform: Platform, who: Actor, *topics: str) -> list[int]:
    found = practice.begin(platform, actor=who, course=COURSE, topics=topics)
    return [item.version_id for item in found.items]


def retake(platform: Platform, needed: int) -> Platform:
    """The same platform, where so many items of each topic are asked for before a retake."""
    changed = platform.policy.retake.model_copy(update={"practice_right": needed})
    return with_policy(platform, platform.policy.model_copy(update={"retake": changed}))


def test_an_answer_is_explained_at_once_and_its_item_comes_back(
    platform: Platform, learner: Actor, clock: SetClock
) -> None:
    (version, *_rest) = asked(platform, learner, "calls")
    (code,) = codes(platform, [version])

    said = give(platform, learner, version, right_of(platform, version))

    assert said.share == 1
    assert said.key["zh"] == said.answer["zh"] == f"问候 {code}"
    assert said.explanation["en"] == f"Greet first {code}."
    assert said.sources == ("S2-ST3-03",)
    assert said.back_at is not None
    assert said.back_at > clock.now()
    with platform.database.read() as session:
        (card,) = session.exec(select(PracticeCard)).all()
        (row,) = session.exec(select(PracticeAnswer)).all()
        assert card.due_at == said.back_at
        assert (row.share, row.topic, row.at) == (Fraction(1), "calls", clock.now())


def test_a_wrong_answer_comes_back_before_a_right_one(platform: Platform, learner: Actor) -> None:
    first, second = asked(platform, learner, "calls")[:2]

    wrong = give(platform, learner, first, wrong_of(platform, first))
    right = give(platform, learner, second, right_of(platform, second))
    unknown = give(platform, learner, first, None)

    assert wrong.share == unknown.share == 0
    assert not unknown.answer
    assert wrong.back_at is not None
    assert right.back_at is not None
    assert wrong.back_at < right.back_at


def test_nothing_of_the_key_is_in_a_round(sqlite_platform: Platform, one: Actor) -> None:
    found = practice.begin(sqlite_platform, actor=one, course=COURSE)

    for item in found.items:
        content = content_of(sqlite_platform, item.version_id)
        assert "key" not in item.shown
        assert "explanation" not in item.shown
        assert content["explanation"]["zh"] not in json.dumps(item.shown, ensure_ascii=False)


def test_no_item_of_an_exam_reaches_practice_and_no_practice_item_a_form(
    platform: Platform, learner: Actor, clock: SetClock
) -> None:
    seen: set[int] = set()
    for _sitting in range(3):
        fail_practised(platform, learner, "calls", "goods")
        for _round in range(3):
            seen |= set(asked(platform, learner))
            practise(platform, learner)
            clock.advance(DAY)
        for lesson in ("calls", "goods", "letters"):
            learning.finish_lesson(platform, actor=learner, course=COURSE, lesson=lesson)
    with platform.database.read() as session:
        forms = session.exec(select(Attempt.form)).all()
        on_forms = {int(item["version"]) for form in forms for item in form}
        every = {one.id: one for one in session.exec(select(ItemVersion)).all()}
        pools = {one.id: one.pool for one in session.exec(select(Item)).all()}

    assert set(codes(platform, sorted(seen))) == POOL
    assert not seen & on_forms
    assert {pools[every[version].item_id] for version in on_forms} == {"exam"}
    for version in every:
        assert version is not None
        if pools[every[version].item_id] == "exam":
            with pytest.raises(NotFound):
                give(platform, learner, version, right_of(platform, version))


def test_an_item_that_changed_its_pool_is_refused_and_the_old_course_stays(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    folder = tmp_path / "practised"
    shutil.copytree(COURSES / "practised", folder)
    sqlite_platform.plugins.course_folders.append(folder)
    course_sync.sync_courses(sqlite_platform, actor=CONSOLE)
    bank = folder / "items" / "all.md"
    text = bank.read_text(encoding="utf-8")
    for before, after in (("practice", "exam"), ("exam", "practice")):
        moved = text.replace(f"pool={before}", f"pool={after}", 1)
        bank.write_text(moved, encoding="utf-8")

        told = course_sync.sync_courses(sqlite_platform, actor=CONSOLE)[-1]

        assert told.change == "refused"
        assert [finding.path for finding in told.findings] == [bank]


def test_practice_never_changes_a_mark(platform: Platform, learner: Actor) -> None:
    attempt_id = fail_practised(platform, learner, "calls")
    before = results.result(platform, actor=learner, attempt_id=attempt_id)
    door = lobby.lobby(platform, actor=learner, exam=EXAM)

    practise(platform, learner)
    practise(platform, learner, right=False)

    assert results.result(platform, actor=learner, attempt_id=attempt_id) == before
    assert lobby.lobby(platform, actor=learner, exam=EXAM) == door
    check_books(platform)


def test_practice_waits_while_an_exam_of_the_course_is_in_progress(
    sqlite_platform: Platform, one: Actor
) -> None:
    version = asked(sqlite_platform, one)[0]
    begun = sitting.start(sqlite_platform, actor=one, exam=EXAM)
    for step in (
        lambda: practice.begin(sqlite_platform, actor=one, course=COURSE),
        lambda: give(sqlite_platform, one, version, None),
    ):
        with pytest.raises(Refused):
            step()
    sitting.submit(sqlite_platform, actor=one, attempt_id=begun.attempt_id, fence=begun.fence)
    assert practice.begin(sqlite_platform, actor=one, course=COURSE).items


def test_an_essay_shows_its_rubric_and_the_person_says_how_well_it_went(
    platform: Platform, learner: Actor
) -> None:
    (version,) = asked(platform, learner, "letters")

    said = give(platform, learner, version, {"text": "抱歉。"})
    assert (said.share, said.back_at) == (None, None)
    assert [(line["en"], points) for line, points in said.rubric] == [
        ("Apologises first", "2"),
        ("Names the day", "1"),
    ]

    back_at = practice_answer.rate(platform, actor=learner, answer_id=said.answer_id, recalled=True)
    again = practice_answer.rate(platform, actor=learner, answer_id=said.answer_id, recalled=False)

    assert again == back_at
    with platform.database.read() as session:
        (row,) = session.exec(select(PracticeAnswer)).all()
        assert (row.share, row.recalled) == (None, True)
        assert len(session.exec(select(PracticeCard)).all()) == 1


def test_only_one_s_own_answer_that_no_machine_marks_is_rated(
    sqlite_platform: Platform, one: Actor
) -> None:
    essay = give(sqlite_platform, one, asked(sqlite_platform, one, "letters")[0], {"text": "!"})
    marked = give(sqlite_platform, one, asked(sqlite_platform, one, "goods")[0], None)
    other = actor(sqlite_platform, "E1002")
    for who, answer_id in ((other, essay.answer_id), (one, marked.answer_id), (one, 2**40)):
        with pytest.raises(NotFound):
            practice_answer.rate(sqlite_platform, actor=who, answer_id=answer_id, recalled=True)


def test_what_cannot_be_an_answer_is_refused_and_leaves_nothing(
    sqlite_platform: Platform, one: Actor
) -> None:
    version = asked(sqlite_platform, one, "calls")[0]
    wrong: list[dict[str, Any]] = [{"chosen": ["z"]}, {"text": "?"}, {"chosen": [{}]}]
    for answer in wrong:
        with pytest.raises(BadInput):
            give(sqlite_platform, one, version, answer)
    with pytest.raises(NotFound):
        give(sqlite_platform, one, 2**40, None)
    with sqlite_platform.database.read() as session:
        assert session.exec(select(PracticeAnswer)).all() == []


def test_a_round_with_the_same_seed_and_past_is_the_same(
    sqlite_platform: Platform, one: Actor
) -> None:
    fixed = replace(sqlite_platform, new_seed=lambda: "one")

    first, second = (practice.begin(fixed, actor=one, course=COURSE) for _round in range(2))

    assert first == second
    assert len(first.items) == sqlite_platform.policy.practice.new_per_session
    assert practice.begin(sqlite_platform, actor=one, course=COURSE) != first


def test_only_the_topics_wanted_are_asked_and_none_at_all_is_said(
    sqlite_platform: Platform, one: Actor
) -> None:
    found = practice.begin(sqlite_platform, actor=one, course=COURSE, topics=["goods"])
    assert {item.topic for item in found.items} == {"goods"}

    with pytest.raises(Refused):
        practice.begin(sqlite_platform, actor=one, course=COURSE, topics=["nothing"])
    with pytest.raises(Refused):
        practice.begin(sqlite_platform, actor=one, course="sample")
    with pytest.raises(NotFound):
        practice.begin(sqlite_platform, actor=one, course="nowhere")


def test_nobody_practises_as_the_command_line_itself(sqlite_platform: Platform) -> None:
    load_practised(sqlite_platform)
    with pytest.raises(Refused):
        practice.begin(sqlite_platform, actor=CONSOLE, course=COURSE)


def test_two_terminals_at_the_same_item_keep_one_card_and_both_answers(
    platform: Platform, learner: Actor
) -> None:
    version = asked(platform, learner, "calls")[0]
    barrier = threading.Barrier(4)
    problems: list[BaseException] = []

    def answer_here() -> None:
        barrier.wait()
        try:
            give(platform, learner, version, right_of(platform, version))
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=answer_here) for _terminal in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    with platform.database.read() as session:
        assert len(session.exec(select(PracticeCard)).all()) == 1
        assert len(session.exec(select(PracticeAnswer)).all()) == 4


def test_readiness_says_too_little_then_likely_and_fades_when_nothing_is_practised_again(
    sqlite_platform: Platform, one: Actor, clock: SetClock
) -> None:
    def outlook() -> Outlook:
        view = readiness.practice_view(sqlite_platform, actor=one, course=COURSE)
        return view.exams[0].outlook

    assert outlook() is Outlook.UNKNOWN
    for _round in range(3):
        practise(sqlite_platform, one)
        clock.advance(timedelta(minutes=15))
    view = readiness.practice_view(sqlite_platform, actor=one, course=COURSE)
    (exam,) = view.exams

    assert exam.outlook is Outlook.LIKELY
    assert 85 <= exam.low <= exam.estimate <= exam.high <= 100
    assert exam.pass_mark == "85"
    topics = {topic.code: topic for topic in view.topics}
    assert (topics["calls"].items, topics["calls"].practised) == (4, 4)
    assert topics["letters"].expected is None  # a person's own word is no mark

    clock.advance(timedelta(days=3000))
    assert outlook() is not Outlook.LIKELY
    assert readiness.due_items(sqlite_platform, actor=one) == view.practised == len(POOL) - 1


def test_answers_that_are_all_wrong_are_not_ready_yet(
    sqlite_platform: Platform, one: Actor
) -> None:
    for _round in range(2):
        practise(sqlite_platform, one, right=False)

    (exam,) = readiness.practice_view(sqlite_platform, actor=one, course=COURSE).exams

    assert exam.outlook is Outlook.NOT_YET
    assert exam.estimate < 30


def test_courses_without_practice_are_left_out_of_the_list(
    sqlite_platform: Platform, one: Actor
) -> None:
    views = readiness.practice_views(sqlite_platform, actor=one)

    assert [view.course for view in views] == [COURSE]
    assert views[0].is_enrolled
    assert (views[0].items, views[0].practised, views[0].due) == (len(POOL), 0, 0)


def test_by_default_a_retake_asks_for_lessons_alone(
    sqlite_platform: Platform, one: Actor, clock: SetClock
) -> None:
    fail_practised(sqlite_platform, one, "calls")
    clock.advance(timedelta(minutes=1))
    learning.finish_lesson(sqlite_platform, actor=one, course=COURSE, lesson="calls")

    door = lobby.lobby(sqlite_platform, actor=one, exam=EXAM)

    assert door.remedial is None
    assert door.may_start


def test_where_the_policy_says_so_the_retake_opens_after_enough_right_answers_of_each_topic(
    platform: Platform, learner: Actor, clock: SetClock
) -> None:
    strict = retake(platform, 2)
    practise(strict, learner, topics=["calls"])  # before the failure: it does not count
    clock.advance(timedelta(minutes=1))
    fail_practised(strict, learner, "calls")
    clock.advance(timedelta(minutes=1))
    learning.finish_lesson(strict, actor=learner, course=COURSE, lesson="calls")

    def left() -> int:
        door = lobby.lobby(strict, actor=learner, exam=EXAM)
        assert door.may_start is (door.remedial is None)
        if door.remedial is None:
            return 0
        assert (door.remedial.lessons, door.remedial.codes) == ((), ("calls",))
        return door.remedial.items

    first, second = asked(strict, learner, "calls")[:2]
    assert left() == 2
    give(strict, learner, first, right_of(strict, first))
    give(strict, learner, first, right_of(strict, first))
    give(strict, learner, second, wrong_of(strict, second))
    assert left() == 1
    give(strict, learner, second, right_of(strict, second))
    assert left() == 0


def test_a_topic_with_too_few_items_asks_for_all_of_them_and_essays_are_not_asked_for(
    sqlite_platform: Platform, one: Actor, clock: SetClock
) -> None:
    strict = retake(sqlite_platform, 50)
    fail_practised(strict, one, "goods")
    door = lobby.lobby(strict, actor=one, exam=EXAM)
    assert door.remedial is not None
    assert door.remedial.items == 4

    clock.advance(timedelta(minutes=1))
    learning.finish_lesson(strict, actor=one, course=COURSE, lesson="goods")
    practise(strict, one, topics=["goods"])

    assert lobby.lobby(strict, actor=one, exam=EXAM).may_start


def test_every_refusal_of_practice_is_one_that_is_shown(
    sqlite_platform: Platform, one: Actor
) -> None:
    with pytest.raises(CertifyError) as refused:
        give(sqlite_platform, one, 10**6, None)

    assert refused.value.exit_code == 1
