"""A home that nobody founded yet, and what a database is asked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from certify.clock import SetClock
from certify.hooks.registry import Plugins
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.settings import Settings


@pytest.fixture
def empty_platform(
    database_url: str, tmp_path: Path, clock: SetClock, plugins: Plugins
) -> Iterator[Platform]:
    """A platform without a company, on SQLite and on PostgreSQL."""
    settings = Settings(home=Home(tmp_path / "home"), db=database_url, lang="zh")
    platform = open_platform(settings, clock=clock, plugins=plugins)
    yield platform
    platform.close()


@pytest.fixture
def statements(platform: Platform) -> Iterator[list[str]]:
    """Every statement that the platform sends to its database from now on."""
    sent: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    event.listen(platform.database.engine, "before_cursor_execute", keep)
    yield sent
    event.remove(platform.database.engine, "before_cursor_execute", keep)
