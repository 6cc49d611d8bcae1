"""Fixtures that open a platform on a fresh database with the small course of `tests/courses`."""

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from certify import i18n
from certify.clock import SetClock
from certify.domain.person import CONSOLE, Actor, Department, Person, Post, Role, RoleGrant
from certify.hooks import registry
from certify.hooks.registry import Plugins
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.policy import FULL_LADDER, Policy
from certify.services import course_sync, founding, learning, sign_in, sitting
from certify.services.sitting import Sitting
from certify.settings import Settings
from certify.storage import guards, items
from tests.conftest import postgres_database

COURSES = Path(__file__).parent / "courses"
NOON = datetime(2024, 3, 4, 4, 0, tzinfo=UTC)
"""Monday 2024-03-04, 12:00 in Shanghai."""


@pytest.fixture(autouse=True, scope="session")
def _first_language() -> None:
    """What a session makes once, it makes in Chinese."""
    i18n.use(i18n.Speaker("zh"))


@pytest.fixture(autouse=True)
def _language() -> None:
    """Every test begins in Chinese, whatever the one before spoke."""
    i18n.use(i18n.Speaker("zh"))


SHORT_LADDER = """
[[qualification.ladder]]
code = "L1"
title = { zh = "客服专员", en = "Agent" }
months = 12
conditions = [
    { kind = "lessons-finished", course_kind = "onboarding" },
    { kind = "exam-passed", course_kind = "onboarding" },
]
"""
"""A company with one level and no on-site practice: what most tests are not about."""


@pytest.fixture
def plugins() -> Plugins:
    """The installed plugins, but only the sample course."""
    return _plugins()


def _plugins() -> Plugins:
    loaded = registry.load(
        ("choice", "order", "written", "rubric", "scenario", "tables", "evaluation-schemes")
    )
    loaded.course_folders.append(COURSES / "sample")
    return loaded


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at `NOON` until it is set."""
    return SetClock(NOON)


@pytest.fixture
def open_at(
    tmp_path: Path, clock: SetClock, plugins: Plugins
) -> Iterator[Callable[[str], Platform]]:
    """Opens a founded platform at a database URL; the seeds of its forms count upwards."""
    opened: list[Platform] = []

    def open_one(url: str) -> Platform:
        seeds = iter(range(1, 1_000_000))
        settings = Settings(home=Home(tmp_path / "home"), db=url, lang="zh")
        settings.home.policy.parent.mkdir(parents=True, exist_ok=True)
        if not settings.home.policy.exists():
            settings.home.policy.write_text(SHORT_LADDER, encoding="utf-8")
        one = open_platform(
            settings, clock=clock, new_seed=lambda: f"seed-{next(seeds)}", plugins=plugins
        )
        opened.append(one)
        if founding.organisation(one) is None:
            _people(one)
        return one

    yield open_one
    for one in opened:
        one.close()


@pytest.fixture(scope="session")
def founded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that was founded once, to be copied."""
    folder = tmp_path_factory.mktemp("founded")
    _found(f"sqlite:///{folder / 'certify.db'}", folder)
    return folder / "certify.db"


@pytest.fixture(scope="session")
def founded_postgres(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a PostgreSQL database that was founded once, to be copied."""
    with postgres_database(postgres_server) as url:
        _found(url, tmp_path_factory.mktemp("founded"))
        yield make_url(url).database or ""


@pytest.fixture(params=["sqlite", "postgresql"])
def platform(
    request: pytest.FixtureRequest, open_at: Callable[[str], Platform]
) -> Iterator[Platform]:
    """A founded platform; a test that asks for it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_platform")
        return
    server = request.getfixturevalue("postgres_server")
    with postgres_database(server, request.getfixturevalue("founded_postgres")) as url:
        one = open_at(url)
        yield one
        one.close()


@pytest.fixture
def sqlite_platform(
    open_at: Callable[[str], Platform], founded_sqlite: Path, tmp_path: Path
) -> Platform:
    """A founded platform on SQLite alone, for tests that are about something else."""
    shutil.copyfile(founded_sqlite, tmp_path / "certify.db")
    return open_at(f"sqlite:///{tmp_path / 'certify.db'}")


def _found(url: str, folder: Path) -> None:
    """Make a founded database at a URL and leave it closed."""
    one = open_platform(
        Settings(home=Home(folder), db=url, lang="zh"), clock=SetClock(NOON), plugins=_plugins()
    )
    _people(one)
    one.close()


def _people(platform: Platform) -> None:
    """Found the company, load the sample course, hire everybody."""
    with i18n.speaking("zh"):  # the head office gets its name in it
        founding.found_organisation(
            platform,
            name="示例公司",
            staff_no="0001",
            person_name="管理员",
            password=None,
            is_demo=True,
        )
        course_sync.sync_courses(platform, actor=CONSOLE)
        _hire(platform)


def _hire(platform: Platform) -> None:
    """E1001 王小兰 (learner), E1002 (learner), S0001 (their supervisor), H0001 (HR)."""
    with platform.database.write() as session:
        department = Department(code="CS", name="客服部", name_en="Customer service")
        post = Post(code="agent", name="客服专员", name_en="Agent")
        session.add_all([department, post])
        session.flush()
        supervisor_id = None
        for staff_no, name, roles in (
            ("S0001", "主管", (Role.SUPERVISOR,)),
            ("E1001", "王小兰", ()),
            ("E1002", "李雷", ()),
            ("H0001", "人事", (Role.HR,)),
        ):
            person = Person(
                staff_no=staff_no,
                name=name,
                department_id=department.id or 0,
                post_id=post.id or 0,
                supervisor_id=supervisor_id if staff_no.startswith("E") else None,
                hired_on=date(2024, 3, 4),
            )
            session.add(person)
            session.flush()
            supervisor_id = supervisor_id or person.id
            for role in (Role.LEARNER, *roles):
                session.add(RoleGrant(person_id=person.id or 0, role=role))


def actor(platform: Platform, staff_no: str) -> Actor:
    """The person with this staff number."""
    return sign_in.act_as(platform, staff_no=staff_no)


def read_course(platform: Platform, who: Actor, course: str = "sample") -> None:
    """Read every lesson to its end."""
    for lesson in learning.course_view(platform, actor=who, course=course).lessons:
        learning.open_lesson(platform, actor=who, course=course, lesson=lesson.code)
        learning.finish_lesson(platform, actor=who, course=course, lesson=lesson.code)


def right_answers(platform: Platform, sitting_: Sitting) -> list[dict[str, Any]]:
    """The right answer of every item on a form, by position; only tests may look at keys."""
    with platform.database.read() as session:
        from certify.domain.attempt import Attempt

        form = session.get_one(Attempt, sitting_.attempt_id).form
        found = items.versions(session, [int(item["version"]) for item in form])
        return [{"chosen": list(found[int(item["version"])].content["key"])} for item in form]


def sit(
    platform: Platform, who: Actor, exam: str = "sample-written", *, right: int | None = None
) -> int:
    """Sit an exam with the first `right` items answered rightly; returns the attempt's id."""
    begun = sitting.start(platform, actor=who, exam=exam)
    answers = right_answers(platform, begun)
    for position, answer in enumerate(answers[:right]):
        sitting.record_response(
            platform,
            actor=who,
            attempt_id=begun.attempt_id,
            fence=begun.fence,
            sequence=begun.sequence + position + 1,
            position=position,
            answer=answer,
            flagged=False,
        )
    sitting.submit(platform, actor=who, attempt_id=begun.attempt_id, fence=begun.fence)
    return begun.attempt_id


def with_policy(platform: Platform, policy: Policy) -> Platform:
    """The same platform under another policy; its ladder stays where that one has the usual."""
    if policy.qualification.ladder == FULL_LADDER:
        kept = {"ladder": platform.policy.qualification.ladder}
        policy = policy.model_copy(
            update={"qualification": policy.qualification.model_copy(update=kept)}
        )
    return dataclasses.replace(platform, policy=policy)


def with_full_ladder(platform: Platform) -> Platform:
    """The same platform with the levels L0 to L4 of the requirements."""
    own = platform.policy
    whole = own.qualification.model_copy(update={"ladder": FULL_LADDER})
    return dataclasses.replace(platform, policy=own.model_copy(update={"qualification": whole}))


def lift_guards(platform: Platform) -> None:
    """Take the triggers away that forbid changes of records, as whoever owns the database can."""
    with platform.database.engine.execution_options(writes=True).begin() as connection:
        guards.remove(connection)
