"""A backup made before an upgrade is restored with all that it holds, upgraded on the way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.attempt import Attempt
from certify.domain.person import CONSOLE
from certify.hooks.registry import Plugins
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import ledger, replaying
from certify.services.backup import making, restoring
from certify.settings import Settings
from certify.storage import health, schema
from tests.platforms import actor
from tests.storage.test_upgrade import RELEASED, copy_to, sqlite_of


@pytest.mark.parametrize("release", RELEASED, ids=[release.stem for release in RELEASED])
def test_a_backup_of_every_released_version_is_restored_and_upgraded(
    release: Path,
    database_url: str,
    open_at: Callable[[str], Platform],
    tmp_path: Path,
    clock: SetClock,
    plugins: Plugins,
) -> None:
    url = sqlite_of(release, tmp_path)
    if not database_url.startswith("sqlite"):
        copy_to(database_url, url, release.stem)
        url = database_url
    settings = Settings(home=Home(tmp_path / "home"), db=url, lang="zh")
    settings.home.root.mkdir()
    old = open_platform(settings, clock=clock, plugins=plugins, upgrade=False)
    made = making.back_up(old, actor=CONSOLE, path=tmp_path / "old.backup")
    assert schema.version(old.database) == made.manifest.tables == release.stem
    old.close()

    restoring.restore(settings, clock=clock, actor_id=0, path=made.path, replace=True)

    platform = open_at(url)
    assert schema.version(platform.database) == schema.HEAD
    assert health.problems(platform.database, deep=True) == []
    assert ledger.verify(platform, actor=CONSOLE).first_false is None
    with platform.database.read() as session:
        made_ = session.exec(select(Attempt).order_by(Attempt.id)).all()  # type: ignore[arg-type]
    assert [one.passed for one in made_] == [True, False, None]
    hr = actor(platform, "H0001")
    assert replaying.replay(platform, actor=hr, attempt_id=made_[0].id or 0).troubles == ()
