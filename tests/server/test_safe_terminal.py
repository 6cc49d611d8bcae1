"""Only sequences that our own driver emits reach a terminal, whatever texts hold (G13)."""

import logging
from datetime import date

import pytest
from sqlmodel import Session as DatabaseSession
from sqlmodel import select
from textual.widgets import Input

from certify.domain.course import Course, Exam, Lesson
from certify.domain.item import ItemVersion
from certify.domain.person import Department, Person, Post, Role, RoleGrant
from certify.domain.registration import Announcement
from certify.platform import Platform
from certify.server.journal import Lines
from certify.services import sitting
from certify.tui.pages import page_named
from certify.tui.screens.course import CourseScreen
from certify.tui.screens.exam import ExamScreen
from certify.tui.screens.lobby import LobbyScreen
from certify.tui.screens.record import RecordScreen
from certify.tui.screens.sign_in import SignInScreen
from tests.platforms import actor, read_course, sit
from tests.server.foreign import KINDS, NAUGHTY, PAYLOADS, at_terminal, foreign, rest, show
from tests.server.sessions import reaches

IN_A_BATCH = 120


def spoil(platform: Platform, texts: list[str]) -> None:
    """Put naughty texts where people and courses have theirs, past all checks."""
    with platform.database.write() as session:
        _people(session, texts)
        every = "\n".join(texts)
        for course in session.exec(select(Course)).all():
            course.title = {"zh": " ".join(texts[:8]), "en": " ".join(texts[:8])}
        for exam in session.exec(select(Exam)).all():
            exam.title = {"zh": " ".join(texts[:8]), "en": " ".join(texts[:8])}
        for lesson in session.exec(select(Lesson)).all():
            lesson.title = {"zh": texts[0], "en": texts[-1]}
        for version in session.exec(select(ItemVersion)).all():
            version.content = {**version.content, "stem": {"zh": every, "en": every}}
    platform.item_contents.clear()


def _people(session: DatabaseSession, texts: list[str]) -> None:
    known = {one.staff_no: one for one in session.exec(select(Person)).all()}
    department = session.exec(select(Department)).all()[-1]
    department.name = texts[0]
    post = session.exec(select(Post)).all()[-1]
    for number, text in enumerate(texts):
        staff_no = f"N{number:04}"
        if staff_no in known:
            known[staff_no].name = text
            continue
        person = Person(
            staff_no=staff_no,
            name=text,
            department_id=department.id or 0,
            post_id=post.id or 0,
            hired_on=date(2024, 3, 4),
        )
        session.add(person)
    known["E1001"].name = "".join(texts[:4])
    known["H0001"].name = "".join(texts[4:8])


@pytest.fixture
def company(sqlite_platform: Platform) -> Platform:
    """E1002 has passed and sits nothing; E1001 has read the course and may sit the exam."""
    for staff_no in ("E1001", "E1002"):
        read_course(sqlite_platform, actor(sqlite_platform, staff_no))
    sit(sqlite_platform, actor(sqlite_platform, "E1002"))
    with sqlite_platform.database.write() as session:
        person = session.exec(select(Person).where(Person.staff_no == "H0001")).one()
        session.add(RoleGrant(person_id=person.id or 0, role=Role.TRAINER))
    return sqlite_platform


BATCHES = [PAYLOADS * 3] + [
    NAUGHTY[place : place + IN_A_BATCH] for place in range(0, len(NAUGHTY), IN_A_BATCH)
]


@pytest.mark.parametrize("batch", range(len(BATCHES)))
async def test_nothing_foreign_reaches_the_terminals_of_those_who_watch(
    company: Platform, batch: int
) -> None:
    spoil(company, BATCHES[batch])
    sitting.start(company, actor=actor(company, "E1001"), exam="sample-written")
    async with at_terminal(company, "H0001") as (session, caught):
        for name in ("people", "invigilation", "ledger", "cohorts", "exams"):
            sent = await show(session, caught, lambda name=name: page_named(name))  # type: ignore[misc]
            assert foreign(sent) == [], name
        sent = await show(session, caught, lambda: RecordScreen("E1002"))
        assert foreign(sent) == []
    assert foreign(bytes(caught.sent)) == []


@pytest.mark.parametrize("batch", range(len(BATCHES)))
async def test_nothing_foreign_reaches_the_terminal_of_a_candidate(
    company: Platform, batch: int
) -> None:
    spoil(company, BATCHES[batch])
    exam = "sample-written"
    async with at_terminal(company, "E1001") as (session, caught):
        for page in (lambda: LobbyScreen(exam), lambda: CourseScreen("sample"), SignInScreen):
            assert foreign(await show(session, caught, page)) == []
        begun = sitting.start(company, actor=actor(company, "E1001"), exam=exam)
        with company.database.write() as rows:
            rows.add(
                Announcement(
                    exam_id=rows.exec(select(Exam).where(Exam.code == exam)).one().id or 0,
                    attempt_id=begun.attempt_id,
                    at=company.clock.now(),
                    by=1,
                    text=" ".join(BATCHES[batch]),
                )
            )
        sent = await show(session, caught, lambda: ExamScreen(begun))
        assert foreign(sent) == []


async def test_what_is_typed_or_pasted_for_a_name_comes_back_clean_and_stands_in_no_log(
    company: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with at_terminal(company, "E1001") as (session, caught):

        async def push() -> None:
            await session.app.push_screen(SignInScreen())

        session.app.call_later(push)
        await rest(caught)
        for text in [*PAYLOADS, *KINDS["terminal"], *KINDS["bidi"]]:
            data = text.encode("utf-8", "surrogatepass")
            session.feed(b"\x1b[200~" + data.replace(b"\x1b", b"") + b"\x1b[201~")
            session.feed(b"\x9b\xff\xed\xa0\x80")
        session.feed(b"last\rwrong\r")
        field = session.app.screen.query(Input).first()
        await reaches(lambda: field.value.endswith("last"), lambda: field.value)
        await rest(caught)
        assert session.app.is_running
        assert "�31m" in field.value
    assert foreign(bytes(caught.sent)) == []
    lines = Lines("here")
    for record in caplog.records:
        assert foreign(lines.format(record).encode()) == []


def test_a_foreign_sequence_would_be_found() -> None:
    for text in PAYLOADS:
        if not text.startswith("["):
            assert foreign(text.encode()), repr(text)
    assert foreign(b"\x1b[?1049h\x1b[38;2;1;2;3mtext\x1b[0m\x1b[4;1H") == []
