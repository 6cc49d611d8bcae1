"""One command, several processes: shared doors, a death, an orderly stop, doors that cannot be."""

import asyncio
import os
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from certify.cli.main import run
from certify.domain.attempt import Attempt
from certify.domain.sitting_time import Beat
from certify.errors import BadInput
from certify.platform import Platform
from certify.server import places
from certify.services import downtime
from tests.server.nodes import answer, make_company, open_exam, serving
from tests.server.serving import PATIENCE
from tests.services.steps import check_books


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Platform]:
    """A lasting company on SQLite."""
    made = make_company(tmp_path, f"sqlite:///{tmp_path / 'certify.db'}", learners=1)
    yield made
    made.close()


def is_alive(pid: int) -> bool:
    """Whether a process runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "zombie" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii")


async def test_two_workers_on_one_file_share_a_port_and_one_that_dies_begins_again(
    company: Platform,
) -> None:
    async with serving(company, "--workers", "2", "--metrics", "127.0.0.1:0") as server:
        people = [server.client(name) for name in ("E1001", "R0000")]
        for person in people:
            await person.__aenter__()
        await asyncio.gather(*(open_exam(person) for person in people))
        await asyncio.gather(*(answer(person, 1) for person in people))
        told = [await server.get("/metrics", place) for place in (0, 1)]
        sessions = [
            float(re.findall(r"^certify_sessions (\S+)", text, re.M)[0]) for _, text in told
        ]
        assert sum(sessions) == len(people)

        os.kill(server.pids["hall-1"], signal.SIGKILL)
        await server.until(lambda: "hall-3" in server.nodes, "no other began")
        assert any("worker hall-1 ended with code -9" in line for line in server.log)
        for person in people:
            await person.leave()
        assert await server.stop() == 0

    with company.database.read() as session:
        beats = {one.node: one.stopped for one in session.exec(select(Beat)).all()}
        assert len(session.exec(select(Attempt)).all()) == len(people)
    assert beats == {"hall-1": False, "hall-2": True, "hall-3": True}
    check_books(company)


async def test_a_stop_says_goodbye_and_leaves_the_attempt_open(company: Platform) -> None:
    async with serving(company) as server:
        async with server.client() as person:
            await open_exam(person)
            await answer(person, 1)
            server.process.send_signal(signal.SIGHUP)  # the terminal is closed: nothing happens
            server.process.send_signal(signal.SIGTERM)
            assert await person.until_end() == 0
            assert "The server is being restarted." in person.shown
        assert await server.stop() == 0
    with company.database.read() as session:
        [attempt] = session.exec(select(Attempt)).all()
        assert attempt.submitted_at is None
        assert [one.stopped for one in session.exec(select(Beat)).all()] == [True]


async def test_workers_end_when_their_parent_is_gone(company: Platform) -> None:
    async with serving(company, "--workers", "2") as server:
        workers = [server.pids[name] for name in server.nodes]
        server.kill()
        await server.process.wait()
        async with asyncio.timeout(PATIENCE):
            while any(map(is_alive, workers)):
                await asyncio.sleep(0.05)
    with company.database.read() as session:
        assert all(one.stopped for one in session.exec(select(Beat)).all())


async def test_rules_that_change_are_in_force_without_a_restart(company: Platform) -> None:
    async with serving(company) as server:
        file = company.settings.home.policy
        file.write_text(file.read_text(encoding="utf-8") + "[exam]\npass_mark = 97\n", "utf-8")
        await server.until(
            lambda: any("its rules are in force" in line for line in server.log), "not noticed"
        )
        async with server.client() as person:
            await person.until("Now")
            await asyncio.sleep(0.5)
            person.press("enter")
            await person.until("Enter Start")
            assert "97 of 100" in person.shown


def test_the_names_of_servers_are_never_given_twice(platform: Platform) -> None:
    names = [downtime.join(platform, name="hall") for _each in range(2)]
    downtime.stop(platform, node="hall-2")
    names += [downtime.join(platform, name=name) for name in ("hall", "hall-x", "hall")]
    assert names == ["hall-1", "hall-2", "hall-3", "hall-x-1", "hall-4"]
    assert downtime.leads(platform, node="hall-1")
    assert not downtime.leads(platform, node="hall-3")


def test_a_door_that_cannot_be_opened_is_refused_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        cases = [
            ("127.0.0.1", taken.getsockname()[1]),
            ("192.0.2.1", 0),
            ("no-such-host.invalid", 0),
        ]
        for host, port in cases:
            with pytest.raises(BadInput) as refused, places.held(host, port):
                pass
            assert refused.value.place == f"{host}:{port}"
            assert refused.value.mend


def test_a_free_port_is_the_same_on_every_address_of_the_machine() -> None:
    with places.held("", 0) as place:
        assert place.port
        assert not place.is_local
        assert place.shown_host == socket.gethostname()
        assert len(place.addresses) == len(set(place.addresses))
    with places.held("::1", 0) as place:
        assert place.is_local


@pytest.mark.parametrize(
    ("doors", "code", "words"),
    [
        (["--ssh", "0.0.0.0:0"], 1, "anybody may be anybody"),
        (["--ssh", "127.0.0.1:0", "--metrics", "0.0.0.0:0"], 2, "for this machine alone"),
        (["--ssh", "127.0.0.1"], 2, "is no address"),
        (["--ssh", "::1:2222"], 2, "is no address"),
        (["--ssh", "127.0.0.1:65536"], 2, "is no address"),
        (["--ssh", "127.0.0.1:0", "--node", "a b"], 2, "name of a server"),
        (["--ssh", "127.0.0.1:0", "--workers", "0"], 2, "0"),
        ([], 2, "Say where people come in"),
    ],
)
def test_what_cannot_be_served_is_refused_before_anything_opens(
    sqlite_platform: Platform,
    capsys: pytest.CaptureFixture[str],
    doors: list[str],
    code: int,
    words: str,
) -> None:
    settings = sqlite_platform.settings
    where = ["--home", str(settings.home.root), "--db", settings.database_url]

    assert run([*where, "--lang", "en", "serve", *doors]) == code

    assert words in capsys.readouterr().err


def test_a_home_that_was_never_founded_is_not_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--home", str(tmp_path / "new"), "--lang", "en"]

    assert run([*where, "serve", "--ssh", "127.0.0.1:0"]) == 1

    said = capsys.readouterr().err
    assert "no company in this home" in said
    assert "Start “certify” once" in said
