"""Many terminals at once: one attempt, one set of certificates, numbers without gaps (G9)."""

import re
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlmodel import select

from certify.domain.attempt import Attempt
from certify.domain.certificate import Certificate
from certify.domain.course import Enrolment
from certify.domain.person import CONSOLE, Actor, Organisation, Person, Role, RoleGrant
from certify.errors import AttemptClosed, CertifyError, Refused, TakenOver
from certify.platform import Platform
from certify.services import course_sync, founding, learning, people_import
from certify.services.people_check import circles
from certify.services.people_import import ImportReport, import_people
from certify.storage import ledger, people
from tests.platforms import COURSES, actor, read_course
from tests.services.steps import Terminal, begin, check_books, count, take_over

RACERS = 8


def race(*runs: Callable[[], object]) -> list[object]:
    """Let all begin at the same moment; what each gave or raised."""
    barrier = threading.Barrier(len(runs))

    def one(run: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return run()
        except CertifyError as problem:
            return problem

    with ThreadPoolExecutor(len(runs)) as pool:
        return list(pool.map(one, runs))


def hire_learners(platform: Platform, how_many: int) -> list[Actor]:
    """People who have read the course."""
    with platform.database.write() as session:
        like = session.exec(select(Person).where(Person.staff_no == "E1001")).one()
        for number in range(how_many):
            facts = like.model_dump(exclude={"id"}) | {"staff_no": f"R{number:04}"}
            person = Person(**facts)
            session.add(person)
            session.flush()
            session.add(RoleGrant(person_id=person.id or 0, role=Role.LEARNER))
    found = [actor(platform, f"R{number:04}") for number in range(how_many)]
    for who in found:
        read_course(platform, who)
    return found


def test_one_person_at_eight_terminals_starts_one_attempt_which_one_terminal_holds(
    platform: Platform,
) -> None:
    for who in hire_learners(platform, 4):
        begun = race(*[lambda who=who: begin(platform, who)] * RACERS)

        terminals = [one for one in begun if isinstance(one, Terminal)]
        assert len(terminals) == RACERS, begun
        assert len({one.sitting.attempt_id for one in terminals}) == 1
        assert sorted(one.sitting.fence for one in terminals) == list(range(1, RACERS + 1))
        assert len({tuple(i.shown["stem"]["zh"] for i in t.sitting.items) for t in terminals}) == 1
        wrote = race(*[lambda one=one: one.respond(0, one.right(0)) for one in terminals])
        assert sum(not isinstance(one, Exception) for one in wrote) == 1
        assert sum(isinstance(one, TakenOver) for one in wrote) == RACERS - 1
    assert count(platform, Attempt) == 4
    check_books(platform)


def test_eight_terminals_that_take_over_at_once_get_eight_different_fences(
    platform: Platform,
) -> None:
    (who,) = hire_learners(platform, 1)
    begin(platform, who)
    for _ in range(4):
        taken = race(*[lambda: take_over(platform, who)] * RACERS)

        fences = [one.sitting.fence for one in taken if isinstance(one, Terminal)]
        assert len(fences) == RACERS == len(set(fences))
    check_books(platform)


def test_submitting_eight_times_at_once_gives_one_set_of_certificates(platform: Platform) -> None:
    people = hire_learners(platform, 5)
    for who in people:
        terminal = begin(platform, who)
        terminal.answer_all()

        submitted = race(*[terminal.submit] * RACERS)

        assert submitted == [terminal.sitting.attempt_id] * RACERS
    assert count(platform, Certificate) == 2 * len(people)
    check_books(platform)


def test_eight_people_who_submit_at_once_get_numbers_without_gap_or_repetition(
    platform: Platform,
) -> None:
    terminals = [begin(platform, who) for who in hire_learners(platform, RACERS)]
    for terminal in terminals:
        terminal.answer_all()

    race(*[terminal.submit for terminal in terminals])

    assert count(platform, Certificate) == 2 * RACERS
    check_books(platform)


def test_an_answer_sent_while_the_attempt_is_submitted_is_kept_before_it_or_refused(
    platform: Platform,
) -> None:
    for who in hire_learners(platform, 4):
        terminal = begin(platform, who)
        for position in (0, 1, 2):
            terminal.respond(position, terminal.right(position))

        answered, submitted = race(
            partial(terminal.send, 4, 3, terminal.right(3)),
            terminal.submit,
        )

        assert submitted == terminal.sitting.attempt_id
        with platform.database.read() as session:
            attempt = session.get_one(Attempt, terminal.sitting.attempt_id)
            was_kept = attempt.sequence == 4
            assert (attempt.earned == attempt.possible) == was_kept
        assert isinstance(answered, AttemptClosed) == (not was_kept)
    check_books(platform)


def test_the_same_answer_sent_twice_at_once_is_kept_once_and_acknowledged_twice(
    platform: Platform,
) -> None:
    (who,) = hire_learners(platform, 1)
    terminal = begin(platform, who)
    for position in range(4):
        sent = race(*[lambda p=position: terminal.send(p + 1, p, terminal.right(p))] * 4)

        assert len(set(map(repr, sent))) == 1
        assert not isinstance(sent[0], Exception)
    check_books(platform)


def test_a_terminal_that_was_taken_over_in_the_meantime_cannot_hand_in(
    platform: Platform,
) -> None:
    for who in hire_learners(platform, 4):
        first = begin(platform, who)

        taken, submitted = race(partial(take_over, platform, who), first.submit)

        if isinstance(taken, Terminal):
            assert isinstance(submitted, TakenOver)
            taken.respond(0, taken.right(0))
        else:
            assert submitted == first.sitting.attempt_id
    check_books(platform)


def test_a_lesson_opened_on_eight_terminals_at_once_enrols_once(platform: Platform) -> None:
    who = actor(platform, "E1001")

    opened = race(
        *[lambda: learning.open_lesson(platform, actor=who, course="sample", lesson="lesson-1")]
        * RACERS
    )

    assert not [one for one in opened if isinstance(one, Exception)]
    assert count(platform, Enrolment) == 1


def test_a_company_is_founded_by_one_of_eight_and_the_rest_are_told_so(
    empty_platform: Platform,
) -> None:
    def found(number: int) -> None:
        founding.found_organisation(
            empty_platform,
            name="公司",
            staff_no=f"N{number}",
            person_name="新人",
            password=None,
        )

    founded = race(*[lambda n=number: found(n) for number in range(RACERS)])

    assert founded.count(None) == 1
    assert sum(isinstance(one, Refused) for one in founded) == RACERS - 1
    assert count(empty_platform, Organisation) == count(empty_platform, Person) == 1
    check_books(empty_platform)


def together(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> None:
    """Let two runs wait for each other after a step, as long as the platform lets them."""
    step, met = getattr(module, name), threading.Barrier(2)

    def slow(*args: Any) -> object:
        made = step(*args)
        with suppress(threading.BrokenBarrierError):
            met.wait(0.5)
        return made

    monkeypatch.setattr(module, name, slow)


def import_both(platform: Platform, folder: Path, *texts: str) -> list[bool]:
    """Import files at the same moment; which were applied."""
    paths = [folder / f"people-{place}.csv" for place in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    reports = race(
        *[partial(import_people, platform, actor=CONSOLE, path=path, apply=True) for path in paths]
    )
    assert all(isinstance(report, ImportReport) for report in reports), reports
    return [report.applied for report in reports if isinstance(report, ImportReport)]


def test_two_imports_at_once_never_leave_a_company_without_an_administrator(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with platform.database.write() as session:
        other = actor(platform, "H0001").person_id
        session.add(RoleGrant(person_id=other, role=Role.ADMINISTRATOR))
    together(monkeypatch, people_import, "_plan")

    applied = import_both(platform, tmp_path, "工号,角色\n0001,-\n", "工号,角色\nH0001,-\n")

    assert sorted(applied) == [False, True]
    with platform.database.read() as session:
        held = people.roles(session).values()
    assert sum(Role.ADMINISTRATOR in roles for roles in held) == 1
    check_books(platform)


def test_two_imports_at_once_never_form_a_circle_of_supervisors(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together(monkeypatch, people_import, "_plan")

    applied = import_both(
        platform, tmp_path, "工号,直接主管\nE1001,E1002\n", "工号,直接主管\nE1002,E1001\n"
    )

    assert sorted(applied) == [False, True]
    with platform.database.read() as session:
        above = {row.person.staff_no: row.supervisor for row in people.rows(session)}
    assert not list(circles({no: one.staff_no for no, one in above.items() if one}))


def test_two_starts_that_find_a_new_course_load_it_once(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sample"
    shutil.copytree(COURSES / "sample", folder)
    manifest = folder / "course.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"sample', '"new'), encoding="utf-8")
    for path in (folder / "items").iterdir():
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"^## (GRE|LIM)-", r"## N\1-", text, flags=re.M), encoding="utf-8")
    platform.plugins.course_folders.append(folder)
    together(monkeypatch, course_sync, "check_course")

    synced = race(*[partial(course_sync.sync_courses, platform, actor=CONSOLE)] * 2)

    changes = [{one.folder: one.change for one in found} for found in synced]  # type: ignore[attr-defined]
    assert sorted(found[folder] for found in changes) == ["loaded", "unchanged"], synced
    with platform.database.read() as session:
        loaded = [one for one in ledger.entries(session) if one.subject == "course:new"]
    assert len(loaded) == 1
    check_books(platform)
