"""What a company publishes, so that anybody can check its certificates (R-CRT-02, G19)."""

import json
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from certify.domain.certificate import Certificate
from certify.domain.person import CONSOLE
from certify.domain.qualification import QualificationState
from certify.domain.verdict import Finding
from certify.errors import BadInput, NotPermitted
from certify.platform import Platform
from certify.policy import TrustPolicy
from certify.services import signing_keys
from certify.services.credentials import publishing, verifying
from certify.services.credentials.here import with_company
from certify.services.qualifying import deciding
from certify.storage import ledger
from tests.platforms import actor, with_policy
from tests.services.credential_steps import (
    HOST,
    certificate_number,
    sign,
    stranger,
    with_host,
)
from tests.services.steps import clock_of


def decide(platform: Platform, state: QualificationState) -> None:
    """HR decides of E1001's process, alone."""
    alone = platform.policy.model_copy(update={"trust": TrustPolicy(two_persons=False)})
    deciding.decide(
        with_policy(platform, alone),
        actor=actor(platform, "H0001"),
        staff_no="E1001",
        code="reception",
        state=state,
        reason="原因",
    )


def read(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_a_revocation_is_seen_by_strangers_as_soon_as_it_is_published(
    platform: Platform, tmp_path: Path
) -> None:
    holder = stranger(platform, tmp_path)
    assert holder.finding() is Finding.VALID

    for state, finding in (
        (QualificationState.SUSPENDED, Finding.SUSPENDED),
        (QualificationState.ACTIVE, Finding.VALID),
        (QualificationState.REVOKED, Finding.REVOKED),
    ):
        decide(platform, state)
        clock_of(platform).set(platform.clock.now() + timedelta(seconds=60))
        made = publishing.publish(platform, actor=CONSOLE, folder=tmp_path)
        assert holder.finding() is finding
        assert made.revoked == (state is QualificationState.REVOKED)
        assert made.suspended == (state is QualificationState.SUSPENDED)


def test_the_same_state_at_the_same_moment_gives_the_same_bytes(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    platform = with_host(sqlite_platform)
    certificate_number(platform)
    for folder in ("one", "two"):
        publishing.publish(platform, actor=CONSOLE, folder=tmp_path / folder)

    assert read(tmp_path / "one") == read(tmp_path / "two")
    assert set(read(tmp_path / "one")) == {
        ".well-known/did.json",
        "issuer.json",
        "verify.html",
        "status/revocation-0.json",
        "status/suspension-0.json",
        "status/refresh-1-0.json",
        "status/offline/revocation-0.json",
        "status/offline/suspension-0.json",
        "status/offline/refresh-1-0.json",
    }


def test_nothing_published_is_secret_or_personal(sqlite_platform: Platform, tmp_path: Path) -> None:
    platform = with_host(sqlite_platform)
    stranger(platform, tmp_path / "web")
    whole = b"".join(read(tmp_path / "web").values())

    private = next(platform.settings.keys_folder.iterdir()).read_text().splitlines()[1]
    for secret in ("王小兰", "E1001", "客服部", private, "PRIVATE"):
        assert secret.encode() not in whole
    for file in (tmp_path / "web").rglob("*.json"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o644


def test_every_key_there_ever_was_is_in_the_did_document(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    platform = with_host(sqlite_platform)
    holder = stranger(platform, tmp_path)
    clock_of(platform).set(platform.clock.now() + timedelta(days=1))
    signing_keys.rotate(platform, actor=CONSOLE, reason="每年更换")
    publishing.publish(platform, actor=CONSOLE, folder=tmp_path)

    document = json.loads((tmp_path / ".well-known" / "did.json").read_text())
    keys = [f"did:web:{HOST}#{one.id}" for one in signing_keys.keys(platform, actor=CONSOLE)]
    assert document["id"] == f"did:web:{HOST}"
    assert set(document["assertionMethod"]) == set(keys)
    assert len(keys) == 2
    assert holder.finding() is Finding.VALID
    trusted = verifying.trust(
        issuers=[tmp_path / ".well-known" / "did.json"], statuses=[tmp_path / "status"]
    )
    report = verifying.verify_text(holder.document, trusted=trusted, now=holder.now())
    assert report.verdict is Finding.VALID


def test_a_certificate_verifies_when_person_course_and_plugin_are_gone(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    holder = stranger(sqlite_platform, tmp_path)
    with sqlite_platform.database.write() as session:
        number = holder.parsed()["credentialSubject"]["licenseNumber"]
        found = session.exec(select(Certificate).where(Certificate.number == number)).one()
        kept = {k: v for k, v in found.facts.items() if k not in ("name", "staff_no")}
        found.facts = {**kept, "name": "", "staff_no": ""}
        found.erased_at = sqlite_platform.clock.now()
        session.add(found)
    sqlite_platform.plugins.course_folders.clear()
    sqlite_platform.plugins.question_types.clear()
    publishing.publish(sqlite_platform, actor=CONSOLE, folder=tmp_path)
    sqlite_platform.close()

    assert holder.finding(name="王小兰") is Finding.VALID


def test_publishing_is_written_in_the_ledger_and_not_everybody_may_do_it(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    certificate_number(sqlite_platform)
    with pytest.raises(NotPermitted):
        publishing.publish(
            sqlite_platform, actor=actor(sqlite_platform, "E1001"), folder=tmp_path / "x"
        )
    assert not (tmp_path / "x").exists()

    publishing.publish(
        sqlite_platform, actor=actor(sqlite_platform, "H0001"), folder=tmp_path / "x"
    )

    with sqlite_platform.database.read() as session:
        entries = list(ledger.entries(session))
    entry = next(one for one in entries if one.action == "credentials-published")
    assert entry.facts["files"] == len(read(tmp_path / "x"))
    assert len(entry.facts["digest"]) == 64


def test_a_folder_that_cannot_be_written_is_named(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    certificate_number(sqlite_platform)
    (tmp_path / "file").write_text("x")

    with pytest.raises(BadInput):
        publishing.publish(sqlite_platform, actor=CONSOLE, folder=tmp_path / "file")


def test_in_the_company_s_own_house_states_of_this_moment_count(
    platform: Platform,
) -> None:
    document = sign(platform)

    def finding() -> Finding:
        trusted = with_company(
            platform, actor=actor(platform, "H0001"), trusted=verifying.Trust(name="王小兰")
        )
        return verifying.verify_text(document, trusted=trusted, now=platform.clock.now()).verdict

    assert finding() is Finding.VALID
    decide(platform, QualificationState.REVOKED)
    assert finding() is Finding.REVOKED
    with pytest.raises(NotPermitted):
        with_company(platform, actor=actor(platform, "E1001"), trusted=verifying.Trust())


def test_a_certificate_of_before_a_change_of_the_host_is_still_looked_up(
    sqlite_platform: Platform, tmp_path: Path, open_at: Callable[[str], Platform]
) -> None:
    from certify.services.policy import changing

    text = sqlite_platform.settings.home.policy.read_text("utf-8")
    holders = []
    platform = sqlite_platform
    for place, host in enumerate(("old.example.com", "new.example.com")):
        lines = f'{text}\n[certificate]\nhost = "{host}"\n'
        platform.settings.home.policy.write_text(lines, encoding="utf-8")
        platform = open_at(platform.settings.db)
        changing.notice(platform)
        holders.append(stranger(platform, tmp_path / str(place)))

    assert holders[0].document == holders[1].document
    assert "old.example.com" in holders[1].document
    assert holders[1].finding() is Finding.VALID
