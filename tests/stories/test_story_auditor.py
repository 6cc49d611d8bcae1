"""A certificate's life as a stranger and an auditor see it, and an insider who wants another one.

Nothing here asks the database except the company itself: the stranger has the file and what the
company published.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from certify.clock import SetClock
from certify.domain.person import CONSOLE
from certify.domain.qualification import QualificationState
from certify.domain.verdict import Finding
from certify.platform import Platform
from certify.services import confirming, ledger, signing_keys
from certify.services.audit import checkpoints
from certify.services.backup import making, rehearsing
from certify.services.certificates import handing_out, listing
from certify.services.credentials import publishing, verifying
from certify.services.placing import changing
from certify.services.qualifying import deciding
from certify.storage import guards
from tests.platforms import actor
from tests.services.learning_steps import pass_course
from tests.services.second_person import propose_to_revoke, second_hr


class Stranger:
    """Holds a file and what the company published; knows nothing else."""

    def __init__(self, platform: Platform, folder: Path) -> None:
        self.platform, self.folder = platform, folder

    def published(self) -> None:
        """The company publishes its keys and lists again."""
        publishing.publish(self.platform, actor=actor(self.platform, "H0001"), folder=self.folder)

    def verdict(self, file: Path) -> Finding:
        trusted = verifying.trust(issuers=[self.folder / "issuer.json"], statuses=[self.folder])
        now = self.platform.clock.now()
        return verifying.verify(file, trusted=trusted, now=now).verdict


@pytest.fixture
def stranger(platform: Platform, tmp_path: Path) -> Stranger:
    folder = tmp_path / "public"
    folder.mkdir()
    return Stranger(platform, folder)


def handed(platform: Platform, staff_no: str, file: Path) -> str:
    """HR hands somebody's level certificate out; its number."""
    hr = actor(platform, "H0001")
    found = listing.of_person(platform, actor=hr, staff_no=staff_no)
    number = next(one.number for one in found if one.number.startswith("L1-"))
    format_name = file.suffix[1:]
    handing_out.export(platform, actor=hr, number=number, format_name=format_name, path=file)
    return number


@pytest.mark.parametrize("suffix", ["json", "jwt", "png", "pdf"])
def test_a_certificate_is_checked_through_its_whole_life(
    platform: Platform, clock: SetClock, stranger: Stranger, tmp_path: Path, suffix: str
) -> None:
    pass_course(platform, "E1001")
    first = tmp_path / f"first.{suffix}"
    number = handed(platform, "E1001", first)
    stranger.published()
    assert stranger.verdict(first) is Finding.VALID

    def decide(state: QualificationState) -> None:
        deciding.decide(
            platform,
            actor=actor(platform, "H0001"),
            staff_no="E1001",
            code=number,
            state=state,
            reason="投诉调查",
        )

    clock.set(clock.now() + timedelta(hours=1))
    decide(QualificationState.SUSPENDED)
    stranger.published()
    assert stranger.verdict(first) is Finding.SUSPENDED
    decide(QualificationState.ACTIVE)
    signing_keys.rotate(platform, actor=CONSOLE, reason="每年更换")
    stranger.published()
    assert stranger.verdict(first) is Finding.VALID, "what an old key signed stays valid"

    clock.set(clock.now() + timedelta(days=1))
    changing.change_person(
        platform, actor=actor(platform, "H0001"), staff_no="E1001", name="王晓岚"
    )
    second = tmp_path / f"second.{suffix}"
    assert handed(platform, "E1001", second) == number
    stranger.published()
    assert stranger.verdict(second) is Finding.VALID
    assert stranger.verdict(first) is Finding.REPLACED

    clock.set(clock.now() + timedelta(hours=30))
    assert stranger.verdict(second) is Finding.STATUS_STALE
    proposal = propose_to_revoke(platform, "E1001", number)
    stranger.published()
    assert stranger.verdict(second) is Finding.VALID, "one person alone revokes nothing"
    confirming.confirm(platform, actor=second_hr(platform), number=proposal)
    stranger.published()
    assert stranger.verdict(second) is Finding.REVOKED
    assert ledger.verify(platform, actor=CONSOLE).holds


def test_an_insider_with_the_database_is_found_by_what_is_kept_elsewhere(
    platform: Platform, tmp_path: Path
) -> None:
    pass_course(platform, "E1001")
    kept = checkpoints.write(platform, actor=CONSOLE, path=tmp_path / "kept.json")
    making.back_up(platform, actor=CONSOLE, path=tmp_path / "before.zip")
    assert ledger.verify(platform, actor=CONSOLE, checkpoints=[kept]).holds

    with platform.database.engine.execution_options(writes=True).begin() as connection:
        guards.remove(connection)
        connection.execute(text("UPDATE attemptresult SET passed = NOT passed"))
        connection.execute(text("DELETE FROM ledgerentry WHERE sequence >= 3"))
        hashed = connection.execute(
            text("SELECT hash FROM ledgerentry WHERE sequence = 2")
        ).scalar_one()
        connection.execute(
            text("UPDATE ledgerhead SET sequence = 2, hash = :hash"), {"hash": hashed}
        )

    found = ledger.verify(platform, actor=CONSOLE, checkpoints=[kept]).found
    assert {one.table for one in found} >= {"attemptresult", "certificate", "ledgerentry"}
    assert not ledger.verify(platform, actor=CONSOLE).holds, "and without one, too"


def test_a_rehearsed_restore_has_the_same_end_of_the_ledger(sqlite_platform: Platform) -> None:
    pass_course(sqlite_platform, "E1001")

    done = rehearsing.rehearse(sqlite_platform, actor=CONSOLE)

    assert done.rows > 0
    assert ledger.verify(sqlite_platform, actor=CONSOLE).holds
