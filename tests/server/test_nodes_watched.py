"""What a server says of itself: health, numbers, and a log without anybody's data."""

import asyncio
import json
import logging
import re
from pathlib import Path

import asyncssh
import pytest
from textual.worker import WorkerFailed

from certify.server import journal, ssh_words
from tests.server.nodes import (
    answer,
    go_on,
    make_company,
    open_exam,
    serving,
)
from tests.server.serving import Client
from tests.services.steps import check_books

NAUGHTY = Path(__file__).parents[1] / "naughty_strings.json"
CANARY = "CANARY-7f3a"


def number(text: str, name: str) -> float:
    """The value of one of the numbers."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    assert found, name
    return float(found[1])


async def test_a_server_tells_its_health_and_what_it_counted_and_logs_nobodys_data(
    tmp_path: Path,
) -> None:
    company = make_company(tmp_path, f"sqlite:///{tmp_path / 'certify.db'}")
    async with serving(company, "--metrics", "127.0.0.1:0") as server:
        assert await server.get("/health") == (200, "ok\n")
        async with server.client() as person:
            await open_exam(person)
            await answer(person, 1)
            await go_on(person, 2)
            status, text = await server.get("/metrics")
        assert status == 200
        assert number(text, "certify_sessions") == 1
        assert number(text, "certify_attempts_open") == 1
        assert number(text, "certify_answer_saved_seconds_count") >= 1
        assert number(text, 'certify_sign_ins_total{outcome="in"}') == 1
        assert number(text, "certify_session_starts_total") == 1
        assert number(text, 'certify_node_info{node="hall-1"}') == 1

        names = [*_naughty()[::40], CANARY]
        await asyncio.gather(*(_try(Client(server.port, _possible(one), CANARY)) for one in names))
        _status, text = await server.get("/metrics")
        assert number(text, 'certify_sign_ins_total{outcome="refused"}') > 0
        assert await server.stop() == 0

        for line in server.log:
            assert line.isascii()
            assert set(json.loads(line)) >= {"at", "level", "node", "process", "from"}
        everything = "\n".join([*server.said, *server.log])
        log = company.settings.home.log
        everything += log.read_text(encoding="utf-8") if log.exists() else ""
        for secret in (CANARY, "correct horse", "E1001", "王小兰", "\\u738b", '127.0.0.1"'):
            assert secret not in everything
    check_books(company)
    company.close()


def _naughty() -> list[str]:
    kinds = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    return [str(text) for texts in kinds.values() for text in texts]


def _possible(name: str) -> str:
    """A name that SSH can carry."""
    return name.encode("utf-8", "ignore").decode()[:200] or "x"


async def _try(client: Client) -> None:
    try:
        async with client:
            pass
    except (asyncssh.Error, OSError, ValueError, UnicodeError):
        pass  # turned away


@pytest.mark.parametrize(
    ("message", "given", "what"),
    [
        ("%s sessions", (3,), "3 sessions"),
        ("it broke: %s", (ValueError(CANARY),), "it broke: ValueError"),
        ('a\n{"level": "error"} %s', ("\x1b]0;x\x07\u202e",), None),
    ],
)
def test_a_line_of_the_log_is_one_object_of_plain_characters(
    message: str, given: tuple[object, ...], what: str | None
) -> None:
    record = logging.LogRecord("certify.server", logging.INFO, __file__, 1, message, given, None)

    line = journal.Lines("hall-1").format(record)

    assert "\n" not in line
    assert line.isascii()
    assert line.isprintable()
    assert what in (None, json.loads(line)["what"])
    assert CANARY not in line


def test_what_a_library_says_is_left_out_of_the_log_and_its_place_is_kept() -> None:
    record = logging.LogRecord(
        "asyncssh", logging.WARNING, "/x/auth.py", 7, "user %s", (CANARY,), None
    )

    told = json.loads(journal.Lines("hall-1").format(record))

    assert told["where"] == "auth:7"
    assert CANARY not in str(told)


def test_a_fault_in_the_log_has_its_places_and_the_words_of_none() -> None:
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as inner:
            raise RuntimeError(CANARY) from inner
    except RuntimeError as problem:
        found = (type(problem), problem, problem.__traceback__)
    record = logging.LogRecord("certify", logging.ERROR, __file__, 1, "a fault", None, found)

    told = json.loads(journal.Lines("hall-1").format(record))

    assert told["fault"] == "RuntimeError < KeyError"
    assert told["places"][0].startswith("test_nodes_watched.py:")
    assert CANARY not in str(told)


def test_the_places_of_a_fault_are_our_own_lines_and_the_last_one() -> None:
    def shout(_text: str) -> str:
        raise KeyError(CANARY)

    try:
        ssh_words.in_both("zh", lambda: re.sub("a", lambda _match: shout(CANARY), "a"))
    except KeyError as problem:
        fault = WorkerFailed(problem)

    kinds, places = journal.kind_of(fault), journal.places_of(fault)

    assert kinds == "KeyError"
    assert [one.partition(":")[0] for one in places] == ["ssh_words.py", "test_nodes_watched.py"]
    assert journal.in_short(fault).startswith("KeyError at test_nodes_watched.py:")
    assert CANARY not in str(places)


def test_on_a_terminal_a_warning_is_a_line_of_words() -> None:
    try:
        raise ValueError(CANARY)
    except ValueError as problem:
        found = (type(problem), problem, problem.__traceback__)
    record = logging.LogRecord(
        "certify.server", logging.WARNING, __file__, 1, "%s broke\x1b]0;x\x07", ("门",), found
    )

    line = journal.Words().format(record)

    assert re.fullmatch(
        r"\d\d:\d\d:\d\d  \\u95e8 broke\S*: ValueError at test_nodes_watched\.py:\d+ \S+", line
    )
    assert CANARY not in line
    assert line.isprintable()
