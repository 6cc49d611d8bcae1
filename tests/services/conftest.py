"""A home that nobody founded yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
