"""Many at once on few connections: nobody waits for a second one while holding the first."""

from contextlib import ExitStack
from dataclasses import replace

import pytest

from certify.errors import HomeUnusable, NotSaved
from certify.platform import Platform
from certify.storage import database
from tests.platforms import actor, read_course
from tests.services.steps import Terminal, begin


@pytest.fixture
def sitting_(platform: Platform) -> Terminal:
    """An attempt that was begun."""
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    return begin(platform, learner)


def test_after_a_restart_an_answer_needs_no_second_connection_to_read_its_item(
    sitting_: Terminal,
) -> None:
    platform, answer = sitting_.platform, sitting_.right(0)
    with ExitStack() as held:
        for _ in range(database.CONNECTIONS - 1):
            held.enter_context(platform.database.engine.connect())
        platform.item_contents.clear()

        assert sitting_.respond(0, answer).sequence == 1


def test_when_all_connections_are_taken_it_is_told_in_words(
    sitting_: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sitting_.platform.database.is_sqlite:
        pytest.skip("its connections are files of this process")
    answer = sitting_.right(0)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    impatient = database.connect(sitting_.platform.settings.database_url)
    hurried = replace(sitting_, platform=replace(sitting_.platform, database=impatient))
    with ExitStack() as held:
        for _ in range(database.CONNECTIONS):
            held.enter_context(impatient.engine.connect())
        with pytest.raises(NotSaved):
            hurried.respond(0, answer)
        with pytest.raises(HomeUnusable), impatient.read() as session:
            session.connection()

    assert hurried.respond(0, answer).sequence == 1
    impatient.close()
