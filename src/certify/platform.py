"""The platform: settings, policy, database, plugins, clock and chance, built once and passed on."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from certify import policy as policies
from certify.clock import Clock, SystemClock, local_date
from certify.hooks import registry
from certify.hooks.registry import Plugins
from certify.policy import Policy
from certify.settings import Settings
from certify.storage import schema
from certify.storage.database import Database, connect


@dataclass(frozen=True)
class Platform:
    """All that a use case needs besides its arguments."""

    settings: Settings
    policy: Policy
    database: Database
    plugins: Plugins
    clock: Clock
    new_seed: Callable[[], str]
    """Chance: the seed of a test form."""
    item_contents: dict[int, Any] = field(default_factory=dict)
    """Parsed content of item versions seen in this run; versions never change."""

    def today(self) -> date:
        """The calendar day where the company works."""
        return local_date(self.clock.now(), self.policy.organisation.time_zone)

    def adopt(self, policy: Policy) -> None:
        """Put other rules in force in a program that runs on: what the home's file says holds."""
        object.__setattr__(self, "policy", policy)  # frozen against everything else

    def close(self) -> None:
        """Give the database back."""
        self.database.close()


def open_platform(
    settings: Settings,
    *,
    clock: Clock | None = None,
    new_seed: Callable[[], str] | None = None,
    plugins: Plugins | None = None,
    upgrade: bool = True,
) -> Platform:
    """Open a home: load policy and plugins, open the database, make or upgrade its tables.

    Args:
        upgrade: False leaves older tables as they are, for what must come before an upgrade.
    Raises:
        BadInput: a file of the home or the database cannot be used.
    """
    policy = policies.load(settings.home.policy)
    database = connect(settings.database_url)
    try:
        if upgrade:
            schema.ensure(database)
    except BaseException:
        database.close()
        raise
    return Platform(
        settings=settings,
        policy=policy,
        database=database,
        plugins=plugins or registry.load(settings.allowed_plugins),
        clock=clock or SystemClock(),
        new_seed=new_seed or _secret_seed,
    )


def _secret_seed() -> str:
    return f"{random.SystemRandom().getrandbits(64):016x}"


logging.getLogger("certify").addHandler(logging.NullHandler())
