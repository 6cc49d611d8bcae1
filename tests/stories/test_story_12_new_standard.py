"""Acceptance story 12: a new text of CS-001 reaches the bank, the people, their right to serve."""

from datetime import date
from pathlib import Path

import pytest

from certify.domain.item import ItemVersion
from certify.domain.person import CONSOLE, Person, Role, RoleGrant
from certify.domain.qualification import QualificationState
from certify.platform import Platform
from certify.services import review_stale, standards
from certify.services.qualifying.standing import serve
from certify.services.standard_life import delta, delta_passing, loop, settling
from certify.storage import people, qualifications
from tests.platforms import actor, read_course, sit
from tests.services import standard_steps as steps
from tests.services.learning_steps import pass_course
from tests.services.standard_steps import COURSE, EXAM, PROCESS, TRAINER, at
from tests.services.steps import begin, check_books, stored_attempt

AGENTS = [f"A{number:04}" for number in range(1, 36)]
EARLY, SESSION, *PRACTISED = AGENTS[:32]
LATE = AGENTS[32:]


@pytest.fixture
def story(platform: Platform, tmp_path: Path) -> Platform:
    """35 agents qualified on version 1 (30 s); version 2 (20 s) approved in September."""
    at(platform, "2023-10-20")
    steps.first_text(platform, tmp_path)
    steps.course_on_calls(platform, tmp_path)
    _hire(platform)
    pass_course(platform, EARLY, COURSE)  # his first year ends on 2024-10-20: he may renew
    at(platform, "2024-03-04")
    for staff_no in AGENTS[1:]:
        pass_course(platform, staff_no, COURSE)
    at(platform, "2024-09-10")
    steps.approved(platform, steps.wanted())
    return platform


@pytest.mark.timeout(300)
def test_a_new_standard_from_its_first_day_to_the_suspension_of_who_did_not_learn_it(
    story: Platform,
) -> None:
    at(story, "2024-09-30", 23, 50)
    assert settling.settle(story) == settling.Settled()
    assert review_stale.report(story, actor=CONSOLE).items == ()
    newcomer = actor(story, "E1001")
    read_course(story, newcomer, COURSE)
    terminal = begin(story, newcomer, EXAM)

    at(story, "2024-10-01", 0, 10)
    assert {version.id for version in _form(story, terminal.sitting.attempt_id)}
    terminal.answer_all()
    old_exam = stored_attempt(story, terminal.submit())
    assert old_exam.passed
    assert {version.created_at.year for version in _form(story, old_exam.id or 0)} == {2023}

    _assert_stale_and_assigned(story)
    steps.confirm(story)
    _three_ways_to_pass(story)

    at(story, "2024-10-31", 23, 59)
    assert settling.settle(story).suspended == 0
    at(story, "2024-11-01", 0, 1)
    assert settling.settle(story) == settling.Settled(suspended=3)
    assert settling.settle(story) == settling.Settled()
    _assert_only_the_three_are_suspended(story)
    _assert_the_loop_tells_it(story)

    at(story, "2024-11-05")
    _train(story, LATE[0])
    (held,) = _held(story, LATE[0])
    assert serve(story, actor=CONSOLE, process=PROCESS, staff_no=LATE[0]).may_serve
    assert held.period.valid_to == date(2025, 3, 4)
    on_4 = serve(story, actor=CONSOLE, process=PROCESS, staff_no=LATE[0], day=date(2024, 11, 4))
    assert not on_4.may_serve
    check_books(story)


def _assert_stale_and_assigned(story: Platform) -> None:
    stale = review_stale.report(story, actor=CONSOLE).items
    assert len(stale) == 14
    assert {one.course for one in stale} == {COURSE, "sample"}
    assert len(standards.show(story, actor=CONSOLE, number="CS-001").stale) == 14
    assert settling.settle(story) == settling.Settled(assigned=35)
    assert settling.settle(story) == settling.Settled()
    given = delta.deltas(story, actor=actor(story, steps.DRAFTER))
    assert sorted(one.staff_no for one in given) == AGENTS
    assert {one.due_on for one in given} == {date(2024, 10, 31)}


def _three_ways_to_pass(story: Platform) -> None:
    at(story, "2024-10-08")
    for staff_no in PRACTISED:
        steps.practise_delta(story, staff_no)
    _train(story, SESSION)
    at(story, "2024-10-10")
    sit(story, actor(story, EARLY), EXAM)
    assert settling.settle(story) == settling.Settled(passed=1)
    left = delta.deltas(story, actor=actor(story, steps.DRAFTER), only_open=True)
    assert [one.staff_no for one in left] == LATE


def _assert_only_the_three_are_suspended(story: Platform) -> None:
    for staff_no in AGENTS:
        on_31, on_1 = (
            serve(story, actor=CONSOLE, process=PROCESS, staff_no=staff_no, day=day)
            for day in (date(2024, 10, 31), date(2024, 11, 1))
        )
        assert (on_31.may_serve, on_1.may_serve) == (True, staff_no not in LATE)
    with story.database.read() as session:
        (held,) = _held(story, LATE[0])
        last = qualifications.changes(session, held.id)[-1]
        assert (last.state, last.reason) == (QualificationState.SUSPENDED, "standard:CS-001")
        assert last.from_day == date(2024, 11, 1)


def _assert_the_loop_tells_it(story: Platform) -> None:
    found = loop.loop_of(story, actor=CONSOLE, number="CS-001")
    assert found.delta is not None
    assert (found.delta.assigned, found.delta.passed, found.delta.suspended) == (35, 32, 3)
    assert {one.course: len(one.lessons) for one in found.taught}[COURSE] == 1
    assert len(found.asked) == 14
    assert found.facility == 1
    assert [one.number for one in found.versions] == [1, 2]


def _train(story: Platform, staff_no: str) -> None:
    delta_passing.record_session(
        story,
        actor=actor(story, TRAINER),
        staff_no=staff_no,
        number="CS-001",
        session_name="CS-001 第二版宣贯",
    )


def _form(story: Platform, attempt_id: int) -> list[ItemVersion]:
    form = stored_attempt(story, attempt_id).form
    with story.database.read() as session:
        return [session.get_one(ItemVersion, int(item["version"])) for item in form]


def _held(story: Platform, staff_no: str) -> list[qualifications.PeriodRow]:
    with story.database.read() as session:
        rows = qualifications.of_person(session, actor(story, staff_no).person_id)
    return [one for one in rows if one.code == PROCESS]


def _hire(story: Platform) -> None:
    """35 agents under S0001, all in the post of E1001."""
    with story.database.write() as session:
        model = people.by_staff_no(session, "E1001")
        assert model is not None
        for number in AGENTS:
            person = Person(
                staff_no=number,
                name=f"客服{number}",
                department_id=model.department_id,
                post_id=model.post_id,
                supervisor_id=model.supervisor_id,
                hired_on=date(2023, 10, 1),
            )
            session.add(person)
            session.flush()
            session.add(RoleGrant(person_id=person.id or 0, role=Role.LEARNER))
