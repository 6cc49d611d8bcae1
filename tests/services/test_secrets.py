"""Keys, explanations and other people's marks reach nobody who may not see them (G14, G15)."""

import dataclasses
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from certify.domain.item import ItemVersion
from certify.domain.person import CONSOLE, Actor
from certify.domain.qualification import QualificationState
from certify.errors import CertifyError, NotFound, NotPermitted
from certify.platform import Platform
from certify.services import (
    accommodations,
    cohorts,
    course_sync,
    hall_board,
    home,
    learning,
    listing,
    lobby,
    people,
    release,
    results,
    sitting,
)
from certify.services.listing import ListFilter
from certify.storage import items
from tests.platforms import actor, read_course, sit
from tests.services.steps import EXAM, Terminal, begin, check_books, fail

CANARY = "金丝雀"
"""Stands in every explanation of the planted course, and nowhere else."""


@pytest.fixture
def planted(sqlite_platform: Platform) -> Platform:
    """A platform whose items carry a canary in every explanation."""
    with sqlite_platform.database.write() as session:
        for version in session.exec(select(ItemVersion)).all():
            content = json.loads(json.dumps(version.content))
            content["explanation"] = {
                language: f"{CANARY} {version.id}" for language in content["explanation"]
            }
            version.content = content
    sqlite_platform.item_contents.clear()
    return sqlite_platform


def plain(thing: Any) -> Any:
    """A view as plain data, with the names of all fields."""
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        names = [field.name for field in dataclasses.fields(thing)]
        return {name: plain(getattr(thing, name)) for name in names}
    if isinstance(thing, Mapping):
        return {str(key): plain(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple | set | frozenset):
        return [plain(one) for one in thing]
    return thing.value if isinstance(thing, Enum) else thing


def names(thing: Any) -> Iterator[str]:
    """Every key of plain data, however deep."""
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield key
            yield from names(value)
    elif isinstance(thing, list):
        for one in thing:
            yield from names(one)


def all_that_a_learner_gets(platform: Platform, who: Actor) -> list[Any]:
    """Every view a learner can ask for in one whole sitting, before and after submitting."""
    seen: list[Any] = [home.home(platform, actor=who), lobby.lobby(platform, actor=who, exam=EXAM)]
    terminal = begin(platform, who)
    seen.append(terminal.sitting)
    for position in range(len(terminal.sitting.items)):
        seen.append(terminal.respond(position, terminal.wrong(position)))
    seen.append(sitting.resume(platform, actor=who, exam=EXAM))
    terminal.sitting = seen[-1]
    terminal.submit()
    seen += [
        results.result(platform, actor=who, attempt_id=terminal.sitting.attempt_id),
        release.review(platform, actor=who, attempt_id=terminal.sitting.attempt_id),
        sitting.time_of(platform, actor=who, attempt_id=terminal.sitting.attempt_id),
        results.record(platform, actor=who),
        home.home(platform, actor=who),
        lobby.lobby(platform, actor=who, exam=EXAM),
        learning.course_views(platform, actor=who),
    ]
    for lesson in learning.course_view(platform, actor=who, course="sample").lessons:
        seen.append(learning.open_lesson(platform, actor=who, course="sample", lesson=lesson.code))
    return seen


def test_no_view_of_a_learner_holds_a_key_or_an_explanation(planted: Platform) -> None:
    learner = actor(planted, "E1001")
    read_course(planted, learner)

    seen = [plain(view) for view in all_that_a_learner_gets(planted, learner)]

    text = json.dumps(seen, ensure_ascii=False, default=str)
    assert "先问候" in text, "the views hold the texts of lessons, so the search works"
    assert CANARY not in text
    assert not {"key", "explanation", "content", "correct", "share"} & set(names(seen))


def test_an_items_view_is_the_same_whatever_its_key_is(planted: Platform) -> None:
    learner = actor(planted, "E1001")
    read_course(planted, learner)
    before = begin(planted, learner).sitting.items
    with planted.database.write() as session:
        for version in session.exec(select(ItemVersion)).all():
            letters = sorted(version.content["options"])
            other = [letter for letter in letters if letter not in version.content["key"]]
            version.content = {**version.content, "key": other}
    planted.item_contents.clear()

    assert sitting.resume(planted, actor=learner, exam=EXAM).items == before


def test_neither_log_nor_error_nor_ledger_tells_a_key_or_an_explanation(
    planted: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    learner = actor(planted, "E1001")
    read_course(planted, learner)
    terminal = begin(planted, learner)
    told = []
    wrong: list[dict[str, Any]] = [{"chosen": ["?"]}, {"chosen": []}, {}, {"chosen": None}]
    for answer in wrong:
        with pytest.raises(CertifyError) as refused:
            terminal.respond(0, answer)
        told.append(str(refused.value))
    terminal.answer_all()
    terminal.submit()

    with planted.database.read() as session:
        from certify.storage import ledger

        told += [json.dumps(entry.facts) for entry in ledger.entries(session)]
        keys = {
            json.dumps(version.content["key"])
            for version in items.versions(session, range(1, 100)).values()
            if len(version.content["key"]) > 1
        }
    everything = "\n".join([*told, caplog.text])
    assert CANARY not in everything
    assert keys
    assert not any(key in everything for key in keys)


def test_events_for_plugins_hold_no_key_and_no_name(planted: Platform) -> None:
    heard: list[Any] = []

    class Listener:
        """Hears everything."""

    from certify.hooks.hookspecs import hookimpl

    def scored(summary: Any) -> None:
        heard.append(summary)

    listener = Listener()
    for name in ("certify_attempt_scored", "certify_certificate_issued"):
        setattr(listener, name, hookimpl(scored))
    planted.plugins.manager.register(listener, name="listener")
    learner = actor(planted, "E1001")
    read_course(planted, learner)
    sit(planted, learner)

    text = json.dumps([plain(one) for one in heard], ensure_ascii=False, default=str)

    assert [type(one).__name__ for one in heard] == [
        "AttemptScored",
        "CertificateIssued",
        "CertificateIssued",
    ]
    assert CANARY not in text
    assert learner.name not in text


@pytest.mark.parametrize(
    ("who", "may"),
    [("E1001", True), ("E1002", False), ("S0001", True), ("H0001", True), ("0001", True)],
)
def test_a_result_and_a_record_are_seen_by_oneself_ones_supervisor_and_hr(
    platform: Platform, who: str, may: bool
) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    attempt_id = fail(platform, learner, "limits")
    reader = actor(platform, who)

    def see_result() -> object:
        return results.result(platform, actor=reader, attempt_id=attempt_id).attempt.mark

    def see_record() -> object:
        return results.record(platform, actor=reader, staff_no="E1001").attempts[0].mark

    if may:
        assert see_result() == see_record() != ""
    else:
        with pytest.raises(NotFound):
            see_result()
        with pytest.raises(NotPermitted):
            see_record()


def test_the_supervisor_sees_the_reports_but_not_the_others(platform: Platform) -> None:
    supervisor, hr = actor(platform, "S0001"), actor(platform, "H0001")
    attempts = {}
    for who in (supervisor, hr):
        read_course(platform, who)
        attempts[who.staff_no] = sit(platform, who)

    with pytest.raises(NotFound):
        results.result(platform, actor=supervisor, attempt_id=attempts["H0001"])
    with pytest.raises(NotPermitted):
        results.record(platform, actor=supervisor, staff_no="H0001")


def test_whether_an_attempt_exists_or_is_submitted_is_not_told_to_others(
    platform: Platform,
) -> None:
    learner, other = actor(platform, "E1001"), actor(platform, "E1002")
    read_course(platform, learner)
    terminal = begin(platform, learner)

    def what_is_told(attempt_id: int) -> str:
        with pytest.raises(NotFound) as refused:
            results.result(platform, actor=other, attempt_id=attempt_id)
        return str(refused.value)

    while_open = what_is_told(terminal.sitting.attempt_id)
    terminal.submit()

    assert while_open == what_is_told(terminal.sitting.attempt_id) == what_is_told(9999)


def test_an_open_attempt_has_no_result_for_anybody(platform: Platform) -> None:
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    terminal.answer_all()

    for who in (learner, actor(platform, "S0001"), actor(platform, "H0001")):
        with pytest.raises(NotFound):
            results.result(platform, actor=who, attempt_id=terminal.sitting.attempt_id)
    (view,) = results.record(platform, actor=learner).attempts
    assert (view.mark, view.passed, view.earned, view.possible) == ("", None, "", "")


Call = Callable[[Platform, Actor], object]
GUARDED: dict[str, tuple[Call, set[str]]] = {
    "the qualification list": (
        lambda p, who: listing.qualification_list(
            p, actor=who, wanted=ListFilter(as_of=listing.today(p))
        ),
        {"H0001", "0001"},
    ),
    "the people list": (
        lambda p, who: people.people_list(p, actor=who),
        {"H0001", "0001"},
    ),
    "loading courses": (
        lambda p, who: course_sync.sync_courses(p, actor=who),
        {"0001"},
    ),
    "the exams in progress": (
        lambda p, who: hall_board.board(p, actor=who),
        {"S0001", "H0001", "0001"},
    ),
    "the cohorts": (lambda p, who: cohorts.listed(p, actor=who), {"H0001", "0001"}),
    "the accommodations": (lambda p, who: accommodations.listed(p, actor=who), {"H0001", "0001"}),
    "assigning a course to a report": (
        lambda p, who: learning.enrol(p, actor=who, staff_no="E1001", course="sample", due_on=None),
        {"S0001", "H0001", "0001"},
    ),
    "assigning a course to HR": (
        lambda p, who: learning.enrol(p, actor=who, staff_no="H0001", course="sample", due_on=None),
        {"H0001", "0001"},
    ),
}


@pytest.mark.parametrize("name", GUARDED)
def test_what_needs_a_role_is_refused_to_everybody_else(
    sqlite_platform: Platform, name: str
) -> None:
    call, allowed = GUARDED[name]
    for staff_no in ("E1001", "E1002", "S0001", "H0001", "0001"):
        who = actor(sqlite_platform, staff_no)
        if staff_no in allowed:
            call(sqlite_platform, who)
        else:
            with pytest.raises(NotPermitted):
                call(sqlite_platform, who)


def test_the_home_page_offers_lists_only_to_those_who_may_see_them(
    sqlite_platform: Platform,
) -> None:
    offered = {
        staff_no: (view.may_see_people, view.may_see_qualifications)
        for staff_no in ("E1001", "S0001", "H0001", "0001")
        for view in [home.home(sqlite_platform, actor=actor(sqlite_platform, staff_no))]
    }

    assert offered == {
        "E1001": (False, False),
        "S0001": (False, False),
        "H0001": (True, True),
        "0001": (True, True),
    }


def test_an_actor_who_gives_another_persons_number_of_attempt_gets_nothing_written(
    platform: Platform,
) -> None:
    learner, other = actor(platform, "E1001"), actor(platform, "E1002")
    read_course(platform, learner)
    read_course(platform, other)
    mine, theirs = begin(platform, learner), begin(platform, other)
    stolen = Terminal(platform, other, mine.sitting, 0)

    with pytest.raises(NotFound):
        stolen.respond(0, {"chosen": ["a"]})
    with pytest.raises(NotFound):
        stolen.submit()

    theirs.submit()
    mine.respond(0, mine.right(0))
    check_books(platform)


MADE_UP = ("\x00", "\ud800", "x" * 10_000, "' OR 1=1 --", "%", "e1001", " ")


def test_no_made_up_number_or_code_finds_anything_or_fails_otherwise(platform: Platform) -> None:
    for text in MADE_UP:
        _finds_nothing(platform, text)


def _finds_nothing(platform: Platform, text: str) -> None:
    learner, hr = actor(platform, "E1001"), actor(platform, "H0001")
    calls: list[Callable[[], object]] = [
        lambda: actor(platform, text),
        lambda: results.record(platform, actor=hr, staff_no=text),
        lambda: lobby.lobby(platform, actor=learner, exam=text),
        lambda: sitting.start(platform, actor=learner, exam=text),
        lambda: learning.course_view(platform, actor=learner, course=text),
        lambda: learning.open_lesson(platform, actor=learner, course="sample", lesson=text),
        lambda: learning.enrol(platform, actor=hr, staff_no="E1001", course=text, due_on=None),
        lambda: learning.enrol(platform, actor=hr, staff_no=text, course="sample", due_on=None),
    ]
    for call in calls:
        with pytest.raises(NotFound):
            call()
    found = listing.qualification_list(
        platform,
        actor=hr,
        wanted=ListFilter(listing.today(platform), QualificationState.ACTIVE, text, text, text),
    )
    assert found.rows == ()


def test_no_course_text_is_written_to_the_home(planted: Platform, tmp_path: Path) -> None:
    learner = actor(planted, "E1001")
    read_course(planted, learner)
    sit(planted, learner)
    assert course_sync.sync_courses(planted, actor=CONSOLE)

    for path in (tmp_path / "home").rglob("*"):
        assert CANARY.encode() not in (path.read_bytes() if path.is_file() else b"")
