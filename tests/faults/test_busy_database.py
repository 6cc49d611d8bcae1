"""Somebody else holds the database: it is waited for, then told, and it goes on afterwards (G6)."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from certify.errors import NotSaved
from certify.platform import Platform
from certify.storage import database
from tests.faults.checks import check_nothing_lost, prepared, url_of
from tests.faults.conftest import Tally
from tests.faults.holding import held
from tests.faults.sizes import size
from tests.platforms import actor, read_course
from tests.services.steps import Terminal, begin, check_books

TIMES = size(5, 100)


@pytest.fixture
def sitting_(sqlite_platform: Platform) -> Terminal:
    """An attempt that was begun."""
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    return begin(sqlite_platform, learner)


def test_an_answer_waits_for_a_database_that_is_held_for_a_moment(
    sitting_: Terminal, tmp_path: Path
) -> None:
    with held(tmp_path / "certify.db") as holder:
        release = threading.Timer(0.3, holder.kill)  # a holder that dies gives it free, too
        begun = time.monotonic()
        release.start()
        receipt = sitting_.respond(0, sitting_.right(0))
        assert time.monotonic() - begun >= 0.3
        release.join()
    assert receipt.sequence == 1
    check_books(sitting_.platform)


def test_an_answer_that_waited_too_long_is_refused_and_taken_when_the_database_is_free(
    sitting_: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tally: Tally
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    impatient = replace(sitting_.platform, database=database.connect(url_of(sitting_.platform)))
    sitting_ = replace(sitting_, platform=impatient)
    acked = []
    for number in range(TIMES):
        answer = sitting_.right(number % 4)
        with held(tmp_path / "certify.db"):
            for _ in range(2):
                with pytest.raises(NotSaved):
                    sitting_.respond(number % 4, answer)
        acked.append([sitting_.respond(number % 4, answer).sequence, number % 4, answer])
    check_nothing_lost(impatient, sitting_.sitting.attempt_id, acked)
    impatient.close()
    tally("busy database", faults=TIMES, acknowledged=len(acked), lost=0)


def test_a_database_that_turned_read_only_is_told_and_answers_are_taken_when_it_is_not(
    sitting_: Terminal, tally: Tally
) -> None:
    acked = []
    for number in range(TIMES):
        answer = sitting_.right(number % 4)
        read_only = prepared(database.connect(url_of(sitting_.platform)), "PRAGMA query_only=ON")
        one = replace(sitting_, platform=replace(sitting_.platform, database=read_only))
        with pytest.raises(NotSaved):
            one.respond(number % 4, answer)
        read_only.close()
        acked.append([sitting_.respond(number % 4, answer).sequence, number % 4, answer])
    check_nothing_lost(sitting_.platform, sitting_.sitting.attempt_id, acked)
    tally("read-only database", faults=TIMES, acknowledged=len(acked), lost=0)
